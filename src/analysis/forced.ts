// Requests that have no choice of their way → what each pool is asked for, in one pass and for any number of components.

import type { Node } from '../model/system.js';
import type { Demand, Pool, Requests, Station } from './requests.js';

/** What each pool is asked for, by the weights of the journeys. */
export type Flow = ReadonlyMap<Pool, number>;

/**
 * Where every way is forced, so that no reckoning is needed: each demand has one pool to go to, each component stands in one pool, and the
 * stations of a pool send to the same pools. Undefined where requests have a choice.
 */
export function flowOf({ demands, stations }: Requests, weights: readonly number[]): Flow | undefined {
  const met = new Set<Node>();
  const senders = new Map<Pool, number>();
  const next = new Map<Pool, readonly Pool[]>();
  const forced = (own: readonly Demand[]): readonly Pool[] | undefined => {
    const pools = own.flatMap(({ lanes }) => lanes.map(({ pool }) => pool));
    return own.some(({ lanes }) => lanes.length !== 1 || lanes[0]?.limited) ? undefined : pools;
  };
  const entered = demands.map(forced);
  const open = [...new Set(entered.flatMap((pools) => pools ?? []))];
  if (entered.includes(undefined)) return undefined;
  // The list grows while it is read.
  const seen = new Set(open);
  for (const pool of open) {
    const below = pool.stations.map((station) => forced(station.demands));
    const [first] = below;
    if (!first || pool.stations.some(({ node }) => met.has(node))) return undefined;
    if (below.some((pools) => pools?.length !== first.length || pools.some((one, at) => one !== first[at])))
      return undefined;
    for (const { node } of pool.stations) met.add(node);
    next.set(pool, first);
    for (const one of first) {
      senders.set(one, (senders.get(one) ?? 0) + 1);
      if (!seen.has(one)) {
        seen.add(one);
        open.push(one);
      }
    }
  }
  const flow = new Map<Pool, number>(open.map((pool) => [pool, 0]));
  const send = (pool: Pool, requests: number) => flow.set(pool, (flow.get(pool) ?? 0) + requests);
  entered.forEach((pools, at) => pools?.forEach((pool) => send(pool, weights[at] ?? 0)));
  const ready = open.filter((pool) => !senders.has(pool));
  for (const pool of ready) {
    for (const one of next.get(pool) ?? []) {
      send(one, flow.get(pool) ?? 0);
      const left = (senders.get(one) ?? 0) - 1;
      senders.set(one, left);
      if (left === 0) ready.push(one);
    }
  }
  return ready.length === open.length && met.size === stations.length ? flow : undefined;
}

/** What the stations that are left can carry; Infinity if one of them states no capacity. */
export function capacityOf(stations: readonly Station[]): number {
  return stations.reduce((sum, { node }) => sum + (node.facts.capacity?.value ?? Infinity), 0);
}
