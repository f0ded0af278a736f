// Hosts, and components without one, that cannot be restarted on purpose without stopping a journey.

import { listed } from '../../src/base/words.js';
import { componentsOf } from '../../src/analysis/failing.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import type { Node, System } from '../../src/model/system.js';
import { lossFor, nameOfTier, tiersInside, unitsThatStop, type LostJourneys, type TierInside } from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, nounOf } from '../wording.js';

export const maintenanceDowntime = rule({
  id: 'maintenance-downtime',
  category: 'maintenance and growth',
  summary: 'a planned restart of a host, or of a component without one, stops a journey',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const [unit, journeys] of unitsThatStop(system, true)) {
      const lost = journeys.filter(({ extent }) => extent === 'all');
      if (lost.length === 0 || unit.external) continue;
      const tiers = tiersInside(system, unit, lost, true);
      const components = tiers.length > 0 ? tiers.flatMap(({ inside }) => inside) : componentsOf(unit);
      if (components.length > 0 && components.every((node) => node.tier?.deploy === 'live' || node.external)) continue;
      yield finding(system, unit, { lost, tiers });
    }
  },
});

function finding(
  system: System,
  unit: Node,
  { lost, tiers }: { lost: LostJourneys; tiers: readonly TierInside[] },
): Finding {
  const first = lost[0]?.journey;
  const witness = first && failureChain(system, [unit], first, true);
  const host = unit.kind === 'host';
  const what = `${host ? 'host' : nounOf(unit.kind)} ${nameOf(system, unit)}`;
  const needed = listed(tiers.map(({ tier }) => nameOfTier(tier)));
  return {
    message: `${what} cannot be restarted without downtime`,
    at: unit.at,
    label: `while it restarts, ${lossFor(system, lost, 'cannot use')}`,
    help: `run ${host && needed !== '' ? `${needed} on another host` : 'it a second time'}, so that one can serve while the other restarts`,
    ...(witness ? { witness } : {}),
    subjects: [unit.id],
    group: {
      key: 'maintenance-downtime',
      message: (subjects) => `${namesOf(system, subjects)} cannot be restarted without downtime`,
      help: 'run what stands on each of them elsewhere, too, so that one can serve while the other restarts',
    },
  };
}
