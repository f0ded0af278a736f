// System → who reaches whom: connections by their ends, the courses that journeys take, and the path by which each node is reached.

import type { Witness } from '../base/diagnostic.js';
import { append } from '../base/lists.js';
import { Marks } from '../base/marks.js';
import { groupOf } from '../model/kinds.js';
import type { Connection, Journey, Node, System, Target } from '../model/system.js';
import { needsOf, type Circumstances } from './needs.js';
import { perSystem } from './shared.js';
import { shortName } from './short-names.js';

/** One hop of a path. */
export interface Step {
  readonly connection: Connection;
  readonly target: Target;
  readonly from: Node;
  readonly to: Node;
}

/** How each node was first reached, nearest first. The nodes from which the walk began are not in it. */
export type Reach = ReadonlyMap<Node, Step>;

export function targetNodes(connection: Connection): readonly Node[] {
  const only = connection.choices[0];
  if (only && connection.choices.length === 1) return only.nodes;
  return [...new Set(connection.choices.flatMap(({ nodes }) => nodes))];
}

/** What is asked of a node's callees: its outgoing connections that carry traffic. */
export const outgoingTraffic = perSystem('traffic by caller', (system) => onlyThose(outgoing(system), carriesTraffic));

/** Those of them that are requests. */
export const outgoingRequests = perSystem('requests by caller', (system) =>
  onlyThose(outgoingTraffic(system), isRequest),
);

function onlyThose(
  byNode: ReadonlyMap<Node, readonly Connection[]>,
  isOne: (connection: Connection) => boolean,
): ReadonlyMap<Node, readonly Connection[]> {
  const found = new Map<Node, readonly Connection[]>();
  for (const [node, connections] of byNode) {
    const own = connections.every(isOne) ? connections : connections.filter(isOne);
    if (own.length > 0) found.set(node, own);
  }
  return found;
}

/** The connections that go out from a node, in order of declaration; those of a place belong to the components in it. */
export const outgoing = perSystem('connections by caller', (system): ReadonlyMap<Node, readonly Connection[]> => {
  const found = new Map<Node, Connection[]>();
  for (const connection of system.connections) for (const node of connection.callers) append(found, node, connection);
  return found;
});

export const incoming = perSystem('connections by target', (system): ReadonlyMap<Node, readonly Connection[]> => {
  const found = new Map<Node, Connection[]>();
  for (const connection of system.connections)
    for (const node of targetNodes(connection)) append(found, node, connection);
  return found;
});

/** The traffic components on each host, in order of declaration. */
export const componentsOn = perSystem('components by host', (system): ReadonlyMap<Node, readonly Node[]> => {
  const found = new Map<Node, Node[]>();
  for (const node of system.nodes.values()) {
    if (node.host && groupOf(node.kind) === 'traffic') append(found, node.host, node);
  }
  return found;
});

/** The host that a node stands on or is; the node itself where it has none. */
export function machineOf(node: Node): Node {
  return node.host ?? node;
}

/** Whether what passes between the two never leaves a machine. */
export function onOneMachine(a: Node, b: Node): boolean {
  return machineOf(a) === machineOf(b);
}

/** Carries what callers ask for: no upkeep, no talk among peers, nothing that ends at a monitor. */
export function carriesTraffic(connection: Connection): boolean {
  if (connection.peer || connection.protocol?.need === false) return false;
  return connection.need || connection.optional || connection.async;
}

/** Traffic other than administration. */
export function isRequest(connection: Connection): boolean {
  return carriesTraffic(connection) && connection.protocol?.family !== 'admin';
}

/** Journeys that take the same course once they are inside, whoever makes them. */
export interface Course {
  readonly journeys: readonly Journey[];
  readonly circumstances: Circumstances;
  readonly reads: boolean;
}

/** Sorts journeys into courses, so that a thousand callers of one entry are walked once. */
export function coursesOf(system: System, journeys: readonly Journey[]): readonly Course[] {
  const needs = needsOf(system);
  const courses = new Map<string, Course & { journeys: Journey[] }>();
  for (const journey of journeys) {
    const circumstances = needs.entering(journey, journey.record);
    const key = `${keyOf(circumstances)} ${String(journey.reads)}`;
    const known = courses.get(key);
    if (known) known.journeys.push(journey);
    else courses.set(key, { journeys: [journey], circumstances, reads: journey.reads });
  }
  return [...courses.values()];
}

function keyOf({ entered, ssh }: Circumstances): string {
  return ssh ? `${entered} ssh` : entered;
}

/** Whether a connection is meant for journeys of this course. */
export function takenBy(course: Course, connection: Connection): boolean {
  if (course.reads && connection.write) return false;
  return connection.only.length === 0 || connection.only.includes(course.circumstances.entered);
}

