// Services of administration that everybody outside may try: over a line of a firewall, or over a connection without a gate in its path.

import { listed } from '../../src/base/words.js';
import { listenerOn } from '../../src/analysis/encryption.js';
import { isUntrusted } from '../../src/analysis/exposure.js';
import { behind, isForEverybody, isOpenFromOutside, openings, type Opening } from '../../src/analysis/openings.js';
import { coversPort, firewallsAround, firewallsBetween, isKeptOut } from '../../src/analysis/passage.js';
import {
  componentsOn,
  incoming,
  machineOf,
  onOneMachine,
  outgoing,
  pathTo,
  walk,
  witnessOf,
  type Reach,
  type Step,
} from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import { groupOf, holdsData } from '../../src/model/kinds.js';
import type { Connection, Node, System } from '../../src/model/system.js';
import { adminServices, type AdminService } from '../admin.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

export const exposedAdmin = rule({
  id: 'exposed-admin',
  category: 'exposure',
  summary: 'a service of administration, such as ssh or docker, is open to everybody outside',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const named = new Set<string>();
    for (const opening of openings(system)) {
      if (!opening.everybody || opening.everyPort) continue;
      const services = openServices(system, opening);
      if (services.length === 0) continue;
      for (const { port } of services) named.add(`${opening.firewall.id} ${port}`);
      yield letIn(system, opening, services);
    }
    const reach = reachedByAdmins(system);
    for (const step of reach.values()) {
      if (!isExposed(system, reach, step)) continue;
      const firewalls = firewallsBetween(system, step.from, step.to);
      if (firewalls.some(({ id }) => named.has(`${id} ${step.connection.port ?? ''}`))) continue;
      yield reached(system, reach, step);
    }
  },
});

/** The services that a line lets everybody in to, and that nothing behind it is made to offer. */
function openServices(system: System, { firewall, line }: Opening): readonly AdminService[] {
  return adminServices.filter(({ port }) => {
    const arrival = { port, transport: port === 623 ? 'udp' : 'tcp' } as const;
    if (coversPort(line, arrival) !== 'yes' || !isOpenFromOutside(system, firewall, arrival)) return false;
    const { nodes } = behind(system, firewall);
    if (nodes.some((node) => isGate(system, node) || isMeant(system, node, port))) return false;
    const machines = nodes.filter(({ kind }) => kind !== 'firewall' && kind !== 'monitor').map(machineOf);
    const guarded = machines.filter((machine) => firewallsAround(system, machine).length > 0);
    // Those that it only leads to may have firewalls of their own, and so may those inside.
    return guarded.length < machines.length || machines.length === 0
      ? true
      : guarded.some((machine) => isOpenFromOutside(system, machine, arrival));
  });
}

/** An entry for administrators, or to a private network; whoever calls the machine that one stands on by ssh comes to it. */
function isGate(system: System, node: Node): boolean {
  const entries = node.kind === 'host' ? (componentsOn(system).get(node) ?? []) : [node];
  return entries.some(({ facts }) => facts.vpn !== undefined || facts.bastion !== undefined);
}

/** It states the port, is a store that another rule judges, or takes files where administrators would log in. */
function isMeant(system: System, node: Node, port: number): boolean {
  if (listenerOn(node, port)) return true;
  const calls = incoming(system).get(node) ?? [];
  return calls.some(
    (one) =>
      one.port === port && (one.protocol?.name === 'sftp' || (holdsData(node.kind) && one.protocol?.family === 'data')),
  );
}

function letIn(system: System, { firewall, line }: Opening, services: readonly AdminService[]): Finding {
  const name = nameOf(system, firewall);
  const what = listed(services.map(told));
  return {
    message: `${name} lets everybody in to ${what}`,
    at: line.at,
    label: 'from anywhere',
    help: 'allow it from the addresses of a `vpn` or `bastion` only',
    witness: pathThrough([firewall.id, 'anybody'], [firewall.id, `${shortName(system, firewall)} (${what})`]),
    subjects: [...new Set([machineOf(firewall).id, firewall.id])],
    group: {
      key: `${line.at.source.path} ${line.at.start}`,
      message: (subjects) => {
        const firewalls = subjects
          .flatMap((id) => system.nodes.get(id) ?? [])
          .filter(({ kind }) => kind === 'firewall');
        return `${namesOf(system, firewalls)} let everybody in to ${what}`;
      },
      help: 'allow it from the addresses of a `vpn` or `bastion` only',
    },
  };
}

function told({ name, port }: AdminService): string {
  return `${name} on port ${port}`;
}

function serviceOf({ protocol, port }: Connection): AdminService | undefined {
  if (protocol?.name === 'sftp' || protocol?.need === false || port === undefined) return undefined;
  if (protocol?.family === 'admin') return { name: protocol.name, port };
  return protocol ? adminServices.find((one) => one.port === port) : undefined;
}

/** From outside over firewalls, and over balancers that state the port, to what is administered; never past a gate. */
function reachedByAdmins(system: System): Reach {
  const connections = outgoing(system);
  const start = system.connections.flatMap((connection) => {
    const from = serviceOf(connection) ? connection.callers.find(isUntrusted) : undefined;
    return from ? [{ connection, from }] : [];
  });
  const onward = (node: Node) => (connections.get(node) ?? []).filter((one) => serviceOf(one) !== undefined);
  return walk(
    start,
    (node, { connection }) =>
      node.kind === 'firewall' || (node.kind === 'lb' && listenerOn(node, connection.port)) ? onward(node) : [],
    (node) => !isGate(system, node),
  );
}

function isExposed(system: System, reach: Reach, { connection, from, to }: Step): boolean {
  if (to.kind !== 'host' && groupOf(to.kind) !== 'traffic') return false;
  if (to.external || to.managed || to.caller || isUntrusted(to) || onOneMachine(from, to)) return false;
  const { port } = connection;
  const family = connection.protocol?.family;
  if (listenerOn(to, port) || (family === 'data' && holdsData(to.kind))) return false;
  return pathTo(reach, to).every((step) => !isKeptOut(system, step) && !isForFew(system, step));
}

/** Whether a firewall on the way lets in some on this port, but not everybody. */
function isForFew(system: System, { connection, from, to }: Step): boolean {
  const arrival = { port: connection.port ?? 0 };
  return firewallsBetween(system, from, to).some(({ facts }) => {
    const lines = facts.allow?.value.filter((line) => coversPort(line, arrival) !== 'no') ?? [];
    return lines.length > 0 && !lines.some(isForEverybody);
  });
}

function reached(system: System, reach: Reach, { connection, to }: Step): Finding {
  const path = pathTo(reach, to);
  const client = path[0]?.from ?? to;
  const service = serviceOf(connection);
  const what = service ? told(service) : 'it';
  const [name, who] = [nameOf(system, to), nameOf(system, client)];
  return {
    message: `${name} offers ${what} to ${who}, who is outside`,
    at: connection.protocolAt ?? connection.at,
    label: 'without a `vpn` or a `bastion` in the path',
    related: [{ at: to.at, message: `${name} is administered from outside` }],
    help: 'go through a component with `vpn` or `bastion`; where ssh is the service itself, state `listen 22 ssh`',
    witness: witnessOf(system, path),
    subjects: [...new Set([machineOf(to).id, to.id])],
    group: {
      key: `${connection.at.source.path} ${connection.at.start} ${what}`,
      message: (subjects) => `${namesOf(system, subjects)} offer ${what} to ${who}, who is outside`,
    },
  };
}
