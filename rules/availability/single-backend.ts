// Load balancers that have nothing to balance: all that stands behind them is one instance.

import { outgoing } from '../../src/analysis/paths.js';
import type { Connection, Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, nounOf } from '../wording.js';

export const singleBackend = rule({
  id: 'single-backend',
  category: 'availability',
  summary: 'all that stands behind a load balancer is one instance',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    for (const tier of system.tiers) {
      if (tier.kind !== 'lb') continue;
      const only = onlyBackend(system, tier.instances);
      if (!only || only.managed) continue;
      for (const balancer of tier.instances) {
        const own = firstHop(system, balancer);
        if (own) yield finding(system, balancer, { only, connection: own });
      }
    }
  },
});

/** All that the balancers of one tier pass requests to, if it is one; firewalls passed, standbys that take over by themselves counted. */
function onlyBackend(system: System, balancers: readonly Node[]): Node | undefined {
  let only: Node | undefined;
  const seen = new Set<Node>(balancers);
  // The set grows while it is read.
  for (const from of seen) {
    for (const connection of needed(system, from)) {
      for (const node of connection.choices.flatMap((choice) => choice.nodes)) {
        if (node.kind === 'firewall') seen.add(node);
        else if (only && only !== node) return undefined;
        else only = node;
      }
    }
  }
  const standbys = only?.tier?.instances.filter(
    (node) => node !== only && node.facts.standby?.value.takeover === 'automatic',
  );
  return standbys && standbys.length > 0 ? undefined : only;
}

function needed(system: System, node: Node): readonly Connection[] {
  return (outgoing(system).get(node) ?? []).filter((connection) => connection.need);
}

function firstHop(system: System, balancer: Node): Connection | undefined {
  return needed(system, balancer).find((connection) => connection.choices.some((choice) => choice.nodes.length > 0));
}

function finding(
  system: System,
  balancer: Node,
  { only, connection }: { only: Node; connection: Connection },
): Finding {
  const backend = `${nounOf(only.kind)} ${nameOf(system, only)}`;
  return {
    message: `${nounOf(balancer.kind)} ${nameOf(system, balancer)} has one instance behind it: ${nameOf(system, only)}`,
    at: balancer.at,
    label: 'balances nothing',
    related: [
      { at: connection.at, message: 'the only way on' },
      { at: only.at, message: `the only ${nounOf(only.kind)} behind it` },
    ],
    help: `put a second instance of ${backend} behind it; \`archlint explain single-backend\``,
    witness: {
      kind: 'path',
      steps: [
        { node: balancer.id, text: balancer.id },
        { node: only.id, text: `${only.id} (1 of 1)` },
      ],
    },
    subjects: [balancer.id],
  };
}