/** What was met in the same circumstances. */
interface Taken {
  readonly connections: Marks;
  readonly nodes: Marks;
}

/** Everything that the journeys of a course need, with the way to it. */
export function reachOf(system: System, course: Course): Reach {
  const needs = needsOf(system);
  const reached = new Map<Node, Step>();
  const taken = new Map<string, Taken>();
  const seen = new Marks();
  const queue: { to: Node; came: Circumstances }[] = [];
  // Most of a course is in the same circumstances.
  let last: { readonly came: Circumstances; readonly taken: Taken } | undefined;
  const takenIn = (came: Circumstances): Taken => {
    if (last?.came === came) return last.taken;
    const key = keyOf(came);
    const known = taken.get(key) ?? { connections: new Marks(), nodes: new Marks() };
    taken.set(key, known);
    last = { came, taken: known };
    return known;
  };
  const take = (connection: Connection, from: Node, came: Circumstances) => {
    if (course.reads && connection.write) return;
    const { connections, nodes } = takenIn(came);
    if (!connections.add(connection.index)) return;
    for (const target of connection.choices) {
      for (const to of target.nodes) {
        if (!nodes.add(to.index)) continue;
        if (seen.add(to.index)) reached.set(to, { connection, target, from, to });
        queue.push({ to, came });
      }
    }
  };
  for (const journey of course.journeys) {
    for (const connection of journey.connections) take(connection, journey.client, course.circumstances);
  }
  // The queue grows while it is read.
  for (const { to, came } of queue) {
    const there = needs.at(to, came);
    for (const connection of needs.of(to, there)) take(connection, to, there);
  }
  return reached;
}

/** Breadth first from the given connections; `next` says over which ones it goes on from a node. Every connection is taken once. */
export function walk(
  start: readonly { readonly connection: Connection; readonly from: Node }[],
  next: (node: Node, came: Step) => readonly Connection[],
  enters: (node: Node, came: Step) => boolean = () => true,
): Reach {
  const reached = new Map<Node, Step>();
  const seen = new Marks();
  const taken = new Marks();
  const queue: Step[] = [];
  const take = (connection: Connection, from: Node) => {
    if (!taken.add(connection.index)) return;
    for (const target of connection.choices) {
      for (const to of target.nodes) {
        if (seen.has(to.index)) continue;
        const step = { connection, target, from, to };
        if (!enters(to, step)) continue;
        seen.add(to.index);
        reached.set(to, step);
        queue.push(step);
      }
    }
  };
  for (const { connection, from } of start) take(connection, from);
  // The queue grows while it is read.
  for (const step of queue) for (const connection of next(step.to, step)) take(connection, step.to);
  return reached;
}

/** The steps that lead to a node, from the outside in. */
export function pathTo(reach: Reach, node: Node): readonly Step[] {
  const steps: Step[] = [];
  const seen = new Set<Node>();
  for (let at: Node | undefined = node; at && !seen.has(at);) {
    seen.add(at);
    const step = reach.get(at);
    if (step) steps.push(step);
    at = step?.from;
  }
  return steps.reverse();
}

/** Where the way to each reached node begins. */
export function originsOf(reach: Reach): ReadonlyMap<Node, Node> {
  const origins = new Map<Node, Node>();
  // In order of reaching, so that whoever leads on to a node comes before it.
  for (const [node, { from }] of reach) origins.set(node, reach.has(from) ? (origins.get(from) ?? from) : from);
  return origins;
}

/** What answers a journey first: the components behind its name, firewalls in the path passed. */
export function entriesOf(system: System, journey: Journey): readonly Node[] {
  const connections = outgoing(system);
  const start = journey.connections.map((connection) => ({ connection, from: journey.client }));
  const reached = walk(start, (node) =>
    node.kind === 'firewall' ? (connections.get(node) ?? []).filter((one) => one.need) : [],
  );
  return [...reached.keys()].filter((node) => node.kind !== 'firewall');
}

/** `visitor → www.foobar.com → c/haproxy (http)`. */
export function witnessOf(system: System, path: readonly Step[]): Witness {
  const steps: Witness['steps'][number][] = [];
  const first = path[0]?.from;
  if (first) steps.push({ node: first.id, text: shortName(system, first) });
  for (const { connection, target, to } of path) {
    if (target.record !== undefined) steps.push({ node: target.record, text: target.record });
    const protocol = connection.protocol ? ` (${connection.protocol.name}${connection.tls ? ' tls' : ''})` : '';
    steps.push({ node: to.id, text: `${shortName(system, to)}${protocol}` });
  }
  return { kind: 'path', steps };
}
