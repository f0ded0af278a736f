// Stores that are said to hold a copy, and to which no connection brings one.

import { quoted } from '../../src/base/words.js';
import { copying } from '../../src/analysis/copies.js';
import { holdsData, isDataStore } from '../../src/model/kinds.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { namesOf, nounOf, pathThrough } from '../wording.js';

export const missingReplication = rule({
  id: 'missing-replication',
  category: 'eyes and data',
  summary: 'a replica, or one of several primaries, to which no connection brings what the others hold',
  severity: 'warning',
  preset: 'strict',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const tiers = system.tiers
      .map((tier) => ({ tier, copies: copiesIn(tier) }))
      .filter(({ copies }) => copies.length > 0);
    if (tiers.length === 0) return;
    const ends = copying(system);
    for (const { tier, copies } of tiers) {
      const apart = copies.filter((node) => !ends.has(node));
      if (apart.length > 0) yield finding(system, tier, apart);
    }
  },
});

/** The instances that are said to hold what others hold; not what a provider keeps equal, or what is made anew. */
function copiesIn({ kind, instances }: Tier): readonly Node[] {
  if (!holdsData(kind)) return [];
  const own = instances.filter(({ managed, external, facts }) => !managed && !external && !facts.rebuildable);
  return own.filter(
    ({ facts }) =>
      facts.role?.value === 'replica' ||
      (own.length > 1 && facts.multiPrimary) ||
      // A cache that stands by may begin empty.
      (isDataStore(kind) && facts.standby),
  );
}

function finding(system: System, tier: Tier, copies: readonly Node[]): Finding {
  const [first, ...others] = copies;
  if (!first) throw new Error('something is said to be a copy');
  const said = ({ facts }: Node): string =>
    facts.role?.value === 'replica' ? 'a replica' : facts.multiPrimary ? 'one of several primaries' : 'a standby';
  const at = ({ at: own, facts }: Node) => (facts.role ?? facts.multiPrimary ?? facts.standby)?.at ?? own;
  return {
    message: `no connection replicates to ${namesOf(system, copies)}`,
    at: at(first),
    label: `${said(first)}, and nothing is copied to it`,
    related: others.map((node) => ({ at: at(node), message: `${said(node)} as well` })),
    notes: [`what ${nounOf(tier.kind)} ${quoted(tier.id)} holds is safe only as far as it is copied`],
    help: `connect it with what it copies: \`${tier.name} -> ${tier.name} : replication tls\``,
    witness: pathThrough(...copies.slice(0, 3).map((node) => [node.id, `${node.id} (${said(node)})`] as const), [
      first.id,
      'no replication',
    ]),
    subjects: copies.map(({ id }) => id),
  };
}
