// A folder → the config that holds for the files in it: the nearest `archlint.config.json`, or package.json with a key `archlint`, in it or above.

import { usage } from '../arguments.js';
import { flag, valueOf, type Call, type Command } from '../command.js';
import { absolute, parentOf } from '../paths.js';
import { Trouble, type Files } from '../world.js';

export const configName = 'archlint.config.json';

export interface ConfigPlace {
  /** Absolute. */
  readonly path: string;
  /** The way to the config in it: none, or `archlint` in a package.json. */
  readonly within: readonly string[];
}

/** The config of a path. */
export type Places = (path: string) => ConfigPlace | undefined;

/** As the command line says, else the nearest one. */
export function placesFor({ world, arguments: given }: Call, command: Command): Places {
  const named = valueOf(given, 'config');
  if (flag(given, 'no-config')) {
    if (named !== undefined) throw usage(command, '`--config` and `--no-config` exclude each other');
    return () => undefined;
  }
  if (named !== undefined) {
    const path = absolute(world.folder, named);
    const kind = world.files.kind(path);
    if (kind !== 'file') throw new Trouble(`\`${named}\` ${kind === 'missing' ? 'does not exist' : 'is a folder'}`);
    const place = { path, within: /(?:^|\/)package\.json$/.test(path) ? ['archlint'] : [] };
    return () => place;
  }
  const known = new Map<string, ConfigPlace | undefined>();
  return (path) => findConfig(world.files, parentOf(path), known);
}

/**
 * A repository is a world of its own: what lies above it does not count. `known` keeps what was found, by folder, so that the folders above
 * many files are looked at once.
 */
export function findConfig(
  files: Files,
  folder: string,
  known: Map<string, ConfigPlace | undefined>,
): ConfigPlace | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = parentOf(folder);
  const inside = folder === '/' ? '' : folder;
  const found =
    configIn(files, inside) ??
    (parent === folder || files.kind(`${inside}/.git`) !== 'missing' ? undefined : findConfig(files, parent, known));
  known.set(folder, found);
  return found;
}

function configIn(files: Files, folder: string): ConfigPlace | undefined {
  const own = `${folder}/${configName}`;
  if (files.kind(own) === 'file') return { path: own, within: [] };
  const manifest = `${folder}/package.json`;
  return files.kind(manifest) === 'file' && isConfigured(files, manifest)
    ? { path: manifest, within: ['archlint'] }
    : undefined;
}

/** A package.json that cannot be read is others' business. */
function isConfigured(files: Files, manifest: string): boolean {
  try {
    const text = Buffer.from(files.read(manifest)).toString('utf8');
    // Most do not speak of archlint at all, and are not worth parsing.
    if (!text.includes('"archlint"')) return false;
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && Object.hasOwn(content, 'archlint');
  } catch {
    return false;
  }
}
