// Tiers that a journey needs and that go down as a whole whenever a new version goes out.

import type { Related } from '../../src/base/diagnostic.js';
import { listed } from '../../src/base/words.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import { journeysLost } from '../../src/analysis/failing.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { lossFor, nameOfTier, type LostJourneys } from '../failing.js';
import { rule, type Finding } from '../rule.js';

export const allAtOnce = rule({
  id: 'all-at-once',
  category: 'maintenance and growth',
  summary: 'every new version takes down the whole of a tier that a journey needs',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const tiers = system.tiers.filter(
      ({ deploy, instances }) => deploy === 'all-at-once' && !instances.every(({ external }) => external),
    );
    for (const tier of tiers) {
      const lost = journeysLost(system, tier.instances);
      if (lost.length > 0) yield finding(system, tier, { lost, tiers });
    }
  },
});

function finding(system: System, tier: Tier, { lost, tiers }: { lost: LostJourneys; tiers: readonly Tier[] }): Finding {
  const { instances } = tier;
  const stating = instances.find((node) => node.facts.deploy) ?? instances[0];
  const first = lost[0]?.journey;
  const witness = first && failureChain(system, instances, first);
  const verb = lost.some(({ extent }) => extent === 'all') ? 'cannot use' : 'cannot write through';
  if (!stating) throw new Error('a tier has an instance');
  return {
    message: `every new version of ${nameOfTier(tier)} takes down all of it`,
    at: stating.facts.deploy?.at ?? stating.at,
    label: `while it goes out, ${lossFor(system, lost, verb)}`,
    related: marks(instances, stating),
    help: help(instances.length === 1 ? 'a second instance, and `deploy rolling`,' : '`deploy rolling`'),
    ...(witness ? { witness } : {}),
    subjects: instances.map(({ id }) => id),
    group: {
      key: 'all-at-once',
      message: (subjects) => {
        const named = tiers.filter((one) => one.instances.some(({ id }) => subjects.includes(id)));
        return named.length === 1
          ? `every new version of ${listed(named.map(nameOfTier))} takes down all of it`
          : `every new version of ${listed(named.map(nameOfTier))} takes down all of each`;
      },
      help: help('`deploy rolling`'),
    },
  };
}

function help(what: string): string {
  return `${what} lets one instance serve while another is replaced; \`archlint explain all-at-once\``;
}

function marks(instances: readonly Node[], stating: Node): readonly Related[] {
  return instances
    .filter((node) => node !== stating)
    .map((node) => ({
      at: node.at,
      message: `goes down with the others (${instances.length} of ${instances.length})`,
    }));
}
