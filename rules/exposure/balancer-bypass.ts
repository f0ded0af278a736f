// Ways from outside to an instance that go around the balancer that others outside use for its tier.

import { quoted } from '../../src/base/words.js';
import { isUntrusted } from '../../src/analysis/exposure.js';
import { isKeptOut } from '../../src/analysis/passage.js';
import {
  isRequest,
  machineOf,
  onOneMachine,
  outgoingRequests,
  pathTo,
  targetNodes,
  walk,
  witnessOf,
  type Reach,
  type Step,
} from '../../src/analysis/paths.js';
import { perSystem } from '../../src/analysis/shared.js';
import type { Connection, Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const balancerBypass = rule({
  id: 'balancer-bypass',
  category: 'exposure',
  summary: 'somebody outside reaches an instance around the balancer that fronts its tier',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const fronts = frontsOf(system);
    if (fronts.size === 0) return;
    const reach = walk(entering(system), (node) =>
      node.kind === 'firewall' ? (outgoingRequests(system).get(node) ?? []) : [],
    );
    for (const step of reach.values()) {
      const front = bypassed(fronts, step);
      if (!front || pathTo(reach, step.to).some((one) => isKeptOut(system, one))) continue;
      yield finding(system, { reach, step, ...front });
    }
  },
});

function entering(system: System): readonly { connection: Connection; from: Node }[] {
  return system.connections.flatMap((connection) => {
    const from = isRequest(connection) ? connection.callers.find(isUntrusted) : undefined;
    return from ? [{ connection, from }] : [];
  });
}

interface Front {
  readonly balancer: Node;
  readonly connection: Connection;
}

/** By tier: the balancers that requests from outside come to, with the connection by which each feeds the tier. */
const frontsOf = perSystem('fronts of tiers', (system): ReadonlyMap<Tier, readonly Front[]> => {
  const reach = walk(entering(system), (node) => outgoingRequests(system).get(node) ?? []);
  const found = new Map<Tier, Front[]>();
  for (const balancer of reach.keys()) {
    if (balancer.kind !== 'lb') continue;
    for (const connection of outgoingRequests(system).get(balancer) ?? []) {
      for (const tier of new Set(connection.choices.flatMap((choice) => choice.tier ?? tiersOf(choice.nodes)))) {
        const list = found.get(tier);
        if (list) list.push({ balancer, connection });
        else found.set(tier, [{ balancer, connection }]);
      }
    }
  }
  return found;
});

function tiersOf(nodes: readonly Node[]): readonly Tier[] {
  return [...new Set(nodes.flatMap((node) => node.tier ?? []))];
}

/** The balancer before the tier for the same sort of request, unless the caller is one before it. */
function bypassed(fronts: ReadonlyMap<Tier, readonly Front[]>, { connection, from, to }: Step): Front | undefined {
  if (!to.tier || to.external || to.caller || onOneMachine(from, to)) return undefined;
  return fronts
    .get(to.tier)
    ?.find(
      (front) =>
        front.balancer.tier !== to.tier &&
        front.connection !== connection &&
        front.connection.protocol?.family === connection.protocol?.family &&
        targetNodes(front.connection).includes(to),
    );
}

function finding(system: System, bypass: Front & { reach: Reach; step: Step }): Finding {
  const { reach, step, balancer } = bypass;
  const { connection, target, to } = step;
  const path = pathTo(reach, to);
  const who = nameOf(system, path[0]?.from ?? to);
  return {
    message: `${who} reaches ${nameOf(system, to)} around the balancer ${nameOf(system, balancer)}`,
    at: connection.at,
    label: 'this way leads past it',
    related: [
      { at: bypass.connection.at, message: `${nameOf(system, balancer)} fronts ${quoted(to.tier?.id ?? to.name)}` },
    ],
    help: `let ${who} call ${nameOf(system, balancer)} instead`,
    witness: witnessOf(system, path),
    subjects: [...new Set([machineOf(to).id, to.id])],
    group: {
      key: `${connection.at.source.path} ${connection.at.start} ${target.text}`,
      message: (subjects) => {
        const instances = subjects.flatMap((id) => system.nodes.get(id) ?? []).filter(({ tier }) => tier === to.tier);
        return `${who} reaches ${namesOf(system, instances)} around the balancer ${nameOf(system, balancer)}`;
      },
    },
  };
}
