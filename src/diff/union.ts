// Two systems whose nodes are matched → one system that holds what either has, so that one picture shows what goes and what comes.

import type { Change } from '../base/difference.js';
import type { Location, Source } from '../base/source.js';
import type { Connection, DnsRecord, Node, NodeId, System, Target, Zone } from '../model/index.js';
import type { ConnectionPairs } from './connections.js';
import type { Matching } from './match.js';
import type { RecordPairs } from './structure.js';
import type { Writable } from '../base/writable.js';

export interface Union {
  readonly system: System;
  /** By node of the union; what is not in it is the same in both. */
  readonly nodes: ReadonlyMap<NodeId, Change>;
  /** By zone of the union, in order of its records. */
  readonly records: ReadonlyMap<NodeId, readonly (Change | undefined)[]>;
}

export interface Pieces {
  readonly matching: Matching;
  readonly connections: ConnectionPairs;
  readonly records: RecordPairs;
  readonly changedNodes: ReadonlySet<NodeId>;
  readonly changedConnections: ReadonlySet<Connection>;
}

type Draft = Writable<Omit<Node, 'children' | 'places'>> & { children: Node[]; places: readonly Node[] };

/** What the new system says of a node counts; what is gone stands behind what is there. */
export function unionOf(old: System, now: System, pieces: Pieces): Union {
  const { matching } = pieces;
  const drafts = new Map<Node, Draft>();
  const nodes = new Map<NodeId, Node>();
  const changes = new Map<NodeId, Change>();
  const parentOf = ({ parent }: Node): Draft | undefined =>
    parent && (drafts.get(parent) ?? drafts.get(matching.forward.get(parent) ?? parent));
  const draft = (node: Node, change: Change | undefined): void => {
    const parent = parentOf(node);
    let id = node.id;
    if (change === 'removed') {
      id = parent ? `${parent.id}/${node.name}` : node.id;
      while (nodes.has(id)) id += ' (removed)';
    }
    const rest = without(node, 'parent', 'host', 'caller');
    const one: Draft = { ...rest, id, index: nodes.size, children: [], places: [] };
    if (parent) {
      one.parent = parent;
      parent.children.push(one);
    }
    drafts.set(node, one);
    nodes.set(id, one);
    if (change) changes.set(id, change);
  };
  for (const node of now.nodes.values())
    draft(node, matching.backward.has(node) ? (pieces.changedNodes.has(node.id) ? 'changed' : undefined) : 'added');
  for (const node of old.nodes.values()) if (!matching.forward.has(node)) draft(node, 'removed');
  const found = (node: Node): Node => drafts.get(node) ?? drafts.get(matching.forward.get(node) ?? node) ?? node;
  for (const [node, one] of drafts) {
    one.places = node.places.map(found);
    if (node.host) one.host = found(node.host);
    if (node.caller) one.caller = found(node.caller);
  }
  const { zones, records } = zonesOf([old, now], pieces, found);
  const system: System = {
    ...now,
    nodes,
    zones,
    connections: connectionsOf(pieces, found).map((connection, index) => ({ ...connection, index })),
    journeys: [],
    accepts: [],
  };
  return { system, nodes: changes, records };
}

function zonesOf(
  [old, now]: readonly [System, System],
  { records: pairs, matching }: Pieces,
  found: (node: Node) => Node,
): Pick<Union, 'records'> & { zones: readonly Zone[] } {
  const changed = new Set(pairs.changed.map(([, record]) => record));
  const added = new Set(pairs.added);
  const removed = new Set(pairs.removed);
  const gone = (zone: Zone) =>
    old.zones
      .filter((one) => matching.forward.get(one.node) === zone.node)
      .flatMap((one) => one.records.filter((record) => removed.has(record)));
  const changes = new Map<NodeId, readonly (Change | undefined)[]>();
  const put = (zone: Zone, records: readonly DnsRecord[]): Zone => {
    const node = found(zone.node);
    const whole: Writable<Zone> = { ...zone, node, records: [] };
    whole.records = records.map((record) => ({ ...record, zone: whole, nodes: record.nodes.map(found) }));
    changes.set(
      node.id,
      records.map((record) =>
        removed.has(record) ? 'removed' : added.has(record) ? 'added' : changed.has(record) ? 'changed' : undefined,
      ),
    );
    return whole;
  };
  const zones = [
    ...now.zones.map((zone) => put(zone, [...zone.records, ...gone(zone)])),
    ...old.zones.filter(({ node }) => !matching.forward.has(node)).map((zone) => put(zone, zone.records)),
  ];
  return { zones, records: changes };
}

