// Two columns in their order -> how many lines cross between them. Barth, Jünger, Mutzel: Simple and efficient bilayer cross counting (2002).

import { hasGivenOrder, type Item, type Side, type Slot } from './graph.js';

/** Numbers the slots on a side of a column; returns how many numbers there are. */
export function numberSlots(column: readonly Item[], side: Side): number {
  let next = 0;
  for (const item of column) {
    const slots = item.slots[side];
    if (slots.length > 1 && hasGivenOrder(item)) for (const slot of inOrder(slots)) slot.number = next++;
    else for (const slot of slots) slot.number = next;
    next += 1;
  }
  return next;
}

export function inOrder(slots: readonly Slot[]): Slot[] {
  return slots.length < 2 ? [...slots] : [...slots].sort((a, b) => a.order - b.order);
}

/** Between a column and the one to its right. Lines that meet in a slot do not cross. */
export function crossingsBetween(one: readonly Item[], other: readonly Item[]): number {
  numberSlots(one, 'right');
  const size = numberSlots(other, 'left');
  // In the order of the left ends; of those with one left end in that of the right ones.
  const list: number[] = [];
  let number = -1;
  let start = 0;
  let sorted = true;
  for (const item of one) {
    for (const slot of item.slots.right.length > 1 ? inOrder(item.slots.right) : item.slots.right) {
      if (slot.number !== number) {
        if (!sorted) sortFrom(list, start);
        [number, start, sorted] = [slot.number, list.length, true];
      }
      for (const span of slot.spans) {
        const end = span.right.number;
        if (list.length > start && (list[list.length - 1] ?? 0) > end) sorted = false;
        list.push(end);
      }
    }
  }
  if (!sorted) sortFrom(list, start);
  return inversions(list, size);
}

function sortFrom(list: number[], start: number): void {
  const tail = list.splice(start).sort((a, b) => a - b);
  for (const value of tail) list.push(value);
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
