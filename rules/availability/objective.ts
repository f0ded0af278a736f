// Objectives that do not hold: an availability above the computed one, and places whose loss a journey is said to survive.

import { hoursPerYear, isAssumed } from '../../src/base/figures.js';
import { counted, listed } from '../../src/base/words.js';
import { failuresOf, unavailabilityOf } from '../../src/analysis/availability.js';
import {
  analyzeStructure,
  orderOneCuts,
  orderTwoCuts,
  type Solution,
  type Structure,
} from '../../src/analysis/engine/index.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import { journeysLost, singlePoints } from '../../src/analysis/failing.js';
import { structureOf, type FailureStructure } from '../../src/analysis/structure.js';
import type { Stated } from '../../src/model/properties.js';
import type { Journey, Node, System } from '../../src/model/system.js';
import type { Survival } from '../../src/model/values.js';
import { destination, lossFor } from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const objective = rule({
  id: 'objective',
  category: 'availability',
  summary: 'a stated objective does not hold: an availability, or a loss that is to be survived',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const downtime = downtimes(system);
    // By statement: a client states one for all of its journeys.
    const broken = new Map<Stated<Survival>, Broken>();
    for (const journey of system.journeys) {
      const { objective: needs, survives } = journey.facts;
      if (needs) yield* unavailable(system, journey, { needs, downtime: downtime(journey) });
      const lost = survives && notSurvived(system, journey, survives.value);
      if (!lost) continue;
      const known = broken.get(survives);
      if (known) known.journeys.push(journey);
      else broken.set(survives, { journeys: [journey], lost });
    }
    for (const [survives, how] of broken) yield stopped(system, survives, how);
  },
});

/** The share of time that a journey is down: at least `low`; and what it comes from. */
interface Downtime {
  readonly low: number;
  readonly exact: boolean;
  /** The element that would save most if it never failed, and the share of time that it would save. */
  readonly most?: { readonly node: Node; readonly share: number };
  /** A smallest set of elements whose failing stops it, with `most` among them if possible. */
  readonly cut: readonly Node[];
}

function* unavailable(
  system: System,
  journey: Journey,
  { needs, downtime }: { needs: Stated<number>; downtime: Downtime | undefined },
): Iterable<Finding> {
  const allowed = 1 - needs.value;
  // The last digits of a sum are no reason to complain.
  if (!downtime || downtime.low <= allowed * (1 + 1e-9)) return;
  const { low, exact, most, cut } = downtime;
  const witness = failureChain(system, cut, journey);
  yield {
    message: `${nameOf(system, journey.client)} is promised ${percent(allowed)} of ${destination(journey)}, and gets ${exact ? '' : 'at most '}${percent(low)}`,
    at: needs.at,
    label: `allows ${hours(allowed)} of downtime a year; the stated figures make ${exact ? '' : 'at least '}${hours(low)}`,
    related: most
      ? [{ at: most.node.at, message: `${hours(most.share)} of it would be saved if this never failed` }]
      : [],
    help: 'add redundancy to what fails most, or promise less; `archlint explain objective`',
    ...(witness ? { witness } : {}),
    subjects: [...new Set(subjectsOf(journey))],
  };
}

/** In a check nobody waits long: beyond these the single points alone are reckoned with, which is a bound that holds as well. */
const MOST_ELEMENTS = 400;
const MOST_NODES = 50_000;

/** Of a top, by what it needs, so that a thousand callers of one entry are reckoned once. Undefined where a figure is not stated. */
function downtimes(system: System): (journey: Journey) => Downtime | undefined {
  const { structure, full } = structureOf(system);
  const known = new Map<string, { downtime: Downtime | undefined }>();
  return (journey) => {
    const top = full[system.journeys.indexOf(journey)] ?? 0;
    const key = JSON.stringify(structure.gates[top]);
    const found = known.get(key) ?? { downtime: downtimeOf(system, top) };
    known.set(key, found);
    return found.downtime;
  };
}

function downtimeOf(system: System, top: number): Downtime | undefined {
  const built = structureOf(system);
  const below = elementsBelow(built, top);
  // Nothing is concluded from figures that nobody has stated.
  if (below.some((node) => isAssumed(unavailabilityOf(node, system.assumed).basis))) return undefined;
  const failures = failuresOf(system, built);
  const q = (event: number) => failures.probabilities[event] ?? 0;
  const nodesOf = (events: readonly number[]) => events.flatMap((event) => built.elements[event] ?? []);
  if (below.length > MOST_ELEMENTS) {
    const singles = orderOneCuts(failures.structure, [top])[0] ?? [];
    const low = -Math.expm1(singles.reduce((sum, event) => sum + Math.log1p(-q(event)), 0));
    return { low, exact: false, cut: nodesOf(singles.slice(0, 1)) };
  }
  const solution = analyzeStructure(failures.structure, top, failures.probabilities, { nodeBudget: MOST_NODES });
  const weights = [...(solution.importance() ?? [])].filter(([event]) => built.elements[event] !== undefined);
  const [most] = weights.sort(([a, one], [b, other]) => other.birnbaum * q(b) - one.birnbaum * q(a) || a - b);
  const [node] = most ? nodesOf([most[0]]) : [];
  return {
    low: solution.exact ? solution.probability : solution.low,
    exact: solution.exact,
    ...(most && node ? { most: { node, share: most[1].birnbaum * q(most[0]) } } : {}),
    cut: nodesOf(smallestCut(solution, most?.[0])),
  };
}

