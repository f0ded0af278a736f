// System → the largest load that each journey can sustain, and all of them together; what limits it; and the same with any one host lost.

import type { Connection, Journey, Node, System } from '../model/system.js';
import { failing } from './failing.js';
import { capacityOf, flowOf, type Flow } from './forced.js';
import { perSystem } from './shared.js';
import { requestsOf, type Demand, type Missing, type Pool, type Requests, type Station } from './requests.js';
import { maximise, type Row, type Steps } from './simplex.js';

/** Requests a second. */
export interface Sustainable {
  /** Infinity where no stated capacity limits it. */
  readonly load: number;
  /** A smallest cut: those whose capacities limit the load. */
  readonly bottleneck: readonly (Node | Connection)[];
}

/** What is too large to reckon within the budget is left out, rather than guessed. */
export interface Reckoned extends Partial<Sustainable> {
  /** The same with each host on the way lost, those first whose loss leaves least. */
  readonly hosts?: readonly HostLost[];
}

export interface JourneyCapacity extends Reckoned {
  readonly journey: Journey;
  /** What `load` states. */
  readonly stated?: number;
  /** Components on the way that state no capacity. */
  readonly unlimited: readonly Node[];
}

/** Loads are multiples of what the journeys state, or of 1 where none states anything. */
export interface TogetherCapacity extends Reckoned {
  readonly journeys: readonly { readonly journey: Journey; readonly weight: number }[];
  readonly stated: boolean;
}

export interface HostLost extends Sustainable {
  readonly host: Node;
}

export interface Capacities {
  /** Only journeys on whose way a capacity is stated. */
  readonly journeys: ReadonlyMap<Journey, JourneyCapacity>;
  /** Where several journeys carry load at the same time, and a capacity is stated on the way of one. */
  readonly together?: TogetherCapacity;
  /** Callers whose needs lead back to where a request came from; these needs are left out. */
  readonly rounds: readonly Node[];
}

/** Steps for the loads of all journeys of a system, and as many for all that is reckoned with a host lost: together a few seconds. */
const MOST_STEPS = 2e8;
/** What finding the requests of one station counts, and what depends on it. */
const STEPS_PER_STATION = 500;

interface Budget {
  readonly loads: Steps;
  readonly hosts: Steps;
}

export const capacitiesOf = perSystem('capacity', (system): Capacities => {
  const journeys = new Map<Journey, JourneyCapacity>();
  if (!statesCapacity(system)) return { journeys, rounds: [] };
  const rounds = new Set<Node>();
  const budget: Budget = { loads: { left: MOST_STEPS }, hosts: { left: MOST_STEPS } };
  for (const journey of system.journeys) {
    const requests = requestsOf(system, [journey]);
    if (!isLimited(requests)) continue;
    requests.rounds.forEach((node) => rounds.add(node));
    const stated = journey.facts.load?.value;
    journeys.set(journey, {
      journey,
      ...reckoned({ system, journeys: [journey], weights: [1], budget }, requests),
      unlimited: [...new Set(requests.stations.map(({ node }) => node))].filter((node) => isUnlimited(node)),
      ...(stated === undefined ? {} : { stated }),
    });
  }
  const together = jointly(system, budget);
  return {
    journeys,
    rounds: [...rounds].sort((a, b) => a.index - b.index),
    ...(together && journeys.size > 0 ? { together } : {}),
  };
});

function jointly(system: System, budget: Budget): TogetherCapacity | undefined {
  const stated = system.journeys.some(({ facts }) => (facts.load?.value ?? 0) > 0);
  const journeys = system.journeys.flatMap((journey) => {
    const weight = stated ? (journey.facts.load?.value ?? 0) : 1;
    return weight > 0 ? [{ journey, weight }] : [];
  });
  if (journeys.length < 2) return undefined;
  const weights = journeys.map(({ weight }) => weight);
  const all = journeys.map(({ journey }) => journey);
  const requests = requestsOf(system, all);
  if (!isLimited(requests)) return undefined;
  return { journeys, stated, ...reckoned({ system, journeys: all, weights, budget }, requests) };
}

interface Question {
  readonly system: System;
  readonly journeys: readonly Journey[];
  readonly weights: readonly number[];
  readonly budget: Budget;
}

function reckoned(question: Question, requests: Requests): Reckoned {
  const { weights, budget } = question;
  const found = sustain(requests, weights, budget.loads);
  if (!found) return {};
  const hosts = hostsLost(question, requests);
  return { ...found, ...(hosts ? { hosts } : {}) };
}

function statesCapacity(system: System): boolean {
  return (
    [...system.nodes.values()].some(({ facts }) => facts.capacity !== undefined) ||
    system.connections.some(({ facts }) => facts.capacity !== undefined)
  );
}

