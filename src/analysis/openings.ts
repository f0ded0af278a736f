// System → what stands behind a firewall and on which ports it is known to answer, and the lines that let everybody outside in.

import { groupOf, holdsData, kindOf } from '../model/kinds.js';
import type { Node, System } from '../model/system.js';
import type { Passage } from '../model/values.js';
import { addressesOf } from '../model/answers.js';
import { isPublicAddress, openness } from './exposure.js';
import { readAddress } from '../model/addresses.js';
import { coversPort, firewallsAround, type Arrival } from './passage.js';
import { componentsOn, machineOf, outgoing, targetNodes } from './paths.js';
import { perSystem } from './shared.js';
import { meansOutside } from './sources.js';

/** An `allow` that means somebody outside. */
export interface Opening {
  readonly firewall: Node;
  readonly line: Passage;
  /** `from any`, or the block of all addresses; else a client outside by its name. */
  readonly everybody: boolean;
  /** `allow any`, or all ports of a transport. */
  readonly everyPort: boolean;
}

/** In order of declaration; lines that a `deny` from everybody takes back are none. */
export const openings = perSystem('openings of firewalls', (system): readonly Opening[] => {
  const found: Opening[] = [];
  for (const firewall of system.nodes.values()) {
    if (firewall.kind !== 'firewall' || firewall.caller) continue;
    for (const line of firewall.facts.allow?.value ?? []) {
      if (!meansOutside(system, firewall, line) || isTakenBack(firewall, line)) continue;
      const everyPort = line.ports.length === 0 || line.ports.some(({ from, to }) => from === 1 && to === 65535);
      found.push({ firewall, line, everybody: isForEverybody(line), everyPort });
    }
  }
  return found;
});

/** `from any`, no source at all, or the block of all addresses. */
export function isForEverybody({ sources }: Passage): boolean {
  return sources === 'any' || sources.some(({ block }) => block?.bits === 0);
}

function isTakenBack(firewall: Node, line: Passage): boolean {
  return (firewall.facts.deny?.value ?? []).some((deny) => {
    if (!isForEverybody(deny)) return false;
    if (deny.ports.length === 0) return true;
    return (
      line.ports.length > 0 &&
      line.ports.every((one) =>
        deny.ports.some(
          (two) =>
            two.from <= one.from &&
            one.to <= two.to &&
            (two.transport === undefined || two.transport === one.transport),
        ),
      )
    );
  });
}

/** Whether somebody outside gets as far as this firewall, and past those around it, on a port. */
export function isOpenFromOutside(system: System, node: Node, arrival: Arrival): boolean {
  if (openness(node) === 'private' || hasOnlyPrivateAddresses(system, node)) return false;
  return firewallsAround(system, node).every((firewall) => letsOutsideIn(system, firewall, arrival));
}

/** A firewall without `allow` lets in what the connections need, which is judged by them. */
function letsOutsideIn(system: System, firewall: Node, arrival: Arrival): boolean {
  const { allow, deny } = firewall.facts;
  if (deny?.value.some((line) => coversPort(line, arrival) !== 'no')) return false;
  return (
    allow?.value.some((line) => coversPort(line, arrival) === 'yes' && meansOutside(system, firewall, line)) ?? false
  );
}

function hasOnlyPrivateAddresses(system: System, node: Node): boolean {
  const host = machineOf(node);
  const stated = [node, host, ...(componentsOn(system).get(host) ?? [])].flatMap(addressesOf);
  if (stated.length > 0) return !stated.some(isPublicAddress);
  for (let around = node.parent; around; around = around.parent) {
    const bases = (around.facts.cidr?.value ?? []).flatMap(({ text }) => readAddress(text.split('/')[0] ?? '') ?? []);
    if (bases.length > 0) return !bases.some(isPublicAddress);
  }
  return false;
}

/** What a firewall guards: all that stands in its home, and what it goes on to as a node in the path. */
export interface Behind {
  readonly nodes: readonly Node[];
  /** On which something is known to answer. */
  readonly ports: ReadonlySet<number>;
  /** True where something may answer on ports that the file does not name. */
  readonly more: boolean;
}

