// System → what stands open to the outside, how it is reached from there, and whether a firewall protects it.

import { addressesOf } from '../model/answers.js';
import { reachOf as reachOfAddress, type Address } from '../model/addresses.js';
import { groupOf } from '../model/kinds.js';
import type { Node, System } from '../model/system.js';
import {
  outgoingTraffic,
  componentsOn,
  coursesOf,
  machineOf,
  originsOf,
  outgoing,
  pathTo,
  reachOf,
  walk,
  type Reach,
  type Step,
} from './paths.js';
import { holders, recordsBehind } from './names.js';
import { perSystem } from './shared.js';

/** What the nearest statement on a node or around it says about its being reachable from outside. */
export function openness(node: Node): 'public' | 'private' | undefined {
  for (let around: Node | undefined = node; around; around = around.parent) {
    if (around.facts.private) return 'private';
    if (around.facts.public) return 'public';
  }
  return undefined;
}

/** Clients outside private networks, and what is both external and public. What stands in a client's block is as trusted as the client. */
export function isUntrusted(node: Node): boolean {
  const caller = node.caller ?? node;
  if (caller.kind === 'client') return openness(caller) !== 'private';
  return node.external && openness(node) === 'public';
}

/** Documentation addresses stand for real ones, so they count as public. */
export function isPublicAddress(address: Address): boolean {
  const reach = reachOfAddress(address);
  return reach === 'public' || reach === 'documentation';
}

/** The firewalls that stand on a node itself, or on a host, network or place around it. */
export function guardsAround(system: System, node: Node): readonly Node[] {
  const standing = guardsByHome(system);
  const found: Node[] = [...(standing.get(node) ?? [])];
  for (let around = node.parent; around; around = around.parent) found.push(...(standing.get(around) ?? []));
  return found;
}

/** Firewalls by where they stand; one in a network inside a host stands on that host as well. */
const guardsByHome = perSystem('firewalls by host and place', (system): ReadonlyMap<Node, readonly Node[]> => {
  const found = new Map<Node, Node[]>();
  for (const node of system.nodes.values()) {
    if (node.kind !== 'firewall') continue;
    for (const home of new Set([node.parent, node.host])) if (home) found.set(home, [...(found.get(home) ?? []), node]);
  }
  return found;
});

/** Why an element counts as open to the outside. */
export type Because =
  | { readonly is: 'address'; readonly address: Address; readonly holder: Node }
  | { readonly is: 'stated' }
  | { readonly is: 'reached' | 'journey'; readonly by: Node };

/** A host, or a component without one, that somebody untrusted can reach. */
export interface Exposure {
  readonly element: Node;
  readonly because: Because;
  /** From the untrusted side, where a connection leads here. Made when asked for: the ways to all of a long chain are long. */
  readonly way?: () => readonly Step[];
  readonly protected: boolean;
}

/** Every exposed element, managed and external ones too, in order of declaration; never a caller's own. */
export const exposures = perSystem('exposure', (system): readonly Exposure[] => {
  const { direct, journeys, unguarded } = waysIn(system);
  const addresses = publicAddresses(system);
  const found: Exposure[] = [];
  for (const element of system.nodes.values()) {
    const isHost = element.kind === 'host';
    const standsAlone = groupOf(element.kind) === 'traffic' && !element.host;
    if (!(isHost || standsAlone) || element.caller || isUntrusted(element)) continue;
    const reached = direct.get(element);
    const served = isHost ? journeys.get(element) : undefined;
    const address = isHost ? addresses.get(element) : undefined;
    const because: Because | undefined = reached
      ? { is: 'reached', by: reached.from }
      : address
        ? { is: 'address', ...address }
        : isHost && openness(element) === 'public'
          ? { is: 'stated' }
          : served && { is: 'journey', by: served.from };
    if (!because) continue;
    const way = reached ?? served;
    const guarded = guardsAround(system, element).length > 0 || (way !== undefined && !unguarded.has(element));
    found.push({ element, because, protected: guarded, ...(way ? { way: way.path } : {}) });
  }
  return found;
});

/** The first public address on a host, or of a component on it. */
function publicAddresses(system: System): ReadonlyMap<Node, { address: Address; holder: Node }> {
  const found = new Map<Node, { address: Address; holder: Node }>();
  for (const node of system.nodes.values()) {
    const host = machineOf(node);
    if (host.kind !== 'host' || found.has(host)) continue;
    const address = addressesOf(node).find(isPublicAddress);
    if (address) found.set(host, { address, holder: node });
  }
  return found;
}

interface Way {
  readonly from: Node;
  readonly path: () => readonly Step[];
}

interface WaysIn {
  /** By element: over one connection from an untrusted element, firewalls in the path passed. */
  readonly direct: ReadonlyMap<Node, Way>;
  /** By element: on a journey of an untrusted client. */
  readonly journeys: ReadonlyMap<Node, Way>;
  /** Elements to which some path leads past every firewall. */
  readonly unguarded: ReadonlySet<Node>;
}

const waysIn = perSystem('ways in', (system): WaysIn => {
  const connections = outgoing(system);
  const onward = (node: Node) => connections.get(node) ?? [];
  const start = system.connections.flatMap((connection) => {
    const from = connection.callers.find(isUntrusted);
    return from ? [{ connection, from }] : [];
  });
  const direct = walk(start, (node) => (node.kind === 'firewall' ? onward(node) : []));
  const unguarded = walk(
    start,
    (node) => outgoingTraffic(system).get(node) ?? [],
    (node, step) => node.kind !== 'firewall' && !entersByFirewall(system, step),
  );
  const journeys = new Map<Node, Way>();
  const outside = system.journeys.filter((journey) => isUntrusted(journey.client));
  for (const course of coursesOf(system, outside)) addWays(journeys, reachOf(system, course));
  return {
    direct: addWays(new Map(), direct),
    journeys,
    unguarded: new Set([...unguarded.keys()].map(machineOf)),
  };
});

/** Whether a name's addresses are all those of firewalls, or of machines with nothing but one, which pass on what comes to who is said to answer. */
function entersByFirewall(system: System, { target, to }: Step): boolean {
  if (target.record === undefined) return false;
  const addresses = recordsBehind(system, target.record).flatMap(({ address }) => address ?? []);
  return (
    addresses.length > 0 &&
    addresses.every(({ text }) => {
      const owners = holders(system).get(text) ?? [];
      return owners.length > 0 && owners.every((owner) => owner !== to && isGate(system, owner));
    })
  );
}

function isGate(system: System, node: Node): boolean {
  if (node.kind === 'firewall') return true;
  return (
    node.kind === 'host' && node.children.some(({ kind }) => kind === 'firewall') && !componentsOn(system).has(node)
  );
}

/** Keeps the first way to each machine; that is the shortest. */
function addWays(into: Map<Node, Way>, reach: Reach): Map<Node, Way> {
  const origins = originsOf(reach);
  for (const node of reach.keys()) {
    const machine = machineOf(node);
    if (!into.has(machine)) into.set(machine, { from: origins.get(node) ?? node, path: () => pathTo(reach, node) });
  }
  return into;
}
