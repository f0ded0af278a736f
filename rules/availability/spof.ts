// Hosts, and components without one, whose failing alone stops a journey for writes and reads.

import { listed } from '../../src/base/words.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import type { Node, System } from '../../src/model/system.js';
import {
  isWhole,
  lossFor,
  marksOf,
  nameOfTier,
  standbyNotes,
  tiersInside,
  unitsThatStop,
  type LostJourneys,
  type TierInside,
} from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, nounOf } from '../wording.js';

export const spof = rule({
  id: 'spof',
  category: 'availability',
  summary: 'a host, or a component without one, whose failing alone stops a journey',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  precedence: 3,
  *check(system): Iterable<Finding> {
    for (const [unit, journeys] of unitsThatStop(system)) {
      const lost = journeys.filter(({ extent }) => extent === 'all');
      if (lost.length > 0) yield finding(system, unit, lost);
    }
  },
});

function finding(system: System, unit: Node, lost: LostJourneys): Finding {
  const tiers = tiersInside(system, unit, lost);
  const named = tiers.filter(({ tier }) => unit.kind === 'host' || tier !== unit.tier);
  const name = `${unit.kind === 'host' ? 'host' : nounOf(unit.kind)} ${nameOf(system, unit)}`;
  const witness = lost[0] && failureChain(system, [unit], lost[0].journey);
  return {
    message: `${name} is a single point of failure`,
    at: unit.at,
    label: `if it stops, ${lossFor(system, lost)}`,
    related: marksOf(system, named),
    notes: standbyNotes(system, tiers),
    help: `${advice(system, unit, tiers)}; \`archlint explain spof\``,
    ...(witness ? { witness } : {}),
    subjects: [unit.id],
    causes: [unit.id],
  };
}

function advice(system: System, unit: Node, tiers: readonly TierInside[]): string {
  const whole = tiers.filter(isWhole);
  if (unit.external) return 'have something to fall back on, or make the connection `optional`';
  if (unit.kind !== 'host')
    return `add a second instance of ${nameOf(system, unit)}, or say \`managed\` if a provider keeps it redundant`;
  if (whole.length === 1) return `give ${listed(whole.map(({ tier }) => nameOfTier(tier)))} a second host`;
  if (whole.length > 1) return `give ${listed(whole.map(({ tier }) => nameOfTier(tier)))} a second host each`;
  return `let what goes through ${nameOf(system, unit)} go over a second host as well`;
}
