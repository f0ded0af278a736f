// Layers → every value that holds for one file, and where it was stated: in which line of which config, on the command line, or nowhere.

import type { Rule } from '../../rules/rule.js';
import { positionAt } from '../base/source.js';
import { byCodeUnit } from '../base/words.js';
import { planFor } from '../lint/settings.js';
import type { Path } from './check.js';
import { idsOf, layersFor, settingsFrom, type Layer } from './layers.js';
import { placeOf } from './read.js';

/** One value with its origin. */
export interface Value {
  /** `rules.spof.severity`. */
  readonly key: string;
  readonly value: unknown;
  readonly from: Origin;
}

export type Origin =
  | { readonly by: 'config'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly by: 'command line' | 'default' };

export function valuesOf(
  layers: readonly Layer[],
  path: string,
  { catalogue, usual }: { catalogue: readonly Rule[]; usual: Readonly<Record<string, unknown>> },
): readonly Value[] {
  const counting = layersFor(layers, path);
  const settings = settingsFrom(layers, path, { catalogue, pathOf: (source) => source });
  const last = (...way: string[]): Origin => originOf(counting, [way]) ?? { by: 'default' };
  const scalars = (['preset', 'baseline'] as const).map((key): Value => {
    const stated = counting.findLast(({ values }) => values[key] !== undefined);
    return { key, value: stated?.values[key] ?? usual[key], from: last(key) };
  });
  const lists = (['ignore', 'plugins'] as const).flatMap((key) => listed(counting, key));
  const assumed = Object.entries(settings.assumed).map(([kind, share]): Value => {
    return { key: `availability.${kind}`, value: share, from: last('availability', kind) };
  });
  const ids = idsOf(catalogue);
  const rules = catalogue.flatMap((rule): Value[] => {
    const names = [...ids].flatMap(([name, id]) => (id === rule.id ? [name] : []));
    const plan = planFor(rule, settings);
    const severity = originOf(
      counting,
      names.map((name) => ['rules', name, 'severity']),
      names.map((name) => ['rules', name]),
    );
    const key = `rules.${rule.id}`;
    const options = Object.entries(plan.options).map(([name, value]): Value => {
      const from = originOf(
        counting,
        names.map((one) => ['rules', one, 'options', name]),
      );
      return { key: `${key}.options.${name}`, value, from: from ?? { by: 'default' } };
    });
    // A rule of the strict preset is on or off by what states the preset.
    const unstated: Origin = rule.preset === 'strict' ? last('preset') : { by: 'default' };
    return [{ key: `${key}.severity`, value: plan.on ? plan.severity : 'off', from: severity ?? unstated }, ...options];
  });
  return [...scalars, ...lists, ...assumed.sort((a, b) => byCodeUnit(a.key, b.key)), ...rules];
}

/** Lists of several configs are joined; each element has its own place. */
function listed(layers: readonly Layer[], key: 'ignore' | 'plugins'): readonly Value[] {
  const elements = layers.flatMap((layer) =>
    (layer.values[key] ?? []).map((value, index) => ({ value, from: placed(layer, [key, index]) })),
  );
  return elements.map(({ value, from }, index) => ({ key: `${key}[${index}]`, value, from }));
}

/** The strongest layer that states one of the first ways, or else one of the second as a value of its own. */
function originOf(layers: readonly Layer[], ways: readonly Path[], plain: readonly Path[] = []): Origin | undefined {
  for (const layer of layers.toReversed()) {
    const way = ways.find((one) => at(layer.values, one) !== undefined);
    if (way) return placed(layer, way);
    // An object that states options alone turns its rule on, too.
    const short = plain.find((one) => at(layer.values, one) !== undefined);
    if (short) return placed(layer, short);
  }
  return undefined;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => {
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
      ? (inner as Record<string, unknown>)[step]
      : undefined;
  }, value);
}

function placed({ from }: Layer, way: Path): Origin {
  if (!from) return { by: 'command line' };
  const { source, start } = placeOf([...from.path, ...way], from.text);
  return { by: 'config', file: source.path, ...positionAt(source, start) };
}
