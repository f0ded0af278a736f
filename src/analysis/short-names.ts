// Node → the shortest tail of its path that no other node shares: how messages call it.

import { append } from '../base/lists.js';
import type { Node, System } from '../model/system.js';
import { perSystem } from './shared.js';

/** `haproxy`, `a/nginx`, `zone-1/db/mysql`: a name that the author could write anywhere in the file. */
export function shortName(system: System, node: Node): string {
  return longerNames(system).get(node) ?? node.name;
}

/**
 * Of nodes whose own name does not tell them apart. Only these can share longer tails, as no name has a `/` in a file without faults, so that no
 * others are written out.
 */
const longerNames = perSystem('short names', (system): ReadonlyMap<Node, string> => {
  const found = new Map<Node, string>();
  let shared = alike(Array.from(system.nodes.values(), (node) => ({ node, tail: node.name, around: node.parent })));
  while (shared.length > 0) {
    const longer: Tail[] = [];
    for (const { node, tail, around } of shared) {
      if (!around) found.set(node, node.id);
      else longer.push({ node, tail: `${around.name}/${tail}`, around: around.parent });
    }
    shared = alike(longer);
    const still = new Set(shared);
    for (const one of longer) if (!still.has(one)) found.set(one.node, one.tail);
  }
  return found;
});

interface Tail {
  readonly node: Node;
  readonly tail: string;
  /** What the tail goes on with. */
  readonly around: Node | undefined;
}

/** Those whose tail is that of others, too. */
function alike(tails: readonly Tail[]): readonly Tail[] {
  const byText = new Map<string, Tail[]>();
  for (const one of tails) append(byText, one.tail, one);
  return [...byText.values()].filter((list) => list.length > 1).flat();
}
