// Command line, config and folders → the baseline of each system. Without one nothing more is loaded than what is here.

import { idsOf, type Rule } from '../../index.js';
import { usage } from '../arguments.js';
import { baselineName } from '../baselines.js';
import { flag, valueOf, type Call, type Command } from '../command.js';
import { showFaults } from '../config/ignored.js';
import type { Settings } from '../config/settings.js';
import { absolute, parentOf, shownPath } from '../paths.js';
import { Trouble, type Files } from '../world.js';
import type { Baseline } from './compare.js';

/** Where the baseline of a system stands, or would. */
export interface Place {
  readonly path: string;
  /** Somebody named it, so it has to be there. */
  readonly named: boolean;
}

/** By main file, absolute: as the command line says, else the config, else the nearest one in or above its folder. */
export function placesOf(call: Call, command: Command, settings: Settings): (main: string) => Place | undefined {
  const { world, arguments: given } = call;
  const option = valueOf(given, 'baseline');
  if (flag(given, 'no-baseline')) {
    if (option !== undefined) throw usage(command, '`--baseline` and `--no-baseline` exclude each other');
    return () => undefined;
  }
  if (option !== undefined) {
    const place = { path: absolute(world.folder, option), named: true };
    return () => place;
  }
  const known = new Map<string, string | undefined>();
  return (main) => {
    const layer = settings.layers(main).findLast(({ values }) => values.baseline !== undefined);
    const stated = layer?.values.baseline;
    if (stated === false) return undefined;
    if (stated !== undefined) {
      const from = parentOf(absolute(world.folder, layer.from?.text.source.path ?? ''));
      return { path: absolute(from, stated), named: true };
    }
    const path = nearestAbove(world.files, parentOf(main), known);
    return path === undefined ? undefined : { path, named: false };
  };
}

/** What lies above a repository does not count. */
function nearestAbove(files: Files, folder: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const parent = parentOf(folder);
  const inside = folder === '/' ? '' : folder;
  const isTop = parent === folder || files.kind(`${inside}/.git`) !== 'missing';
  const own = `${inside}/${baselineName}`;
  const found = files.kind(own) === 'file' ? own : isTop ? undefined : nearestAbove(files, parent, known);
  known.set(folder, found);
  return found;
}

/** For the files that are named, and all others of their projects. */
export async function baselinesFor(
  call: Call,
  settings: Settings,
  { places, paths }: { readonly places: (main: string) => Place | undefined; readonly paths: Iterable<string> },
): Promise<(main: string) => Baseline | undefined> {
  const { files, folder } = call.world;
  const loaded = new Map<string, Baseline>();
  for (const main of paths) {
    const place = places(main);
    if (!place || loaded.has(place.path)) continue;
    if (place.named && files.kind(place.path) === 'missing') {
      throw new Trouble(
        `the baseline \`${shownPath(folder, place.path)}\` does not exist`,
        '`archlint baseline` writes it',
      );
    }
    loaded.set(place.path, await baselineIn(call, settings.rules(main), place.path));
  }
  return (main) => {
    const place = loaded.size === 0 ? undefined : places(main);
    return place && loaded.get(place.path);
  };
}

export async function baselineIn(call: Call, rules: readonly Rule[], path: string): Promise<Baseline> {
  const { readKnown } = await import('./known.js');
  const read = readKnown(call.world, path, idsOf(rules));
  if (!('faults' in read)) return read;
  await showFaults(call, read.faults);
  throw new Trouble(`\`${shownPath(call.world.folder, path)}\` cannot be used, so nothing was done`);
}
