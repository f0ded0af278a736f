// System → for each journey the chance that it is down, exact or as an interval that contains it, its cut sets, and what each element adds.

import type { Availabilities } from '../model/kinds.js';
import type { Journey, Node, System } from '../model/system.js';
import { assumedAmong, failuresOf, type CommonCause, type Failures } from './availability.js';
import type { Importance, Solution, Structure } from './engine/index.js';
import { analyzeTop } from './singles-first.js';
import { measured } from './shared.js';
import { structureOf, type FailureStructure } from './structure.js';

/** The failure of one top. */
export interface Outage {
  /** The exact unavailability, or the middle of the interval from `low` to `high`. */
  readonly q: number;
  readonly exact: boolean;
  readonly low: number;
  readonly high: number;
  /** Index 0 is order one. */
  readonly cutSetsByOrder: readonly bigint[];
  readonly cutSetsComplete: boolean;
  /** Of one order, nodes and sets in order of declaration; undefined for an order that was not computed. */
  readonly cutSets: (order: number) => readonly (readonly Node[])[] | undefined;
  /** What would be won most first; undefined where `q` is not exact. */
  readonly weights: () => readonly Weight[] | undefined;
}

export interface Weight extends Importance {
  readonly of: Node | CommonCause;
  readonly q: number;
}

export interface JourneyOutage {
  readonly journey: Journey;
  readonly full: Outage;
  /** Where reads need less than full service does. */
  readonly reads?: Outage;
  /** Elements that the figures depend on whose availability is assumed, in order of declaration. */
  readonly assumed: readonly Node[];
}

export interface Outages {
  readonly failures: Failures;
  readonly built: FailureStructure;
  /** Computed when asked for. */
  readonly of: (journey: Journey) => JourneyOutage;
}

const known = new WeakMap<System, Map<string, Outages>>();

/** By system and defaults; journeys are computed when asked for, and those with equal needs once. */
export function outagesOf(system: System, defaults: Availabilities = system.assumed): Outages {
  const bySystem = known.get(system) ?? new Map<string, Outages>();
  known.set(system, bySystem);
  const key = JSON.stringify(Object.entries(defaults).sort(([a], [b]) => (a < b ? -1 : 1)));
  const found = bySystem.get(key) ?? build(system, defaults);
  bySystem.set(key, found);
  return found;
}

function build(system: System, defaults: Availabilities): Outages {
  const built = structureOf(system);
  const failures = failuresOf(system, built, defaults);
  const byGate = new Map<string, Outage>();
  const byJourney = new Map<Journey, JourneyOutage>();

  const outageOf = (top: number): Outage => {
    const key = JSON.stringify(built.structure.gates[top]);
    const found = byGate.get(key) ?? outage(built, failures, top);
    byGate.set(key, found);
    return found;
  };

  const compute = (journey: Journey): JourneyOutage => {
    const index = system.journeys.indexOf(journey);
    const [fullTop, readsTop] = [built.full[index] ?? 0, built.reads[index] ?? 0];
    const full = outageOf(fullTop);
    const reads = isSame(built.structure, fullTop, readsTop) ? full : outageOf(readsTop);
    const events = eventsBelow(built.structure, [fullTop, readsTop]);
    return {
      journey,
      full,
      assumed: assumedAmong(built, failures, events),
      ...(differ(full, reads) ? { reads } : {}),
    };
  };

  return {
    failures,
    built,
    of: (journey) => {
      const found = byJourney.get(journey) ?? measured(system, 'availability', () => compute(journey));
      byJourney.set(journey, found);
      return found;
    },
  };
}

function outage(built: FailureStructure, failures: Failures, top: number): Outage {
  const { elements, structure } = built;
  const solution = analyzeTop(failures.structure, top, failures.probabilities);
  // Cut sets are those of elements; common causes are no elements, and would stand among them.
  const plain: Solution =
    failures.commonCauses.length === 0
      ? solution
      : analyzeTop(structure, top, failures.probabilities.slice(0, structure.eventCount));
  const named = (event: number): Node => {
    const node = elements[event];
    if (!node) throw new Error(`event ${event} is no element`);
    return node;
  };
  return {
    q: solution.probability,
    exact: solution.exact,
    low: solution.low,
    high: solution.high,
    cutSetsByOrder: plain.cutSetsByOrder,
    cutSetsComplete: plain.cutSetsComplete,
    cutSets: (order) => plain.cutSets(order)?.map((set) => set.map(named)),
    weights: () => {
      const importance = solution.importance();
      if (!importance) return undefined;
      return [...importance]
        .map(([event, weight]): Weight => {
          const cause = failures.commonCauses[event - structure.eventCount];
          return { of: cause ?? named(event), q: failures.probabilities[event] ?? 0, ...weight };
        })
        .sort((a, b) => steady(b.criticality) - steady(a.criticality) || steady(b.birnbaum) - steady(a.birnbaum));
    },
  };
}

/** Without the digits that come from the order of adding, so that equals stay in order of declaration. */
function steady(value: number): number {
  return Number(value.toPrecision(9));
}

/** Whether two gates are the same function because everything below them is the same, gate by gate. */
function isSame({ gates }: Structure, a: number, b: number): boolean {
  const partner = new Map<number, number>();
  const open: (readonly [number, number])[] = [[a, b]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [left, right] = pair;
    if (left === right || partner.get(left) === right) continue;
    if (partner.has(left)) return false;
    partner.set(left, right);
    const [first, second] = [gates[left], gates[right]];
    if (!first || !second || first.op !== second.op || first.k !== second.k) return false;
    if (first.gates.length !== second.gates.length || first.events.length !== second.events.length) return false;
    const events = second.events;
    if (!Array.from(first.events).every((event, at) => event === events[at])) return false;
    const below = second.gates;
    Array.from(first.gates).forEach((gate, at) => open.push([gate, below[at] ?? -1]));
  }
  return true;
}

/** Both come from the same engine; differences in the last digits come from the order in which it added. */
function differ(full: Outage, reads: Outage): boolean {
  if (full === reads) return false;
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(a, b);
  return (
    !near(full.low, reads.low) ||
    !near(full.high, reads.high) ||
    full.cutSetsByOrder.join() !== reads.cutSetsByOrder.join()
  );
}

function eventsBelow({ gates, eventCount }: Structure, tops: readonly number[]): readonly number[] {
  const seen = new Uint8Array(gates.length);
  const found = new Uint8Array(eventCount);
  const open = [...tops];
  for (let gate = open.pop(); gate !== undefined; gate = open.pop()) {
    if (seen[gate] === 1) continue;
    seen[gate] = 1;
    for (const event of gates[gate]?.events ?? []) found[event] = 1;
    for (const input of gates[gate]?.gates ?? []) open.push(input);
  }
  return [...found.keys()].filter((event) => found[event] === 1);
}
