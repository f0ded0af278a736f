// Pairs of elements that stand in one place, or are one product, and stop a journey together: what is redundant, and may fail at once.

import { byCodeUnit, counted, quoted } from '../../src/base/words.js';
import { unavailabilityOf } from '../../src/analysis/availability.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import { singlePoints } from '../../src/analysis/failing.js';
import { orderTwoCuts } from '../../src/analysis/engine/order-one.js';
import { machineOf } from '../../src/analysis/paths.js';
import { structureOf } from '../../src/analysis/structure.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Journey, Node, System } from '../../src/model/system.js';
import { destination } from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

/** Above this many elements that could be half of a pair they are not looked for. */
const MOST_ELEMENTS = 3000;
/** So many of the likeliest are written out. */
const MOST_WRITTEN = 10;

export const faultPair = rule({
  id: 'fault-pair',
  category: 'availability',
  summary: 'two elements in one place, or of one product, stop a journey together',
  severity: 'info',
  preset: 'strict',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const bonds = new Map<string, Bond>();
    for (const pair of pairsOf(system)) {
      const bond = bondOf(pair);
      if (!bond) continue;
      const key = bond.place?.id ?? `product ${bond.product ?? ''}`;
      const known = bonds.get(key);
      if (known) known.pairs.push(pair);
      else bonds.set(key, { ...bond, pairs: [pair] });
    }
    for (const bond of bonds.values()) yield finding(system, bond);
  },
});

interface Pair {
  /** In order of declaration. */
  readonly nodes: readonly [Node, Node];
  readonly journey: Journey;
  /** That both are down at one moment, each by itself. */
  readonly chance: number;
}

interface Bond {
  readonly place?: Node;
  readonly product?: string;
  readonly pairs: Pair[];
}

function productOf(node: Node): string | undefined {
  return node.facts.software?.value.product;
}

/** The innermost place around both, else the product that both are. */
function bondOf({ nodes: [one, other] }: Pair): Omit<Bond, 'pairs'> | undefined {
  const place = one.places.find((around) => other.places.includes(around) && !around.managed);
  if (place) return { place };
  const product = productOf(one);
  return product !== undefined && product === productOf(other) ? { product } : undefined;
}

/** Minimal cut sets of two, the likeliest first; those of machines stand for those of what is on them. */
function pairsOf(system: System): readonly Pair[] {
  const { structure, elements, full } = structureOf(system);
  const points = singlePoints(system);
  const q = (node: Node) => unavailabilityOf(node, system.assumed).q;
  const able = candidates(elements.filter((node) => !points.has(node) && !node.managed));
  if (able.size > MOST_ELEMENTS) return [];
  const numbers = elements.map((node) => able.has(node));
  const restricted = {
    ...structure,
    gates: structure.gates.map((gate) => ({
      ...gate,
      events: Array.from(gate.events).filter((event) => numbers[event]),
    })),
  };
  const found = new Map<string, Pair>();
  orderTwoCuts(restricted, full).forEach((cuts, at) => {
    const journey = system.journeys[at];
    for (const [first, second] of cuts) {
      const [one, other] = [elements[first], elements[second]];
      const key = `${first} ${second}`;
      if (!journey || !one || !other || found.has(key)) continue;
      found.set(key, { nodes: [one, other], journey, chance: q(one) * q(other) });
    }
  });
  const all = [...found.values()].filter((pair) => bondOf(pair) !== undefined);
  const machines = new Set(all.map(({ nodes }) => keyOf(nodes)));
  return all
    .filter(({ nodes }) => {
      const above = [machineOf(nodes[0]), machineOf(nodes[1])] as const;
      return (above[0] === nodes[0] && above[1] === nodes[1]) || !machines.has(keyOf(above));
    })
    .sort((a, b) => b.chance - a.chance || byCodeUnit(keyOf(a.nodes), keyOf(b.nodes)));
}

function keyOf([one, other]: readonly [Node, Node]): string {
  return one.index < other.index ? `${one.id} ${other.id}` : `${other.id} ${one.id}`;
}

/** Those that share a place or a product with another one. */
function candidates(nodes: readonly Node[]): ReadonlySet<Node> {
  const uses = new Map<unknown, number>();
  const bondsOf = (node: Node): readonly unknown[] => [...node.places, productOf(node) ?? node];
  for (const bond of nodes.flatMap(bondsOf)) uses.set(bond, (uses.get(bond) ?? 0) + 1);
  const able = nodes.filter((node) => bondsOf(node).some((bond) => (uses.get(bond) ?? 0) > 1));
  // A place is no partner of another one that it stands in; zones and regions stop more than their parts and are named by co-location.
  return new Set(able.filter((node) => groupOf(node.kind) !== 'place' || node.kind === 'host'));
}

function finding(system: System, { place, product, pairs }: Bond): Finding {
  const [first] = pairs;
  if (!first) throw new Error('a bond has a pair');
  const where = place ? `${place.kind} ${nameOf(system, place)}` : `product ${quoted(product ?? '')}`;
  const nodes = [...new Set(pairs.flatMap((pair) => pair.nodes))].sort((a, b) => a.index - b.index);
  const lines = pairs.slice(0, MOST_WRITTEN).map((pair) => line(system, pair));
  const left = pairs.length - lines.length;
  const witness = failureChain(system, first.nodes, first.journey);
  return {
    message: `${counted(pairs.length, 'pair')} in ${where} ${pairs.length === 1 ? 'stops' : 'stop'} a journey`,
    at: place?.at ?? first.nodes[0].at,
    label: place ? 'whatever strikes here can strike both' : 'a fault of the product can strike both',
    related: nodes.slice(0, 2 * MOST_WRITTEN).map(({ at }) => ({ at, message: 'one of a pair' })),
    notes: [...lines, ...(left > 0 ? [`${left} more, each less likely`] : [])],
    help: `put the halves of a pair into ${place ? `different places inside ${where}, or one of them elsewhere` : 'different products'}, or accept it`,
    ...(witness ? { witness } : {}),
    subjects: [...(place ? [place.id] : []), ...nodes.map(({ id }) => id)],
  };
}

function line(system: System, { nodes: [one, other], journey, chance }: Pair): string {
  const share = chance === 0 ? '0' : Number((chance * 100).toPrecision(2)).toString();
  return `${nameOf(system, one)} and ${nameOf(system, other)}: ${destination(journey)} stops; both down ${share} % of the time if they fail by themselves`;
}
