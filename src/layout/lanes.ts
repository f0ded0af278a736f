// Containers that hold copies of the same (two zones with every tier in each) -> lanes above each other, whose columns are common: what
// they contain is placed as if they were not there, then moved apart, and the containers are drawn around it.

import { overlap } from './areas.js';
import { arrange } from './arrange.js';
import { gaps, type Engine, type Piece, type Placement, type Wire } from './engine.js';
import type { Area, Point } from './scene.js';

/** The open containers and what stands in them; the root has no piece. */
interface Group {
  readonly piece?: Piece;
  readonly members: (Piece | Group)[];
}

export interface Lanes {
  readonly engine: Engine;
  /** The ids of the containers to open. */
  readonly open: ReadonlySet<string>;
  /** Which piece a label stands beside. */
  readonly beside: ReadonlyMap<string, string>;
}

export async function arrangeLanes(pieces: readonly Piece[], wires: readonly Wire[], lanes: Lanes): Promise<Placement> {
  const root = groupOf(undefined, pieces, lanes);
  for (const piece of pieces) takeIn(root, piece, lanes);
  const flat = flattened(root);
  const placement = await arrange(flat, wires, { engine: lanes.engine, ordered: true });
  const shifts = new Map<string, number>();
  settle(root, placement, shifts);
  const tops = topsOf(flat);
  const moved = movedDown({ placement, wires, shifts, tops, flat });
  return widened(moved, root);
}

function isGroup(member: Piece | Group): member is Group {
  return 'members' in member;
}

function groupOf(piece: Piece | undefined, children: readonly Piece[], lanes: Lanes): Group {
  const members = children
    .filter((child) => !child.plate)
    .map((child) => (lanes.open.has(child.id) ? groupOf(child, child.children, lanes) : child));
  return { ...(piece ? { piece } : {}), members };
}

/** Labels of open containers stand behind the piece that they belong to, wherever that is. */
function takeIn(root: Group, piece: Piece, lanes: Lanes): void {
  if (piece.plate) {
    const home = lanes.beside.get(piece.id);
    const [group, index] = (home === undefined ? undefined : find(root, home)) ?? [root, root.members.length - 1];
    group.members.splice(index + 1, 0, piece);
  } else if (lanes.open.has(piece.id)) for (const child of piece.children) takeIn(root, child, lanes);
}

/** The member that is the piece, or contains it. */
function find(group: Group, id: string): [Group, number] | undefined {
  for (const [index, member] of group.members.entries()) {
    if (isGroup(member)) {
      const found = find(member, id);
      if (found) return found;
    } else if (contains(member, id)) return [group, index];
  }
  return undefined;
}

function contains(piece: Piece, id: string): boolean {
  return (
    piece.id === id ||
    (piece.ports ?? []).some((port) => port.id === id) ||
    piece.children.some((child) => contains(child, id))
  );
}

function flattened(group: Group): Piece[] {
  return group.members.flatMap((member) => (isGroup(member) ? flattened(member) : [member]));
}

interface Extent {
  readonly left: number;
  readonly right: number;
  top: number;
  bottom: number;
}

/** How far down each piece must go so that containers do not meet; returns the extent of the group when they have. */
function settle(group: Group, placement: Placement, shifts: Map<string, number>): Extent {
  const placed: { extent: Extent; box: boolean; origin: number }[] = [];
  for (const member of group.members) {
    const box = isGroup(member);
    const extent = box ? settle(member, placement, shifts) : extentOf(placement.areas.get(member.id));
    const origin = extent.top;
    let down = 0;
    for (const before of placed) {
      if (before.extent.right < extent.left || extent.right < before.extent.left) continue;
      const apart =
        box || before.box
          ? gaps.boxes
          : Math.min(
              gaps.boxes,
              Math.max(0, extent.top - (before.extent.bottom - (before.extent.top - before.origin))),
            );
      down = Math.max(down, before.extent.bottom + apart - extent.top);
    }
    if (down > 0) {
      extent.top += down;
      extent.bottom += down;
      shift(member, down, shifts);
    }
    placed.push({ extent, box, origin });
  }
  const inset = group.piece?.inset ?? { top: 0, right: 0, bottom: 0, left: 0 };
  const extents = placed.map(({ extent }) => extent);
  // To the left and the right, room is made later.
  const left = Math.min(...extents.map((one) => one.left));
  return {
    left,
    right: Math.max(left + (group.piece?.width ?? 0) - inset.left - inset.right, ...extents.map((one) => one.right)),
    top: Math.min(...extents.map((one) => one.top)) - inset.top,
    bottom: Math.max(...extents.map((one) => one.bottom)) + inset.bottom,
  };
}

