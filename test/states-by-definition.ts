// The definition of serving on every state of a small system, without any of the analysis: which sets of failed elements stop a journey. A
// state is a set of bits; who serves is struck out until nothing changes. For systems of tiers and places alone: no ssh, no `for`, no firewalls.

import type { Connection, Journey, Node, System, Target, Tier } from '../src/model/index.js';

export interface States {
  readonly elements: readonly Node[];
  /** By set of failed elements, bit by bit in their order: whether the journey stops. */
  readonly stops: Uint8Array;
}

type Holds = (serving: number) => boolean;

const always: Holds = () => true;

export function statesOf(system: System, journey: Journey, writes: boolean): States {
  const elements = [...system.nodes.values()].filter((node) => !['client', 'dns', 'network'].includes(node.kind));
  const bit = new Map(elements.map((node, at) => [node, 1 << at]));
  const bitOf = (node: Node): number => bit.get(node) ?? 0;
  const components = elements.filter((node) => node.tier);
  const full = writes && !journey.reads;
  const needs = components.map((node) => {
    const own = system.connections.filter((one) => one.need && one.callers.includes(node));
    return { bit: bitOf(node), holds: fulfilled(own, full, bitOf) };
  });
  const places = components.map((node) => node.places.reduce((sum, place) => sum | bitOf(place), bitOf(node)));
  const reaches = fulfilled(journey.connections, full, bitOf);
  const stops = new Uint8Array(1 << elements.length);
  // The same components are left in many states: all that differ only in what stands in a place that failed.
  const known = new Map<number, number>();
  for (let failed = 0; failed < stops.length; failed++) {
    let serving = 0;
    needs.forEach((one, at) => {
      if (((places[at] ?? 0) & failed) === 0) serving |= one.bit;
    });
    const left = serving;
    const alike = known.get(left);
    if (alike !== undefined) {
      stops[failed] = alike;
      continue;
    }
    for (let before = -1; before !== serving;) {
      before = serving;
      for (const one of needs) if ((serving & one.bit) !== 0 && !one.holds(serving)) serving &= ~one.bit;
    }
    const stopped = reaches(serving) ? 0 : 1;
    stops[failed] = stopped;
    known.set(left, stopped);
  }
  return { elements, stops };
}

/** Every tier that the connections lead to, and one of the alternatives of each that names several. */
function fulfilled(connections: readonly Connection[], writes: boolean, bitOf: (node: Node) => number): Holds {
  const all: Holds[] = [];
  const byTier = new Map<Tier, { connection: Connection; target: Target }[]>();
  for (const connection of connections) {
    const ways = connection.choices.map((target) => ({ connection, target }));
    if (ways.length > 1) {
      const choices = ways.map((way) => answered([way], writes, bitOf));
      if (!(connection.write && !writes)) all.push((serving) => choices.some((holds) => holds(serving)));
      continue;
    }
    for (const way of ways) {
      const { tier } = way.target;
      if (!tier) throw new Error('every target of these systems is a tier');
      byTier.set(tier, [...(byTier.get(tier) ?? []), way]);
    }
  }
  for (const ways of byTier.values()) all.push(answered(ways, writes, bitOf));
  return (serving) => all.every((holds) => holds(serving));
}

/** Writes need an instance that takes them, reads any; and the voters must be enough. */
function answered(
  ways: readonly { connection: Connection; target: Target }[],
  writes: boolean,
  bitOf: (node: Node) => number,
): Holds {
  const tier = ways[0]?.target.tier;
  if (!tier) throw new Error('every target of these systems is a tier');
  const connected = (kind: 'all' | 'writes') =>
    new Set(ways.filter((way) => kind === 'all' || !way.connection.read).flatMap((way) => way.target.nodes));
  const needsWrites = writes && ways.some((way) => !way.connection.read);
  const needsReads = ways.some((way) => !way.connection.write);
  if (!needsWrites && !needsReads) return always;
  const parts = [
    ...(needsWrites ? [enough({ tier, connected: connected('writes'), writes: true }, bitOf)] : []),
    ...(needsReads ? [enough({ tier, connected: connected('all'), writes: false }, bitOf)] : []),
    quorate(tier, bitOf),
  ];
  return (serving) => parts.every((holds) => holds(serving));
}

interface Asked {
  readonly tier: Tier;
  readonly connected: ReadonlySet<Node>;
  readonly writes: boolean;
}

function enough(asked: Asked, bitOf: (node: Node) => number): Holds {
  const usable = asked.tier.instances.flatMap((node) => {
    const when = use(node, asked, bitOf);
    return when ? [{ bit: bitOf(node), when }] : [];
  });
  const wanted = Math.min(asked.tier.needs, Math.max(1, usable.length));
  return (serving) => usable.filter(({ bit, when }) => (serving & bit) !== 0 && when(serving)).length >= wanted;
}

/** When an instance is of use to a caller, apart from serving itself; undefined if never. */
function use(node: Node, { tier, connected, writes }: Asked, bitOf: (node: Node) => number): Holds | undefined {
  const { facts } = node;
  if (facts.voter?.value === 'only') return undefined;
  const replica = facts.role?.value === 'replica';
  const standby = facts.standby?.value.takeover;
  if (connected.has(node) && (replica ? !writes : standby === undefined)) return always;
  if (standby !== 'automatic') return undefined;
  // Where all stand by for each other alike, whoever serves is in charge; so is a primary.
  const alike = tier.instances.every((one) => one.facts.standby?.value.takeover === 'automatic' && !one.facts.role);
  const deciding = tier.controllers.get(node);
  if (!deciding || facts.role?.value === 'primary' || alike) return always;
  const some = enough({ tier: deciding, connected: new Set(deciding.instances), writes: false }, bitOf);
  const votes = quorate(deciding, bitOf);
  return (serving) => some(serving) && votes(serving);
}

function quorate({ quorum, instances }: Tier, bitOf: (node: Node) => number): Holds {
  if (quorum === undefined) return always;
  const voters = instances.filter((node) => node.facts.voter?.value !== 'no').map(bitOf);
  const wanted = Math.min(
    quorum === 'majority' ? Math.floor(voters.length / 2) + 1 : quorum,
    Math.max(1, voters.length),
  );
  return (serving) => voters.filter((bit) => (serving & bit) !== 0).length >= wanted;
}

/** The probability that the journey stops, and its minimal cut sets as sets of bits, smallest first. */
export function bruteForce(states: States, q: readonly number[]): { q: number; cuts: readonly number[] } {
  const { elements, stops } = states;
  const chances = new Float64Array(stops.length);
  chances[0] = 1;
  elements.forEach((_, at) => {
    const [own, size] = [q[at] ?? 0, 1 << at];
    for (let state = 0; state < size; state++) {
      chances[state | size] = (chances[state] ?? 0) * own;
      chances[state] = (chances[state] ?? 0) * (1 - own);
    }
  });
  let sum = 0;
  const cuts: number[] = [];
  stops.forEach((stopped, state) => {
    if (stopped === 0) return;
    sum += chances[state] ?? 0;
    const isMinimal = elements.every((_, at) => (state & (1 << at)) === 0 || stops[state & ~(1 << at)] === 0);
    if (state !== 0 && isMinimal) cuts.push(state);
  });
  return { q: sum, cuts };
}
