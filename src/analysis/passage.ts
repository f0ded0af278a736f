// System → what its firewalls let pass: which of them stand between a caller and a target, and what each does with what arrives.

import type { Connection, Node, System } from '../model/system.js';
import type { Passage } from '../model/values.js';
import { machineOf, onOneMachine, outgoing, targetNodes, type Step } from './paths.js';
import { perSystem } from './shared.js';
import { comesFrom, either, type Match } from './sources.js';

export type Transport = 'tcp' | 'udp';

/** What arrives at a firewall: the port, and the transport where the protocol tells. */
export interface Arrival {
  readonly port: number;
  readonly transport?: Transport;
}

/** Protocols of which every implementation speaks tcp and nothing else; the others may come over udp as well. */
const overTcp = new Set(
  'http ws wss grpc grpcs fastcgi tcp tls ssh sftp ftp dot mysql postgres mongodb redis elasticsearch etcd amqp amqps kafka nats mqtt mqtts ldaps smtp smtps imap imaps smb'.split(
    ' ',
  ),
);

/** Absent where the port is unknown, or nothing ever leaves the machine. */
export function arrivalOf(connection: Connection): Arrival | undefined {
  const { protocol, port } = connection;
  if (!protocol || port === undefined || protocol.family === 'local') return undefined;
  // Peers often talk on a port of their own: only a stated one counts.
  const stated = connection.protocolAt;
  if (connection.peer && !stated?.source.text.slice(stated.start, stated.end).includes('/')) return undefined;
  const transport = protocol.name === 'udp' ? 'udp' : overTcp.has(protocol.name) ? 'tcp' : undefined;
  return { port, ...(transport ? { transport } : {}) };
}

export function coversPort(passage: Passage, { port, transport }: Arrival): Match {
  if (passage.ports.length === 0) return 'yes';
  const ranges = passage.ports.filter((range) => range.from <= port && port <= range.to);
  return either(
    ranges.map((range) =>
      range.transport === undefined || range.transport === transport ? 'yes' : transport ? 'no' : 'maybe',
    ),
  );
}

/** `line` is the `deny` that keeps it out; absent where no `allow` lets it in. */
export type Verdict =
  { readonly is: 'passes' } | { readonly is: 'unclear' } | { readonly is: 'blocked'; readonly line?: Passage };

/** `deny` goes first; once there is an `allow`, the rest is denied; without one, what the connections need passes. */
export function verdictOn(system: System, firewall: Node, arrival: Arrival, caller: Node): Verdict {
  if (arrival.transport) return verdictBy(system, firewall, arrival, caller);
  // It may come by either, and is kept out if both are.
  const [tcp, udp] = (['tcp', 'udp'] as const).map((transport) =>
    verdictBy(system, firewall, { ...arrival, transport }, caller),
  );
  if (!tcp || !udp || tcp.is !== udp.is) return { is: 'unclear' };
  return tcp.is === 'blocked' && udp.is === 'blocked' ? { ...udp, ...tcp } : tcp;
}

function verdictBy(system: System, firewall: Node, arrival: Arrival, caller: Node): Verdict {
  const judge = (line: Passage): Match => {
    const port = coversPort(line, arrival);
    const from = port === 'no' ? 'no' : comesFrom(system, firewall, line, caller);
    return from === 'no' ? 'no' : port === 'yes' && from === 'yes' ? 'yes' : 'maybe';
  };
  const { allow, deny } = firewall.facts;
  let unclear = false;
  for (const line of deny?.value ?? []) {
    const match = judge(line);
    if (match === 'yes') return { is: 'blocked', line };
    unclear ||= match === 'maybe';
  }
  const allowed = allow ? either(allow.value.map(judge)) : 'yes';
  if (allowed === 'no') return { is: 'blocked' };
  return { is: unclear || allowed === 'maybe' ? 'unclear' : 'passes' };
}

/** The firewalls around a node by where they stand, nearest first; one that is called itself is the first. */
export function firewallsAround(system: System, node: Node): readonly Node[] {
  const standing = firewallsIn(system);
  if (standing.size === 0 && node.kind !== 'firewall') return none;
  const known = firewallsKnown(system);
  const before = known.get(node);
  if (before) return before;
  const further = node.parent ? firewallsAround(system, node.parent) : none;
  const near = [...(node.kind === 'firewall' ? [node] : []), ...(standing.get(node) ?? [])];
  // What stands in one place shares the list of that place.
  const found = near.length > 0 ? [...new Set([...near, ...further])] : further;
  known.set(node, found);
  return found;
}

const none: readonly Node[] = [];

const firewallsKnown = perSystem('firewalls around', () => new Map<Node, readonly Node[]>());

const firewallsIn = perSystem('firewalls by place', (system): ReadonlyMap<Node, readonly Node[]> => {
  const found = new Map<Node, Node[]>();
  for (const node of system.nodes.values()) {
    if (node.kind !== 'firewall' || !node.parent) continue;
    const list = found.get(node.parent);
    if (list) list.push(node);
    else found.set(node.parent, [node]);
  }
  return found;
});

/** The firewalls that what this caller sends to the target must pass, nearest to the target first. */
export function firewallsBetween(system: System, caller: Node, target: Node): readonly Node[] {
  if (onOneMachine(caller, target)) return [];
  return firewallsAround(system, target).filter((firewall) => stops(system, firewall, { caller, target }));
}

/** What already stands inside is not filtered, and neither is what leaves by way of a firewall in the path. */
function stops(system: System, firewall: Node, { caller, target }: { caller: Node; target: Node }): boolean {
  if (caller === firewall || isWithin(caller, firewall.parent)) return false;
  return firewall !== target || !goesOnTo(system, firewall, caller);
}

/** Whether a firewall in the path leads to this machine. */
export function goesOnTo(system: System, firewall: Node, node: Node): boolean {
  return onwardOf(system).get(firewall)?.has(machineOf(node)) ?? false;
}

export function isWithin(node: Node, home: Node | undefined): boolean {
  if (!home) return false;
  for (let around: Node | undefined = node; around; around = around.parent) if (around === home) return true;
  return machineOf(node) === home;
}

/** The machines that each firewall in the path goes on to. */
const onwardOf = perSystem('ways through firewalls', (system): ReadonlyMap<Node, ReadonlySet<Node>> => {
  const found = new Map<Node, ReadonlySet<Node>>();
  for (const [node, connections] of outgoing(system)) {
    if (node.kind === 'firewall') found.set(node, new Set(connections.flatMap(targetNodes).map(machineOf)));
  }
  return found;
});

/** Whether some firewall is known to keep this hop out. */
export function isKeptOut(system: System, { connection, from, to }: Step): boolean {
  const arrival = arrivalOf(connection);
  if (!arrival) return false;
  return firewallsBetween(system, from, to).some(
    (firewall) => verdictOn(system, firewall, arrival, from).is === 'blocked',
  );
}
