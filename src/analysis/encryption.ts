// System → what passes in clear text, and where traffic that arrived encrypted is handed on in clear.

import { append } from '../base/lists.js';
import { Marks } from '../base/marks.js';
import { isDataStore } from '../model/kinds.js';
import { protocolNamed, protocols } from '../model/protocols.js';
import type { Connection, Journey, Node, System } from '../model/system.js';
import type { Listener } from '../model/values.js';
import {
  outgoingTraffic,
  carriesTraffic,
  coursesOf,
  entriesOf,
  incoming,
  onOneMachine,
  outgoing,
  pathTo,
  takenBy,
  targetNodes,
  type Course,
  type Reach,
  type Step,
} from './paths.js';
import { perSystem } from './shared.js';

/** What a component states about a port; absent where it states nothing about it. */
export function listenerOn(node: Node, port: number | undefined): Listener | undefined {
  return node.facts.listen?.value.find((listener) => listener.port === port);
}

/** Web traffic and file transfer that anybody on the way can read. */
export function isClearWeb(connection: Connection): boolean {
  const { protocol } = connection;
  return connection.encryption === 'no' && (protocol?.family === 'web' || protocol?.name === 'ftp');
}

/**
 * Whether all that arrives in clear on a port is only sent to https: by the component itself, or, where that is a balancer, by everything that it
 * may hand it on to.
 */
export function onlyRedirects(system: System, node: Node, port: number | undefined, passed = new Set<Node>()): boolean {
  const listener = listenerOn(node, port);
  if (listener?.redirect) return true;
  if (node.kind !== 'lb' || passed.has(node)) return false;
  passed.add(node);
  let redirected = false;
  for (const connection of outgoingTraffic(system).get(node) ?? []) {
    const { protocol, encryption } = connection;
    if (!protocol) return false;
    // What is read here may be handed on encrypted; what passes unread stays as it came.
    if (encryption === 'yes' && listener?.protocol !== 'tcp') return false;
    if (encryption === 'yes' || (protocol.family !== 'web' && protocol.name !== 'tcp')) continue;
    for (const target of targetNodes(connection)) {
      if (protocol.name === 'tcp' && !isClearHandover(system, connection, target)) continue;
      if (!onlyRedirects(system, target, connection.port, passed)) return false;
      redirected = true;
    }
  }
  return redirected;
}

/** The components that answer a journey in clear: those that do not merely send the caller to https, and do not share its machine. */
export function clearEntries(system: System, journey: Journey): readonly Node[] {
  if (!journey.connections.some(isClearWeb)) return [];
  return entriesOf(system, journey).filter(
    (node) =>
      !onlyRedirects(system, node, journey.port) &&
      !onOneMachine(journey.client, node) &&
      node.caller !== journey.client,
  );
}

const securePorts = new Set(
  protocols.flatMap((one) => (one.encrypted === 'yes' && one.port !== undefined ? [one.port] : [])),
);

/** http, ws, grpc, fastcgi without tls; plain tcp, unless the port, or who answers in the end, says that what passes is encrypted. */
function isClearHandover(system: System, connection: Connection, target: Node, passed = new Set<Node>()): boolean {
  if (isClearWeb(connection)) return true;
  const { protocol, port } = connection;
  if (protocol?.name !== 'tcp' || connection.encryption === 'yes') return false;
  const stated = listenerOn(target, port)?.protocol;
  if (stated === 'tcp' && !passed.has(target)) {
    passed.add(target);
    const onward = (outgoing(system).get(target) ?? []).filter((one) => one.protocol?.name === 'tcp');
    const sealed = onward.some((one) => targetNodes(one).some((end) => !isClearHandover(system, one, end, passed)));
    if (sealed) return false;
  }
  if (stated !== undefined) return protocolNamed(stated)?.encrypted !== 'yes';
  return port === undefined || !securePorts.has(port);
}

/** A connection over which traffic that arrived encrypted leaves a machine in clear. */
export interface ClearHandover {
  readonly connection: Connection;
  readonly from: readonly Node[];
  readonly to: readonly Node[];
  /** From the client to the first of `from`. Made when asked for. */
  readonly way: () => readonly Step[];
}

