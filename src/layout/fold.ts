// A placement wider than a page -> the same in rows below each other, as lines of text are broken: what stands behind a gap between two
// columns moves below what stands before it, and the lines that pass the gap are led around. `cuts.ts` says where that can be.

import { cutsIn, type Cut, type Passing } from './cuts.js';
import { gaps, type Piece, type Placement, type Wire } from './engine.js';
import { looseIn, withLoose, withoutPieces } from './room.js';
import type { Area, Point } from './scene.js';

/** Between lines that are led around. */
const step = 12;
/** Between a row and the nearest of them; a head needs room before what it points at. */
const [behind, ahead] = [16, 26];
/** More lines than that are not led around one gap: nobody could follow them. */
const mostLines = 8;
/** A line that need not be led around is worth as much as a picture that is wider by so many px. */
const lineCost = 60;
/** If a width cannot be, one that is wider by this factor is tried. */
const wider = 1.15;
/** Less than this share is not worth the lines' way around. */
const leastGain = 0.15;

/** What stands between two cuts. */
interface Row {
  readonly from?: Cut;
  readonly to?: Cut;
  readonly left: number;
  readonly right: number;
}

/**
 * The placement in as few rows of at most `most` px as that takes; if so narrow it cannot be, in rows hardly wider than they must be.
 * Undefined where it fits, or where little would be gained.
 */
export function folded(
  placement: Placement,
  pieces: readonly Piece[],
  wires: readonly Wire[],
  most: number,
): Placement | undefined {
  const { width } = placement;
  if (width <= most) return undefined;
  const loose = looseIn(pieces, wires);
  const held = pieces.filter((piece) => !loose.has(piece));
  const whole = withoutPieces(placement, loose);
  const cuts = cutsIn(whole, partsIn(whole, held, wires)).filter(({ lines }) => lines.length <= mostLines);
  for (let goal = Math.max(most, 1); goal < width; goal *= wider) {
    const rows = rowsWithin(goal, cuts, width);
    if (!rows) continue;
    if (widthOf(rows) > (1 - leastGain) * width) return undefined;
    return withLoose(inRows(whole, rows), { held, loose, from: placement });
  }
  return undefined;
}

/** What is not cut: pieces that stand in no other, and a label that no line goes on from with the lines that end there. */
function partsIn({ areas, routes }: Placement, pieces: readonly Piece[], wires: readonly Wire[]): Area[] {
  const goesOn = new Set(wires.map(({ from }) => from));
  const starts = new Map<string, number>();
  for (const { id, to } of wires)
    for (const { x } of routes.get(id) ?? []) starts.set(to, Math.min(x, starts.get(to) ?? x));
  return pieces.flatMap(({ id, plate }) => {
    const area = areas.get(id);
    if (!area || !plate || goesOn.has(id)) return area ?? [];
    const left = Math.min(area.x, starts.get(id) ?? area.x);
    return { ...area, x: left, width: area.x + area.width - left };
  });
}

/** Rows up to a cut, the last of which ends there. */
interface Begun {
  readonly before?: Begun;
  readonly row: Row;
  readonly count: number;
  readonly cost: number;
  readonly width: number;
  readonly lines: number;
}

/** As few rows as fit; of as many, those that are narrow and between which few lines are led around. */
function rowsWithin(most: number, cuts: readonly Cut[], width: number): Row[] | undefined {
  const begun: (Begun | undefined)[] = [];
  for (let at = 0; at <= cuts.length; at++) {
    let best: Begun | undefined;
    for (let from = at - 1; from >= -1; from--) {
      const row = rowBetween(cuts[from], cuts[at], width);
      if (row.right - row.left > most) break;
      const before = from < 0 ? undefined : begun[from];
      if ((from >= 0 && !before) || roomOf(row) > most) continue;
      const one = withRow(row, before);
      if (!best || one.count < best.count || (one.count === best.count && one.cost < best.cost)) best = one;
    }
    begun.push(best);
  }
  const rows: Row[] = [];
  for (let one = begun.at(-1); one; one = one.before) rows.unshift(one.row);
  return rows.length > 0 ? rows : undefined;
}

