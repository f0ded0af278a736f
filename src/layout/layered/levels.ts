// Pieces and wires -> levels with ranks: each wire cut where it passes the edge of a container, what is one line on the way joined.

import type { Piece, Wire } from '../engine.js';
import { itemOf, left, right, type Item, type Level, type Link, type Side } from './graph.js';
import { rankItems } from './ranks.js';

/** Wires that pass a port on their way to what stands inside. */
interface Entrance {
  readonly port: Item;
  readonly key: string;
  readonly side: Side;
  /** Those that end at the container itself have no end inside. */
  readonly wires: readonly { readonly wire: Wire; readonly end: string }[];
}

/** For each piece and port its chain of pieces, from the outermost to itself. */
type Chains = ReadonlyMap<string, readonly Piece[]>;

export function levelsFrom(pieces: readonly Piece[], wires: readonly Wire[]): Level {
  const chains = chainsOf(pieces);
  const own = new Map<string, Wire[]>();
  for (const wire of wires) {
    const container = common(chains.get(wire.from) ?? [], chains.get(wire.to) ?? []);
    const known = own.get(container);
    if (known) known.push(wire);
    else own.set(container, [wire]);
  }
  return new Builder(chains, own).level(pieces, 0, []);
}

function chainsOf(pieces: readonly Piece[]): Chains {
  const chains = new Map<string, readonly Piece[]>();
  const visit = (piece: Piece, around: readonly Piece[]): void => {
    const chain = [...around, piece];
    chains.set(piece.id, chain);
    for (const port of piece.ports ?? []) chains.set(port.id, chain);
    for (const child of piece.children) visit(child, chain);
  };
  for (const piece of pieces) visit(piece, []);
  return chains;
}

/** The id of the innermost piece around both ends; empty: none. */
function common(one: readonly Piece[], other: readonly Piece[]): string {
  let id = '';
  for (let depth = 0; depth < Math.min(one.length, other.length) - 1; depth++) {
    const piece = one[depth];
    if (!piece || piece !== other[depth]) break;
    id = piece.id;
  }
  return id;
}

class Builder {
  readonly #chains: Chains;
  readonly #own: ReadonlyMap<string, readonly Wire[]>;

  constructor(chains: Chains, own: ReadonlyMap<string, readonly Wire[]>) {
    this.#chains = chains;
    this.#own = own;
  }

  level(pieces: readonly Piece[], depth: number, entrances: readonly Entrance[], piece?: Piece): Level {
    const items = new Map(
      pieces.map((one, index) => [one.id, itemOf(one.plate ? 'plate' : 'box', index, one)] as const),
    );
    const itemIn = (id: string): Item | undefined => items.get(this.#chains.get(id)?.[depth]?.id ?? '');
    const links = new Map<string, Link & { wires: Wire[] }>();
    const add = (key: string, wire: Wire, ends: Pick<Link, 'from' | 'to' | 'deep' | 'forward'>): void => {
      const { from, to, deep } = ends;
      const rows = [rowOf(from, wire.from), rowOf(to, wire.to)];
      const id = [key, from.index, to.index, deep.from, deep.to, from.kind, to.kind, ...rows].join('\n');
      const known = links.get(id);
      if (known) known.wires.push(wire);
      else links.set(id, { key, wires: [wire], ...ends, gates: {}, path: [] });
    };
    for (const wire of this.#own.get(piece?.id ?? '') ?? []) {
      const [from, to] = [itemIn(wire.from), itemIn(wire.to)];
      if (!from || !to || from === to) continue;
      const key = from.kind === 'plate' ? `${wire.from} out` : to.kind === 'plate' ? `${wire.to} in` : wire.id;
      const deep = { from: isDeep(from, wire.from), to: isDeep(to, wire.to) };
      add(key, wire, { from, to, deep, forward: true });
    }
    const ports: Level['ports'] = { left: [], right: [] };
    for (const { port, side, key, wires } of entrances) {
      ports[side].push(port);
      for (const { wire, end } of wires) {
        const item = itemIn(end);
        if (!item) continue;
        const far = isDeep(item, end);
        if (end === wire.to) {
          add(key, wire, { from: port, to: item, deep: { from: false, to: far }, forward: side === 'left' });
        } else add(key, wire, { from: item, to: port, deep: { from: far, to: false }, forward: side === 'right' });
      }
    }
    const all = [...links.values()];
    const touched = new Set(all.flatMap((link) => [link.from, link.to]));
    const whole = [...items.values()];
    const level: Level = {
      ...(piece ? { piece } : {}),
      items: whole.filter((item) => touched.has(item)),
      loose: whole.filter((item) => !touched.has(item)),
      links: all,
      children: [],
      layers: [],
      width: 0,
      height: 0,
      ports,
    };
    rankItems(level);
    const inner = this.#entrancesOf(level);
    for (const item of whole) {
      if (!item.piece || item.piece.children.length === 0) continue;
      const inside = this.level(item.piece.children, depth + 1, inner.get(item) ?? [], item.piece);
      item.inside = inside;
      level.children.push(inside);
    }
    return level;
  }

  /** One port for each line and side of a container. */
  #entrancesOf(level: Level): ReadonlyMap<Item, Entrance[]> {
    const entrances = new Map<Item, Entrance[]>();
    for (const link of level.links) {
      for (const [item, side, end, deep] of [
        [left(link), 'right', link.forward ? 'from' : 'to', link.forward ? link.deep.from : link.deep.to],
        [right(link), 'left', link.forward ? 'to' : 'from', link.forward ? link.deep.to : link.deep.from],
      ] as const) {
        if (!item.piece || item.piece.children.length === 0) continue;
        const known = entrances.get(item) ?? [];
        entrances.set(item, known);
        const wires = deep ? link.wires.map((wire) => ({ wire, end: wire[end] })) : [];
        const same = known.findIndex((one) => one.key === link.key && one.side === side && one.wires.length > 0);
        const before = known[same];
        if (before && wires.length > 0) known[same] = { ...before, wires: [...before.wires, ...wires] };
        else known.push({ port: itemOf('port', known.length), key: link.key, side, wires });
        const entrance = before && wires.length > 0 ? before : known.at(-1);
        if (entrance) link.gates[side === 'left' ? 'right' : 'left'] = entrance.port;
      }
    }
    return entrances;
  }
}

/** The row of a zone that a wire ends at: each has its own. */
function rowOf({ piece }: Item, end: string): string {
  return piece?.ports?.some((port) => port.id === end) ? end : '';
}

function isDeep(item: Item, end: string): boolean {
  const { piece } = item;
  return piece !== undefined && piece.children.length > 0 && piece.id !== end;
}
