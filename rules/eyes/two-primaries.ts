// Tiers in which several instances take writes, and nothing says that they may.

import { quoted } from '../../src/base/words.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { namesOf, nounOf, pathThrough } from '../wording.js';

export const twoPrimaries = rule({
  id: 'two-primaries',
  category: 'eyes and data',
  summary: 'one tier has several primaries and does not say `multi-primary`',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    for (const tier of system.tiers) {
      if (tier.instances.some(({ facts }) => facts.multiPrimary)) continue;
      // What stands by takes writes only in the place of another one.
      const primaries = tier.instances.filter(({ facts }) => facts.role?.value === 'primary' && !facts.standby);
      if (primaries.length > 1) yield finding(system, tier, primaries);
    }
  },
});

function finding(system: System, tier: Tier, primaries: readonly Node[]): Finding {
  const [first, ...others] = primaries;
  if (!first) throw new Error('several primaries have a first one');
  const at = (node: Node) => node.facts.role?.at ?? node.at;
  return {
    message: `${nounOf(tier.kind)} ${quoted(tier.id)} has ${primaries.length} primaries: ${namesOf(system, primaries)}`,
    at: at(first),
    label: 'takes writes',
    related: others.map((node) => ({ at: at(node), message: 'takes writes as well' })),
    help: 'make all but one a `replica`, state `multi-primary`, or make tiers of their own of them with `tier`',
    witness: pathThrough(...primaries.map((node) => [node.id, `${node.id} (primary)`] as const)),
    subjects: primaries.map(({ id }) => id),
  };
}
