// Instances that call another instance of their own tier: either they do different jobs, or the connection joins peers.

import { quoted } from '../../src/base/words.js';
import { targetNodes } from '../../src/analysis/paths.js';
import type { Connection, Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const tierCallsItself = rule({
  id: 'tier-calls-itself',
  category: 'the description itself',
  summary: 'an instance calls another of its own tier, neither by replication nor as one of its peers',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const connection of system.connections) {
      if (connection.peer || connection.protocol?.name === 'replication') continue;
      const pair = sameTierPair(connection);
      if (pair) yield finding(system, connection, pair);
    }
  },
});

/** Only what the text names on the left counts: of a place, those that are meant are everything else in it. */
function sameTierPair(connection: Connection): readonly [Node, Node] | undefined {
  const only = connection.from[0];
  if (only && connection.from.length === 1) {
    const target = only.tier && targetNodes(connection).find((node) => node !== only && node.tier === only.tier);
    return target && [only, target];
  }
  const callers = new Map<Tier, Node[]>();
  for (const node of connection.from) {
    const known = node.tier ? callers.get(node.tier) : undefined;
    // Two are enough: one of them is another than the target.
    if (known && known.length < 2) known.push(node);
    else if (node.tier && !known) callers.set(node.tier, [node]);
  }
  if (callers.size === 0) return undefined;
  for (const target of targetNodes(connection)) {
    const caller = target.tier ? callers.get(target.tier)?.find((node) => node !== target) : undefined;
    if (caller) return [caller, target];
  }
  return undefined;
}

function finding(system: System, connection: Connection, [caller, target]: readonly [Node, Node]): Finding {
  const tier = caller.tier?.id ?? caller.name;
  const message = `instances of ${quoted(tier)} call each other`;
  return {
    message: `${nameOf(system, caller)} calls ${nameOf(system, target)}, an instance of the same tier ${quoted(tier)}`,
    at: connection.at,
    label: 'instances of one tier do the same job',
    related: [
      { at: caller.at, message: 'calls' },
      { at: target.at, message: 'is called' },
    ],
    help: `state \`tier\` on one of them if they do different jobs; write \`${tier} -> ${tier}\` if they are peers`,
    subjects: [caller.id, target.id],
    group: { key: `${connection.at.source.path} ${connection.at.start}`, message: () => message },
  };
}