function withRow(row: Row, before: Begun | undefined): Begun {
  const width = Math.max(roomOf(row), before?.width ?? 0);
  const lines = (row.to?.lines.length ?? 0) + (before?.lines ?? 0);
  return {
    ...(before ? { before } : {}),
    row,
    count: 1 + (before?.count ?? 0),
    cost: width + lineCost * lines,
    width,
    lines,
  };
}

function rowBetween(from: Cut | undefined, to: Cut | undefined, width: number): Row {
  return { ...(from ? { from } : {}), ...(to ? { to } : {}), left: from?.right ?? 0, right: to?.left ?? width };
}

function widthOf(rows: readonly Row[]): number {
  return Math.max(...rows.map(roomOf));
}

/** The width of a row with the lines that are led around at its ends. */
function roomOf({ from, to, left, right }: Row): number {
  return right - left + roomFor(from, ahead) + roomFor(to, behind);
}

function roomFor(cut: Cut | undefined, beside: number): number {
  return cut ? beside + Math.max(0, cut.lines.length - 1) * step : 0;
}

/** Where a row comes to stand: how far it moves to the right, and where each height of it goes. */
interface Stand {
  readonly x: number;
  readonly down: (y: number) => number;
}

function inRows(placement: Placement, rows: readonly Row[]): Placement {
  const parts = new Map([...placement.routes].map(([id, route]) => [id, partsOf(route, rows)] as const));
  const extents = extentsIn(rows, placement, parts);
  const stands: Stand[] = [];
  const ways = new Map<Passing, readonly Point[]>();
  let [bottom, right] = [0, 0];
  rows.forEach((row, index) => {
    const { from } = row;
    const heights = squeezed(extents[index] ?? []);
    // Below a wider row it stands at the right, where the lines come from.
    const start = Math.max(0, right - roomOf(row));
    const top = from ? bottom + roomFor(from, ahead) + ahead : 0;
    const stand = { x: start + roomFor(from, ahead) - row.left, down: (y: number) => top + heights.down(y) };
    const before = stands.at(-1);
    if (from && before) for (const [line, way] of waysAround(from, before, stand, bottom)) ways.set(line, way);
    stands.push(stand);
    bottom = top + heights.height;
    right = start + roomOf(row);
  });
  const areas = new Map<string, Area>();
  for (const [id, area] of placement.areas) {
    const stand = stands[rowAt(area.x, rows)];
    if (stand) areas.set(id, { ...area, x: area.x + stand.x, y: stand.down(area.y) });
  }
  const routes = new Map<string, readonly Point[]>();
  for (const [id, own] of parts)
    routes.set(
      id,
      own.flatMap(({ row, points, passing, back }) => {
        const stand = stands[row];
        const way = (passing && ways.get(passing)) ?? [];
        const moved = stand ? points.map(({ x, y }) => ({ x: x + stand.x, y: stand.down(y) })) : [];
        return [...(back ? [...way].reverse() : way), ...moved];
      }),
    );
  return { width: widthOf(rows), height: bottom, areas, routes };
}

function rowAt(x: number, rows: readonly Row[]): number {
  const index = rows.findIndex(({ to }) => to && x < to.at);
  return index < 0 ? rows.length - 1 : index;
}

/** What of a route lies in one row, and by which cut it came there. */
interface Part {
  readonly row: number;
  readonly points: Point[];
  readonly passing?: Passing;
  /** Did it come from the row below? */
  readonly back: boolean;
}

