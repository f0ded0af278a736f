// The text of a baseline → its entries, or what is wrong with it, with its place.

import type { Diagnostic, Entry } from '../base/diagnostic.js';
import { nearest } from '../base/nearest.js';
import type { Source } from '../base/source.js';
import { didYouMean, quoted } from '../base/words.js';
import { located, readJson, type Fault, type Path } from '../config/index.js';

export type ReadBaseline = { readonly entries: readonly Entry[] } | { readonly faults: readonly Diagnostic[] };

const rewrite = 'mend it, or delete it and run `archlint baseline`';
const keys = ['$schema', 'version', 'findings'];
const parts = ['file', 'rule', 'subject', 'witness'];

/** `ids` has the present id of each name that a rule has or had. */
export function readBaseline(source: Source, ids: ReadonlyMap<string, string>): ReadBaseline {
  const read = readJson(source);
  if ('fault' in read) return { faults: [{ ...read.fault, help: rewrite }] };
  const faults = faultsOf(read.value);
  if (faults.length > 0) return { faults: located(faults, { source, within: [] }) };
  const { findings } = read.value as { readonly findings: readonly Entry[] };
  return { entries: findings.map((entry) => ({ ...entry, rule: ids.get(entry.rule) ?? entry.rule })) };
}

function faultsOf(value: unknown): readonly Fault[] {
  if (!isObject(value) || !Object.hasOwn(value, 'findings') || !Object.hasOwn(value, 'version')) {
    return [wrong([], 'this is no baseline: it has no `version` and `findings`')];
  }
  if (value.version !== 1) {
    const help = 'a newer archlint has written it; use that one';
    return [{ ...wrong(['version'], `there is no version ${JSON.stringify(value.version)} of baselines`), help }];
  }
  const foreign = Object.keys(value).filter((key) => !keys.includes(key));
  if (foreign.length > 0) return foreign.map((key) => unknownKey([key], keys));
  if (!Array.isArray(value.findings)) return [wrong(['findings'], '`findings` is a list')];
  return value.findings.flatMap((entry: unknown, index) => faultsOfEntry(entry, ['findings', index]));
}

function faultsOfEntry(entry: unknown, at: Path): readonly Fault[] {
  if (!isObject(entry)) return [wrong(at, 'an entry of a baseline is an object')];
  const foreign = Object.keys(entry).filter((key) => !parts.includes(key));
  if (foreign.length > 0) return foreign.map((key) => unknownKey([...at, key], parts));
  const { witness } = entry;
  if (!Array.isArray(witness) || !witness.every((node) => typeof node === 'string')) {
    return [wrong(at, 'an entry needs `witness`, a list of texts')];
  }
  return parts
    .filter((part) => part !== 'witness' && typeof entry[part] !== 'string')
    .map((part) => wrong(at, `an entry needs ${quoted(part)}, a text`));
}

function wrong(path: Path, message: string): Fault {
  return { path, on: 'value', message, help: rewrite };
}

function unknownKey(path: Path, known: readonly string[]): Fault {
  const name = String(path.at(-1));
  return {
    path,
    on: 'name',
    message: `a baseline has no key ${quoted(name)}`,
    help: didYouMean(nearest(name, known)) ?? rewrite,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
