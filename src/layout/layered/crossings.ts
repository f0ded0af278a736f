// A list of numbers -> how many pairs of it stand the wrong way round, which is how many lines cross.

import type { Slot } from './graph.js';

export function inOrder(slots: readonly Slot[]): Slot[] {
  return slots.length < 2 ? [...slots] : [...slots].sort((a, b) => a.order - b.order);
}

/** How many pairs of a list stand the wrong way round; the numbers are below `size`. */
export function inversions(list: readonly number[], size: number): number {
  const tree = new Int32Array(size + 1);
  let seen = 0;
  let count = 0;
  for (const value of list) {
    let before = 0;
    for (let at = value + 1; at > 0; at -= at & -at) before += tree[at] ?? 0;
    count += seen - before;
    seen += 1;
    for (let at = value + 1; at <= size; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
  }
  return count;
}