function isUnlimited(node: Node): boolean {
  return node.kind !== 'firewall' && node.kind !== 'host' && node.facts.capacity === undefined;
}

function isLimited({ demands, stations }: Requests): boolean {
  if (stations.some(({ node }) => node.facts.capacity !== undefined)) return true;
  return [...demands.flat(), ...stations.flatMap((station) => station.demands)].some(({ lanes }) =>
    lanes.some(({ limited }) => limited !== undefined),
  );
}

/** What a host takes with it: what stands on it, and whatever cannot serve without. */
function missingWith(system: System, host: Node): { missing: Missing; stopped: ReadonlySet<Journey> } {
  const { components, journeys } = failing(system, [host]);
  const having = (extent: 'all' | 'writes') =>
    components.filter((one) => one.extent === extent).map(({ node }) => node);
  return {
    missing: { all: new Set([host, ...having('all')]), writes: new Set(having('writes')) },
    stopped: new Set(journeys.map(({ journey }) => journey)),
  };
}

const nothing: Sustainable = { load: 0, bottleneck: [] };

/** Every host on the way; those that a provider keeps redundant are not lost. Equal loads in order of declaration. */
function hostsLost(
  { system, journeys, weights, budget }: Question,
  { stations }: Requests,
): readonly HostLost[] | undefined {
  // Standbys and voters matter as well, though no request goes to them.
  const nodes = new Set(stations.flatMap(({ node }) => node.tier?.instances ?? [node]));
  const all = new Set([...nodes].flatMap((node) => node.host ?? (node.kind === 'host' ? node : [])));
  const hosts = [...all].filter((host) => !host.managed && !host.caller);
  budget.hosts.left -= hosts.length * stations.length * STEPS_PER_STATION;
  const lost: HostLost[] = [];
  for (const host of hosts) {
    if (budget.hosts.left < 0) return undefined;
    const { missing, stopped } = missingWith(system, host);
    // A quorum that is lost, for example, stops a caller whose instances all have room.
    const left = journeys.some((journey) => stopped.has(journey))
      ? nothing
      : sustain(requestsOf(system, journeys, missing), weights, budget.hosts);
    if (!left) return undefined;
    lost.push({ ...left, host });
  }
  return lost.sort((a, b) => (a.load === b.load ? a.host.index - b.host.index : a.load - b.load));
}

/** The largest load; every journey carries its weight times it. Undefined where the steps do not suffice. */
export function sustain(
  requests: Requests,
  weights: readonly number[],
  steps: Steps = { left: MOST_STEPS },
): Sustainable | undefined {
  steps.left -= requests.stations.length;
  if (steps.left < 0) return undefined;
  const flow = flowOf(requests, weights);
  if (flow) return tightest(flow);
  const program = programOf(requests, weights);
  const optimum = maximise(program, steps);
  if (!optimum) return undefined;
  const { value, prices } = optimum;
  if (value === Infinity) return { load: Infinity, bottleneck: [] };
  const priced = program.owners.flatMap((owners, row) => ((prices[row] ?? 0) > 1e-7 ? owners : []));
  const bottleneck = [...new Set(priced)];
  return { load: rounded(value), bottleneck: value <= 1e-9 ? [] : bottleneck };
}

/** Where no request has a choice, the pool that is filled first limits all; of several the one that is reached first. */
function tightest(flow: Flow): Sustainable {
  let load = Infinity;
  let bottleneck: readonly Node[] = [];
  for (const [{ stations }, asked] of flow) {
    const most = asked > 0 ? rounded(capacityOf(stations) / asked) : Infinity;
    if (most >= load) continue;
    load = most;
    bottleneck = stations.map(({ node }) => node);
  }
  return { load, bottleneck: load <= 1e-9 ? [] : bottleneck };
}

/** Without the digits that depend on the order of reckoning, so that equal loads are equal. */
function rounded(load: number): number {
  return Number(load.toPrecision(10));
}

interface Program {
  readonly variables: number;
  readonly objective: ReadonlyMap<number, number>;
  readonly rows: readonly Row[];
  /** By row: whose capacities it is the sum of; empty for rows that say that what goes in comes out. */
  readonly owners: readonly (readonly (Node | Connection)[])[];
}

/**
 * Variables: the load, what each pool hands to each class of its stations, and what each demand of several lanes sends over each.
 * Rows: a pool hands on at least what it is asked for; a class, and a connection, carries at most its capacity.
 */
