// A level -> the same as numbers in arrays, for what is asked of it thousands of times: how many lines cross in an order of its columns.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

import { hasGivenOrder, type Item, type Level, type Side } from './graph.js';

/** What is on one side of all items. Slots of an item stand beside each other, and so do the spans of a slot. */
export interface Half {
  /** The first slot of each item; one more at the end. */
  readonly slots: Int32Array;
  /** The first span of each slot; one more at the end. */
  readonly spans: Int32Array;
  /** For each span the slot that it leads to, on the other side of the next column. */
  readonly far: Int32Array;
  /** For each slot its place among those on its side of its column, from the top; those of a card have one. */
  readonly numbers: Int32Array;
  /** The slots of each item from top to bottom, for items whose slots have an order. */
  readonly sequence: Int32Array;
  readonly given: Uint8Array;
  /** For each span the number it leads to: in order within its item. */
  readonly ends: Int32Array;
  /** By column: how many numbers there are, and the order for which numbers and ends were found. */
  readonly sizes: Int32Array;
  readonly numbered: Int32Array;
  readonly found: Int32Array;
}

export class Grid {
  readonly level: Level;
  readonly items: readonly Item[];
  /** Where each column begins in `order`; one more at the end. */
  readonly starts: Int32Array;
  /** The numbers of the items, by columns, from top to bottom. */
  readonly order: Int32Array;
  /** By column: changes whenever its order does. */
  readonly version: Int32Array;
  readonly left: Half;
  readonly right: Half;
  /** By column: the crossings on the way to the next, and the orders of both for which they were counted. */
  readonly #counts: Int32Array;
  readonly #counted: Int32Array;
  #clock = 0;
  #tree = new Int32Array(64);

  constructor(level: Level) {
    this.level = level;
    const { layers } = level;
    this.starts = new Int32Array(layers.length + 1);
    layers.forEach((column, at) => (this.starts[at + 1] = this.starts[at]! + column.length));
    this.items = layers.flat();
    this.items.forEach((item, number) => (item.number = number));
    this.order = new Int32Array(this.items.length);
    this.version = new Int32Array(layers.length);
    this.#counts = new Int32Array(layers.length);
    this.#counted = new Int32Array(2 * layers.length);
    const spans = number(this.items, 'left');
    number(this.items, 'right');
    this.left = half(this.items, 'left', layers.length, spans);
    this.right = half(this.items, 'right', layers.length, spans);
    const filled = this.left.spans.slice();
    for (const { slots } of this.items)
      for (const slot of slots.right) {
        let at = this.right.spans[slot.number]!;
        for (const { right } of slot.spans) {
          this.right.far[at++] = right.number;
          this.left.far[filled[right.number]!++] = slot.number;
        }
      }
  }

  /** Takes the order that the columns of the level have now, and that of the slots that is given. */
  load(): void {
    const { layers } = this.level;
    let next = 0;
    for (const column of layers) for (const item of column) this.order[next++] = item.number;
    for (const [side, { given, slots, sequence }] of [
      ['left', this.left],
      ['right', this.right],
    ] as const)
      this.items.forEach((item, number) => {
        if (!given[number]) return;
        const sorted = [...item.slots[side]].sort((a, b) => a.order - b.order);
        sorted.forEach((slot, place) => (sequence[slots[number]! + place] = slot.number));
      });
    for (let column = 0; column < layers.length; column++) this.changed(column);
  }

  /** Gives the columns of the level the order that they have here. */
  store(): void {
    this.level.layers = this.level.layers.map((column, at) => {
      const start = this.starts[at]!;
      return column.map((_, place) => {
        const item = this.items[this.order[start + place]!]!;
        item.place = place;
        return item;
      });
    });
  }

  /** Takes an order of all columns. */
  restore(order: Int32Array): void {
    for (let column = 0; column + 1 < this.starts.length; column++) {
      let same = true;
      for (let at = this.starts[column]!; at < this.starts[column + 1]!; at++) {
        if (this.order[at] === order[at]) continue;
        this.order[at] = order[at]!;
        same = false;
      }
      if (!same) this.changed(column);
    }
  }

