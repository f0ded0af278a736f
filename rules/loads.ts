// What the rules about load share: the journeys that state one, what they can sustain, and where it is plain without a reckoning.

import { sustain, type Sustainable } from '../src/analysis/capacity.js';
import { capacityOf, flowOf, type Flow } from '../src/analysis/forced.js';
import { nothingMissing, requestsOf, type Missing, type Requests } from '../src/analysis/requests.js';
import { perSystem } from '../src/analysis/shared.js';
import { shortName } from '../src/analysis/short-names.js';
import { quoted } from '../src/base/words.js';
import type { Connection, Journey, Node, System } from '../src/model/system.js';

/** In larger systems than this nothing is reckoned: it would take minutes. */
export const MOST_STATIONS = 2000;

/** How many times the stated loads can be sustained, below 1 if they cannot; and what limits them. */
export type Margin = Sustainable;

/** Journeys that carry their loads at the same time. */
export interface Loads {
  /** At least one; all of them state a load. */
  readonly journeys: readonly Journey[];
  /** Undefined where the system is too large. */
  readonly margin?: Margin;
  readonly requests: Requests;
  /** Where every way is forced. */
  readonly flow?: Flow;
}

/**
 * All journeys together, but for those that share one stated load: how a client divides it among them is not said, so each is looked at alone, as
 * if it took all of it. Nothing where no capacity is stated.
 */
export const loadsOf = perSystem('loads', (system): readonly Loads[] => {
  const journeys = system.journeys.filter(({ facts }) => (facts.load?.value ?? 0) > 0);
  if (journeys.length === 0 || !statesCapacity(system)) return [];
  const shared = (one: Journey) =>
    journeys.some((other) => other !== one && other.client === one.client && other.facts.load === one.facts.load);
  const own = journeys.filter((journey) => !shared(journey));
  const sets = [...(own.length > 0 ? [own] : []), ...journeys.filter(shared).map((journey) => [journey])];
  return sets.map((set): Loads => {
    const requests = requestsOf(system, set);
    const flow = flowOf(requests, weightsOf(set));
    const enough = flow && [...flow].every(([{ stations }, asked]) => capacityOf(stations) >= asked);
    const margin = enough ? { load: 1, bottleneck: [] } : marginFor(requests, set);
    return { journeys: set, requests, ...(margin ? { margin } : {}), ...(flow ? { flow } : {}) };
  });
});

/** Undefined where the system is too large for it. */
export function marginOf(system: System, journeys: readonly Journey[], missing?: Missing): Margin | undefined {
  return marginFor(requestsOf(system, journeys, missing ?? nothingMissing), journeys);
}

function marginFor(requests: Requests, journeys: readonly Journey[]): Margin | undefined {
  if (requests.stations.length > MOST_STATIONS) return undefined;
  return sustain(requests, weightsOf(journeys));
}

function weightsOf(journeys: readonly Journey[]): readonly number[] {
  return journeys.map(({ facts }) => facts.load?.value ?? 0);
}

/** The last digits of a reckoning are no reason to complain; where no capacity limits it, something else is wrong. */
export function isShort({ load, bottleneck }: Margin): boolean {
  return load < 1 - 1e-9 && bottleneck.length > 0;
}

function statesCapacity(system: System): boolean {
  const states = ({ facts }: Node | Connection) => facts.capacity !== undefined;
  return [...system.nodes.values()].some(states) || system.connections.some(states);
}

/** `1200 rps`, of at most four digits. */
export function rate(requests: number): string {
  return `${Number(requests.toPrecision(4))} rps`;
}

/** A component by its name, a connection as it is written. */
export function nameOfLimit(system: System, limit: Node | Connection): string {
  if ('id' in limit) return quoted(shortName(system, limit));
  const { source, start, end } = limit.at;
  return quoted(source.text.slice(start, end));
}

/** What accepts and pictures go by: the client, and what limits the load; of a connection both ends. */
export function subjectsOf(journeys: readonly Journey[], bottleneck: Margin['bottleneck']): readonly string[] {
  const limits = bottleneck.flatMap((limit) =>
    'id' in limit ? [limit.id] : [...limit.from, ...limit.choices.flatMap(({ nodes }) => nodes)].map(({ id }) => id),
  );
  return [...new Set([...journeys.map(({ client }) => client.id), ...limits])];
}
