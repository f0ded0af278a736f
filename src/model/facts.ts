// Entries that state something about a node, a connection or a file: read by the tables, misplaced ones told apart from misspelt ones.

import type { Entry, Value } from '../../grammar/tree.js';
import { nearest } from '../base/nearest.js';
import { respelling } from '../base/spelling.js';
import { spanning, type Location } from '../base/source.js';
import { counted, didYouMean, listed, quoted } from '../base/words.js';
import type { Copy, Draft, Faults } from './draft.js';
import { groupOf, isKind, kindNames, kinds, type KindName } from './kinds.js';
import {
  ownersOf,
  propertyKeys,
  propertyNamed,
  propertyRow,
  wordOf,
  type Owner,
  type Properties,
  type PropertyKey,
  type Stated,
} from './properties.js';
import type { Accept } from './system.js';
import { isDate, isFault, type Groups } from './values.js';

/** Where facts go while they are read, and which block stated each. */
export interface FactsInProgress {
  facts: Draft['facts'];
  statedBy: Draft['statedBy'];
}

export function emptyFacts(): FactsInProgress {
  return { facts: {}, statedBy: undefined };
}

export function finished(progress: Pick<FactsInProgress, 'facts'>): Properties {
  return progress.facts;
}

/** Reads one property into `into`. A later block overrides what an earlier one said; the same block may not say it twice. */
export function stateProperty(
  entry: Entry,
  key: PropertyKey,
  context: { into: FactsInProgress; by: object; copy: Copy; faults: Faults },
): void {
  const { into, by, copy, faults } = context;
  const word = quoted(wordOf(key));
  const row = propertyRow(key);
  if (entry.template && entry.groups.length === 0) {
    const at = { ...entry.head.at, start: entry.head.at.end, end: entry.template.at.start };
    faults.add({
      code: 'syntax',
      message: `${word} takes its value without a colon`,
      at,
      help: `write it as \`${row.type.example || wordOf(key)}\``,
    });
    return;
  }
  const surplus = entry.template ?? entry.label ?? entry.blocks[0];
  if (surplus) {
    faults.add({ code: 'syntax', message: `${word} takes no block, no template and no label`, at: surplus.at });
  }
  const groups = pickCopy(entry, copy, faults);
  if (!groups) return;
  const value = row.type.read(groups);
  if (isFault(value)) {
    const message = value.fault.startsWith('`') ? value.fault : `${word} ${value.fault}`;
    faults.add({
      code: 'wrong-value',
      message,
      at: value.at ?? entry.head.at,
      ...(value.help ? { help: value.help } : {}),
    });
    return;
  }
  const stated: Stated<unknown> = { value, at: valuesAt(entry), head: entry.head.at };
  const before = into.facts[key] as Stated<unknown> | undefined;
  if (before && into.statedBy?.get(key) === by) {
    if (!row.repeats) {
      faults.add({
        code: 'duplicate-name',
        message: `${word} is stated twice in one block`,
        at: entry.head.at,
        label: 'stated again here',
        related: [{ at: before.head, message: 'stated first here' }],
        help: 'keep one of the two',
      });
      return;
    }
    into.facts[key] = { ...before, value: added(before.value, value) } as Stated<never>;
    return;
  }
  into.facts[key] = stated as Stated<never>;
  (into.statedBy ??= new Map<PropertyKey, object>()).set(key, by);
}

/** Every type that may repeat is a list. */
function added(before: unknown, value: unknown): unknown {
  return Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value;
}

/** `each a, b, c` leaves the value of this copy alone; without `each` every copy has all. */
function pickCopy(entry: Entry, copy: Copy, faults: Faults): Groups | undefined {
  const first = entry.groups[0]?.[0];
  if (first?.form !== 'word' || first.text !== 'each') return entry.groups;
  const rest = [...entry.groups];
  rest[0] = (rest[0] ?? []).slice(1);
  const values = rest.flatMap((group) => spread(group));
  if (values.length !== copy.of) {
    faults.add({
      code: 'wrong-value',
      message: `${quoted(entry.head.text)} gives ${counted(values.length, 'value')} for ${counted(copy.of, 'copy', 'copies')}`,
      at: valuesAt(entry),
      help:
        copy.of === 1
          ? '`each` stands in a block that declares several'
          : 'give each copy one value, in order of declaration',
    });
    return undefined;
  }
  return [values[copy.index] ?? []];
}

/** `10.0.0.11..13` stands for three values; anything else for itself. */
function spread(group: readonly Value[]): readonly (readonly Value[])[] {
  const only = group[0];
  const match = group.length === 1 && only?.form === 'word' ? /^(.*\.)(\d+)\.\.(?:\1)?(\d+)$/.exec(only.text) : null;
  if (!match || !only) return [group];
  const [, base = '', from = '', to = ''] = match;
  const count = Number(to) - Number(from) + 1;
  if (count < 1 || count > 65536) return [group];
  return Array.from({ length: count }, (_, offset) => [{ ...only, text: `${base}${Number(from) + offset}` }]);
}

