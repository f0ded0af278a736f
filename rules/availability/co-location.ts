// Places that hold so much of a redundant tier that the tier is lost with them: hosts, and zones and regions where redundancy across
// them was meant.

import { listed } from '../../src/base/words.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import { singlePoints } from '../../src/analysis/failing.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import {
  isExplainedInside,
  isMeantToSurvive,
  isWhole,
  lossFor,
  nameOfTier,
  tiersInside,
  type LostJourneys,
  type TierInside,
} from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const coLocation = rule({
  id: 'co-location',
  category: 'availability',
  summary: 'a tier survives the loss of any one of its instances, but not of one place where too many of them stand',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  precedence: 2,
  *check(system): Iterable<Finding> {
    for (const [place, journeys] of singlePoints(system)) {
      if (groupOf(place.kind) !== 'place' || place.managed) continue;
      // On a host, what stops writes alone is a single point of failure for writes, whatever the reason.
      const lost = place.kind === 'host' ? journeys.filter(({ extent }) => extent === 'all') : journeys;
      const tiers = tiersInside(system, place, lost);
      if (!tiers.every(({ tier }) => isRedundant(system, tier, lost))) continue;
      const own = tiers.filter((one) => !isExplainedInside(system, place, one));
      const fallen = tiers.map(({ tier }) => tier);
      if (own.length === 0 || (place.kind !== 'host' && !isMeantToSurvive(system, place, { lost, fallen }))) continue;
      for (const one of own) yield finding(system, place, { one, own, lost });
    }
  },
});

/** No instance alone stops what the place stops. */
function isRedundant(system: System, tier: Tier, lost: LostJourneys): boolean {
  const journeys = new Set(lost.map(({ journey }) => journey));
  const points = singlePoints(system);
  return tier.instances.every((node) => !points.get(node)?.some(({ journey }) => journeys.has(journey)));
}

function finding(
  system: System,
  place: Node,
  about: { one: TierInside; own: readonly TierInside[]; lost: LostJourneys },
): Finding {
  const { one, own, lost } = about;
  const { tier, inside } = one;
  const first = lost[0]?.journey;
  const witness = first && failureChain(system, [place], first);
  const name = `${place.kind} ${nameOf(system, place)}`;
  const verb = lost.some(({ extent }) => extent === 'all') ? 'can no longer use' : 'can no longer write through';
  const share = isWhole(one)
    ? `${inside.length} instances of ${nameOfTier(tier)}, all`
    : `${tier.instances.length} instances of ${nameOfTier(tier)}, ${inside.length}`;
  const mark = `one of the ${share} of which stand here`;
  const held = (tiers: readonly TierInside[]) =>
    `${name} holds ${tiers.every(isWhole) ? 'all' : 'too much'} of ${listed(tiers.map((each) => nameOfTier(each.tier)))}`;
  return {
    message: held([one]),
    at: place.at,
    label: `if it stops, ${lossFor(system, lost, verb)}`,
    related: inside.map((node) => ({ at: node.at, message: mark })),
    help: `move some of ${nameOfTier(tier)} to another ${place.kind}; \`archlint explain co-location\``,
    ...(witness ? { witness } : {}),
    subjects: [place.id, ...tier.instances.map(({ id }) => id)],
    causes: [place.id],
    group: {
      key: place.id,
      message: (subjects) => held(own.filter((each) => each.tier.instances.some(({ id }) => subjects.includes(id)))),
      help: `move some of each to another ${place.kind}; \`archlint explain co-location\``,
    },
  };
}
