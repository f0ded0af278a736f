// Components of different tiers that need each other, in a ring: none of them can start, or be judged, without the others.

import { byCodeUnit, counted, listed } from '../../src/base/words.js';
import { stronglyConnected } from '../../src/analysis/engine/components.js';
import { outgoing } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import type { Connection, Node, System, Target } from '../../src/model/system.js';
import { nameOfTier } from '../failing.js';
import { rule, type Finding } from '../rule.js';

export const dependencyCycle = rule({
  id: 'dependency-cycle',
  category: 'availability',
  summary: 'components of several tiers need each other in a circle',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const told = new Set<Node>();
    for (const name of namesOfJourneys(system)) {
      for (const ring of ringsOf(system, name)) {
        if (ring.members.some((node) => told.has(node))) continue;
        for (const node of ring.members) told.add(node);
        yield finding(system, ring);
      }
    }
  },
});

interface Hop {
  readonly from: Node;
  readonly connection: Connection;
  readonly to: Node;
}

interface Ring {
  /** All that need each other, in order of declaration. */
  readonly members: readonly Node[];
  /** A shortest way around. */
  readonly way: readonly Hop[];
}

/** The records that some connection is reserved for: needs of journeys by different names make no circle. The empty name stands for all others. */
function namesOfJourneys(system: System): readonly string[] {
  return ['', ...[...new Set(system.connections.flatMap(({ only }) => only))].sort()];
}

function ringsOf(system: System, name: string): readonly Ring[] {
  const nodes = [...system.nodes.values()];
  const next = waysOn(system, nodes, name);
  const roots = nodes.flatMap(({ index }) => (next[index]?.length ? [index] : []));
  return stronglyConnected(next.length, roots, (index) => next[index] ?? [])
    .map((component) => component.filter((index) => index < nodes.length).sort((a, b) => a - b))
    .filter((component) => new Set(component.flatMap((index) => nodes[index]?.tier ?? [])).size > 1)
    .map((component): Ring => {
      const inside = new Set(component);
      const members = component.flatMap((index) => nodes[index] ?? []);
      return {
        members,
        way: shortestWay(members, (node) => hopsFrom(system, node, name).filter(({ to }) => inside.has(to.index))),
      };
    })
    .sort((a, b) => (a.members[0]?.index ?? 0) - (b.members[0]?.index ?? 0));
}

/**
 * By index of node, whom it needs. A list of one tier that others call is a point of its own behind the nodes, so that a thousand callers of a
 * thousand are two thousand ways, not a million.
 */
function waysOn(system: System, nodes: readonly Node[], name: string): readonly (readonly number[])[] {
  const ways: number[][] = nodes.map(() => []);
  const lists = new Map<readonly Node[], number>();
  for (const from of nodes) {
    const own = ways[from.index] ?? [];
    for (const { target } of neededBy(system, from, name)) {
      if (target.nodes.length === 1 || target.tier === undefined || target.tier === from.tier) {
        for (const to of othersThan(from, target)) own.push(to.index);
        continue;
      }
      const list = lists.get(target.nodes) ?? ways.push(target.nodes.map(({ index }) => index)) - 1;
      lists.set(target.nodes, list);
      own.push(list);
    }
  }
  return ways;
}

/** Needs that nothing else fulfils. Instances of one tier that call each other are another matter. */
function hopsFrom(system: System, from: Node, name: string): readonly Hop[] {
  return neededBy(system, from, name).flatMap(({ connection, target }) =>
    othersThan(from, target).map((to) => ({ from, connection, to })),
  );
}

function neededBy(system: System, from: Node, name: string): readonly { connection: Connection; target: Target }[] {
  const found: { connection: Connection; target: Target }[] = [];
  for (const connection of outgoing(system).get(from) ?? []) {
    const target = connection.choices[0];
    const taken = connection.only.length === 0 || connection.only.includes(name);
    if (connection.need && target && connection.choices.length === 1 && taken) found.push({ connection, target });
  }
  return found;
}

function othersThan(from: Node, { nodes }: Target): readonly Node[] {
  return nodes.filter((to) => to !== from && (to.tier === undefined || to.tier !== from.tier));
}

/** In a ring of more members than this, the way around is looked for from the first one only. */
const MOST_STARTS = 64;

/** Of several as short the first by name, so that the order of declarations does not choose; it begins at what is declared first. */
function shortestWay(members: readonly Node[], hops: (node: Node) => readonly Hop[]): readonly Hop[] {
  const sorted = [...members].sort((a, b) => byCodeUnit(a.id, b.id));
  const inOrder = new Map(sorted.map((node) => [node, [...hops(node)].sort((a, b) => byCodeUnit(a.to.id, b.to.id))]));
  let best: readonly Hop[] | undefined;
  for (const start of sorted.slice(0, members.length <= MOST_STARTS ? undefined : 1)) {
    const way = wayBack(start, (node) => inOrder.get(node) ?? []);
    if (way && (!best || way.length < best.length)) best = way;
  }
  if (!best) throw new Error('in a circle every member leads back to itself');
  const first = best.reduce((least, { from }, at) => (from.index < (best[least]?.from.index ?? 0) ? at : least), 0);
  return [...best.slice(first), ...best.slice(0, first)];
}

/** Breadth first. */
function wayBack(start: Node, hops: (node: Node) => readonly Hop[]): readonly Hop[] | undefined {
  const came = new Map<Node, Hop>();
  const queue = [start];
  // The queue grows while it is read.
  for (const node of queue) {
    for (const hop of hops(node)) {
      if (came.has(hop.to)) continue;
      came.set(hop.to, hop);
      if (hop.to === start) return unwind(start, came);
      queue.push(hop.to);
    }
  }
  return undefined;
}

function unwind(start: Node, came: ReadonlyMap<Node, Hop>): readonly Hop[] {
  const way: Hop[] = [];
  for (let hop = came.get(start); hop; hop = hop.from === start ? undefined : came.get(hop.from)) way.push(hop);
  return way.reverse();
}

function finding(system: System, { members, way }: Ring): Finding {
  const [first] = way;
  const last = way.at(-1);
  if (!first || !last) throw new Error('a circle has connections');
  const tiers = [...new Set(way.flatMap(({ from }) => from.tier ?? []))];
  const round = new Set(tiers.flatMap(({ instances }) => instances));
  const subjects = members.filter((node) => round.has(node));
  const message = `${tiers.length <= 5 ? listed(tiers.map(nameOfTier)) : counted(tiers.length, 'tier')} need each other in a circle`;
  const more = new Set(members.flatMap(({ tier }) => tier ?? [])).size - tiers.length;
  return {
    message,
    at: last.connection.at,
    label: 'closes the circle',
    related: way
      .slice(0, -1)
      .map(({ connection }, at) => ({ at: connection.at, message: at === 0 ? 'begins it' : 'goes on' })),
    notes: more > 0 ? [`${counted(more, 'more tier')} ${more === 1 ? 'is' : 'are'} part of it`] : [],
    help: 'make one of these connections `optional` or `async` if its caller goes on without it; else part what is needed from both sides into a tier of its own; `archlint explain dependency-cycle`',
    witness: {
      kind: 'path',
      steps: [first.from, ...way.map(({ to }) => to)].map((node) => ({ node: node.id, text: shortName(system, node) })),
    },
    subjects: subjects.map(({ id }) => id),
    group: { key: tiers.map(({ id }) => id).join('\n'), message: () => message },
  };
}
