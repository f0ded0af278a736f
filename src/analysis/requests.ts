// System, journeys and what is lost → who sends requests to whom: stations, each with pools of others of which any will do.
//
// The model: a request to a caller makes one request to each tier that it needs, and one over each of several connections of their own for
// reads and writes; within a tier, and among alternatives, requests go wherever there is room. Standbys take requests only in the place of
// one that is lost, an address that floats is held by one at a time, and what is `active-passive` uses one at a time.

import type { Connection, DnsRecord, Journey, Node, System, Target, Tier } from '../model/system.js';
import { membersOf, standingOf, type Standing } from './members.js';
import { recordsBehind } from './names.js';
import { needsOf, type Circumstances } from './needs.js';

/** One component in one context: entered by one name, for writes or for reads alone. */
export interface Station {
  readonly node: Node;
  readonly demands: Demand[];
}

/** As many requests as its station gets go over these lanes, in whatever shares. */
export interface Demand {
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly pool: Pool;
  /** Connections whose capacity limits what goes over this lane, together with all other lanes that go over them. */
  readonly limited?: Connection;
}

/** Any of these; nobody gets anything where it is empty. */
export interface Pool {
  readonly stations: readonly Station[];
}

export interface Requests {
  /** By journey, in their order. */
  readonly demands: readonly (readonly Demand[])[];
  /** In order of reaching. */
  readonly stations: readonly Station[];
  /** Callers with a need that leads back to somebody on the way to them: it is left out. */
  readonly rounds: readonly Node[];
}

interface Context extends Circumstances {
  readonly writes: boolean;
  readonly key: string;
}

export interface Missing {
  readonly all: ReadonlySet<Node>;
  /** Serve reads and no writes. */
  readonly writes: ReadonlySet<Node>;
}

export const nothingMissing: Missing = { all: new Set(), writes: new Set() };