function valuesAt(entry: Entry): Location {
  const values = entry.groups.flat();
  const first = values[0];
  const last = values.at(-1);
  return first && last ? spanning(first.at, last.at) : entry.head.at;
}

/** `accept RULE "reason" until DATE`. */
export function readAccept(entry: Entry, faults: Faults): Omit<Accept, 'owners'> | undefined {
  const [rule, reason, until, date, extra] = entry.groups.flat();
  const help = 'write it as `accept spof "one balancer is fine until launch" until 2027-03-01`';
  const fault = (message: string, at: Location) => {
    faults.add({ code: 'wrong-value', message, at, help });
    return undefined;
  };
  if (rule?.form !== 'word') {
    fault('`accept` needs the id of a rule', rule?.at ?? entry.head.at);
    return;
  }
  if (reason?.form !== 'text' || reason.text.trim() === '') {
    fault(`\`accept ${rule.text}\` needs a reason in quotes`, reason?.at ?? rule.at);
    return;
  }
  if (until && until.text !== 'until') {
    fault(`${quoted(until.text)} cannot follow the reason`, until.at);
    return;
  }
  if (until && !date) {
    fault('`until` needs a date', until.at);
    return;
  }
  if (date && !isDate(date.text)) {
    fault(`${quoted(date.text)} is not a date`, date.at);
    return;
  }
  if (extra) {
    fault(`${quoted(extra.text)} cannot follow the date`, extra.at);
    return;
  }
  return {
    rule: rule.text,
    ruleAt: rule.at,
    reason: reason.text,
    at: entry.at,
    ...(date ? { until: date.text } : {}),
  };
}

/** What an entry that no table knows was meant to be; reports it, and says which kind to go on with. */
export function unknownEntry(
  entry: Entry,
  owner: Owner,
  context: { contains: boolean; faults: Faults },
): { guess?: KindName | PropertyKey } {
  const { contains, faults } = context;
  const word = entry.head.text;
  const { elsewhere } = propertyNamed(word, owner);
  if (elsewhere.length > 0) {
    const homes = [...new Set(elsewhere.flatMap((key) => ownersOf(key)))];
    faults.add({
      code: 'unknown-property',
      message: `${quoted(word)} is no property of ${ownerText(owner)}`,
      at: entry.head.at,
      help: `it belongs to ${homesText(homes)}`,
    });
    return {};
  }
  const words = propertyKeys.filter((key) => ownersOf(key).includes(owner)).map(wordOf);
  const reserved = ['accept', ...(owner === 'file' ? ['import', 'template'] : [])];
  const near = nearest(word, [...(contains ? kindNames : []), ...words, ...reserved]);
  const best = near[0];
  const asKind =
    contains &&
    (entry.blocks.length > 0 ||
      entry.template !== undefined ||
      (best !== undefined && isKind(best)) ||
      owner === 'file');
  const meant = asKind && entry.blocks.length > 0 ? near.filter((one) => isKind(one)) : near;
  const help = didYouMean(meant);
  const spelling = respelling(entry.head.at, meant);
  if (asKind) {
    faults.add({
      code: 'unknown-kind',
      message: `${quoted(word)} is not a kind`,
      at: entry.head.at,
      help: help ?? `the kinds are ${listed(kindNames.map((one) => one))}`,
      ...spelling,
    });
    const kind = near.find((one) => isKind(one));
    return kind ? { guess: kind } : {};
  }
  const known = [...words].sort();
  faults.add({
    code: 'unknown-property',
    message: `${quoted(word)} is no property of ${ownerText(owner)}`,
    at: entry.head.at,
    help: help ?? `${ownerText(owner)} takes ${listed(known)}`,
    ...spelling,
  });
  const key = best === undefined ? undefined : propertyNamed(best, owner).key;
  return key ? { guess: key } : {};
}

function homesText(owners: readonly Owner[]): string {
  const groups = {
    place: 'places',
    boundary: 'networks',
    traffic: 'components',
    caller: 'clients',
    guard: 'guards',
    names: 'zones of names',
  };
  const parts = new Set<string>();
  for (const owner of owners) {
    if (owner === 'file') parts.add('the top of a file');
    else if (owner === 'connection' || owner === 'client connection')
      parts.add(owner === 'connection' ? 'connections' : 'connections of a client');
    else {
      const group = groupOf(owner);
      const whole = (Object.keys(kinds) as KindName[]).filter((one) => groupOf(one) === group);
      parts.add(whole.every((one) => owners.includes(one)) ? groups[group] : quoted(owner));
    }
  }
  return listed([...parts]);
}

export function ownerText(owner: Owner): string {
  switch (owner) {
    case 'file':
      return 'a file';
    case 'connection':
      return 'a connection';
    case 'client connection':
      return "a client's connection";
    default:
      return /^[aeiou]/.test(owner) || owner === 'lb' ? `an ${quoted(owner)}` : `a ${quoted(owner)}`;
  }
}
