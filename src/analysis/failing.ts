// System → what stops when something fails: the single points of each journey, and the journeys and components lost with given nodes.

import { append } from '../base/lists.js';
import { groupOf } from '../model/kinds.js';
import type { Journey, Node, System, Tier } from '../model/system.js';
import { orderOneCuts } from './engine/order-one.js';
import { measured } from './shared.js';
import { stopsOf, type Stopping, type Stops } from './stopping.js';
import { structureOf, type FailureStructure } from './structure.js';

/** `all`: reads and writes. `writes`: reads go on. */
export type Extent = 'all' | 'writes';

/** The elements that each stop a journey alone; `reads` is part of `full`. */
export interface Cuts {
  readonly journey: Journey;
  readonly full: readonly Node[];
  readonly reads: readonly Node[];
}

export interface Loss {
  readonly journeys: readonly { readonly journey: Journey; readonly extent: Extent }[];
  readonly components: readonly { readonly node: Node; readonly extent: Extent }[];
}

/** By journey, in the order of the system. With `switched`, standbys that people start count as redundancy. */
export function cuts(system: System, switched = false): readonly Cuts[] {
  return stateOf(system, switched).cuts();
}

/** Element → the journeys that it stops alone, in order of declaration. */
export function singlePoints(system: System, switched = false): ReadonlyMap<Node, Loss['journeys']> {
  return stateOf(system, switched).points();
}

/** What is lost with these nodes, at the same time. A network takes down what is inside it. */
export function failing(system: System, lost: readonly Node[], switched = false): Loss {
  const state = stateOf(system, switched);
  const { components } = state.built;
  const stopping = state.stops.with(eventsOf(state.built, lost));
  const stopped = [...system.nodes.values()].flatMap((node) => {
    const extent = extentOf(stopping, state.stops, {
      full: components.full[node.index] ?? -1,
      reads: components.reads[node.index] ?? -1,
    });
    return extent ? [{ node, extent }] : [];
  });
  return { journeys: journeysIn(state, stopping, system), components: stopped };
}

/** The journeys alone, for rules that ask about many losses. */
export function journeysLost(system: System, lost: readonly Node[], switched = false): Loss['journeys'] {
  const state = stateOf(system, switched);
  return journeysIn(state, state.stops.with(eventsOf(state.built, lost)), system);
}

/** The same as gates with their causes, for the chain that explains it. */
export function stoppingWith(
  system: System,
  lost: readonly Node[],
  switched = false,
): { readonly built: FailureStructure; readonly stops: Stops; readonly stopping: Stopping } {
  const { built, stops } = stateOf(system, switched);
  return { built, stops, stopping: stops.with(eventsOf(built, lost)) };
}

/** The traffic components of a node, or the node itself if it is one. */
export function componentsOf(node: Node): readonly Node[] {
  if (groupOf(node.kind) === 'traffic') return node.caller ? [] : [node];
  const found: Node[] = [];
  for (const child of node.children) collect(child, found);
  return found;
}

function collect(node: Node, found: Node[]): void {
  if (groupOf(node.kind) !== 'traffic') for (const child of node.children) collect(child, found);
  else if (!node.caller) found.push(node);
}

/** What of a tier stands in a place, and the journeys that it stops. */
export interface Fall {
  readonly inside: readonly Node[];
  readonly journeys: Loss['journeys'];
}

/** The tiers that explain why the loss of a place stops journeys: with the instances inside it, and nothing else, such a journey stops as well. */
export function tiersLost(system: System, place: Node, switched = false): ReadonlyMap<Tier, Fall> {
  const { tiersOf } = stateOf(system, switched);
  const found = tiersOf.get(place) ?? computeTiersLost(system, place, switched);
  tiersOf.set(place, found);
  return found;
}

