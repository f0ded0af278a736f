// System → the largest load that each journey can sustain, and all of them together; what limits it; and the same with any one host lost.

import type { Connection, Journey, Node, System } from '../model/system.js';
import { failing } from './failing.js';
import { perSystem } from './shared.js';
import { requestsOf, type Demand, type Missing, type Pool, type Requests, type Station } from './requests.js';
import { maximise, type Row } from './simplex.js';

/** Requests a second. */
export interface Sustainable {
  /** Infinity where no stated capacity limits it. */
  readonly load: number;
  /** A smallest cut: those whose capacities limit the load. */
  readonly bottleneck: readonly (Node | Connection)[];
}

export interface JourneyCapacity extends Sustainable {
  readonly journey: Journey;
  /** What `load` states. */
  readonly stated?: number;
  /** The same with each host on the way lost, those first whose loss leaves least. */
  readonly hosts: readonly HostLost[];
  /** Components on the way that state no capacity. */
  readonly unlimited: readonly Node[];
}

/** Loads are multiples of what the journeys state, or of 1 where none states anything. */
export interface TogetherCapacity extends Sustainable {
  readonly journeys: readonly { readonly journey: Journey; readonly weight: number }[];
  readonly stated: boolean;
  readonly hosts: readonly HostLost[];
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

export const capacitiesOf = perSystem('capacity', (system): Capacities => {
  const journeys = new Map<Journey, JourneyCapacity>();
  if (!statesCapacity(system)) return { journeys, rounds: [] };
  const rounds = new Set<Node>();
  for (const journey of system.journeys) {
    const requests = requestsOf(system, [journey]);
    if (!isLimited(requests)) continue;
    requests.rounds.forEach((node) => rounds.add(node));
    const stated = journey.facts.load?.value;
    journeys.set(journey, {
      journey,
      ...sustain(requests, [1]),
      unlimited: [...new Set(requests.stations.map(({ node }) => node))].filter((node) => isUnlimited(node)),
      ...(stated === undefined ? {} : { stated }),
      hosts: hostsLost(system, [journey], requests, (missing) => sustain(requestsOf(system, [journey], missing), [1])),
    });
  }
  const together = jointly(system);
  return {
    journeys,
    rounds: [...rounds].sort((a, b) => a.index - b.index),
    ...(together && journeys.size > 0 ? { together } : {}),
  };
});

function jointly(system: System): TogetherCapacity | undefined {
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
  const hosts = hostsLost(system, all, requests, (missing) => sustain(requestsOf(system, all, missing), weights));
  return { journeys, stated, ...sustain(requests, weights), hosts };
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
  system: System,
  journeys: readonly Journey[],
  { stations }: Requests,
  solve: (missing: Missing) => Sustainable,
): readonly HostLost[] {
  // Standbys and voters matter as well, though no request goes to them.
  const nodes = new Set(stations.flatMap(({ node }) => node.tier?.instances ?? [node]));
  const hosts = new Set([...nodes].flatMap((node) => node.host ?? (node.kind === 'host' ? node : [])));
  return [...hosts]
    .filter((host) => !host.managed && !host.caller)
    .map((host) => {
      const { missing, stopped } = missingWith(system, host);
      // A quorum that is lost, for example, stops a caller whose instances all have room.
      const left = journeys.some((journey) => stopped.has(journey)) ? nothing : solve(missing);
      return { ...left, host };
    })
    .sort((a, b) => (a.load === b.load ? a.host.index - b.host.index : a.load - b.load));
}

/** The largest load; every journey carries its weight times it. */
export function sustain(requests: Requests, weights: readonly number[]): Sustainable {
  const program = programOf(requests, weights);
  const { value, prices } = maximise(program);
  if (value === Infinity) return { load: Infinity, bottleneck: [] };
  const priced = program.owners.flatMap((owners, row) => ((prices[row] ?? 0) > 1e-7 ? owners : []));
  const bottleneck = [...new Set(priced)];
  return { load: rounded(value), bottleneck: value <= 1e-9 ? [] : bottleneck };
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