function programOf({ demands, stations }: Requests, weights: readonly number[]): Program {
  let variables = 1;
  const rows = new Map<
    unknown,
    { coefficients: Map<number, number>; limit: number; owners: readonly (Node | Connection)[] }
  >();
  const row = (key: unknown, limit: number, owners: readonly (Node | Connection)[]) => {
    const found = rows.get(key) ?? { coefficients: new Map<number, number>(), limit, owners };
    rows.set(key, found);
    return found.coefficients;
  };
  const raise = (coefficients: Map<number, number>, variable: number, by: number) =>
    coefficients.set(variable, (coefficients.get(variable) ?? 0) + by);

  const classes = classesOf(demands, stations);
  // What each station gets, as a sum of variables: the first station of a class stands for all.
  const received = new Map<Station, number[]>();
  const pools = poolsOf(demands, stations);
  for (const pool of pools) {
    const balance = row(pool, 0, []);
    const seen = new Set<Station>();
    for (const station of pool.stations) {
      const first = classes.firstOf(station);
      if (seen.has(first)) continue;
      seen.add(first);
      const variable = variables++;
      raise(balance, variable, -1);
      received.set(first, [...(received.get(first) ?? []), variable]);
      const limit = classes.limitOf(first);
      if (limit !== undefined) raise(row(classes.nodeKey(first), limit, classes.nodesOf(first)), variable, 1);
    }
  }
  const send = ({ lanes }: Demand, sources: readonly (readonly [variable: number, by: number])[]): void => {
    const [only, ...more] = lanes;
    const parts = lanes.map((lane) => {
      const own: (readonly [number, number])[] = more.length === 0 ? [...sources] : [[variables++, 1]];
      for (const [variable, by] of own) {
        raise(row(lane.pool, 0, []), variable, by);
        const { limited } = lane;
        if (limited) raise(row(limited, limited.facts.capacity?.value ?? 0, [limited]), variable, by);
      }
      return own;
    });
    if (!only || more.length === 0) return;
    const asked = row(lanes, 0, []);
    for (const [variable, by] of sources) raise(asked, variable, by);
    for (const [variable] of parts.flat()) raise(asked, variable, -1);
  };
  demands.forEach((own, journey) => {
    for (const demand of own) send(demand, [[0, weights[journey] ?? 0]]);
  });
  for (const [station, sources] of received) {
    for (const demand of station.demands)
      send(
        demand,
        sources.map((variable) => [variable, 1] as const),
      );
  }
  const all = [...rows.values()];
  return {
    variables,
    objective: new Map([[0, 1]]),
    rows: all,
    owners: all.map(({ owners }) => owners),
  };
}

function poolsOf(demands: Requests['demands'], stations: readonly Station[]): readonly Pool[] {
  const all = [...demands.flat(), ...stations.flatMap((station) => station.demands)];
  return [...new Set(all.flatMap(({ lanes }) => lanes.map(({ pool }) => pool)))];
}

/** Instances that take from the same pools and send to the same ones are one, with the sum of their capacities: flows can be shared out at will. */
interface Classes {
  readonly firstOf: (station: Station) => Station;
  readonly nodesOf: (first: Station) => readonly Node[];
  readonly nodeKey: (first: Station) => unknown;
  readonly limitOf: (first: Station) => number | undefined;
}

/** By node, over all contexts: two nodes are alike if their stations stand in the same pools and have the same demands. */
function classesOf(demands: Requests['demands'], stations: readonly Station[]): Classes {
  const pools = poolsOf(demands, stations);
  const number = new Map<Pool, number>(pools.map((pool, at) => [pool, at]));
  const inside = new Map<Station, number[]>();
  pools.forEach((pool, at) => {
    for (const station of pool.stations) inside.set(station, [...(inside.get(station) ?? []), at]);
  });
  const demandKey = ({ lanes }: Demand) =>
    lanes.map(({ pool, limited }) => `${number.get(pool) ?? ''}${limited ? `c${limited.index}` : ''}`).join('|');
  const byNode = new Map<Node, Station[]>();
  for (const station of stations) byNode.set(station.node, [...(byNode.get(station.node) ?? []), station]);
  const keyOf = (station: Station) =>
    `${(inside.get(station) ?? []).join(' ')}>${station.demands.map(demandKey).join(';')}`;
  const groups = new Map<string, Node[]>();
  for (const [node, own] of byNode) {
    const key = own.map(keyOf).sort().join('/');
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  const groupOf = new Map<Node, Node[]>();
  for (const group of groups.values()) for (const node of group) groupOf.set(node, group);
  const nodesOf = (station: Station) => groupOf.get(station.node) ?? [station.node];
  return {
    firstOf: (station) => {
      const [leader] = nodesOf(station);
      if (!leader || leader === station.node) return station;
      const key = keyOf(station);
      return byNode.get(leader)?.find((one) => keyOf(one) === key) ?? station;
    },
    nodesOf,
    nodeKey: nodesOf,
    limitOf: (station) => {
      const limits = nodesOf(station).map((node) => node.facts.capacity?.value);
      return limits.some((limit) => limit === undefined)
        ? undefined
        : limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0);
    },
  };
}