/** Of journeys that enter over TLS: the clear hops up to the last web or app tier, data stores left out. In order of declaration. */
export const clearHandovers = perSystem('clear hand-overs', (system): readonly ClearHandover[] => {
  const journeys = system.journeys.filter(
    (journey) =>
      journey.connections.some((connection) => connection.encryption === 'yes') &&
      journey.protocol?.family !== 'admin' &&
      journey.protocol?.name !== 'sftp',
  );
  const toSites = leadsToSite(system);
  const found = new Map<Connection, ClearHandover>();
  for (const course of coursesOf(system, journeys)) {
    const { ended, reach } = whereTlsEnds(system, course);
    const callersOf = new Map<Connection, Node[]>();
    for (const node of ended) {
      for (const connection of followed(system, course, node)) {
        append(callersOf, connection, node);
      }
    }
    for (const [connection, callers] of callersOf) {
      const targets = targetNodes(connection).filter(
        (node) => toSites.has(node) && isClearHandover(system, connection, node),
      );
      const from = callers.filter((caller) => hasEndElsewhere(caller, targets));
      const to = targets.filter((target) => hasEndElsewhere(target, callers));
      const first = from[0];
      if (first && !found.has(connection))
        found.set(connection, { connection, from, to, way: () => pathTo(reach, first) });
    }
  }
  return [...found.values()].sort((a, b) => a.connection.index - b.connection.index);
});

function hasEndElsewhere(node: Node, others: readonly Node[]): boolean {
  return others.some((other) => !onOneMachine(node, other));
}

function followed(system: System, course: Course, node: Node): readonly Connection[] {
  const all = outgoingTraffic(system).get(node) ?? [];
  return all.every((one) => takenBy(course, one)) ? all : all.filter((one) => takenBy(course, one));
}

/** Web and app components, and everything that leads on to one; data stores never. */
function leadsToSite(system: System): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const node of system.nodes.values()) if (node.kind === 'web' || node.kind === 'app') found.add(node);
  const back = incoming(system);
  const taken = new Marks();
  for (const node of found) {
    for (const connection of back.get(node) ?? []) {
      if (!carriesTraffic(connection) || !taken.add(connection.index)) continue;
      for (const caller of connection.callers) if (!isDataStore(caller.kind)) found.add(caller);
    }
  }
  return found;
}

/**
 * Follows TLS inward. A component that states `tcp` for the port passes it on, and so does a firewall, unless it goes on in clear;
 * everything else ends it. `ended` holds those that end it and all behind them, in order of reaching.
 */
function whereTlsEnds(system: System, course: Course): { ended: ReadonlySet<Node>; reach: Reach } {
  const ended = new Set<Node>();
  const reach = new Map<Node, Step>();
  const passed = new Set<Node>();
  const queue: { node: Node; sealed: boolean }[] = [];
  const take = (connection: Connection, from: Node, sealed: boolean) => {
    for (const target of connection.choices) {
      for (const to of target.nodes) {
        const passes = sealed && (to.kind === 'firewall' || listenerOn(to, connection.port)?.protocol === 'tcp');
        const known = passes ? passed : ended;
        if (known.has(to)) continue;
        known.add(to);
        if (!reach.has(to)) reach.set(to, { connection, target, from, to });
        queue.push({ node: to, sealed: passes });
      }
    }
  };
  for (const journey of course.journeys) for (const one of journey.connections) take(one, journey.client, true);
  const taken = { sealed: new Marks(), open: new Marks() };
  for (const { node, sealed } of queue) {
    const onward = followed(system, course, node);
    // A balancer may listen for clear requests as well, and hand on those alone in clear.
    const opens = sealed && (node.kind === 'firewall' ? onward.some(isClearWeb) : areAll(onward, isClearWeb));
    if (opens) ended.add(node);
    for (const connection of onward) {
      const stillSealed = connection.encryption === 'yes' || (sealed && !opens);
      const known = stillSealed ? taken.sealed : taken.open;
      if (known.add(connection.index)) take(connection, node, stillSealed);
    }
  }
  return { ended, reach };
}

function areAll<T>(list: readonly T[], judge: (one: T) => boolean): boolean {
  return list.length > 0 && list.every(judge);
}

/** The host or component at each end of a handover, for those who name them. */
export function endsOf(handover: ClearHandover): readonly Node[] {
  return [...new Set([...handover.from, ...handover.to])];
}