/** In order of the new system, then what is gone. A connection that stays still leads to the instances that go. */
function connectionsOf(
  { connections, changedConnections }: Pieces,
  found: (node: Node) => Node,
): readonly Connection[] {
  const before = new Map(connections.both.map(([one, other]) => [other, one] as const));
  const present = [...before.keys(), ...connections.added].sort((a, b) => a.index - b.index);
  return [
    ...present.map((now) => {
      const old = before.get(now);
      const here = moved(now, found, changedConnections.has(now) ? 'changed' : old ? undefined : 'added');
      return old ? joined(here, moved(old, found, undefined)) : here;
    }),
    ...[...before].flatMap(([now, old]) => answersThatChange(old, now, found)),
    ...connections.removed.map((old) => moved(old, found, 'removed')),
  ];
}

function moved(connection: Connection, found: (node: Node) => Node, change: Change | undefined): Connection {
  const place = (at: Location): Location => ({ ...at, source: marked(at.source, change) });
  const target = (choice: Target): Target => ({
    ...choice,
    named: choice.named.map(found),
    nodes: choice.nodes.map(found),
  });
  return {
    ...connection,
    from: connection.from.map(found),
    callers: connection.callers.map(found),
    choices: connection.choices.map(target),
    at: place(connection.at),
    extent: place(connection.extent),
  };
}

/** A tier that is called has the instances of both; what answers for a record is that which did and does. */
function joined(now: Connection, old: Connection): Connection {
  const either = (one: readonly Node[], other: readonly Node[] = []) => [...new Set([...one, ...other])];
  return {
    ...now,
    from: either(now.from, old.from),
    callers: either(now.callers, old.callers),
    choices: now.choices.map((choice, index) => {
      const other = old.choices[index];
      if (choice.record !== undefined)
        return { ...choice, nodes: choice.nodes.filter((node) => other?.nodes.includes(node)) };
      return { ...choice, named: either(choice.named, other?.named), nodes: either(choice.nodes, other?.nodes) };
    }),
  };
}

/** The way from a record to what answered before, or answers now, as connections of their own. */
function answersThatChange(old: Connection, now: Connection, found: (node: Node) => Node): readonly Connection[] {
  return now.choices.flatMap((choice, index): Connection[] => {
    const { record } = choice;
    if (record === undefined) return [];
    const [before, after] = [old.choices[index]?.nodes ?? [], choice.nodes].map((nodes) => nodes.map(found));
    const answer = (
      nodes: readonly Node[] = [],
      others: readonly Node[] = [],
      change: Change,
    ): readonly Connection[] => {
      const only = nodes.filter((node) => !others.includes(node));
      if (only.length === 0) return [];
      const rest = without(moved(now, found, change), 'label', 'protocol', 'port');
      const target = without(choice, 'record');
      return [
        {
          ...rest,
          facts: {},
          from: [],
          callers: [],
          fromRecord: record,
          choices: [{ ...target, named: only, nodes: only }],
        },
      ];
    };
    return [...answer(before, after, 'removed'), ...answer(after, before, 'added')];
  });
}

function without<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !(keys as readonly string[]).includes(key)),
  ) as Omit<T, K>;
}

const sources = new WeakMap<Source, Map<string, Source>>();

/** Statements of the old and the new text may stand at the same place of the same file: their sources are kept apart by what became of them. */
function marked(source: Source, change: Change | undefined): Source {
  const name = changePath(change);
  const known = sources.get(source) ?? new Map<string, Source>();
  sources.set(source, known);
  const before = known.get(name);
  if (before) return before;
  const one = { ...source, path: `${name}${source.path}` };
  known.set(name, one);
  return one;
}

const separator = ': ';

function changePath(change: Change | undefined): string {
  return `${change ?? 'same'}${separator}`;
}

/** What became of the statement at a place of the union, by the path of its source. */
export function changeAt(path: string): Change | undefined {
  const [word] = path.split(separator);
  return word === 'added' || word === 'removed' || word === 'changed' ? word : undefined;
}
