// Levels -> all of them in order: inside first with free ports, then from outside inward with the order that the outside asks for.

import { inversions } from './crossings.js';
import type { Progress } from '../engine.js';
import { levelsOf, sizeOf, type Item, type Level, type Side, type Slot } from './graph.js';
import { Grid } from './grid.js';
import { orderColumns, type Ordering } from './order.js';

export interface Sorting {
  /** Do labels too keep the order of declaration? */
  readonly ordered: boolean;
  readonly progress: Progress;
}

/** Sets the order of all columns, and of the slots at containers. */
export function sortLevels(root: Level, { ordered, progress }: Sorting): void {
  const grids = new Map(levelsOf(root).map((level) => [level, new Grid(level)] as const));
  // Each is put in order when inside goes before outside, and once more when it is the other way round.
  const whole = 2 * [...grids.keys()].reduce((sum, level) => sum + sizeOf(level), 0);
  let done = 0;
  const order: Order = (level, ordering) => {
    const grid = grids.get(level);
    if (!grid) return 0;
    const size = sizeOf(level);
    const crossings = orderColumns(grid, ordering, (share) => progress(Math.min(1, (done + share * size) / whole)));
    done += size;
    return crossings;
  };
  inwardOut(root, ordered, order);
  const rounds = sizeOf(root) < 800 ? 2 : 1;
  for (let round = 0; round < rounds; round++) {
    for (const level of root.children) outwardIn(level, root, order);
    if (round + 1 < rounds) again(root, ordered, order);
  }
  orderSlots(root);
}

/** Puts the columns of a level in their best order; how many lines cross then. */
type Order = (level: Level, ordering: Ordering) => number;

/** Counted, so that the same system always takes the same way. */
function effort(level: Level): Pick<Ordering, 'starts' | 'rounds' | 'passes'> {
  const size = sizeOf(level);
  if (size < 150) return { starts: 8, rounds: 24, passes: 4 };
  if (size < 800) return { starts: 3, rounds: 16, passes: 3 };
  if (size < 4000) return { starts: 1, rounds: 12, passes: 2 };
  return { starts: 1, rounds: size < 30_000 ? 6 : 4, passes: 1 };
}

function inwardOut(level: Level, ordered: boolean, order: Order): void {
  for (const child of level.children) inwardOut(child, ordered, order);
  again(level, ordered, order);
}

/** Boxes keep the order of declaration where no other has fewer crossings. */
function again(level: Level, ordered: boolean, order: Order): void {
  for (const item of level.items) if (item.inside) slotsByPorts(item);
  const ports = 'free';
  const all = effort(level);
  const small = sizeOf(level) < 800;
  const held =
    small || ordered ? order(level, { ports, held: ordered ? 'boxes and labels' : 'boxes', ...all }) : Infinity;
  if (held > 0 && !ordered) {
    const kept = level.layers.map((column) => [...column]);
    const free = order(level, { ports, held: 'nothing', ...all });
    if (free >= held) level.layers = kept;
  }
  places(level);
}

function places(level: Level): void {
  for (const column of level.layers) column.forEach((item, place) => (item.place = place));
}

/** The slots at a container are in the order of its ports. */
function slotsByPorts(item: Item): void {
  for (const side of ['left', 'right'] as const)
    for (const slot of item.slots[side]) if (slot.port) slot.order = slot.port.place;
}

/** Orders the ports as the outside would have them, and keeps that if there are fewer crossings inside and outside together. */
function outwardIn(level: Level, outer: Level, order: Order): void {
  const item = outer.items.find((one) => one.inside === level);
  if (item) {
    const before = { order: level.layers.map((column) => [...column]), outside: 0, inside: 0 };
    slotsByPorts(item);
    before.outside = turned(item, 'left') + turned(item, 'right');
    if (before.outside > 0) {
      before.inside = order(level, { ports: 'given', held: 'nothing', starts: 1, rounds: 2, passes: 1 });
      before.order = level.layers.map((column) => [...column]);
      for (const side of ['left', 'right'] as const) {
        const column = level.layers[side === 'left' ? 0 : level.layers.length - 1] ?? [];
        const wanted = new Map(item.slots[side].map((slot) => [slot.port, reach(slot)] as const));
        column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      }
      const inside = order(level, { ports: 'given', held: 'nothing', ...effort(level) });
      if (inside > before.inside + before.outside) level.layers = before.order;
      places(level);
      slotsByPorts(item);
    }
  }
  for (const child of level.children) outwardIn(child, level, order);
}

/** Where the lines of a slot come from, in the next column. */
function reach(slot: Slot): number {
  let sum = 0;
  for (const span of slot.spans) {
    const other = slot.side === 'left' ? span.left : span.right;
    sum += other.item.place + (other.order + 1) / (other.item.slots[other.side].length + 2);
  }
  return sum / Math.max(1, slot.spans.length);
}

/** How many lines cross because of the order of the slots on a side. */
function turned(item: Item, side: Side): number {
  const slots = [...item.slots[side]].sort((a, b) => reach(a) - reach(b));
  const orders = slots.map((slot) => slot.order);
  return inversions(orders, orders.reduce((most, order) => Math.max(most, order), 0) + 1);
}

/** At cards the slots follow the lines; at zones they are in the order of the rows. */
export function orderSlots(level: Level): void {
  for (const item of level.layers.flat()) {
    if (item.inside) slotsByPorts(item);
    else
      for (const side of ['left', 'right'] as const) {
        if (item.slots[side].length < 2) continue;
        const sorted = [...item.slots[side]].sort((a, b) => (a.row?.y ?? 0) - (b.row?.y ?? 0) || reach(a) - reach(b));
        sorted.forEach((slot, order) => (slot.order = order));
      }
  }
  for (const child of level.children) orderSlots(child);
}
