// Places that hold so much of a redundant tier that the tier is lost with them: hosts, and zones and regions where redundancy across
// them was meant.

import { listed } from '../../src/base/words.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import { journeysLost, singlePoints, tiersLost } from '../../src/analysis/failing.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Journey, Node, System, Tier } from '../../src/model/system.js';
import { isWhole, lossFor, nameOfTier, tiersInside, type LostJourneys, type TierInside } from '../failing.js';
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
      const own = tiers.filter(({ tier }) => !explainedInside(system, place, tier));
      if (own.length === 0 || (place.kind !== 'host' && !isAsked(system, place, { lost, tiers }))) continue;
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

/** A smaller place inside takes the tier down already. */
function explainedInside(system: System, place: Node, tier: Tier): boolean {
  const inner = new Set(
    tier.instances.flatMap(({ places }) => (places.includes(place) ? places.slice(0, places.indexOf(place)) : [])),
  );
  return [...inner].some((one) => tiersLost(system, one).has(tier));
}

/** Across zones and regions redundancy is a choice: another tier has made it, or an objective asks for it. */
function isAsked(system: System, place: Node, about: { lost: LostJourneys; tiers: readonly TierInside[] }): boolean {
  const lost = about.lost.map(({ journey }) => journey);
  if (lost.some((journey) => survivesPlace(journey, place))) return true;
  const fallen = new Set(about.tiers.map(({ tier }) => tier));
  return system.tiers.some((tier) => {
    if (fallen.has(tier) || tier.instances.every((node) => node.managed || node.external)) return false;
    if (
      tiersLost(system, place)
        .get(tier)
        ?.some(({ journey }) => lost.includes(journey))
    )
      return false;
    return journeysLost(system, tier.instances).some(({ journey }) => lost.includes(journey));
  });
}

function survivesPlace({ facts }: Journey, place: Node): boolean {
  const asked = facts.survives?.value.what;
  return asked === 'region' || (asked === 'zone' && place.kind === 'zone');
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
