// The definition of serving, word by word and without any of the analysis: a table of who serves, from which what cannot serve is struck
// until nothing changes; then every element is failed in turn. Slow, and plain enough to be compared with the text of the language.

import type { Connection, Journey, Node, System, Target, Tier } from '../src/model/index.js';

interface World {
  readonly system: System;
  readonly journey: Journey;
  readonly writes: boolean;
  readonly switched: boolean;
  readonly lost: Node | undefined;
  /** What each calls and cannot do without; a client is no part of the system. */
  readonly needs: ReadonlyMap<Node, readonly Connection[]>;
}

export function cutsByDefinition(system: System, journey: Journey, switched: boolean): { full: Node[]; reads: Node[] } {
  const needs = needsIn(system);
  const works = (writes: boolean, lost?: Node) =>
    serves({ system, journey, writes: writes && !journey.reads, switched, lost, needs });
  const elements = [...system.nodes.values()].filter(
    (node) => !['client', 'dns', 'network', 'monitor', 'firewall'].includes(node.kind),
  );
  const reads = works(false) ? elements.filter((node) => !works(false, node)) : [];
  return { reads, full: works(true) ? elements.filter((node) => !works(true, node)) : reads };
}

function needsIn(system: System): ReadonlyMap<Node, readonly Connection[]> {
  const needs = new Map<Node, Connection[]>();
  for (const one of system.connections) {
    if (!one.need) continue;
    for (const caller of one.callers) {
      if (caller.kind !== 'client') needs.set(caller, [...(needs.get(caller) ?? []), one]);
    }
  }
  return needs;
}

function serves(world: World): boolean {
  const up = new Set(
    [...world.system.nodes.values()].filter(
      (node) => world.lost !== node && !node.places.some((place) => place === world.lost),
    ),
  );
  for (let before = -1; before !== up.size;) {
    before = up.size;
    for (const [node, needs] of world.needs) if (up.has(node) && !fulfilled(world, up, needs)) up.delete(node);
  }
  return fulfilled(world, up, world.journey.connections);
}

function fulfilled(world: World, up: ReadonlySet<Node>, all: readonly Connection[]): boolean {
  const { journey, writes } = world;
  const active = all.filter(
    (one) => one.only.length === 0 || (journey.record !== undefined && one.only.includes(journey.record)),
  );
  const single = active.filter((one) => one.choices.length === 1);
  for (const one of active) {
    if (one.choices.length === 1 || (one.write && !writes)) continue;
    if (!one.choices.some((choice) => answered(world, up, [{ connection: one, target: choice }]))) return false;
  }
  const tiers = new Set(single.map((one) => one.choices[0]?.tier));
  return [...tiers].every((tier) => {
    const group = single.flatMap((connection) =>
      connection.choices.filter((target) => target.tier === tier).map((target) => ({ connection, target })),
    );
    return answered(world, up, group);
  });
}

/** One tier's connections of one caller. */
function answered(
  world: World,
  up: ReadonlySet<Node>,
  group: readonly { connection: Connection; target: Target }[],
): boolean {
  const tier = group[0]?.target.tier;
  if (!tier) throw new Error('every target of these systems is a tier');
  const writing = group.filter(({ connection }) => !connection.read);
  const needsWrites = world.writes && writing.length > 0;
  const needsReads = group.some(({ connection }) => !connection.write);
  if (!needsWrites && !needsReads) return true;
  if (
    needsWrites &&
    !enough(world, up, { tier, connected: writing.flatMap(({ target }) => target.nodes), writes: true })
  )
    return false;
  if (needsReads && !enough(world, up, { tier, connected: group.flatMap(({ target }) => target.nodes), writes: false }))
    return false;
  return hasQuorum(up, tier);
}

function enough(
  world: World,
  up: ReadonlySet<Node>,
  { tier, connected, writes }: { tier: Tier; connected: readonly Node[]; writes: boolean },
): boolean {
  const possible = tier.instances.filter((node) =>
    usable(world, node, { tier, connected, writes, controllers: () => true }),
  );
  const serving = possible.filter(
    (node) =>
      up.has(node) &&
      usable(world, node, { tier, connected, writes, controllers: (one) => tierServes(world, up, one) }),
  );
  return serving.length >= Math.min(tier.needs, Math.max(1, possible.length));
}

function usable(
  world: World,
  node: Node,
  how: { tier: Tier; connected: readonly Node[]; writes: boolean; controllers: (tier: Tier) => boolean },
): boolean {
  const { tier, connected, writes } = how;
  const { facts } = node;
  if (facts.voter?.value === 'only') return false;
  const takeover = facts.standby?.value.takeover;
  const replica = facts.role?.value === 'replica';
  const isConnected = connected.includes(node);
  if (isConnected && replica && !writes) return true;
  if (isConnected && !replica && takeover === undefined) return true;
  if (takeover === undefined || (takeover === 'manual' && !world.switched)) return false;
  const allAlike = tier.instances.every((one) => one.facts.standby?.value.takeover === 'automatic' && !one.facts.role);
  const inCharge = facts.role?.value === 'primary' || allAlike;
  const controllers = tier.controllers.get(node);
  return inCharge || !controllers || how.controllers(controllers);
}

function tierServes(world: World, up: ReadonlySet<Node>, tier: Tier): boolean {
  return enough(world, up, { tier, connected: tier.instances, writes: false }) && hasQuorum(up, tier);
}

function hasQuorum(up: ReadonlySet<Node>, tier: Tier): boolean {
  if (tier.quorum === undefined) return true;
  const voters = tier.instances.filter((node) => node.facts.voter?.value !== 'no');
  const wanted =
    tier.quorum === 'majority' ? Math.floor(voters.length / 2) + 1 : Math.min(tier.quorum, Math.max(1, voters.length));
  return voters.filter((node) => up.has(node)).length >= wanted;
}
