// Connections that end at firewalls → the tiers behind them: a firewall in the path passes on, so two of them before one tier are two ways to
// the same thing, and not two things that are needed.

import type { Connection, Node, Target, Tier } from './system.js';

/** The same connections; a target of firewalls has the tier that all of them lead to, if that is one. */
export function passOn(connections: readonly Connection[]): readonly Connection[] {
  const onward = new Map<Node, Connection[]>();
  for (const connection of connections) {
    for (const caller of connection.callers) {
      if (caller.kind !== 'firewall' || !connection.need) continue;
      const list = onward.get(caller);
      if (list) list.push(connection);
      else onward.set(caller, [connection]);
    }
  }
  if (onward.size === 0) return connections;
  return connections.map((connection) => {
    const choices = connection.choices.map((target) => through(target, onward));
    return choices.every((choice, at) => choice === connection.choices[at]) ? connection : { ...connection, choices };
  });
}

function through(target: Target, onward: ReadonlyMap<Node, readonly Connection[]>): Target {
  if (target.nodes.length === 0 || !target.nodes.every((node) => node.kind === 'firewall')) return target;
  const tiers = new Set(target.nodes.flatMap((node) => [...tiersBehind(node, onward, new Set())]));
  const [tier] = tiers;
  return tier && tiers.size === 1 ? { ...target, tier } : target;
}

function tiersBehind(
  guard: Node,
  onward: ReadonlyMap<Node, readonly Connection[]>,
  seen: Set<Node>,
): ReadonlySet<Tier | undefined> {
  const found = new Set<Tier | undefined>();
  if (seen.has(guard)) return found;
  seen.add(guard);
  for (const connection of onward.get(guard) ?? []) {
    for (const target of connection.choices) {
      const guards = target.nodes.length > 0 && target.nodes.every((node) => node.kind === 'firewall');
      if (!guards) found.add(target.tier);
      else for (const node of target.nodes) for (const tier of tiersBehind(node, onward, seen)) found.add(tier);
    }
  }
  return found;
}
