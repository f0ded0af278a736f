// Columns in their order -> how far down each item stands, so that lines are straight: exactly for small levels, by sweeps for large ones.
// Gansner et al. (1993), section 4; the sweeps solve each column as an isotonic regression (Best, Chakravarti 1990, pool adjacent violators).

import { gaps } from '../engine.js';
import { blockOf, insert, joined, placeOf, type Block } from './blocks.js';
import type { Item, Level, Side, Span } from './graph.js';
import { earliest, tightest, type Tie } from './simplex.js';

/** Above this many items and lines together the exact way takes too long. */
const large = 600;

/** Sets `y` of all items in columns; the uppermost stands at 0. */
export function setRows(level: Level): void {
  const items = level.layers.flat();
  const spans = items.flatMap((item) => item.slots.right.flatMap((slot) => slot.spans));
  if (items.length + spans.length <= large) exactly(level, items, spans);
  else bySweeps(level, items);
  const top = items.reduce((least, item) => Math.min(least, item.y), Infinity);
  for (const item of items) item.y -= top;
}

/** Between the lower edge of one and the upper edge of the next. */
function apart(one: Item, other: Item): number {
  const kinds = [one.kind, other.kind];
  const below = one.piece?.below ?? 0;
  if (kinds.includes('port')) return Math.max(20, gaps.lines + below);
  if (kinds.includes('bend')) return kinds.includes('plate') ? 6 : gaps.lines + below;
  return kinds.includes('plate') ? 12 + below : gaps.boxes;
}

/** What passes is straight before what is short, and what is short before the ends of what passes; of equals the first. */
function weightOf(span: Span): number {
  const bends = Number(span.left.item.kind === 'bend') + Number(span.right.item.kind === 'bend');
  const first = span.left.spans[0] === span && span.right.spans[0] === span;
  return (bends === 2 ? 40 : bends === 1 ? 10 : 30) + (first ? 1 : 0);
}

function separations(level: Level, numbers: ReadonlyMap<Item, number>): Tie[] {
  const ties: Tie[] = [];
  for (const column of level.layers)
    column.forEach((item, place) => {
      const next = column[place + 1];
      const [from, to] = [numbers.get(item), next && numbers.get(next)];
      if (next && from !== undefined && to !== undefined)
        ties.push({ from, to, least: 2 * (item.height + apart(item, next)), weight: 0 });
    });
  return ties;
}

/** In half pixels, so that all are whole numbers. */
function exactly(level: Level, items: readonly Item[], spans: readonly Span[]): void {
  const numbers = new Map(items.map((item, index) => [item, index + 1] as const));
  const ties = separations(level, numbers);
  for (const column of level.layers) {
    const first = column[0] && numbers.get(column[0]);
    if (first !== undefined) ties.push({ from: 0, to: first, least: 0, weight: 0 });
  }
  // Each line pulls both ends to where they would be level, by an unknown of its own.
  let count = items.length + 1;
  for (const span of spans) {
    const [one, other] = [numbers.get(span.left.item), numbers.get(span.right.item)];
    if (one === undefined || other === undefined) continue;
    const between = count++;
    const weight = weightOf(span);
    const by = Math.round(2 * (span.left.y - span.right.y));
    ties.push({ from: between, to: one, least: Math.max(0, -by), weight });
    ties.push({ from: between, to: other, least: Math.max(0, by), weight });
  }
  const values = tightest(count, ties);
  items.forEach((item, index) => (item.y = (values[index + 1] ?? 0) / 2));
}

function bySweeps(level: Level, items: readonly Item[]): void {
  const numbers = new Map(items.map((item, index) => [item, index] as const));
  const start = earliest(items.length, separations(level, numbers));
  items.forEach((item, index) => (item.y = (start[index] ?? 0) / 2));
  const { layers } = level;
  const rounds = items.length < 20_000 ? 6 : 4;
  for (let round = 0; round < rounds; round++) {
    const last = round >= rounds - 2;
    for (const column of layers) settle(column, last ? 'both' : 'left');
    for (const column of [...layers].reverse()) settle(column, last ? 'both' : 'right');
  }
}

/** Puts a column where the weighted sum of the distances from where lines want its items is least, in its order. */
function settle(column: readonly Item[], from: Side | 'both'): void {
  const offsets: number[] = [];
  const blocks: Block[] = [];
  column.forEach((item, place) => {
    const before = column[place - 1];
    const offset = before ? (offsets[place - 1] ?? 0) + before.height + apart(before, item) : 0;
    offsets.push(offset);
    let block = blockOf(place);
    if (from !== 'right') wish(block, item, { side: 'left', offset });
    if (from !== 'left') wish(block, item, { side: 'right', offset });
    // What no line pulls stays near where it is, as far as the others let it.
    if (block.total === 0) insert(block, item.y - offset, 0.01);
    for (let last = blocks.at(-1); last && placeOf(last) >= placeOf(block); last = blocks.at(-1)) {
      blocks.pop();
      block = joined(last, block);
    }
    blocks.push(block);
  });
  for (const block of blocks)
    for (let place = block.first; place <= block.last; place++) {
      const item = column[place];
      if (item) item.y = Math.round(2 * (placeOf(block) + (offsets[place] ?? 0))) / 2;
    }
}

function wish(block: Block, { slots }: Item, { side, offset }: { side: Side; offset: number }): void {
  for (const slot of slots[side])
    for (const span of slot.spans) {
      const other = side === 'left' ? span.left : span.right;
      insert(block, other.item.y + other.y - slot.y - offset, weightOf(span));
    }
}
