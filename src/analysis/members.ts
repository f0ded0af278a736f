// A tier → who of it can answer a caller, who has a vote, and what decides about a takeover.

import { holdsData } from '../model/kinds.js';
import type { Node, Tier } from '../model/system.js';

export interface Member {
  readonly node: Node;
  /** It serves only after a takeover, which this tier decides. */
  readonly controllers?: Tier;
}

/** What is true of a tier whoever calls it. */
export interface Standing {
  /** Data that one instance takes and others copy. */
  readonly roles: boolean;
  /** Take over when the active ones are down, and the address with it. */
  readonly standbys: ReadonlySet<Node>;
  /** Each stands by for the others: any of them may be the one in charge. */
  readonly alike: boolean;
}

/** With `switched`, people have time to act, and standbys that they start count. */
export function standingOf(tier: Tier, switched: boolean): Standing {
  const { instances } = tier;
  return {
    roles: instances.some((node) => holdsData(node.kind) && node.facts.role !== undefined),
    standbys: new Set(instances.filter((node) => takesOver(node, switched))),
    alike: instances.every(({ facts }) => facts.standby?.value.takeover === 'automatic' && !facts.role),
  };
}

function takesOver(node: Node, switched: boolean): boolean {
  const how = node.facts.standby?.value.takeover;
  return how === 'automatic' || (how === 'manual' && switched);
}

/** The one node that all of the lists consist of, if they do. */
export function soleOf(connected: readonly (readonly Node[])[]): Node | undefined {
  const only = connected[0]?.[0];
  for (const nodes of connected) if (nodes.length !== 1 || nodes[0] !== only) return undefined;
  return only;
}

/** Of what a caller is connected to: what can answer; and the standbys of its tiers, as a takeover moves the address to them. */
export function membersOf(
  connected: readonly (readonly Node[])[],
  how: { writes: boolean; standing: (tier: Tier) => Standing },
): readonly Member[] {
  const sole = soleOf(connected);
  // Most needs are for one node that nobody stands by for.
  if (sole && (!sole.tier || how.standing(sole.tier).standbys.size === 0)) return answering(sole, true, how);
  const own = new Set(sole ? [sole] : connected.flat());
  const tiers = new Set([...own].flatMap((node) => node.tier ?? []));
  const standbys = [...tiers].flatMap((tier) => [...how.standing(tier).standbys]);
  const candidates = standbys.length === 0 ? own : new Set([...own, ...standbys]);
  return [...candidates].flatMap((node) => answering(node, own.has(node), how));
}

/** The node, if it answers: `connected` itself, or after a takeover. */
function answering(
  node: Node,
  connected: boolean,
  how: { writes: boolean; standing: (tier: Tier) => Standing },
): readonly Member[] {
  const { tier, facts } = node;
  if (!tier) return [{ node }];
  if (facts.voter?.value === 'only') return [];
  const { roles, standbys, alike } = how.standing(tier);
  const copies = facts.role?.value === 'replica' && holdsData(node.kind);
  const answers = copies ? !how.writes || facts.multiPrimary !== undefined || !roles : facts.standby === undefined;
  if (connected && answers) return [{ node }];
  if (!standbys.has(node)) return [];
  const inCharge = facts.role?.value === 'primary' || alike;
  const controllers = inCharge ? undefined : tier.controllers.get(node);
  return [controllers ? { node, controllers } : { node }];
}

export function votersOf(tier: Tier): readonly Node[] {
  return tier.instances.filter((node) => node.facts.voter?.value !== 'no');
}

/** How many voters must serve; 0 without a quorum. */
export function votesNeeded(tier: Tier): number {
  if (tier.quorum === undefined) return 0;
  return tier.quorum === 'majority' ? Math.floor(votersOf(tier).length / 2) + 1 : tier.quorum;
}
