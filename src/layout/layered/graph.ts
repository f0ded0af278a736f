// What the layered engine works on: drawings in drawings. Each container is a drawing of its own, with ports where lines pass its edge.
// Its steps fill in the fields that change; nothing of it leaves the engine.

import type { Piece, Wire } from '../engine.js';

export type Side = 'left' | 'right';

/** The inside of a container, or the whole. */
export interface Level {
  /** Absent: the whole. */
  readonly piece?: Piece;
  readonly items: Item[];
  readonly links: Link[];
  /** What no line touches, placed below the rest. */
  readonly loose: Item[];
  readonly children: Level[];
  /** From left to right, in each from top to bottom. Ports stand in the first and in the last. */
  layers: Item[][];
  /** Of the inside, without the insets of the container. */
  width: number;
  height: number;
  /** How far into the inset the first and the last channel reach. */
  readonly ports: { readonly left: Item[]; readonly right: Item[] };
}

/** What has a place in a column: a box, a label, the end of a line at the edge of the container, or a line that passes. */
export interface Item {
  readonly kind: 'box' | 'plate' | 'port' | 'bend';
  readonly piece?: Piece;
  /** Its place in the order of declaration. */
  readonly index: number;
  /** Its number among the items of its level, by which the order of the columns is found. */
  number: number;
  inside?: Level;
  width: number;
  height: number;
  rank: number;
  /** Its place in its column. */
  place: number;
  /** From the corner of the inside of the level. */
  x: number;
  y: number;
  readonly slots: { left: Slot[]; right: Slot[] };
}

/** Where lines touch an item. */
export interface Slot {
  readonly item: Item;
  readonly side: Side;
  /** From the top of the item. */
  y: number;
  /** Its order among those whose order is given: by rows, or by the inside of a container. */
  order: number;
  readonly spans: Span[];
  /** Its number among the slots on its side of the items of its level. */
  number: number;
  /** The row of a zone that it belongs to. */
  readonly row?: { readonly id: string; readonly y: number };
  /** Its other side, inside the container. */
  readonly port?: Item;
}

/** A piece of a line from one column to the next. Those of one `net` may lie on each other. */
export interface Span {
  readonly left: Slot;
  readonly right: Slot;
  readonly net: Net;
}

/** What is one line with several ends, within a level. */
export interface Net {
  readonly index: number;
}

/** What joins two items of a level, by wires that are one line there. */
export interface Link {
  /** Links of one key that end in one item end in one slot of it. */
  readonly key: string;
  readonly wires: readonly Wire[];
  readonly from: Item;
  readonly to: Item;
  /** Does it go on inside? */
  readonly deep: { readonly from: boolean; readonly to: boolean };
  /** Does `from` stand to the left? Else the line is laid the other way round. */
  forward: boolean;
  /** Where its ends are containers, the ports inside of them that it leads to. */
  readonly gates: { left?: Item; right?: Item };
  /** The slots that it passes, from left to right, both of each bend. */
  path: Slot[];
}

export function itemOf(kind: Item['kind'], index: number, piece?: Piece): Item {
  return {
    kind,
    ...(piece ? { piece } : {}),
    index,
    number: 0,
    width: piece?.width ?? 0,
    height: piece?.height ?? 0,
    rank: 0,
    place: 0,
    x: 0,
    y: 0,
    slots: { left: [], right: [] },
  };
}

export function slotOf(item: Item, side: Side, more: Partial<Pick<Slot, 'row' | 'port' | 'y'>> = {}): Slot {
  const slot: Slot = { item, side, order: 0, number: 0, spans: [], y: item.height / 2, ...more };
  item.slots[side].push(slot);
  return slot;
}

export function left(link: Link): Item {
  return link.forward ? link.from : link.to;
}

export function right(link: Link): Item {
  return link.forward ? link.to : link.from;
}

/** Is the order of the slots on a side given? At a card they follow the lines. */
export function hasGivenOrder(item: Item): boolean {
  return item.kind === 'box' && (item.inside !== undefined || item.piece?.ports !== undefined);
}

/** How many items stand in its columns. */
export function sizeOf(level: Level): number {
  return level.layers.reduce((sum, column) => sum + column.length, 0);
}

/** All of them, the whole first. */
export function levelsOf(root: Level): Level[] {
  const levels = [root];
  for (const level of levels) levels.push(...level.children);
  return levels;
}
