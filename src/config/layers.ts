// Layers of settings, from the weakest → what holds for one file. Files, overrides and the command line are all layers.

import type { Rule } from '../../rules/rule.js';
import type { LintSettings, RuleSetting } from '../lint/settings.js';
import type { Availabilities } from '../model/kinds.js';
import { shareOf, type Path } from './check.js';
import type { ConfigText } from './read.js';
import type { Config, Scoped } from './shape.js';

export interface Layer {
  readonly values: Scoped & Pick<Config, 'availability' | 'ignore' | 'plugins' | 'baseline'>;
  /** The text that states it, and the way there; absent for the command line. */
  readonly from?: { readonly text: ConfigText; readonly path: Path };
  /** By path from the folder of the config. Absent: for every file. */
  readonly covers?: (path: string) => boolean;
}

/** The settings of one file: how it is read, and how findings in it, and in what it imports, are judged. */
export interface FileSettings extends LintSettings {
  readonly assumed: Availabilities;
}

/** `pathOf` leads from the path of a source to the one that overrides go by. */
export function settingsFrom(
  layers: readonly Layer[],
  main: string,
  { catalogue, pathOf }: { catalogue: readonly Rule[]; pathOf: (source: string) => string },
): FileSettings {
  const ids = idsOf(catalogue);
  const own = scopedFor(layers, main, ids);
  const byPath = new Map([[main, own]]);
  const assumed = layers.flatMap(({ values }) => Object.entries(values.availability ?? {}));
  return {
    ...own,
    assumed: Object.fromEntries(assumed.map(([kind, share]) => [kind, shareOf(share)])),
    ...(layers.some(({ covers }) => covers)
      ? { at: (source: string) => cached(byPath, pathOf(source), (path) => scopedFor(layers, path, ids)) }
      : {}),
  };
}

const idsByCatalogue = new WeakMap<readonly Rule[], ReadonlyMap<string, string>>();

/** Every name of a rule → its id. */
export function idsOf(catalogue: readonly Rule[]): ReadonlyMap<string, string> {
  const known = idsByCatalogue.get(catalogue);
  if (known) return known;
  const ids = new Map(
    catalogue.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])].map((name) => [name, id] as const)),
  );
  idsByCatalogue.set(catalogue, ids);
  return ids;
}

/** The layers that count for a path, from the weakest. */
export function layersFor(layers: readonly Layer[], path: string): readonly Layer[] {
  return layers.filter(({ covers }) => covers?.(path) ?? true);
}

function scopedFor(
  layers: readonly Layer[],
  path: string,
  ids: ReadonlyMap<string, string>,
): Pick<LintSettings, 'preset' | 'rules'> {
  let preset: Scoped['preset'];
  const rules: Record<string, RuleSetting> = {};
  for (const { values } of layersFor(layers, path)) {
    preset = values.preset ?? preset;
    for (const [name, value] of Object.entries(values.rules ?? {})) {
      const id = ids.get(name) ?? name;
      const stated = typeof value === 'string' ? { severity: value } : value;
      const before = rules[id];
      const known = typeof before === 'object' ? before : {};
      rules[id] = { ...known, ...stated, options: { ...known.options, ...stated.options } };
    }
  }
  return { ...(preset === undefined ? {} : { preset }), rules };
}

function cached<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const found = known.get(key) ?? make(key);
  known.set(key, found);
  return found;
}
