// Loads that the system can sustain, but not after the loss of some host that stops nothing by itself.

import { failing, singlePoints } from '../../src/analysis/failing.js';
import { capacityOf, type Flow } from '../../src/analysis/forced.js';
import type { Missing, Pool } from '../../src/analysis/requests.js';
import { shortName } from '../../src/analysis/short-names.js';
import { listed } from '../../src/base/words.js';
import type { Journey, Node, System } from '../../src/model/system.js';
import { destination } from '../failing.js';
import {
  isShort,
  loadsOf,
  marginOf,
  MOST_STATIONS,
  nameOfLimit,
  rate,
  subjectsOf,
  type Loads,
  type Margin,
} from '../loads.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const overloadWhenDegraded = rule({
  id: 'overload-when-degraded',
  category: 'maintenance and growth',
  summary: 'with one host lost, a stated load is above the largest load that can be sustained',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const loads of loadsOf(system)) {
      const worst = loads.margin && !isShort(loads.margin) ? worstLoss(system, loads) : undefined;
      if (worst) yield finding(system, worst);
    }
  },
});

interface Loss {
  readonly host: Node;
  readonly journeys: readonly Journey[];
  readonly margin: Margin;
}

/** Stations times hosts that are reckoned, in order of declaration: so many take about a second. */
const MOST_WORK = 40_000;

/** The host whose loss leaves least, of those that leave too little; the first of several. What it stops altogether is named elsewhere. */
function worstLoss(system: System, { journeys: all, requests, flow }: Loads): Loss | undefined {
  const { stations } = requests;
  const hosts = [...new Set(stations.flatMap(({ node }) => node.host ?? []))].sort((a, b) => a.index - b.index);
  const points = singlePoints(system);
  const pools = poolsBy(flow);
  let worst: Loss | undefined;
  let work = 0;
  for (const host of hosts) {
    const stopped = new Set(points.get(host)?.map(({ journey }) => journey));
    const journeys = all.filter((journey) => !stopped.has(journey));
    if (host.managed || journeys.length === 0) continue;
    const missing = missingWith(system, host);
    if (flow && isEnough(missing, { flow, pools })) continue;
    work += stations.length;
    if (stations.length > MOST_STATIONS || work > MOST_WORK) break;
    const margin = marginOf(system, journeys, missing);
    // Reckoned in another order, equal loads may differ in their last digits.
    if (margin && isShort(margin) && (!worst || margin.load < worst.margin.load * (1 - 1e-9)))
      worst = { host, journeys, margin };
  }
  return worst;
}

function missingWith(system: System, host: Node): Missing {
  const { components } = failing(system, [host]);
  const having = (extent: 'all' | 'writes') =>
    components.filter((one) => one.extent === extent).map(({ node }) => node);
  return { all: new Set([host, ...having('all')]), writes: new Set(having('writes')) };
}

function poolsBy(flow: Flow | undefined): ReadonlyMap<Node, readonly Pool[]> {
  const found = new Map<Node, Pool[]>();
  for (const pool of flow?.keys() ?? []) {
    for (const { node } of pool.stations) found.set(node, [...(found.get(node) ?? []), pool]);
  }
  return found;
}

/** Every pool that loses stations has room for all it is asked for in those that are left. */
function isEnough(
  { all, writes }: Missing,
  { flow, pools }: { flow: Flow; pools: ReadonlyMap<Node, readonly Pool[]> },
): boolean {
  const touched = new Set([...all, ...writes].flatMap((node) => pools.get(node) ?? []));
  return [...touched].every((pool) => {
    const left = pool.stations.filter(({ node }) => !all.has(node) && !writes.has(node));
    return left.length > 0 && capacityOf(left) >= (flow.get(pool) ?? 0);
  });
}

function finding(system: System, { host, journeys, margin }: Loss): Finding {
  const [first, ...others] = journeys;
  if (!first) throw new Error('somebody states a load');
  const { load, bottleneck } = margin;
  const stated = journeys.reduce((sum, { facts }) => sum + (facts.load?.value ?? 0), 0);
  const limits = bottleneck.slice(0, 5).map((limit) => nameOfLimit(system, limit));
  const names = listed(bottleneck.length > 5 ? [...limits, `${bottleneck.length - 5} more`] : limits);
  const what = others.length === 0 ? destination(first) : `what ${journeys.length} journeys share`;
  return {
    message: `${what} cannot sustain ${rate(stated)} without host ${nameOf(system, host)}`,
    at: first.facts.load?.at ?? first.at,
    label: `without it, ${rate(stated * load)} can be sustained`,
    related: [
      { at: host.at, message: 'while this is lost' },
      ...others.map(({ facts, at }) => ({ at: facts.load?.at ?? at, message: 'at the same time' })),
      ...bottleneck.map((limit) => ({ at: limit.facts.capacity?.at ?? limit.at, message: 'the bottleneck then' })),
    ],
    help: `give ${names === '' ? 'what is left' : names} the capacity to carry all of it, or add an instance; \`archlint explain overload-when-degraded\``,
    witness: {
      kind: 'failure',
      steps: [
        { node: host.id, text: shortName(system, host) },
        ...bottleneck.slice(0, 1).flatMap((limit) => {
          const node = 'id' in limit ? limit : limit.from[0];
          return node ? [{ node: node.id, text: `${nameOfLimit(system, limit).slice(1, -1)} (the bottleneck)` }] : [];
        }),
        {
          node: first.record ?? first.client.id,
          text: `${first.record ?? first.client.id} (${rate(stated * load)} of ${rate(stated)})`,
        },
      ],
    },
    subjects: [...new Set([...subjectsOf(journeys, bottleneck), host.id])],
  };
}
