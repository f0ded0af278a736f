// Load balancers that choose among several instances and do not learn which of them are up.

import { quoted } from '../../src/base/words.js';
import { outgoing } from '../../src/analysis/paths.js';
import type { Connection, Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, nounOf, pathThrough } from '../wording.js';

export const missingHealthCheck = rule({
  id: 'missing-health-check',
  category: 'availability',
  summary: 'a load balancer has several instances behind it and no health check',
  severity: 'warning',
  preset: 'strict',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const checked = checkers(system);
    for (const tier of system.tiers) {
      if (tier.kind !== 'lb' || tier.instances.some((node) => node.facts.healthCheck ?? checked.has(node))) continue;
      for (const balancer of tier.instances) {
        if (balancer.managed || balancer.external) continue;
        const behind = severalBehind(system, balancer);
        if (behind) yield finding(system, balancer, behind);
      }
    }
  },
});

/** What is at either end of a connection of the protocol `health`, or stands in a place that is. */
function checkers(system: System): ReadonlySet<Node> {
  const checks = system.connections.filter(({ protocol }) => protocol?.name === 'health');
  return new Set(
    checks.flatMap(({ from, callers, choices }) => [
      ...[...from, ...choices.flatMap(({ named }) => named)].flatMap(withInside),
      ...callers,
      ...choices.flatMap(({ nodes }) => nodes),
    ]),
  );
}

function withInside(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap(withInside)];
}

interface Behind {
  readonly tier: Tier;
  readonly nodes: readonly Node[];
  readonly connection: Connection;
}

/** The first tier of which it reaches several instances, firewalls in the path passed. */
function severalBehind(system: System, balancer: Node): Behind | undefined {
  const reached = new Map<Tier, Set<Node>>();
  const passed = new Set([balancer]);
  // The set grows while it is read.
  for (const from of passed) {
    for (const connection of (outgoing(system).get(from) ?? []).filter(({ need }) => need)) {
      for (const node of connection.choices.flatMap(({ nodes }) => nodes)) {
        if (node.kind === 'firewall') passed.add(node);
        if (!node.tier) continue;
        const known = reached.get(node.tier) ?? new Set<Node>();
        reached.set(node.tier, known.add(node));
      }
      for (const [tier, nodes] of reached) if (nodes.size > 1) return { tier, nodes: [...nodes], connection };
    }
  }
  return undefined;
}

function finding(system: System, balancer: Node, { tier, nodes, connection }: Behind): Finding {
  return {
    message: `${nounOf(balancer.kind)} ${nameOf(system, balancer)} has ${nodes.length} instances of ${quoted(tier.id)} behind it and no health check`,
    at: balancer.at,
    label: 'goes on sending requests to one that is down',
    related: [{ at: connection.at, message: `to any of ${nodes.length}` }],
    help: 'state how it learns who is up: `health-check /healthz`',
    witness: pathThrough(
      [balancer.id, balancer.id],
      ...nodes.slice(0, 3).map((node) => [node.id, `${node.id} (1 of ${nodes.length})`] as const),
      [balancer.id, 'no health check'],
    ),
    subjects: [balancer.id],
    group: {
      key: 'missing-health-check',
      message: (subjects) => `${namesOf(system, subjects)} have several instances behind them and no health check`,
    },
  };
}
