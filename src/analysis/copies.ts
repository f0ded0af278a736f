// System → the instances of stores that hear from others: by replication, as peers, or through a store that they share.

import { holdsData, isDataStore } from '../model/kinds.js';
import type { Connection, Node, System } from '../model/system.js';

/** Whatever some connection carries data to or from, other than for its callers or a backup. */
export function copying(system: System): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const connection of system.connections) {
    const { protocol, peer, callers, choices } = connection;
    if (protocol?.name === 'replication' || peer) {
      for (const node of endsOf(connection)) found.add(node);
    } else if (protocol?.name !== 'backup') {
      for (const caller of callers) {
        if (!holdsData(caller.kind)) continue;
        for (const { nodes } of choices) {
          for (const node of nodes) {
            if (node.tier === caller.tier) found.add(caller).add(node);
            // The data stands in the store behind, for each of those that keep it there.
            else if (isDataStore(node.kind)) found.add(caller);
          }
        }
      }
    }
  }
  return found;
}

function endsOf({ from, callers, choices }: Connection): readonly Node[] {
  return [...from, ...callers, ...choices.flatMap(({ named, nodes }) => [...named, ...nodes])].flatMap((node) =>
    inside(node),
  );
}

/** A replication with a host is one with what stands on it. */
function inside(node: Node): readonly Node[] {
  return node.children.length === 0 ? [node] : [node, ...node.children.flatMap(inside)];
}
