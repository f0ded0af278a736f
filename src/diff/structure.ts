// Two systems whose nodes are matched → what changed of nodes, tiers and records.

import { append } from '../base/lists.js';
import type { Change, NodeChange, RecordChange, TierChange } from '../base/difference.js';
import { byCodeUnit } from '../base/words.js';
import type { DnsRecord, Node, System, Tier, Zone } from '../model/index.js';
import type { Matching } from './match.js';
import { plainChange, propertyChanges } from './properties.js';

/** In order of the new system; what is gone stands at the end. What is in something new or gone is named too. */
export function nodeChanges(
  old: System,
  now: System,
  { forward, backward, identities }: Matching,
): readonly NodeChange[] {
  const present = [...now.nodes.values()].flatMap((node): NodeChange[] => {
    const before = backward.get(node);
    if (!before) return [whole('added', node)];
    const properties = [
      ...plainChange('kind', before.kind, node.kind),
      ...plainChange('label', before.label, node.label),
      ...propertyChanges(before.facts, node.facts),
    ];
    const identity = identities.get(node) ?? null;
    if (properties.length === 0 && !identity) return [];
    return [{ change: 'changed', kind: node.kind, old: before.id, new: node.id, identity, properties }];
  });
  const gone = [...old.nodes.values()].filter((node) => !forward.has(node));
  return [...present, ...gone.map((node) => whole('removed', node))];
}

function whole(change: 'added' | 'removed', { kind, id }: Node): NodeChange {
  return {
    change,
    kind,
    old: change === 'removed' ? id : null,
    new: change === 'added' ? id : null,
    identity: null,
    properties: [],
  };
}

/** A tier is the same whose instances went into one tier alone, which has come from it alone; or else, the one of the same name. */
export function tierChanges(old: System, now: System, { forward, backward }: Matching): readonly TierChange[] {
  const ahead = (tier: Tier) => new Set(tier.instances.flatMap((node) => forward.get(node)?.tier ?? []));
  const back = (tier: Tier) => new Set(tier.instances.flatMap((node) => backward.get(node)?.tier ?? []));
  const partners = new Map<Tier, Tier>();
  for (const tier of old.tiers) {
    const [next, second] = ahead(tier);
    if (next && !second && back(next).size === 1) partners.set(tier, next);
  }
  const taken = new Set(partners.values());
  for (const tier of old.tiers) {
    const other = now.tiers.find(({ id, kind }) => id === tier.id && kind === tier.kind);
    if (!partners.has(tier) && other && !taken.has(other)) partners.set(tier, other);
  }
  const before = new Map([...partners].map(([one, other]) => [other, one] as const));
  const ids = (tier: Tier | undefined) => (tier?.instances ?? []).map(({ id }) => id).sort(byCodeUnit);
  const change = (change: Change, one: Tier | undefined, other: Tier | undefined): TierChange => ({
    change,
    kind: (other ?? one)?.kind ?? '',
    old: one?.id ?? null,
    new: other?.id ?? null,
    oldInstances: ids(one),
    newInstances: ids(other),
  });
  const present = now.tiers.flatMap((tier) => {
    const one = before.get(tier);
    if (!one) return [change('added', undefined, tier)];
    const stayed =
      one.instances.every((node) => forward.get(node)?.tier === tier) && one.instances.length === tier.instances.length;
    return stayed && one.id === tier.id ? [] : [change('changed', one, tier)];
  });
  return [
    ...present,
    ...old.tiers.filter((tier) => !partners.has(tier)).map((tier) => change('removed', tier, undefined)),
  ];
}

export interface RecordPairs {
  readonly same: readonly (readonly [DnsRecord, DnsRecord])[];
  readonly changed: readonly (readonly [DnsRecord, DnsRecord])[];
  readonly removed: readonly DnsRecord[];
  readonly added: readonly DnsRecord[];
}

/** Of records with one name and type those with the same data are the same; the only two that are left are one that changed. */
export function pairRecords(old: System, now: System, { backward }: Matching): RecordPairs {
  const key = (node: Node | undefined, { name, type, zone }: DnsRecord) =>
    JSON.stringify([node?.id ?? '', relative(name, zone), type]);
  const waiting = new Map<string, DnsRecord[]>();
  for (const { records, node } of old.zones) for (const record of records) append(waiting, key(node, record), record);
  const pairs = {
    same: [] as [DnsRecord, DnsRecord][],
    changed: [] as [DnsRecord, DnsRecord][],
    added: [] as DnsRecord[],
  };
  const groups = new Map<string, DnsRecord[]>();
  for (const { records, node } of now.zones)
    for (const record of records) append(groups, key(backward.get(node), record), record);
  for (const [name, records] of groups) {
    const others = waiting.get(name) ?? [];
    const take = (record: DnsRecord, same: (one: DnsRecord) => string): DnsRecord | undefined => {
      const index = others.findIndex((other) => same(other) === same(record));
      return index < 0 ? undefined : others.splice(index, 1)[0];
    };
    const rest = records.filter((record) => {
      const other = take(record, valueOf);
      if (other) pairs.same.push([other, record]);
      return !other;
    });
    const left = rest.filter((record) => {
      const other = take(record, dataOf);
      if (other) pairs.changed.push([other, record]);
      return !other;
    });
    const [record, second] = left;
    const [other, third] = others;
    if (record && other && !second && !third) pairs.changed.push([others.splice(0, 1)[0] ?? other, record]);
    else pairs.added.push(...left);
  }
  return { ...pairs, removed: [...waiting.values()].flat() };
}

export function recordChanges(now: System, { changed, added, removed }: RecordPairs): readonly RecordChange[] {
  const before = new Map(changed.map(([one, other]) => [other, one] as const));
  const isNew = new Set(added);
  const present = now.zones.flatMap(({ records }) =>
    records.flatMap((record): RecordChange[] => {
      const { name, type } = record;
      const old = before.get(record);
      if (!old && !isNew.has(record)) return [];
      return [{ change: old ? 'changed' : 'added', name, type, old: old ? valueOf(old) : null, new: valueOf(record) }];
    }),
  );
  return [
    ...present,
    ...removed.map((record): RecordChange => ({
      change: 'removed',
      name: record.name,
      type: record.type,
      old: valueOf(record),
      new: null,
    })),
  ];
}

function relative(name: string, zone: Zone): string {
  return name === zone.name ? '@' : name.endsWith(`.${zone.name}`) ? name.slice(0, -zone.name.length - 1) : name;
}

function dataOf({ data }: DnsRecord): string {
  return data.map(({ text }) => text).join(' ');
}

function valueOf(record: DnsRecord): string {
  return `${record.ttl === undefined ? '' : `${record.ttl}s `}${dataOf(record)}`;
}
