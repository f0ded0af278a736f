// The connections of two systems → which became which, and what of each changed.

import { append } from '../base/lists.js';
import type { ConnectionChange, PropertyChange } from '../base/difference.js';
import { byCodeUnit } from '../base/words.js';
import type { Connection, Node } from '../model/index.js';
import type { Matching } from './match.js';
import { plainChange, propertyChanges } from './properties.js';

export interface ConnectionPairs {
  readonly both: readonly (readonly [old: Connection, now: Connection])[];
  readonly removed: readonly Connection[];
  readonly added: readonly Connection[];
}

/**
 * First the same ends and the same protocol, then the same ends; then the same tiers: one that has more instances than before is called
 * by the same connection; then tiers of the same name, all of whose instances are others. Of several alike, those that have more in common.
 */
export function pairConnections(
  old: readonly Connection[],
  now: readonly Connection[],
  { backward }: Matching,
): ConnectionPairs {
  const nameOld = (node: Node) => node.id;
  const nameNew = (node: Node) => backward.get(node)?.id ?? `+${node.id}`;
  const tierOld = ({ tier, id }: Node) => (tier ? `tier ${tier.instances.map((one) => one.id).sort()[0] ?? ''}` : id);
  const tierNew = (node: Node) => {
    const first = node.tier?.instances
      .flatMap((one) => backward.get(one)?.tier?.instances.map(({ id }) => id) ?? [])
      .sort()[0];
    return node.tier ? `tier ${first ?? `+${node.tier.id}`}` : nameNew(node);
  };
  const called = ({ tier, id }: Node) => tier?.id ?? id;
  const steps = [
    [
      (one: Connection) => `${ends(one, nameOld)} ${protocolOf(one)}`,
      (one: Connection) => `${ends(one, nameNew)} ${protocolOf(one)}`,
    ],
    [(one: Connection) => ends(one, nameOld), (one: Connection) => ends(one, nameNew)],
    [
      (one: Connection) => `${ends(one, tierOld)} ${protocolOf(one)}`,
      (one: Connection) => `${ends(one, tierNew)} ${protocolOf(one)}`,
    ],
    [(one: Connection) => ends(one, tierOld), (one: Connection) => ends(one, tierNew)],
    [
      (one: Connection) => `${ends(one, called)} ${protocolOf(one)}`,
      (one: Connection) => `${ends(one, called)} ${protocolOf(one)}`,
    ],
    [(one: Connection) => ends(one, called), (one: Connection) => ends(one, called)],
  ] as const;
  const both: (readonly [Connection, Connection])[] = [];
  let left = inOrder(old);
  let right = inOrder(now);
  for (const [keyOld, keyNew] of steps) {
    const waiting = new Map<string, Connection[]>();
    for (const one of right) append(waiting, keyNew(one), one);
    const rest: Connection[] = [];
    const taken = new Set<Connection>();
    for (const one of left) {
      const other = waiting.get(keyOld(one))?.shift();
      if (!other) rest.push(one);
      else {
        both.push([one, other]);
        taken.add(other);
      }
    }
    left = rest;
    right = right.filter((one) => !taken.has(one));
  }
  const byIndex = (a: Connection, b: Connection) => a.index - b.index;
  both.sort(([, a], [, b]) => byIndex(a, b));
  return { both, removed: [...left].sort(byIndex), added: [...right].sort(byIndex) };
}

/** By what is said, so that the order of declaration decides nothing. */
function inOrder(connections: readonly Connection[]): readonly Connection[] {
  return connections
    .map((one) => [`${spoken(one)} ${shownEnds(one)}`, one] as const)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, one]) => one);
}

function ends(connection: Connection, name: (node: Node) => string): string {
  const all = (nodes: readonly Node[]) => [...new Set(nodes.map(name))].sort().join(' ');
  const from = connection.fromRecord ?? all(connection.from);
  const to = connection.choices
    .map(({ record, named, text }) => record ?? (named.length > 0 ? all(named) : text))
    .sort();
  return JSON.stringify([from, to]);
}

function protocolOf({ protocol, port }: Connection): string {
  return `${protocol?.name ?? ''}/${port ?? ''}`;
}

export function changedConnection(old: Connection, now: Connection): ConnectionChange | undefined {
  const properties = [
    ...plainChange('says', spoken(old) || undefined, spoken(now) || undefined),
    ...plainChange('label', old.label, now.label),
    ...propertyChanges(old.facts, now.facts),
  ];
  return properties.length === 0
    ? undefined
    : { change: 'changed', old: shownEnds(old), new: shownEnds(now), properties };
}

export function wholeConnection(change: 'added' | 'removed', connection: Connection): ConnectionChange {
  const says = spoken(connection);
  const properties: PropertyChange[] =
    says === ''
      ? []
      : [{ property: 'says', old: change === 'removed' ? says : null, new: change === 'added' ? says : null }];
  const name = shownEnds(connection);
  return { change, old: change === 'removed' ? name : null, new: change === 'added' ? name : null, properties };
}

/** `haproxy -> nginx`, as `graph` has it: by tier where it is about all of one. */
export function shownEnds(connection: Connection): string {
  const from = connection.fromRecord ?? shownNodes(connection.from);
  const to = connection.choices.map(
    ({ record, named, text }) => record ?? (named.length > 0 ? shownNodes(named) : text),
  );
  return `${from} -> ${to.join(' | ')}`;
}

function shownNodes(nodes: readonly Node[]): string {
  const [first] = nodes;
  const tier = first?.tier;
  const whole = tier && nodes.length === tier.instances.length && nodes.every((node) => node.tier === tier);
  return whole ? tier.id : nodes.map(({ id }) => id).join(', ');
}

/** What stands behind the `:`. */
function spoken({ protocol, port, tls, optional, async, read, write, only }: Connection): string {
  const ported = port !== undefined && port !== protocol?.port ? `/${port}` : '';
  const words = { tls, optional, async, read, write };
  return [
    ...(protocol ? [`${protocol.name}${ported}`] : []),
    ...Object.entries(words).flatMap(([word, stated]) => (stated ? [word] : [])),
    ...(only.length > 0 ? [`for ${only.join(', ')}`] : []),
  ].join(' ');
}