export function behind(system: System, firewall: Node): Behind {
  const known = behindOf(system);
  const before = known.get(firewall);
  if (before) return before;
  const inside = firewall.parent ? contentsOf(firewall.parent) : [];
  const onward = (outgoing(system).get(firewall) ?? []).flatMap(targetNodes);
  const nodes = [...new Set([...inside, ...onward])].filter((node) => !node.caller);
  const ports = new Set(checkedPorts(system));
  let more = false;
  for (const node of nodes) {
    const answer = answersOf(system, node);
    for (const port of answer.ports) ports.add(port);
    more ||= answer.more;
  }
  // It may send on to a port other than the one that it was asked on; without a way on, what its host is called on is for somebody on it.
  const passed = onward.length > 0 ? anybodys(system) : (calledOn(system).get(firewall)?.ports ?? none);
  for (const port of passed) ports.add(port);
  const found = { nodes, ports, more };
  known.set(firewall, found);
  return found;
}

const behindOf = perSystem('what stands behind firewalls', () => new Map<Node, Behind>());

/** Without hosts on which nothing but firewalls stands. */
function contentsOf(home: Node): readonly Node[] {
  const found: Node[] = [];
  const open = [home];
  for (const node of open) {
    const group = groupOf(node.kind);
    const isGate = node.children.length > 0 && node.children.every(({ kind }) => kind === 'firewall');
    if (group === 'traffic' || node.kind === 'monitor' || (node.kind === 'host' && !isGate)) found.push(node);
    if (group !== 'caller') for (const child of node.children) open.push(child);
  }
  return found;
}

interface Ports {
  readonly ports: ReadonlySet<number>;
  readonly more: boolean;
}

const none: ReadonlySet<number> = new Set();

/** What it states, what its kind answers on, and what others call it on. Only a list that it states is complete by itself. */
function answersOf(system: System, node: Node): Ports {
  const called = calledOn(system).get(node);
  const stated = node.facts.listen?.value.map(({ port }) => port);
  const usual = stated ?? kindOf(node.kind).ports ?? [];
  const ports = called || usual.length > 0 ? new Set([...usual, ...(called?.ports ?? [])]) : none;
  if (node.kind === 'host') {
    const empty = !node.children.some(({ kind }) => groupOf(kind) !== 'guard' || kind === 'monitor');
    return { ports, more: empty };
  }
  // An agent calls; only a monitor that others call answers, and on the ports that they name.
  if (node.kind === 'firewall' || node.kind === 'monitor') return { ports, more: called?.more ?? false };
  const whole =
    stated !== undefined || kindOf(node.kind).ports !== undefined || (holdsData(node.kind) && ports.size > 0);
  return { ports, more: !whole || (called?.more ?? false) };
}

/** The ports on which a component is known to answer; nothing is known of a component that states none and is called on none. */
export function portsOf(system: System, node: Node): ReadonlySet<number> {
  return answersOf(system, node).ports;
}

/** By node: the ports of the connections to it; `more` where one of them names none. */
const calledOn = perSystem('ports that are called', (system): ReadonlyMap<Node, Ports> => {
  const asked = new Map<readonly Node[], { ports: Set<number>; more: boolean }>();
  for (const { choices, port, protocol } of system.connections) {
    for (const { nodes, named } of choices) {
      // A host on which only a monitor stands is called all the same, and the monitor may be who answers.
      const called = nodes.length > 0 ? nodes : named;
      const known = asked.get(called) ?? { ports: new Set<number>(), more: false };
      if (port !== undefined) known.ports.add(port);
      else if (protocol?.family !== 'local') known.more = true;
      asked.set(called, known);
    }
  }
  const found = new Map<Node, { ports: Set<number>; more: boolean }>();
  for (const [nodes, { ports, more }] of asked) {
    for (const node of nodes) {
      const known = found.get(node) ?? { ports: new Set<number>(), more: false };
      for (const port of ports) known.ports.add(port);
      known.more ||= more;
      found.set(node, known);
    }
  }
  return found;
});

/** Every port that anything states or is asked on. */
const anybodys = perSystem('ports for anybody', (system): ReadonlySet<number> => {
  const found = new Set<number>();
  for (const { port } of system.connections) if (port !== undefined) found.add(port);
  for (const { facts } of system.nodes.values()) for (const { port } of facts.listen?.value ?? []) found.add(port);
  return found;
});

/** Ports that health checks ask, on whatever stands behind a balancer. */
const checkedPorts = perSystem('ports of health checks', (system): ReadonlySet<number> => {
  const ports = [...system.nodes.values()].flatMap(({ facts }) => facts.healthCheck?.value.port ?? []);
  return new Set(ports);
});
