// Stores of data that somebody outside reaches: over a connection, or over a line of the firewalls around them.

import { isUntrusted } from '../../src/analysis/exposure.js';
import { isOpenFromOutside, openings, portsOf, type Opening } from '../../src/analysis/openings.js';
import { coversPort, firewallsAround, isKeptOut } from '../../src/analysis/passage.js';
import {
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
import { holdsData } from '../../src/model/kinds.js';
import type { Connection, Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, nounOf, pathThrough } from '../wording.js';

export const exposedDataStore = rule({
  id: 'exposed-data-store',
  category: 'exposure',
  summary: 'a database, cache, queue or storage is open to somebody outside',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const reaches = reachesFromOutside(system);
    // With a part unread, a `deny` may be in that part.
    const lines = system.incomplete ? new Map<Node, readonly Opening[]>() : linesOf(system);
    for (const node of system.nodes.values()) {
      if (!holdsData(node.kind) || node.caller || node.external) continue;
      const open = reaches.find((reach) => {
        const step = reach.get(node);
        return step && isReached(system, reach, step);
      });
      const step = open?.get(node);
      if (open && step) yield connected(system, open, step);
      else {
        const found = lines.size > 0 ? openTo(system, lines, node) : undefined;
        if (found) yield letIn(system, node, found);
      }
    }
  },
});

/** One for each protocol and port that somebody outside calls: what a balancer hands on depends on what it is asked for. */
function reachesFromOutside(system: System): readonly Reach[] {
  const connections = outgoing(system);
  const starts = new Map<string, { connection: Connection; from: Node }[]>();
  for (const connection of system.connections) {
    const from = isUse(connection) ? connection.callers.find(isUntrusted) : undefined;
    const key = `${connection.protocol?.name ?? ''} ${connection.port ?? ''}`;
    if (!from) continue;
    const known = starts.get(key);
    if (known) known.push({ connection, from });
    else starts.set(key, [{ connection, from }]);
  }
  return [...starts.values()].map((start) =>
    walk(start, (node, { connection: came }) => {
      const onward = (connections.get(node) ?? []).filter(isUse);
      if (node.kind === 'firewall') return onward;
      return node.kind === 'lb' ? onward.filter((connection) => isSameUse(came, connection)) : [];
    }),
  );
}

/** Upkeep and administration do not go to the store itself. */
function isUse({ protocol }: Connection): boolean {
  return protocol?.need !== false && protocol?.family !== 'admin';
}

/** A balancer or pool hands on what it is asked for: the same language of a store, or the same port of a transport. */
function isSameUse(came: Connection, connection: Connection): boolean {
  const { protocol, port } = came;
  if (protocol?.family === 'data') return connection.protocol === protocol;
  return protocol?.family === 'transport' && port !== undefined && connection.port === port;
}

function isReached(system: System, reach: Reach, { connection, from, to }: Step): boolean {
  // Files and objects for browsers, and a broker for devices over TLS, are made to be called from outside. Clear text is for missing-https to judge.
  const { protocol } = connection;
  if (to.kind === 'storage' && protocol?.family === 'web') return false;
  if (to.kind === 'queue' && (protocol?.name === 'mqtts' || (protocol?.name === 'mqtt' && connection.tls)))
    return false;
  return !onOneMachine(from, to) && !pathTo(reach, to).some((step) => isKeptOut(system, step));
}

function connected(system: System, reach: Reach, { connection, to }: Step): Finding {
  const path = pathTo(reach, to);
  const client = path[0]?.from ?? to;
  const [name, who] = [nameOf(system, to), nameOf(system, client)];
  return {
    message: `the ${nounOf(to.kind)} ${name} is open to ${who}, who is outside`,
    at: connection.at,
    label: path.some(({ to: by }) => by.kind === 'lb') ? `${who} reaches it this way` : `${who} reaches it directly`,
    related: [{ at: to.at, message: 'the data is here' }],
    help: 'let an application answer outside, and call the store from there',
    witness: witnessOf(system, path),
    subjects: [...new Set([machineOf(to).id, to.id])],
    group: {
      key: `${connection.at.source.path} ${connection.at.start}`,
      message: (subjects) => `${storesOf(system, subjects)} are open to ${who}, who is outside`,
    },
  };
}

/** The lines for single ports that let somebody outside in, by firewall; one for every port is for open-firewall to judge. */
function linesOf(system: System): ReadonlyMap<Node, readonly Opening[]> {
  const found = new Map<Node, Opening[]>();
  for (const opening of openings(system)) {
    if (!opening.everyPort) found.set(opening.firewall, [...(found.get(opening.firewall) ?? []), opening]);
  }
  return found;
}

interface Open {
  readonly port: number;
  readonly opening: Opening;
}

/** The nearest line through which somebody outside gets to the store, past all firewalls around it. */
function openTo(system: System, lines: ReadonlyMap<Node, readonly Opening[]>, store: Node): Open | undefined {
  const firewalls = firewallsAround(system, store).filter((firewall) => lines.has(firewall));
  if (firewalls.length === 0) return undefined;
  for (const port of portsOf(system, store)) {
    if (store.kind === 'storage' && (port === 80 || port === 443)) continue;
    if (store.kind === 'queue' && port === 8883) continue;
    const arrival = { port, transport: 'tcp' } as const;
    if (!isOpenFromOutside(system, store, arrival)) continue;
    for (const firewall of firewalls) {
      const opening = lines.get(firewall)?.find(({ line }) => coversPort(line, arrival) === 'yes');
      if (opening) return { port, opening };
    }
  }
  return undefined;
}

function letIn(system: System, store: Node, { port, opening }: Open): Finding {
  const { firewall, line, everybody } = opening;
  const name = nameOf(system, store);
  const who = everybody ? 'everybody' : 'somebody outside';
  return {
    message: `the ${nounOf(store.kind)} ${name} is open to ${who}: ${nameOf(system, firewall)} lets port ${port} in`,
    at: line.at,
    label: everybody ? 'from anywhere' : 'from outside',
    related: [{ at: store.at, message: 'the data is here' }],
    help: `allow port ${port} only from those inside that call ${name}`,
    witness: pathThrough(
      [firewall.id, 'anybody'],
      [firewall.id, `${shortName(system, firewall)} (${port})`],
      [store.id, shortName(system, store)],
    ),
    subjects: [...new Set([machineOf(store).id, store.id])],
    group: {
      key: `${line.at.source.path} ${line.at.start} ${port}`,
      message: (subjects) => `${storesOf(system, subjects)} are open to ${who}: port ${port} is let in`,
    },
  };
}

function storesOf(system: System, subjects: readonly string[]): string {
  return namesOf(
    system,
    subjects.flatMap((id) => system.nodes.get(id) ?? []).filter(({ kind }) => holdsData(kind)),
  );
}
