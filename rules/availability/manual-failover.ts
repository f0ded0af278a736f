// Zones and regions whose loss stops what only people can start again, in another place where it stands by.

import { listed } from '../../src/base/words.js';
import { singlePoints } from '../../src/analysis/failing.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Node, System } from '../../src/model/system.js';
import { isExplainedInside, lossFor, nameOfTier, tiersInside, type LostJourneys, type TierInside } from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const manualFailover = rule({
  id: 'manual-failover',
  category: 'availability',
  summary: 'what the loss of a zone or region stops comes back only when people start it elsewhere',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  precedence: 5,
  *check(system): Iterable<Finding> {
    if (!system.tiers.some(({ instances }) => instances.some(waitsForPeople))) return;
    for (const [place, journeys] of singlePoints(system)) {
      // A host whose loss stops anything is always named by a rule that goes before this one.
      if (groupOf(place.kind) !== 'place' || place.kind === 'host' || place.managed) continue;
      const lost = restoredByPeople(system, place, journeys);
      if (lost.length === 0) continue;
      const tiers = tiersInside(system, place, lost).filter(
        (one) => standbysIn(one).length > 0 && !isExplainedInside(system, place, one),
      );
      if (tiers.length > 0) yield finding(system, place, { lost, tiers });
    }
  },
});

/** The journeys that go on, or lose less, once people have started what stands by. */
function restoredByPeople(system: System, place: Node, journeys: LostJourneys): LostJourneys {
  const still = singlePoints(system, true).get(place) ?? [];
  const after = new Map(still.map(({ journey, extent }) => [journey, extent]));
  return journeys.filter(({ journey, extent }) => after.get(journey) !== extent);
}

function standbysIn({ outside }: TierInside): readonly Node[] {
  return outside.filter(waitsForPeople);
}

function waitsForPeople({ facts }: Node): boolean {
  return facts.standby?.value.takeover === 'manual';
}

function finding(
  system: System,
  place: Node,
  { lost, tiers }: { lost: LostJourneys; tiers: readonly TierInside[] },
): Finding {
  const name = `${place.kind} ${nameOf(system, place)}`;
  const names = listed(tiers.map(({ tier }) => nameOfTier(tier)));
  const first = lost[0]?.journey;
  const witness = first && failureChain(system, [place], first);
  const verb = lost.some(({ extent }) => extent === 'all') ? 'can no longer use' : 'can no longer write through';
  return {
    message: `${name} can be replaced only by hand`,
    at: place.at,
    label: `if it stops, ${lossFor(system, lost, verb)} until people act`,
    related: tiers.flatMap((one) =>
      standbysIn(one).map((node) => ({ at: node.facts.standby?.at ?? node.at, message: `is started by people` })),
    ),
    help: `let ${names} take over automatically, or accept it with the time it takes; \`archlint explain manual-failover\``,
    ...(witness ? { witness } : {}),
    subjects: [place.id],
    causes: [place.id],
    asNote: `what stops with ${name} comes back only by hand: ${names} elsewhere ${tiers.length === 1 ? 'is' : 'are'} \`standby manual\``,
  };
}