function extentOf(area: Area | undefined): Extent {
  const { x, y, width, height } = area ?? { x: 0, y: 0, width: 0, height: 0 };
  return { left: x, right: x + width, top: y, bottom: y + height };
}

function shift(member: Piece | Group, by: number, shifts: Map<string, number>): void {
  if (isGroup(member)) for (const one of member.members) shift(one, by, shifts);
  else shifts.set(member.id, (shifts.get(member.id) ?? 0) + by);
}

/** For each piece and port, the flat piece around it. */
function topsOf(flat: readonly Piece[]): ReadonlyMap<string, string> {
  const tops = new Map<string, string>();
  const visit = (piece: Piece, top: string): void => {
    tops.set(piece.id, top);
    for (const port of piece.ports ?? []) tops.set(port.id, top);
    for (const child of piece.children) visit(child, top);
  };
  for (const piece of flat) visit(piece, piece.id);
  return tops;
}

interface Move {
  readonly placement: Placement;
  readonly wires: readonly Wire[];
  readonly shifts: ReadonlyMap<string, number>;
  readonly tops: ReadonlyMap<string, string>;
  readonly flat: readonly Piece[];
}

function movedDown({ placement, wires, shifts, tops, flat }: Move): Placement {
  const by = (id: string) => shifts.get(tops.get(id) ?? '') ?? 0;
  const above = flat.flatMap((piece) => {
    const [area, shift] = [placement.areas.get(piece.id), shifts.get(piece.id) ?? 0];
    return area && shift > 0
      ? [{ left: area.x, right: area.x + area.width, bottom: area.y + area.height, by: shift }]
      : [];
  });
  const areas = new Map([...placement.areas].map(([id, area]) => [id, { ...area, y: area.y + by(id) }] as const));
  const routes = new Map<string, readonly Point[]>();
  for (const wire of wires) {
    const route = placement.routes.get(wire.id);
    if (!route) continue;
    const same = tops.get(wire.from) === tops.get(wire.to);
    routes.set(
      wire.id,
      same
        ? moved(route, by(wire.from))
        : bent(route, by(wire.from), by(wire.to), (stretch) => stretchShift(stretch, above)),
    );
  }
  return { ...placement, areas, routes };
}

function moved(route: readonly Point[], by: number): Point[] {
  return route.map((point) => ({ x: point.x, y: point.y + by }));
}

