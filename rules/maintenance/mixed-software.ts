// Tiers whose instances state different products, or different versions of one.

import { quoted } from '../../src/base/words.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, pathThrough } from '../wording.js';

export const mixedSoftware = rule({
  id: 'mixed-software',
  category: 'maintenance and growth',
  summary: 'instances of one tier state different software',
  severity: 'info',
  preset: 'strict',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const tier of system.tiers) {
      const stating = tier.instances.filter(({ facts }) => facts.software !== undefined);
      const differing = new Map<string, Node>();
      for (const node of stating) {
        const key = softwareOf(node).toLowerCase();
        if (!differing.has(key)) differing.set(key, node);
      }
      const kinds = [...differing.values()].filter((node) => isComparable(node, [...differing.values()]));
      if (kinds.length > 1) yield finding(system, tier, { stating, kinds });
    }
  },
});

function softwareOf({ facts }: Node): string {
  const { product = '', version } = facts.software?.value ?? {};
  return version === undefined ? product : `${product} ${version}`;
}

/** Without a version it may be any version of the same product. */
function isComparable(node: Node, all: readonly Node[]): boolean {
  const own = node.facts.software?.value;
  if (own?.version !== undefined) return true;
  return !all.some((other) => {
    const value = other.facts.software?.value;
    return value?.version !== undefined && value.product.toLowerCase() === own?.product.toLowerCase();
  });
}

function finding(
  system: System,
  tier: Tier,
  { stating, kinds }: { stating: readonly Node[]; kinds: readonly Node[] },
): Finding {
  const [first, ...others] = kinds;
  if (!first) throw new Error('different software has a first one');
  const at = (node: Node) => node.facts.software?.at ?? node.at;
  return {
    message: `instances of ${quoted(tier.id)} run different software: ${kinds.map(softwareOf).join(', ')}`,
    at: at(first),
    label: `on ${nameOf(system, first)}`,
    related: others.map((node) => ({ at: at(node), message: `another one on ${nameOf(system, node)}` })),
    help: 'bring all of them to one version; products that do different jobs are tiers of their own (`tier`)',
    witness: pathThrough(...kinds.map((node) => [node.id, `${node.id} (${softwareOf(node)})`] as const)),
    subjects: stating.map(({ id }) => id),
  };
}
