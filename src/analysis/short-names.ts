// Node → the shortest tail of its path that no other node shares: how messages call it.

import type { Node, System } from '../model/system.js';
import { perSystem } from './shared.js';

/** `haproxy`, `a/nginx`, `zone-1/db/mysql`: a name that the author could write anywhere in the file. */
export function shortName(system: System, node: Node): string {
  const uses = tails(system);
  return tailsOf(node).find((tail) => uses.get(tail) === 1) ?? node.id;
}

const tails = perSystem('short names', (system): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>();
  for (const node of system.nodes.values()) for (const tail of tailsOf(node)) uses.set(tail, (uses.get(tail) ?? 0) + 1);
  return uses;
});

/** From the name alone to the whole path. */
function tailsOf(node: Node): readonly string[] {
  const tails = [node.name];
  for (let around = node.parent; around; around = around.parent) tails.push(`${around.name}/${tails.at(-1) ?? ''}`);
  return tails;
}
