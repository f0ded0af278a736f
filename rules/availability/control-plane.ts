// Tiers that decide about a takeover and stop with one host or instance: while that is down, nobody takes over.

import type { Related } from '../../src/base/diagnostic.js';
import { listed } from '../../src/base/words.js';
import { stoppingWith } from '../../src/analysis/failing.js';
import { votersOf, votesNeeded } from '../../src/analysis/members.js';
import { machineOf } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { causeOfController, nameOfTier } from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const controlPlane = rule({
  id: 'control-plane',
  category: 'availability',
  summary: 'a takeover is decided by a tier that stops with one host or instance',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  precedence: 6,
  *check(system): Iterable<Finding> {
    for (const [controller, standbys] of standbysByController(system)) {
      const unit = singlePointOf(system, controller);
      if (unit) yield finding(system, controller, { unit, standbys });
    }
  },
});

function standbysByController(system: System): ReadonlyMap<Tier, readonly Node[]> {
  const found = new Map<Tier, Node[]>();
  for (const tier of system.tiers) {
    for (const [standby, controller] of tier.controllers) {
      const list = found.get(controller);
      if (list) list.push(standby);
      else found.set(controller, [standby]);
    }
  }
  return found;
}

/** The first of its hosts, or instances without one, that takes the tier's decision with it. */
function singlePointOf(system: System, tier: Tier): Node | undefined {
  if (!decidesWithout(system, tier, [])) return undefined;
  const units = [...new Set(tier.instances.map(machineOf))];
  return units.find((unit) => !unit.managed && !decidesWithout(system, tier, [unit]));
}

function decidesWithout(system: System, tier: Tier, lost: readonly Node[]): boolean {
  const { built, stops, stopping } = stoppingWith(system, lost);
  const up = (node: Node) => {
    const gate = built.components.full[node.index] ?? -1;
    return !stopping.has(gate) && !stops.never(gate);
  };
  const serving = tier.instances.filter((node) => node.facts.voter?.value !== 'only' && up(node));
  return serving.length >= tier.needs && votersOf(tier).filter(up).length >= votesNeeded(tier);
}

function finding(
  system: System,
  controller: Tier,
  { unit, standbys }: { unit: Node; standbys: readonly Node[] },
): Finding {
  const { instances } = controller;
  const [first, ...others] = instances;
  if (!first) throw new Error('a tier has an instance');
  const takeover = `the takeover of ${listed(tiersOf(standbys).map(nameOfTier))}`;
  const name = `${unit.kind === 'host' ? 'host ' : ''}${nameOf(system, unit)}`;
  const falling = instances.filter((node) => machineOf(node) === unit);
  return {
    message:
      others.length === 0
        ? `${nameOfTier(controller)} alone decides about ${takeover}`
        : `${nameOfTier(controller)}, which decides about ${takeover}, stops with ${name}`,
    at: first.at,
    label: `while ${name} is down, ${namesOf(system, standbys)} ${standbys.length === 1 ? 'does' : 'do'} not take over`,
    related: [
      ...falling.filter((node) => node !== first).map(({ at }): Related => ({ at, message: `falls with ${name}` })),
      ...standbys.map(({ at, facts }): Related => ({ at: facts.standby?.at ?? at, message: 'waits for its decision' })),
    ],
    help: `run ${nameOfTier(controller)} on three hosts, with \`quorum majority\`; \`archlint explain control-plane\``,
    witness: {
      kind: 'failure',
      steps: [
        ...(unit === first ? [] : [{ node: unit.id, text: shortName(system, unit) }]),
        { node: first.id, text: `${controller.id} (${instances.length - falling.length} of ${instances.length})` },
        ...standbys.slice(0, 1).map((node) => ({ node: node.id, text: `${shortName(system, node)} waits` })),
      ],
    },
    subjects: instances.filter(({ managed }) => !managed).map(({ id }) => id),
    causes: [causeOfController(controller)],
  };
}

function tiersOf(nodes: readonly Node[]): readonly Tier[] {
  return [...new Set(nodes.flatMap(({ tier }) => tier ?? []))];
}