function elementsBelow({ structure, elements }: FailureStructure, top: number): readonly Node[] {
  const seen = new Set<number>();
  const events = new Set<number>();
  const open = [top];
  for (let gate = open.pop(); gate !== undefined; gate = open.pop()) {
    if (seen.has(gate)) continue;
    seen.add(gate);
    for (const event of structure.gates[gate]?.events ?? []) events.add(event);
    for (const input of structure.gates[gate]?.gates ?? []) open.push(input);
  }
  return [...events].flatMap((event) => elements[event] ?? []);
}

/** More cut sets of one order than this are not looked through one by one. */
const MOST_LISTED = 100_000n;

function smallestCut({ cutSets, cutSetsByOrder }: Solution, event: number | undefined): readonly number[] {
  for (const [at, count] of cutSetsByOrder.entries()) {
    if (count > MOST_LISTED) return [];
    const sets = count > 0n ? (cutSets(at + 1) ?? []) : [];
    const found = sets.find((set) => event === undefined || set.includes(event));
    if (found) return found;
  }
  return [];
}

/** Three digits of the unavailability, as the share that is left. */
function percent(unavailability: number): string {
  const lost = unavailability * 100;
  const digits = lost <= 0 ? 0 : Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(lost))));
  return `${Number((100 - Number(lost.toFixed(digits))).toFixed(digits))} %`;
}

function hours(unavailability: number): string {
  const all = unavailability * hoursPerYear;
  const [value, unit] = all >= 1 ? [all, 'h'] : all * 60 >= 1 ? [all * 60, 'min'] : [all * 3600, 's'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** A smallest set of at most so many places of that kind whose loss at the same time ends full service. */
function notSurvived(system: System, journey: Journey, { what, count }: Survival): readonly Node[] | undefined {
  const counts = (node: Node) => node.kind === what && !node.managed;
  for (const [node, journeys] of singlePoints(system)) {
    if (counts(node) && journeys.some((lost) => lost.journey === journey)) return [node];
  }
  return count > 1 ? severalLost(system, journey, { counts, count }) : undefined;
}

function severalLost(
  system: System,
  journey: Journey,
  { counts, count }: { counts: (node: Node) => boolean; count: number },
): readonly Node[] | undefined {
  const { structure, elements, full } = structureOf(system);
  const places = elements.filter(counts);
  const top = full[system.journeys.indexOf(journey)] ?? 0;
  const restricted = onlyEvents(structure, elements, places);
  const named = (set: readonly number[] | undefined) => set?.flatMap((event) => places[event] ?? []);
  const [pair] = orderTwoCuts(restricted, [top])[0] ?? [];
  if (pair || count === 2) return named(pair);
  const solution = analyzeStructure(
    restricted,
    top,
    places.map(() => 0.01),
  );
  for (let order = 3; order <= count; order++) {
    const found = solution.cutSetsByOrder[order - 1] ?? 0n;
    if (found > 0n) return named(solution.cutSets(order)?.[0]);
  }
  return undefined;
}

/** Everything but these elements never fails. */
function onlyEvents({ gates }: Structure, elements: readonly Node[], kept: readonly Node[]): Structure {
  const numbers = new Map(kept.map((node, event) => [node, event]));
  const renumbered = elements.map((node) => numbers.get(node) ?? -1);
  return {
    eventCount: kept.length,
    gates: gates.map((gate) => ({
      ...gate,
      events: Array.from(gate.events, (event) => renumbered[event] ?? -1).filter((event) => event >= 0),
    })),
  };
}

interface Broken {
  readonly journeys: Journey[];
  /** What stops the first of them. */
  readonly lost: readonly Node[];
}

function stopped(system: System, survives: Stated<Survival>, { journeys, lost }: Broken): Finding {
  const { what, count } = survives.value;
  const [first] = journeys;
  if (!first) throw new Error('an objective belongs to a journey');
  const ends = journeysLost(system, lost).filter(({ journey }) => journeys.includes(journey));
  const verb = ends.some(({ extent }) => extent === 'all') ? undefined : 'can no longer write through';
  const witness = failureChain(system, lost, first);
  const names = `${what}${lost.length > 1 ? 's' : ''} ${namesOf(system, lost)}`;
  const to = [...new Set(journeys.map(destination))];
  const subject =
    to.length > 3 ? `${counted(to.length, 'journey')} do` : `${listed(to)} ${to.length > 1 ? 'do' : 'does'}`;
  return {
    message: `${subject} not survive the loss of ${count === 1 ? `any one ${what}` : `any ${counted(count, what)}`}`,
    at: survives.at,
    label: `without ${names} ${lossFor(system, ends, verb)}`,
    related: lost.map((node) => ({
      at: node.at,
      message: `lost ${lost.length > 1 ? 'together' : 'alone'}, this is enough`,
    })),
    help: `spread what goes down with ${lost.length > 1 ? 'them' : namesOf(system, lost)} over more ${what}s, or promise less; \`archlint explain objective\``,
    ...(witness ? { witness } : {}),
    subjects: [...new Set(journeys.flatMap(subjectsOf))],
  };
}

/** Both ends of the journey: the client, and the record or what else it calls. */
function subjectsOf({ client, connections }: Journey): readonly string[] {
  const far = connections.flatMap(({ choices }) =>
    choices.flatMap(({ record, named }) => (record === undefined ? named.map(({ id }) => id) : [record])),
  );
  return [client.id, ...far];
}