  changed(column: number): void {
    this.version[column] = ++this.#clock;
  }

  /** Numbers the slots on a side of a column, unless they are. */
  number(column: number, { numbered, slots, given, sequence, numbers, sizes }: Half): void {
    if (numbered[column] === this.version[column]) return;
    numbered[column] = this.version[column]!;
    let next = 0;
    for (let at = this.starts[column]!; at < this.starts[column + 1]!; at++) {
      const item = this.order[at]!;
      const last = slots[item + 1]!;
      if (given[item]) for (let slot = slots[item]!; slot < last; slot++) numbers[sequence[slot]!] = next++;
      else for (let slot = slots[item]!; slot < last; slot++) numbers[slot] = next;
      next += 1;
    }
    sizes[column] = next;
  }

  crossings(): number {
    let count = 0;
    for (let column = 0; column + 2 < this.starts.length; column++) count += this.#between(column);
    return count;
  }

  /**
   * Between a column and the one to its right. Lines that meet in a slot do not cross. All of one number look at those before
   * them, and then are among them. Barth, Jünger, Mutzel: Simple and efficient bilayer cross counting (2002).
   */
  #between(column: number): number {
    const [one, other] = [this.version[column]!, this.version[column + 1]!];
    if (this.#counted[2 * column] === one && this.#counted[2 * column + 1] === other) return this.#counts[column]!;
    this.number(column, this.right);
    this.number(column + 1, this.left);
    const size = this.left.sizes[column + 1]!;
    if (this.#tree.length <= size) this.#tree = new Int32Array(2 * size);
    const tree = this.#tree.fill(0, 0, size + 1);
    const { slots, spans, far, given, sequence } = this.right;
    const to = this.left.numbers;
    let seen = 0;
    let count = 0;
    for (let at = this.starts[column]!; at < this.starts[column + 1]!; at++) {
      const item = this.order[at]!;
      const last = slots[item + 1]!;
      const step = given[item] ? 1 : last - slots[item]!;
      for (let slot = slots[item]!; slot < last; slot += step) {
        const first = given[item] ? sequence[slot]! : slot;
        const [start, end] = [spans[first]!, spans[first + step]!];
        if (seen > 0)
          for (let span = start; span < end; span++) {
            count += seen;
            for (let leaf = to[far[span]!]! + 1; leaf > 0; leaf -= leaf & -leaf) count -= tree[leaf]!;
          }
        for (let span = start; span < end; span++)
          for (let leaf = to[far[span]!]! + 1; leaf <= size; leaf += leaf & -leaf) tree[leaf]! += 1;
        seen += end - start;
      }
    }
    this.#counts[column] = count;
    this.#counted[2 * column] = one;
    this.#counted[2 * column + 1] = other;
    return count;
  }
}

/** Numbers all slots on a side; returns how many spans they have. */
function number(items: readonly Item[], side: Side): number {
  let next = 0;
  let spans = 0;
  for (const { slots } of items)
    for (const slot of slots[side]) {
      slot.number = next++;
      spans += slot.spans.length;
    }
  return spans;
}

function half(items: readonly Item[], side: Side, columns: number, count: number): Half {
  const slots = new Int32Array(items.length + 1);
  const given = new Uint8Array(items.length);
  items.forEach((item, at) => {
    const own = item.slots[side].length;
    slots[at + 1] = slots[at]! + own;
    given[at] = own > 1 && hasGivenOrder(item) ? 1 : 0;
  });
  const total = slots[items.length]!;
  const spans = new Int32Array(total + 1);
  for (const item of items)
    for (const slot of item.slots[side]) spans[slot.number + 1] = spans[slot.number]! + slot.spans.length;
  const [far, ends] = [new Int32Array(count), new Int32Array(count)];
  const [numbers, sequence] = [new Int32Array(total), new Int32Array(total)];
  const [sizes, numbered, found] = [new Int32Array(columns), new Int32Array(columns), new Int32Array(columns)];
  return { slots, spans, far, numbers, sequence, given, ends, sizes, numbered, found };
}