export function requestsOf(system: System, journeys: readonly Journey[], missing: Missing = nothingMissing): Requests {
  const needs = needsOf(system);
  const standings = new Map<Tier, Standing>();
  const stations = new Map<string, Station>();
  const pools = new Map<string, Pool>();
  const rounds = new Set<Node>();
  const onTheWay = new Set<Station>();
  /** In order of reaching. */
  const followed = new Set<Station>();
  const contexts = new Map<Station, Context>();

  const standing = (tier: Tier): Standing => {
    const found = standings.get(tier) ?? standingOf(tier, false);
    standings.set(tier, found);
    return found;
  };
  const contextOf = (circumstances: Circumstances, writes: boolean): Context => {
    const { entered, ssh } = circumstances;
    return { entered, ssh, writes, key: `${entered} ${String(ssh)} ${String(writes)}` };
  };

  /** Those of the connected, or of their standbys, that get requests now. */
  const serving = (connected: readonly Target[], how: { writes: boolean; most: number }): readonly Node[] => {
    const lists = connected.map(({ nodes }) => nodes);
    const all = membersOf(lists, { writes: how.writes, standing });
    const active = new Set(
      membersOf(lists, {
        writes: how.writes,
        standing: (tier) => ({ ...standing(tier), standbys: new Set<Node>() }),
      }).map(({ node }) => node),
    );
    const up = ({ node }: { node: Node }) =>
      !missing.all.has(node) &&
      !(how.writes && missing.writes.has(node)) &&
      !node.places.some((one) => missing.all.has(one));
    const places = Math.min(how.most, Math.max(1, active.size));
    const first = all.filter((member) => active.has(member.node));
    const standbys = all.filter((member) => !active.has(member.node));
    return [...first, ...standbys]
      .filter(up)
      .map(({ node }) => node)
      .slice(0, places);
  };

  const stationOf = (node: Node, around: Context, open: Opened[]): Station => {
    const context = contextOf(needs.at(node, around), around.writes);
    const key = `${node.index} ${context.key}`;
    const found = stations.get(key);
    if (found) return found;
    const station: Station = { node, demands: [] };
    stations.set(key, station);
    open.push({ station, context });
    return station;
  };

  const poolOf = (nodes: readonly Node[], context: Context, open: Opened[]): Pool => {
    const key = `${context.key} ${nodes.map((node) => node.index).join(' ')}`;
    const pool = pools.get(key) ?? { stations: nodes.map((node) => stationOf(node, context, open)) };
    pools.set(key, pool);
    return pool;
  };

  const demandsOf = (caller: Node | undefined, connections: readonly Connection[], how: Caller): readonly Demand[] => {
    const groups = new Map<unknown, Way[]>();
    const demands: Demand[] = [];
    const { context, open } = how;
    const most = caller?.facts.mode?.value === 'active-passive' ? 1 : Infinity;
    const lane = (ways: readonly Way[], writes: boolean): Lane => {
      const targets = ways.map(({ target }) => target);
      const nodes = serving(targets, {
        writes,
        most: Math.min(most, ...targets.map((one) => heldAtOnce(system, one))),
      });
      const pool = poolOf(nodes, how.contextFor(targets[0]), open);
      const connection = ways[0]?.connection;
      return { pool, ...(connection?.facts.capacity ? { limited: connection } : {}) };
    };
    const demand = (ways: readonly Way[], writes: boolean): void => {
      if (ways.length === 0) return;
      const free = ways.filter(({ connection }) => !connection.facts.capacity);
      const limited = ways.filter(({ connection }) => connection.facts.capacity);
      demands.push({
        lanes: [...(free.length > 0 ? [free] : []), ...limited.map((way) => [way])].map((each) => lane(each, writes)),
      });
    };
    for (const connection of connections) {
      if (connection.write && !context.writes) continue;
      const targets = connection.choices.filter((target) => target.nodes.length > 0);
      const [first] = targets;
      if (!first) continue;
      if (targets.length > 1) {
        const writes = context.writes && !connection.read;
        demands.push({ lanes: targets.map((target) => lane([{ connection, target }], writes)) });
        continue;
      }
      const key = first.tier ?? first.nodes.map((node) => node.index).join(' ');
      const group = groups.get(key);
      if (group) group.push({ connection, target: first });
      else groups.set(key, [{ connection, target: first }]);
    }
    for (const ways of groups.values()) {
      const written = context.writes ? ways.filter(({ connection }) => !connection.read) : [];
      demand(written, true);
      demand(context.writes ? ways.filter(({ connection }) => connection.read) : ways, false);
    }
    return demands;
  };

  /** What demands lead to and nobody has followed yet, whether it was met before or not. */
  const unfollowed = (demands: readonly Demand[], opened: readonly Opened[], around: Context): Opened[] => {
    for (const { station, context } of opened) contexts.set(station, context);
    const below = demands.flatMap(({ lanes }) => lanes.flatMap(({ pool }) => pool.stations));
    return [...new Set(below)]
      .filter((station) => !followed.has(station))
      .map((station) => ({ station, context: contexts.get(station) ?? around }));
  };

  /** Depth first, so that a need which leads back to somebody on the way is seen. */
  const follow = (begin: readonly Opened[]): void => {
    const path: { station?: Station; next: Opened[] }[] = [{ next: [...begin] }];
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const next = here.next.shift();
      if (!next) {
        path.pop();
        if (here.station) onTheWay.delete(here.station);
        continue;
      }
      const { station, context } = next;
      if (followed.has(station)) continue;
      followed.add(station);
      onTheWay.add(station);
      const open: Opened[] = [];
      const own = needs.of(station.node, context);
      const found = demandsOf(station.node, own, { context, open, contextFor: () => context });
      for (const demand of found) {
        const back = demand.lanes.some(({ pool }) => pool.stations.some((each) => onTheWay.has(each)));
        if (back) rounds.add(station.node);
        else station.demands.push(demand);
      }
      path.push({ station, next: unfollowed(found, open, context) });
    }
  };

  const demands = journeys.map((journey) => {
    const open: Opened[] = [];
    const contextFor = (target: Target | undefined) =>
      contextOf(needs.entering(journey, target?.record), !journey.reads);
    const context = contextFor(undefined);
    const found = demandsOf(undefined, journey.connections, { context, open, contextFor });
    follow(unfollowed(found, open, context));
    return found;
  });
  return { demands, stations: [...followed], rounds: [...rounds].sort((a, b) => a.index - b.index) };
}

interface Opened {
  readonly station: Station;
  readonly context: Context;
}

interface Way {
  readonly connection: Connection;
  readonly target: Target;
}

interface Caller {
  readonly context: Context;
  readonly open: Opened[];
  readonly contextFor: (target: Target | undefined) => Context;
}

/** How many of a record's targets answer at the same time: one for each address that floats; and one where its zone is `active-passive`. */
function heldAtOnce(system: System, { record, nodes }: Target): number {
  if (record === undefined) return Infinity;
  const records = recordsBehind(system, record);
  if (records.some(({ zone }) => zone.node.facts.mode?.value === 'active-passive')) return 1;
  const floating = nodes.every((node) => floats(node, records));
  if (!floating) return Infinity;
  const count = (type: DnsRecord['type']) => records.filter((one) => one.type === type).length;
  return Math.max(1, count('A'), count('AAAA'));
}

/** It is reached by an address that floats between several, and by none of its own. */
function floats(node: Node, records: readonly DnsRecord[]): boolean {
  const wanted = new Set(records.flatMap(({ address }) => address?.text ?? []));
  const around = [node, ...node.places];
  const has = (key: 'address' | 'vip') =>
    around.some(({ facts }) => facts[key]?.value.some(({ text }) => wanted.has(text)) ?? false);
  return has('vip') && !has('address');
}
