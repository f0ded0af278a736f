// Columns -> the order of the items in each, so that few lines cross: sweeps by barycentres, then neighbours changed while it helps.
// Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures (1981); transposing as in Gansner et al. (1993).

import { crossingsBetween, numberSlots } from './crossings.js';
import type { Item, Level, Side } from './graph.js';
import { dice } from './dice.js';

export interface Ordering {
  /** Are ports where they are put? */
  readonly ports: 'free' | 'given';
  /** Do boxes (and labels) of a column stay in the order of declaration? */
  readonly held: 'nothing' | 'boxes' | 'boxes and labels';
  readonly starts: number;
  readonly rounds: number;
  /** How often neighbours are changed after each round, at most. */
  readonly passes: number;
}

type Order = readonly (readonly Item[])[];

/** Puts `layers` in the best order found, beginning with the one they have. Returns the number of crossings. */
export function orderColumns(level: Level, ordering: Ordering): number {
  let best = copyOf(level.layers);
  let least = crossingsOf(level.layers);
  const take = (): void => {
    const count = crossingsOf(level.layers);
    if (count < least) [least, best] = [count, copyOf(level.layers)];
  };
  const roll = dice(level.items.length + 1);
  for (let start = 0; start < ordering.starts && least > 0; start++) {
    if (start > 0) shuffle(level, ordering, roll);
    else restore(level, best);
    let idle = 0;
    for (let round = 0; round < ordering.rounds && idle < 4 && least > 0; round++) {
      const before = least;
      sweep(level, ordering, start + round);
      take();
      idle = least < before ? 0 : idle + 1;
    }
  }
  restore(level, best);
  return least;
}

function copyOf(order: Order): Order {
  return order.map((column) => [...column]);
}

function restore(level: Level, order: Order): void {
  level.layers = order.map((column) => [...column]);
  for (const column of level.layers) column.forEach((item, place) => (item.place = place));
}

export function crossingsOf(layers: readonly (readonly Item[])[]): number {
  let count = 0;
  for (let at = 0; at + 1 < layers.length; at++) count += crossingsBetween(layers[at] ?? [], layers[at + 1] ?? []);
  return count;
}

function shuffle(level: Level, ordering: Ordering, roll: (sides: number) => number): void {
  level.layers.forEach((column, at) => {
    if (ordering.ports === 'given' && isPorts(level, at)) return;
    for (let last = column.length - 1; last > 0; last--) {
      const other = roll(last + 1);
      const [one, two] = [column[last], column[other]];
      if (one && two) [column[last], column[other]] = [two, one];
    }
    hold(column, ordering);
  });
}

function isPorts(level: Level, at: number): boolean {
  return at === 0 || at === level.layers.length - 1;
}

/** To the right and back; `turn` says which way first. */
function sweep(level: Level, ordering: Ordering, turn: number): void {
  const { layers } = level;
  const rightward = turn % 2 === 0;
  const side: Side = rightward ? 'left' : 'right';
  for (let step = 1; step < layers.length; step++) {
    const at = rightward ? step : layers.length - 1 - step;
    const column = layers[at];
    const fixed = layers[rightward ? at - 1 : at + 1];
    if (!column || !fixed || (ordering.ports === 'given' && isPorts(level, at))) continue;
    byBarycentres(column, fixed, side);
    hold(column, ordering);
  }
  for (let pass = 0; pass < ordering.passes; pass++) {
    let better = false;
    for (let at = 0; at < layers.length; at++) {
      if (ordering.ports === 'given' && isPorts(level, at)) continue;
      if (transpose(layers, at, ordering)) better = true;
    }
    if (!better) break;
  }
}

/** Items without lines on that side stay at their place among the others. */
function byBarycentres(column: Item[], fixed: readonly Item[], side: Side): void {
  numberSlots(fixed, side === 'left' ? 'right' : 'left');
  const centres = new Map<Item, number>();
  for (const item of column) {
    let sum = 0;
    let count = 0;
    for (const slot of item.slots[side])
      for (const span of slot.spans) {
        sum += (side === 'left' ? span.left : span.right).number;
        count += 1;
      }
    if (count > 0) centres.set(item, sum / count);
  }
  const sorted = column
    .filter((item) => centres.has(item))
    .sort((a, b) => (centres.get(a) ?? 0) - (centres.get(b) ?? 0));
  let next = 0;
  column.forEach((item, place) => {
    if (centres.has(item)) column[place] = sorted[next++] ?? item;
  });
  column.forEach((item, place) => (item.place = place));
}

function isHeld(item: Item, { held }: Ordering): boolean {
  return (item.kind === 'box' && held !== 'nothing') || (item.kind === 'plate' && held === 'boxes and labels');
}

/** What is held takes, in its own order, the places that its kind came to. */
function hold(column: Item[], ordering: Ordering): void {
  if (ordering.held === 'nothing') return;
  const held = column.filter((item) => isHeld(item, ordering)).sort((a, b) => a.index - b.index);
  let next = 0;
  column.forEach((item, place) => {
    if (isHeld(item, ordering)) column[place] = held[next++] ?? item;
  });
  column.forEach((item, place) => (item.place = place));
}

/** Changes neighbours where fewer lines cross; true if any did. */
function transpose(layers: Item[][], at: number, ordering: Ordering): boolean {
  const column = layers[at] ?? [];
  if (column.length < 2) return false;
  const [before, after] = [layers[at - 1], layers[at + 1]];
  if (before) numberSlots(before, 'right');
  if (after) numberSlots(after, 'left');
  const ends = column.map((item) => ({ left: endsOf(item, 'left'), right: endsOf(item, 'right') }));
  let better = false;
  for (let place = 0; place + 1 < column.length; place++) {
    const [one, other, a, b] = [column[place], column[place + 1], ends[place], ends[place + 1]];
    if (!one || !other || !a || !b) continue;
    if (gainOf(a.left, b.left) + gainOf(a.right, b.right) <= 0) continue;
    if (isHeld(one, ordering) && isHeld(other, ordering)) continue;
    column[place] = other;
    column[place + 1] = one;
    ends[place] = b;
    ends[place + 1] = a;
    better = true;
  }
  if (better) column.forEach((item, place) => (item.place = place));
  return better;
}

/** The numbers of the slots that lines lead to on a side, in order. */
function endsOf({ slots }: Item, side: Side): readonly number[] {
  const found: number[] = [];
  for (const slot of slots[side])
    for (const span of slot.spans) found.push((side === 'left' ? span.left : span.right).number);
  return found.length > 1 ? found.sort((a, b) => a - b) : found;
}

/** How many fewer cross when what leads to the first stands below what leads to the second. */
function gainOf(upper: readonly number[], lower: readonly number[]): number {
  let gain = 0;
  let [below, level] = [0, 0];
  for (const value of upper) {
    while (below < lower.length && (lower[below] ?? 0) < value) below += 1;
    level = Math.max(level, below);
    while (level < lower.length && lower[level] === value) level += 1;
    gain += below - (lower.length - level);
  }
  return gain;
}
