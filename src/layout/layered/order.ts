// Columns -> the order of the items in each, so that few lines cross: sweeps by barycentres, then neighbours changed while it helps.
// Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures (1981); transposing as in Gansner et al. (1993).
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

import type { Progress } from '../engine.js';
import { dice } from './dice.js';
import type { Item } from './graph.js';
import type { Grid, Half } from './grid.js';
import { sortBy } from './stable.js';

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

/** Puts the columns of the level in the best order found, beginning with the one they have. Returns the number of crossings. */
export function orderColumns(grid: Grid, ordering: Ordering, progress: Progress): number {
  grid.load();
  let least = grid.crossings();
  if (least > 0) {
    const best = grid.order.slice();
    least = new Search(grid, ordering).improve(best, least, progress);
    grid.restore(best);
  }
  grid.store();
  return least;
}

class Search {
  readonly #grid: Grid;
  readonly #ordering: Ordering;
  /** By item; and those that are held, by columns, in the order of declaration. */
  readonly #held: Uint8Array;
  readonly #kept: readonly Int32Array[];
  readonly #centres: Float64Array;
  readonly #moving: Int32Array;
  /** By column: the orders of its neighbours and of itself for which no change of neighbours helped. */
  readonly #calm: Int32Array;

  constructor(grid: Grid, ordering: Ordering) {
    const { items, starts, order } = grid;
    this.#grid = grid;
    this.#ordering = ordering;
    this.#held = Uint8Array.from(items, (item) => (isHeld(item, ordering) ? 1 : 0));
    const columns = Array.from({ length: starts.length - 1 }, (_, at) => order.slice(starts[at], starts[at + 1]));
    this.#kept = columns.map((column) =>
      column.filter((item) => this.#held[item]).sort((a, b) => items[a]!.index - items[b]!.index),
    );
    this.#centres = new Float64Array(items.length);
    this.#moving = new Int32Array(items.length);
    this.#calm = new Int32Array(3 * columns.length);
  }

  /** Leaves the best order in `best`; returns its crossings. */
  improve(best: Int32Array, before: number, progress: Progress): number {
    const grid = this.#grid;
    const { starts, rounds } = this.#ordering;
    let least = before;
    const roll = dice(grid.level.items.length + 1);
    for (let start = 0; start < starts && least > 0; start++) {
      if (start > 0) this.#shuffle(roll);
      let idle = 0;
      for (let round = 0; round < rounds && idle < 4 && least > 0; round++) {
        this.#sweep(start + round);
        progress((start + round / rounds) / starts);
        const count = grid.crossings();
        idle = count < least ? 0 : idle + 1;
        if (count >= least) continue;
        least = count;
        best.set(grid.order);
      }
    }
    return least;
  }