interface Stretch {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Each horizontal stretch moves as a whole: the first and the last with what they end in. */
function bent(route: readonly Point[], first: number, last: number, between: (stretch: Stretch) => number): Point[] {
  const levels: Point[][] = [];
  for (const point of route) {
    const level = levels.at(-1);
    if (level && level[0]?.y === point.y) level.push(point);
    else levels.push([point]);
  }
  if (levels.length === 1 && first !== last) {
    const [start, end] = [route[0], route.at(-1)];
    if (!start || !end) return [...route];
    const x = Math.round((start.x + end.x) / 2);
    return [
      { x: start.x, y: start.y + first },
      { x, y: start.y + first },
      { x, y: end.y + last },
      { x: end.x, y: end.y + last },
    ];
  }
  return levels.flatMap((level, index) => {
    const xs = level.map((point) => point.x);
    const stretch = { left: Math.min(...xs), right: Math.max(...xs), y: level[0]?.y ?? 0 };
    return moved(level, index === 0 ? first : index === levels.length - 1 ? last : between(stretch));
  });
}

/** A piece that moves down. */
interface Moved {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly by: number;
}

/** What lies on no piece goes as far as the lowest above it. */
function stretchShift({ left, right, y }: Stretch, above: readonly Moved[]): number {
  let by = 0;
  for (const piece of above)
    if (piece.by > by && piece.bottom <= y && piece.left <= right && piece.right >= left) by = piece.by;
  return by;
}

/** Makes room for the left and right edges of the open containers, and adds their areas. */
function widened(placement: Placement, root: Group): Placement {
  const inserts = new Map<number, number>();
  const columns = flattened(root).map((piece) => extentOf(placement.areas.get(piece.id)));
  const note = (x: number, room: number) => inserts.set(x, Math.max(inserts.get(x) ?? 0, room));
  const edges = (group: Group): { left: number; right: number; before: number; after: number } => {
    let left = Infinity;
    let right = -Infinity;
    let before = 0;
    let after = 0;
    for (const member of group.members) {
      const one = isGroup(member)
        ? edges(member)
        : { ...extentOf(placement.areas.get(member.id)), before: 0, after: 0 };
      if (one.left < left || (one.left === left && one.before > before)) [left, before] = [one.left, one.before];
      if (one.right > right || (one.right === right && one.after > after)) [right, after] = [one.right, one.after];
    }
    if (!group.piece) return { left, right, before, after };
    const { inset } = group.piece;
    note(outward(left, 'left', columns), before + inset.left);
    note(outward(right, 'right', columns) + 0.25, after + inset.right);
    return { left, right, before: before + inset.left, after: after + inset.right };
  };
  edges(root);
  const steps = [...inserts].sort(([a], [b]) => a - b);
  // A left edge moves what begins there; a right edge, noted half a pixel further, only what lies beyond.
  const stretched = (x: number): number => x + steps.reduce((sum, [at, room]) => sum + (at <= x ? room : 0), 0);
  const areas = new Map<string, Area>();
  for (const [id, area] of placement.areas) {
    const x = stretched(area.x);
    areas.set(id, { ...area, x, width: area.width });
  }
  const routes = new Map(
    [...placement.routes].map(([id, route]) => [id, route.map(({ x, y }) => ({ x: stretched(x), y }))] as const),
  );
  const enclose = (group: Group): Extent => {
    const extents = group.members.map((member) => (isGroup(member) ? enclose(member) : extentOf(areas.get(member.id))));
    const inset = group.piece?.inset ?? { top: 0, right: 0, bottom: 0, left: 0 };
    const left = Math.min(...extents.map((one) => one.left)) - inset.left;
    const top = Math.min(...extents.map((one) => one.top)) - inset.top;
    const right = Math.max(
      left + (group.piece?.width ?? 0),
      Math.max(...extents.map((one) => one.right)) + inset.right,
    );
    const bottom = Math.max(
      top + (group.piece?.height ?? 0),
      Math.max(...extents.map((one) => one.bottom)) + inset.bottom,
    );
    if (group.piece) areas.set(group.piece.id, { x: left, y: top, width: right - left, height: bottom - top });
    return { left, top, right, bottom };
  };
  enclose(root);
  align(root, areas);
  return fromCorner({ ...placement, areas, routes });
}

/** The next place in that direction that no piece stands across. */
function outward(x: number, side: 'left' | 'right', columns: readonly Extent[]): number {
  let at = x;
  for (let before = NaN; before !== at;) {
    before = at;
    for (const { left, right } of columns) if (left < at && at < right) at = side === 'left' ? left : right;
  }
  return at;
}

/** Open containers beside each other are made equally wide where nothing stands in the way. */
function align(group: Group, areas: Map<string, Area>): void {
  const lanes = group.members.filter(isGroup);
  const own = lanes.flatMap((lane) => (lane.piece ? [lane.piece.id] : []));
  const known = own.flatMap((id) => areas.get(id) ?? []);
  const left = Math.min(...known.map((area) => area.x));
  const right = Math.max(...known.map((area) => area.x + area.width));
  const others = group.members.flatMap((member) => (isGroup(member) ? [] : (areas.get(member.id) ?? [])));
  const wide = own.map((id) => {
    const area = areas.get(id);
    return { id, area: { x: left, y: area?.y ?? 0, width: right - left, height: area?.height ?? 0 } };
  });
  const all = [...others, ...wide.map((one) => one.area)];
  const free = wide.every(({ area }) => all.every((other) => other === area || !overlap(area, other)));
  if (free) for (const { id, area } of wide) areas.set(id, area);
  for (const lane of lanes) align(lane, areas);
}

/** Moved so that everything begins at 0. */
function fromCorner({ areas, routes }: Placement): Placement {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (x: number, y: number, width = 0, height = 0): void => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  };
  for (const { x, y, width, height } of areas.values()) take(x, y, width, height);
  for (const route of routes.values()) for (const { x, y } of route) take(x, y);
  return {
    width: right - left,
    height: bottom - top,
    areas: new Map([...areas].map(([id, area]) => [id, { ...area, x: area.x - left, y: area.y - top }] as const)),
    routes: new Map(
      [...routes].map(([id, route]) => [id, route.map(({ x, y }) => ({ x: x - left, y: y - top }))] as const),
    ),
  };
}
