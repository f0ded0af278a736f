// Hosts, and components without one, whose failing alone stops writes while reads go on.

import type { Related } from '../../src/base/diagnostic.js';
import { listed } from '../../src/base/words.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import type { Node, System } from '../../src/model/system.js';
import { lossFor, tiersInside, unitsThatStop, type LostJourneys, type TierInside } from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const writeSpof = rule({
  id: 'write-spof',
  category: 'availability',
  summary: 'a host, or a component without one, whose failing alone stops writes while reads go on',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  precedence: 4,
  *check(system): Iterable<Finding> {
    for (const [unit, journeys] of unitsThatStop(system)) {
      const lost = journeys.filter(({ extent }) => extent === 'writes');
      if (lost.length > 0) yield finding(system, unit, lost);
    }
  },
});

function finding(system: System, unit: Node, lost: LostJourneys): Finding {
  const tiers = tiersInside(system, unit, lost);
  const primaries = tiers.flatMap(({ inside }) => inside.filter((node) => node.facts.role?.value === 'primary'));
  const subjects = primaries.length > 0 ? primaries : [unit];
  const others = tiers
    .filter(({ inside }) => inside.some((node) => primaries.includes(node)))
    .flatMap(({ outside }) => outside);
  const manual = others.filter((node) => node.facts.standby?.value.takeover === 'manual');
  const name = listed(subjects.map((node) => nameOf(system, node)));
  const byHand = manual.length > 0 ? ': promotion is by hand' : '';
  const on = unit === subjects[0] ? 'it' : nameOf(system, unit);
  const witness = lost[0] && failureChain(system, [unit], lost[0].journey);
  return {
    message: `${name} ${subjects.length === 1 ? 'is a single point' : 'are single points'} of failure for writes${byHand}`,
    at: (subjects[0] ?? unit).at,
    label: `if ${on} stops, ${lossFor(system, lost, 'can no longer write through')}; reads go on`,
    related: marks(tiers, primaries),
    help: `${advice(system, others)}; \`archlint explain write-spof\``,
    ...(witness ? { witness } : {}),
    subjects: subjects.map(({ id }) => id),
    causes: [unit.id],
    asNote: `${name} stands here: with it writes stop that could go on elsewhere${byHand ? `, as promotion is by hand` : ''}`,
  };
}

function marks(tiers: readonly TierInside[], primaries: readonly Node[]): readonly Related[] {
  return tiers.flatMap(({ inside, outside }): readonly Related[] => {
    if (!inside.some((node) => primaries.includes(node)))
      return inside.map((node) => ({ at: node.at, message: 'writes go through here' }));
    return outside.flatMap((node) => {
      const takeover = node.facts.standby?.value.takeover;
      if (takeover === 'manual') return [{ at: node.at, message: 'is promoted by hand' }];
      return takeover === undefined && node.facts.role?.value === 'replica'
        ? [{ at: node.at, message: 'is not promoted by itself' }]
        : [];
    });
  });
}

function advice(system: System, others: readonly Node[]): string {
  const replica = others.find((node) => node.facts.role?.value === 'replica');
  if (replica) return `let ${nameOf(system, replica)} take over by itself, and say so: \`standby automatic\``;
  return 'add an instance that can take writes';
}
