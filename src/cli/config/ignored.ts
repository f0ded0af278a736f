// Files and their configs → those that no config ignores.

import { reportEveryday, type Diagnostic } from '../../index.js';
import type { Call, Command } from '../command.js';
import { parentOf, shownPath } from '../paths.js';
import type { Named } from '../plan.js';
import { styleFor } from '../style.js';
import { Trouble } from '../world.js';
import { placesFor } from './find.js';

export interface Ignoring {
  /** The config that ignores a file, as messages name it. The path is absolute. */
  readonly ignoring: (path: string) => string | undefined;
}

/** For commands that need no more of a config: its rules are not looked at, and no module of somebody's own runs. */
export async function ignoringFor(call: Call, command: Command, paths: Iterable<string>): Promise<Ignoring> {
  const { world, arguments: given } = call;
  const places = placesFor(call, command);
  const ignoring = new Map<string, (path: string) => string | undefined>();
  for (const path of paths) {
    const place = places(path);
    if (!place || ignoring.has(place.path)) continue;
    const { ignoresOf } = await import('./configured.js');
    const folder = given.values.has('config') ? world.folder : parentOf(place.path);
    try {
      const ignores = ignoresOf(world, place);
      const file = shownPath(world.folder, place.path);
      ignoring.set(place.path, (one) => (ignores(shownPath(folder, one)) ? file : undefined));
    } catch (error) {
      if (error instanceof Error && 'faults' in error) await showFaults(call, error.faults as readonly Diagnostic[]);
      throw error;
    }
  }
  return { ignoring: (path) => ignoring.get(places(path)?.path ?? '')?.(path) };
}

/** What is wrong with a config or a baseline. */
export async function showFaults(call: Call, faults: readonly Diagnostic[]): Promise<void> {
  const style = await styleFor(call, call.world.stderr);
  call.world.stderr.write(`${reportEveryday({ files: [], findings: faults, unjudged: [], summary: false }, style)}\n`);
}

/** Ignored files are left out; one that was named says so. */
export function notIgnored({ world }: Call, { paths, explicit }: Named, { ignoring }: Ignoring): readonly string[] {
  const left = paths.filter((path) => {
    const config = ignoring(path);
    if (config !== undefined && explicit.has(path)) {
      world.stderr.write(`archlint: skipped \`${shownPath(world.folder, path)}\`, which \`${config}\` ignores\n`);
    }
    return config === undefined;
  });
  const [first] = paths;
  // Files that were named are skipped with a word; a folder of which nothing is left would be silent success.
  if (first !== undefined && left.length === 0 && explicit.size === 0) {
    throw new Trouble(`\`${ignoring(first) ?? ''}\` ignores every file that was found`);
  }
  return left;
}