function computeTiersLost(system: System, place: Node, switched: boolean): ReadonlyMap<Tier, Fall> {
  const byTier = new Map<Tier, Node[]>();
  for (const node of componentsOf(place)) {
    if (node.tier) append(byTier, node.tier, node);
  }
  const lost = new Map<Tier, Fall>();
  for (const [tier, inside] of byTier) {
    const [only] = inside;
    // What one instance stops alone is known for all of them already.
    const journeys =
      only && inside.length === 1
        ? (singlePoints(system, switched).get(only) ?? [])
        : journeysLost(system, inside, switched);
    if (journeys.length > 0) lost.set(tier, { inside: inside.sort((a, b) => a.index - b.index), journeys });
  }
  return lost;
}

interface State {
  readonly built: FailureStructure;
  readonly stops: Stops;
  /** Journeys by their top gates, so that an answer takes time for what stops. */
  readonly tops: ReadonlyMap<number, readonly number[]>;
  readonly cuts: () => readonly Cuts[];
  readonly points: () => ReadonlyMap<Node, Loss['journeys']>;
  readonly tiersOf: Map<Node, ReadonlyMap<Tier, Fall>>;
}

const known = new WeakMap<FailureStructure, State>();

function stateOf(system: System, switched: boolean): State {
  const built = structureOf(system, switched);
  const found = known.get(built) ?? measured(system, 'what stops with what', () => createState(system, built));
  known.set(built, found);
  return found;
}

function createState(system: System, built: FailureStructure): State {
  const stops = stopsOf(built.structure);
  const tops = new Map<number, number[]>();
  for (const gates of [built.full, built.reads]) {
    gates.forEach((gate, index) => {
      const list = tops.get(gate);
      if (list) list.push(index);
      else tops.set(gate, [index]);
    });
  }
  let found: readonly Cuts[] | undefined;
  let points: ReadonlyMap<Node, Loss['journeys']> | undefined;
  const all = () => (found ??= measured(system, 'single points', () => computeCuts(system, built, stops)));
  return {
    built,
    stops,
    tops,
    cuts: all,
    points: () => (points ??= measured(system, 'single points', () => computePoints(all()))),
    tiersOf: new Map(),
  };
}

/** Where full service is never possible, nothing stops it: what is left to lose are reads. */
function computeCuts(system: System, built: FailureStructure, stops: Stops): readonly Cuts[] {
  const found = orderOneCuts(built.structure, [...built.full, ...built.reads]);
  const nodes = found.map((events) => events.flatMap((event) => built.elements[event] ?? []));
  const count = system.journeys.length;
  return system.journeys.map((journey, at) => {
    const reads = nodes[count + at] ?? [];
    return { journey, reads, full: stops.never(built.full[at] ?? -1) ? reads : (nodes[at] ?? []) };
  });
}

function computePoints(all: readonly Cuts[]): ReadonlyMap<Node, Loss['journeys']> {
  const points = new Map<Node, Loss['journeys'][number][]>();
  for (const { journey, full, reads } of all) {
    const both = new Set(reads);
    for (const node of full) {
      const entry = { journey, extent: both.has(node) ? 'all' : 'writes' } as const;
      const list = points.get(node);
      if (list) list.push(entry);
      else points.set(node, [entry]);
    }
  }
  return new Map([...points].sort(([a], [b]) => a.index - b.index));
}

function journeysIn({ built, stops, tops }: State, stopping: Stopping, system: System): Loss['journeys'] {
  const touched = new Set(stopping.gates.flatMap((gate) => tops.get(gate) ?? []));
  return [...touched]
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const journey = system.journeys[index];
      const extent = extentOf(stopping, stops, { full: built.full[index] ?? -1, reads: built.reads[index] ?? -1 });
      return journey && extent ? [{ journey, extent }] : [];
    });
}

function extentOf(stopping: Stopping, stops: Stops, gates: { full: number; reads: number }): Extent | undefined {
  const full = stopping.has(gates.full) || stops.never(gates.full);
  if (stopping.has(gates.reads)) return full ? 'all' : undefined;
  return stopping.has(gates.full) ? 'writes' : undefined;
}

function eventsOf({ events }: FailureStructure, lost: readonly Node[]): readonly number[] {
  const found: number[] = [];
  const open = [...lost];
  for (let node = open.pop(); node; node = open.pop()) {
    const event = events[node.index] ?? -1;
    if (event >= 0) found.push(event);
    else open.push(...node.children);
  }
  return found;
}
