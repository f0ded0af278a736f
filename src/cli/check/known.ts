// A baseline file → what it knows, its files named as sources are. A bundle of its own: a run without a baseline does not load it.

import { keyOf, readBaseline, written } from '../../baseline/index.js';
import type { Diagnostic, Entry } from '../../index.js';
import { absolute, parentOf, shownPath } from '../paths.js';
import type { World } from '../world.js';
import type { Baseline } from './compare.js';

/** `ids` has the present id of each name that a rule has or had. */
export function readKnown(
  world: World,
  path: string,
  ids: ReadonlyMap<string, string>,
): Baseline | { readonly faults: readonly Diagnostic[] } {
  const text = Buffer.from(world.files.read(path))
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const file = shownPath(world.folder, path);
  const read = readBaseline({ path: file, text }, ids);
  return 'faults' in read ? read : knownFrom(world, path, read.entries);
}

/** `entries` name their files from the folder of the baseline. */
export function knownFrom(world: World, path: string, entries: readonly Entry[]): Baseline {
  const names = new Map<string, string>();
  const here = ({ file, ...rest }: Entry): Entry => {
    const name = names.get(file) ?? shownPath(world.folder, absolute(parentOf(path), file));
    names.set(file, name);
    return { file: name, ...rest };
  };
  const own = entries.map(here);
  const keys = new Set(own.map(keyOf));
  return { path, file: shownPath(world.folder, path), entries: own, knows: (entry) => keys.has(keyOf(entry)) };
}

/** The text of a baseline with these entries, whose files are named as sources are. */
export function textOf(world: World, path: string, entries: Iterable<Entry>): string {
  const folder = parentOf(path);
  return written(
    Array.from(entries, ({ file, ...rest }) => ({ file: shownPath(folder, absolute(world.folder, file)), ...rest })),
  );
}
