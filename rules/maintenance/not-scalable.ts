// Web and app tiers before the first balancer that have one instance: more load than it carries has nowhere to go.

import { needsOf } from '../../src/analysis/needs.js';
import type { Journey, Node, System, Tier } from '../../src/model/system.js';
import { destination, nameOfTier } from '../failing.js';
import { rule, type Finding, type Grouping } from '../rule.js';
import { listed } from '../../src/base/words.js';
import { nounOf } from '../wording.js';

export const notScalable = rule({
  id: 'not-scalable',
  category: 'maintenance and growth',
  summary: 'a web or app tier that no balancer stands before has one instance',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const journeys = system.journeys.map((journey) => ({ journey, tiers: soleTiers(system, journey) }));
    const told: (readonly Tier[])[] = [];
    // The longest first, so that a journey that enters further in adds nothing.
    for (const { journey, tiers } of journeys.sort((a, b) => b.tiers.length - a.tiers.length)) {
      if (told.some((before) => tiers.every((tier) => before.includes(tier)))) continue;
      told.push(tiers);
      const group = groupOf(tiers);
      for (const tier of tiers) yield finding(journey, tier, group);
    }
  },
});

/** The tiers of one instance that a journey enters through, up to the first balancer; in the order in which it meets them. */
function soleTiers(system: System, journey: Journey): readonly Tier[] {
  const needs = needsOf(system);
  const found = new Set<Tier>();
  const seen = new Set<Node>();
  const open: { node: Node; around: ReturnType<typeof needs.entering> }[] = [];
  const enter = (node: Node, around: ReturnType<typeof needs.entering>) => {
    const passes = node.kind === 'web' || node.kind === 'app' || node.kind === 'firewall';
    if (!passes || node.caller || seen.has(node)) return;
    seen.add(node);
    open.push({ node, around: needs.at(node, around) });
  };
  for (const connection of journey.connections) {
    for (const target of connection.choices) {
      for (const node of target.nodes) enter(node, needs.entering(journey, target.record));
    }
  }
  // The list grows while it is read.
  // Callers of the same share one list.
  const lists = new Set<readonly Node[]>();
  for (const { node, around } of open) {
    if (node.tier?.instances.length === 1 && !isExempt(node)) found.add(node.tier);
    for (const { choices } of needs.of(node, around)) {
      for (const { nodes } of choices) {
        if (lists.has(nodes)) continue;
        lists.add(nodes);
        for (const next of nodes) enter(next, around);
      }
    }
  }
  return [...found];
}

function isExempt(node: Node): boolean {
  return node.managed || node.external || node.facts.singleton !== undefined;
}

function groupOf(tiers: readonly Tier[]): Grouping {
  return {
    key: tiers.map(({ id }) => id).join('\n'),
    message: (subjects) => {
      const told = new Set(subjects);
      const named = tiers.filter(({ instances }) => instances.some(({ id }) => told.has(id)));
      return `${listed(named.map(nameOfTier))} have one instance each and no balancer before them`;
    },
    help: 'put a balancer before them, so that instances can be added, or say why there is one: `singleton "reason"`',
  };
}

function finding(journey: Journey, tier: Tier, group: Grouping): Finding {
  const only = tier.instances[0];
  if (!only) throw new Error('a tier has an instance');
  return {
    message: `${nounOf(tier.kind)} ${nameOfTier(tier)} has one instance and no balancer before it`,
    at: only.at,
    label: `all of ${destination(journey)} goes through here`,
    help: `put a balancer before ${nameOfTier(tier)}, so that instances can be added, or say why there is one: \`singleton "reason"\``,
    witness: {
      kind: 'path',
      steps: [
        { node: journey.client.id, text: journey.client.id },
        { node: only.id, text: `${only.id} (1 of 1)` },
      ],
    },
    subjects: [only.id],
    group,
  };
}