function partsOf(route: readonly Point[], rows: readonly Row[]): Part[] {
  const first = rowAt(route[0]?.x ?? 0, rows);
  const parts: Part[] = [{ row: first, points: [], back: false }];
  let at = first;
  route.forEach((point) => {
    const to = rowAt(point.x, rows);
    while (at !== to) {
      const back = to < at;
      const cut = back ? rows[at]?.from : rows[at]?.to;
      const passing = cut?.lines.find(({ height }) => height === point.y);
      at += back ? -1 : 1;
      parts.push({ row: at, points: [], back, ...(passing ? { passing } : {}) });
    }
    parts.at(-1)?.points.push(point);
  });
  return parts.map((part, index) => {
    const [row, next] = [rows[part.row], parts[index + 1]];
    if (!row) return part;
    const came = fitted(part.points, row, part.passing, part.back ? 'right' : 'left');
    const goes = fitted([...came].reverse(), row, next?.passing, next?.back ? 'left' : 'right');
    return { ...part, points: goes.reverse() };
  });
}

/** Points from a cut inward: without the turns in the gap that are not needed, and as high there as the line comes around. */
function fitted(points: readonly Point[], row: Row, passing: Passing | undefined, side: 'left' | 'right'): Point[] {
  if (!passing) return [...points];
  const needed = points.filter(({ x }) => (side === 'left' ? x >= row.left : x <= row.right));
  const height = side === 'left' ? passing.after : passing.before;
  const until = needed.findIndex(({ y }) => y !== passing.height);
  return needed.map(({ x, y }, index) => ({ x, y: until < 0 || index < until ? height : y }));
}

/**
 * The ways from the right end of a row to the left end of the next. The uppermost line is the outermost at the right and in between, and
 * at the left the innermost: so lines that did not cross before do not.
 */
function waysAround(cut: Cut, before: Stand, after: Stand, bottom: number): Map<Passing, readonly Point[]> {
  const count = cut.lines.length;
  const left = [...cut.lines].sort((a, b) => a.after - b.after);
  return new Map(
    [...cut.lines]
      .sort((a, b) => a.before - b.before)
      .map((line, place) => {
        const out = (count - 1 - place) * step;
        const right = cut.left + before.x + behind + out;
        const between = bottom + ahead + out;
        const end = cut.right + after.x - ahead - left.indexOf(line) * step;
        const way = [
          { x: right, y: before.down(line.before) },
          { x: right, y: between },
          { x: end, y: between },
          { x: end, y: after.down(line.after) },
        ];
        return [line, way] as const;
      }),
  );
}

interface Extent {
  readonly from: number;
  readonly to: number;
}

/** For each row, how far down everything of it reaches. */
function extentsIn(
  rows: readonly Row[],
  { areas }: Placement,
  parts: ReadonlyMap<string, readonly Part[]>,
): readonly (readonly Extent[])[] {
  const extents = rows.map(({ from, to }): Extent[] =>
    [...(from?.lines ?? []).map(({ after }) => after), ...(to?.lines ?? []).map(({ before }) => before)].map((y) => ({
      from: y,
      to: y,
    })),
  );
  for (const { x, y, height } of areas.values()) extents[rowAt(x, rows)]?.push({ from: y, to: y + height });
  for (const own of parts.values())
    for (const { row, points } of own) for (const { y } of points) extents[row]?.push({ from: y, to: y });
  return extents;
}

/** The heights of what moves up where nothing stood beside it but what is now in another row. */
function squeezed(extents: readonly Extent[]): { readonly height: number; readonly down: (y: number) => number } {
  const bands: { readonly from: number; to: number; readonly down: number }[] = [];
  for (const { from, to } of [...extents].sort((a, b) => a.from - b.from)) {
    const last = bands.at(-1);
    if (last && from <= last.to + gaps.boxes) last.to = Math.max(last.to, to);
    else bands.push({ from, to, down: last ? last.to + last.down + gaps.boxes - from : -from });
  }
  const down = (y: number): number => y + (bands.findLast(({ from }) => from <= y)?.down ?? 0);
  const last = bands.at(-1);
  return { height: last ? last.to + last.down : 0, down };
}
