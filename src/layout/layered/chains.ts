// A level with ranks -> its columns: a bend in each column that a line passes, one for all links of a net, and the slots that they touch.

import {
  itemOf,
  left,
  right,
  slotOf,
  type Item,
  type Level,
  type Link,
  type Net,
  type Side,
  type Slot,
} from './graph.js';

/** Fills `layers`, the slots of all items, and the path of each link. */
export function layChains(level: Level): void {
  const { items, links, ports } = level;
  const last = items.reduce((most, item) => Math.max(most, item.rank), 0) + 1;
  level.layers = Array.from({ length: last + 1 }, () => []);
  for (const item of [...ports.left, ...items, ...ports.right]) level.layers[item.rank]?.push(item);
  const nets = new Map<string, Link[]>();
  for (const link of links) {
    // Links of one key go out from one slot, or come in at one.
    const hub = hubOf(link);
    const key = `${link.key}\n${hub}`;
    const known = nets.get(key);
    if (known) known.push(link);
    else nets.set(key, [link]);
  }
  let index = 0;
  for (const net of nets.values()) layNet(level, net, { index: index++ });
  for (const { slots } of items)
    for (const side of [slots.left, slots.right]) {
      const rows = [...side].sort((a, b) => (a.row?.y ?? 0) - (b.row?.y ?? 0));
      rows.forEach((slot, order) => (slot.order = order));
    }
}

/** The side of the net at which its links meet. */
function hubOf(link: Link): Side {
  const [from, to] = [left(link), right(link)];
  if (from.kind === 'plate') return 'left';
  if (to.kind === 'plate') return 'right';
  return from.kind === 'port' ? 'left' : to.kind === 'port' ? 'right' : 'left';
}

function layNet(level: Level, links: readonly Link[], net: Net): void {
  const sorted = [...links].sort((a, b) => Math.abs(span(a)) - Math.abs(span(b)));
  const slots = new Map<string, Slot>();
  const slotFor = (link: Link, side: Side): Slot => {
    const item = side === 'left' ? left(link) : right(link);
    const facing = side === 'left' ? 'right' : 'left';
    const gate = link.gates[side];
    const row = rowAt(link, item)?.id ?? '';
    const id = `${side} ${item.kind} ${item.index} ${gate?.index ?? ''} ${row}`;
    const known = slots.get(id);
    if (known) return known;
    const slot = slotAt(link, item, facing, gate);
    slots.set(id, slot);
    return slot;
  };
  const joined = new Map<Slot, Set<Slot>>();
  const join = (one: Slot, other: Slot): void => {
    const known = joined.get(one) ?? new Set();
    joined.set(one, known);
    if (known.has(other)) return;
    known.add(other);
    const made = { left: one, right: other, net };
    one.spans.push(made);
    other.spans.push(made);
  };
  // A bend of the trunk for each column between the hub and the furthest end.
  const trunk = new Map<number, readonly [Slot, Slot]>();
  const bendAt = (rank: number): readonly [Slot, Slot] => {
    const known = trunk.get(rank);
    if (known) return known;
    const bend = itemOf('bend', level.layers[rank]?.length ?? 0);
    bend.rank = rank;
    level.layers[rank]?.push(bend);
    const made = [slotOf(bend, 'left'), slotOf(bend, 'right')] as const;
    trunk.set(rank, made);
    return made;
  };
  for (const link of sorted) {
    const [start, end] = [slotFor(link, 'left'), slotFor(link, 'right')];
    const path = [start];
    for (let rank = left(link).rank + 1; rank < right(link).rank; rank++) path.push(...bendAt(rank));
    path.push(end);
    for (let at = 0; at + 1 < path.length; at += 2) {
      const [one, other] = [path[at], path[at + 1]];
      if (one && other) join(one, other);
    }
    link.path = path;
  }
}

function span(link: Link): number {
  return right(link).rank - left(link).rank;
}

/** The row of a zone that a link ends at; all its wires do. */
function rowAt({ from, wires: [wire] }: Link, item: Item): { readonly id: string; readonly y: number } | undefined {
  const end = from === item ? wire?.from : wire?.to;
  return item.piece?.ports?.find((port) => port.id === end);
}

function slotAt(link: Link, item: Item, side: Side, gate: Item | undefined): Slot {
  if (item.kind === 'plate' || item.kind === 'port') return item.slots[side][0] ?? slotOf(item, side);
  if (gate) return slotOf(item, side, { port: gate });
  const row = rowAt(link, item);
  return row ? slotOf(item, side, { row, y: row.y }) : slotOf(item, side);
}