  #isFixed(column: number): boolean {
    return this.#ordering.ports === 'given' && (column === 0 || column === this.#kept.length - 1);
  }

  #shuffle(roll: (sides: number) => number): void {
    const { starts, order } = this.#grid;
    for (let column = 0; column < this.#kept.length; column++) {
      if (this.#isFixed(column)) continue;
      const first = starts[column]!;
      for (let last = starts[column + 1]! - 1; last > first; last--) {
        const other = first + roll(last - first + 1);
        const item = order[last]!;
        order[last] = order[other]!;
        order[other] = item;
      }
      this.#hold(column);
      this.#grid.changed(column);
    }
  }

  /** To the right and back; `turn` says which way first. */
  #sweep(turn: number): void {
    const columns = this.#kept.length;
    const rightward = turn % 2 === 0;
    for (let step = 1; step < columns; step++) {
      const column = rightward ? step : columns - 1 - step;
      if (this.#isFixed(column)) continue;
      const moved = this.#byBarycentres(column, rightward);
      if (this.#hold(column) || moved) this.#grid.changed(column);
    }
    for (let pass = 0; pass < this.#ordering.passes; pass++) {
      let better = false;
      for (let column = 0; column < columns; column++)
        if (!this.#isFixed(column) && this.#transpose(column)) better = true;
      if (!better) break;
    }
  }

  /** By the column before (`rightward`) or after. Items without lines on that side stay at their place among the others. */
  #byBarycentres(column: number, rightward: boolean): boolean {
    const grid = this.#grid;
    const { starts, order } = grid;
    const [own, other] = rightward ? [grid.left, grid.right] : [grid.right, grid.left];
    grid.number(rightward ? column - 1 : column + 1, other);
    const { slots, spans, far } = own;
    const { numbers } = other;
    const [centres, moving] = [this.#centres, this.#moving];
    const [first, end] = [starts[column]!, starts[column + 1]!];
    let count = 0;
    for (let at = first; at < end; at++) {
      const item = order[at]!;
      const [start, last] = [spans[slots[item]!]!, spans[slots[item + 1]!]!];
      if (start === last) continue;
      let sum = 0;
      for (let span = start; span < last; span++) sum += numbers[far[span]!]!;
      centres[item] = sum / (last - start);
      moving[count++] = item;
    }
    if (!sortBy(moving, count, centres)) return false;
    let next = 0;
    for (let at = first; at < end; at++) {
      const item = order[at]!;
      if (spans[slots[item]!] !== spans[slots[item + 1]!]) order[at] = moving[next++]!;
    }
    return true;
  }

  /** What is held takes, in its own order, the places that its kind came to. Tells whether that changed any. */
  #hold(column: number): boolean {
    const kept = this.#kept[column]!;
    if (kept.length < 2) return false;
    const { starts, order } = this.#grid;
    let changed = false;
    let next = 0;
    for (let at = starts[column]!; at < starts[column + 1]!; at++) {
      if (!this.#held[order[at]!]) continue;
      const item = kept[next++]!;
      if (order[at] !== item) changed = true;
      order[at] = item;
    }
    return changed;
  }

  /** Changes neighbours where fewer lines cross; true if any did. */
  #transpose(column: number): boolean {
    const grid = this.#grid;
    const { starts, order, version } = grid;
    const [first, end] = [starts[column]!, starts[column + 1]!];
    if (end - first < 2) return false;
    const around = [version[column - 1] ?? 0, version[column]!, version[column + 1] ?? 0] as const;
    const calm = this.#calm;
    const at = 3 * column;
    if (calm[at] === around[0] && calm[at + 1] === around[1] && calm[at + 2] === around[2]) return false;
    if (column > 0) this.#findEnds(column, { from: grid.left, to: grid.right, other: column - 1 });
    if (column + 1 < this.#kept.length) this.#findEnds(column, { from: grid.right, to: grid.left, other: column + 1 });
    const held = this.#held;
    let better = false;
    for (let place = first; place + 1 < end; place++) {
      const [one, other] = [order[place]!, order[place + 1]!];
      if (held[one] && held[other]) continue;
      if (gainOf(grid.left, one, other) + gainOf(grid.right, one, other) <= 0) continue;
      order[place] = other;
      order[place + 1] = one;
      better = true;
    }
    if (better) grid.changed(column);
    else calm.set(around, at);
    return better;
  }

  /** The numbers that the lines of each item lead to in another column, in order. */
  #findEnds(column: number, { from, to, other }: { from: Half; to: Half; other: number }): void {
    const grid = this.#grid;
    if (from.found[column] === grid.version[other]) return;
    from.found[column] = grid.version[other]!;
    grid.number(other, to);
    const { slots, spans, far, ends } = from;
    const { numbers } = to;
    for (let at = grid.starts[column]!; at < grid.starts[column + 1]!; at++) {
      const item = grid.order[at]!;
      const [first, last] = [spans[slots[item]!]!, spans[slots[item + 1]!]!];
      for (let span = first; span < last; span++) {
        const number = numbers[far[span]!]!;
        let place = span;
        for (; place > first && ends[place - 1]! > number; place--) ends[place] = ends[place - 1]!;
        ends[place] = number;
      }
    }
  }
}

function isHeld(item: Item, { held }: Ordering): boolean {
  return (item.kind === 'box' && held !== 'nothing') || (item.kind === 'plate' && held === 'boxes and labels');
}

/** How many fewer lines cross on a side when the one stands below the other. */
function gainOf({ slots, spans, ends }: Half, one: number, other: number): number {
  const [start, end] = [spans[slots[other]!]!, spans[slots[other + 1]!]!];
  if (start === end) return 0;
  let gain = 0;
  let [below, level] = [start, start];
  const last = spans[slots[one + 1]!]!;
  for (let span = spans[slots[one]!]!; span < last; span++) {
    const value = ends[span]!;
    while (below < end && ends[below]! < value) below += 1;
    if (level < below) level = below;
    while (level < end && ends[level] === value) level += 1;
    gain += below - start - (end - level);
  }
  return gain;
}
