// System and what fails → the journeys that stop, those that lose their writes, those that go on with fewer instances, and why.

import type { JourneyOutcome, WhatIf } from '../base/figures.js';
import type { Journey, Node, System, Tier } from '../model/system.js';
import { failureChain } from './failure-chain.js';
import { failing } from './failing.js';
import { coursesOf, reachOf } from './paths.js';
import { perSystem } from './shared.js';
import { structureOf } from './structure.js';

/** All of them at the same time. A network takes down what stands in it. */
export function whatIf(system: System, lost: readonly Node[]): WhatIf {
  const nodes = [...new Set(lost)];
  const { journeys, components } = failing(system, nodes);
  const extents = new Map(journeys.map(({ journey, extent }) => [journey, extent]));
  const down = new Set(components.filter(({ extent }) => extent === 'all').map(({ node }) => node));
  const tiersOf = tiersOnTheWay(system);
  return {
    failed: nodes.map(({ id }) => id),
    harmless: nodes.filter((node) => !holdsElement(system, node)).map(({ id }) => id),
    journeys: system.journeys.map((journey): JourneyOutcome => {
      const extent = extents.get(journey);
      const witness = extent ? failureChain(system, nodes, journey) : undefined;
      const tiers = (tiersOf.get(journey) ?? []).flatMap((tier) => {
        const left = tier.instances.filter((node) => !down.has(node)).length;
        return left < tier.instances.length ? [{ tier: tier.id, left, of: tier.instances.length }] : [];
      });
      const outcome =
        extent === 'all' ? 'stops' : extent === 'writes' ? 'writes-stop' : tiers.length > 0 ? 'degraded' : 'serves';
      return { id: journey.id, outcome, witness: witness ?? null, tiers };
    }),
    components: components.map(({ node, extent }) => ({ id: node.id, extent })),
  };
}

function holdsElement(system: System, node: Node): boolean {
  const { events } = structureOf(system);
  return (events[node.index] ?? -1) >= 0 || node.children.some((child) => holdsElement(system, child));
}

/** The tiers that each journey goes through, in order of reaching. */
const tiersOnTheWay = perSystem('tiers on the way', (system): ReadonlyMap<Journey, readonly Tier[]> => {
  const found = new Map<Journey, readonly Tier[]>();
  for (const journey of system.journeys) {
    for (const course of coursesOf(system, [journey])) {
      const tiers = [...reachOf(system, course).keys()].flatMap(({ tier }) => tier ?? []);
      found.set(journey, [...new Set(tiers)]);
    }
  }
  return found;
});
