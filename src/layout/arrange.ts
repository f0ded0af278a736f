// Pieces and wires -> one placement: what hangs together goes to the engine, the rest stands where there is room.

import { gaps, type Engine, type Piece, type Placement, type Wire } from './engine.js';
import { packed, takenBy } from './room.js';
import type { Area, Point } from './scene.js';

export interface Arranging {
  readonly engine: Engine;
  /** Do labels too keep their order in a column? */
  readonly ordered: boolean;
}

/** Where every piece stands and every wire runs, from the corner of the whole. */
export async function arrange(
  pieces: readonly Piece[],
  wires: readonly Wire[],
  arranging: Arranging,
): Promise<Placement> {
  const areas = new Map<string, Area>();
  const routes = new Map<string, readonly Point[]>();
  const tops = topsOf(pieces);
  const groups = components(pieces, wires, tops);
  const placed: { group: Component; placement: Placement }[] = [];
  for (const group of groups) placed.push({ group, placement: await placeComponent(group, arranging) });
  const large = placed.filter(({ group }) => group.pieces.length > 1);
  const single = placed.filter(({ group }) => group.pieces.length === 1);
  const put = (placement: Placement, x: number, y: number): void => {
    for (const [id, area] of placement.areas) areas.set(id, { ...area, x: area.x + x, y: area.y + y });
    for (const [id, route] of placement.routes)
      routes.set(
        id,
        route.map((point) => ({ x: point.x + x, y: point.y + y })),
      );
  };
  let width = 0;
  let y = 0;
  for (const { placement } of large) {
    put(placement, 0, y);
    y += placement.height + gaps.parts;
    width = Math.max(width, placement.width);
  }
  const height = Math.max(0, y - gaps.parts);
  if (single.length === 0) return { width, height, areas, routes };
  const boxes = single.map(({ group, placement }) => ({
    width: placement.width,
    height: placement.height,
    below: group.pieces[0]?.below ?? 0,
  }));
  const held = large.flatMap(({ group }) => group.pieces);
  const ground = { width, height, left: 0, right: 0, taken: takenBy(held, { areas, routes }) };
  const { places, ...size } = packed(boxes, ground);
  single.forEach(({ placement }, index) => {
    const { x, y: down } = places[index] ?? { x: 0, y: 0 };
    put(placement, x, down);
  });
  return { ...size, areas, routes };
}

interface Component {
  readonly pieces: readonly Piece[];
  readonly wires: readonly Wire[];
}

/** For each piece and port, the index of the outermost piece around it. */
function topsOf(pieces: readonly Piece[]): ReadonlyMap<string, number> {
  const tops = new Map<string, number>();
  const visit = (piece: Piece, top: number): void => {
    tops.set(piece.id, top);
    for (const port of piece.ports ?? []) tops.set(port.id, top);
    for (const child of piece.children) visit(child, top);
  };
  pieces.forEach(visit);
  return tops;
}

/** Pieces that wires hold together, in the order of their first. */
function components(pieces: readonly Piece[], wires: readonly Wire[], tops: ReadonlyMap<string, number>): Component[] {
  const leader = pieces.map((_, index) => index);
  const find = (index: number): number => {
    let one = index;
    while (leader[one] !== one) one = leader[one] ?? one;
    return one;
  };
  for (const wire of wires) {
    const a = find(tops.get(wire.from) ?? 0);
    const b = find(tops.get(wire.to) ?? 0);
    leader[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = new Map<number, { pieces: Piece[]; wires: Wire[] }>();
  pieces.forEach((piece, index) => {
    const group = groups.get(find(index));
    if (group) group.pieces.push(piece);
    else groups.set(find(index), { pieces: [piece], wires: [] });
  });
  for (const wire of wires) groups.get(find(tops.get(wire.from) ?? 0))?.wires.push(wire);
  return [...groups.values()];
}

/** Containers that no wire enters are placed by themselves and then stand in for one box. */
async function placeComponent({ pieces, wires }: Component, arranging: Arranging): Promise<Placement> {
  const inside: Placement[] = [];
  const owners: string[] = [];
  const closed = new Map<string, Piece>();
  const outer = new Set(wires);
  const { within, crossed } = containersOf(pieces, wires);
  const close = async (piece: Piece): Promise<void> => {
    if (piece.children.length === 0) return;
    if (crossed.has(piece.id)) {
      for (const child of piece.children) await close(child);
      return;
    }
    const own = within.get(piece.id) ?? [];
    const placement = await arrange(piece.children, own, { ...arranging, ordered: false });
    for (const wire of own) outer.delete(wire);
    const { inset } = piece;
    const width = Math.max(piece.width, placement.width + inset.left + inset.right);
    const height = Math.max(piece.height, placement.height + inset.top + inset.bottom);
    closed.set(piece.id, { ...piece, width, height, children: [] });
    inside.push(placement);
    owners.push(piece.id);
  };
  for (const piece of pieces) await close(piece);
  const shut = (piece: Piece): Piece => closed.get(piece.id) ?? { ...piece, children: piece.children.map(shut) };
  const flat = pieces.map(shut);
  const [only] = flat;
  const alone = flat.length === 1 && only?.children.length === 0;
  const outside: Placement = alone
    ? {
        width: only.width,
        height: only.height,
        areas: new Map([[only.id, { x: 0, y: 0, width: only.width, height: only.height }]]),
        routes: new Map(),
      }
    : await arranging.engine(flat, [...outer], arranging.ordered);
  const areas = new Map(outside.areas);
  const routes = new Map(outside.routes);
  inside.forEach((placement, index) => {
    const id = owners[index] ?? '';
    const area = outside.areas.get(id);
    const inset = closed.get(id)?.inset;
    if (!area || !inset) return;
    for (const [child, one] of placement.areas)
      areas.set(child, { ...one, x: one.x + area.x + inset.left, y: one.y + area.y + inset.top });
    for (const [wire, route] of placement.routes) {
      routes.set(
        wire,
        route.map((point) => ({ x: point.x + area.x + inset.left, y: point.y + area.y + inset.top })),
      );
    }
  });
  return { ...outside, areas, routes };
}

/** For each container the wires that stay in it, and which containers others lead into. */
function containersOf(
  pieces: readonly Piece[],
  wires: readonly Wire[],
): { readonly within: ReadonlyMap<string, Wire[]>; readonly crossed: ReadonlySet<string> } {
  const around = new Map<string, readonly string[]>();
  const visit = (piece: Piece, chain: readonly string[]): void => {
    around.set(piece.id, chain);
    for (const port of piece.ports ?? []) around.set(port.id, chain);
    const next = [...chain, piece.id];
    for (const child of piece.children) visit(child, next);
  };
  for (const piece of pieces) visit(piece, []);
  const within = new Map<string, Wire[]>();
  const crossed = new Set<string>();
  for (const wire of wires) {
    const [from, to] = [around.get(wire.from) ?? [], around.get(wire.to) ?? []];
    let same = 0;
    while (same < from.length && from[same] === to[same]) same += 1;
    for (const id of from.slice(0, same)) {
      const known = within.get(id);
      if (known) known.push(wire);
      else within.set(id, [wire]);
    }
    for (const id of [...from.slice(same), ...to.slice(same)]) crossed.add(id);
  }
  return { within, crossed };
}
