// Lines of the scene -> strokes: an encrypted line is double, like a pipe, and has a closed lock; a clear one is single, with an open lock.

import type { Branch, Line, Point } from '../layout/scene.js';
import { paintText } from './boxes.js';
import type { Pen } from './drawing.js';
import { idOf } from './ids.js';
import { lockClosed, lockOpen } from './marks.js';
import type { Part } from './palette.js';
import { bend, distance, polyline, toward, withHead } from './shapes.js';

export interface Look {
  readonly encryption: Line['encryption'];
  readonly optional: boolean;
  readonly upkeep: boolean;
  /** Nothing passes any more. */
  readonly idle?: boolean;
}

/** The stroke along `path`, in the form that says what passes. */
export function paintStroke(pen: Pen, path: string, look: Look): void {
  const { encryption, optional, upkeep, idle } = look;
  if (idle) {
    pen.draw('path', 'idle', { d: path, 'stroke-width': 1.25, 'stroke-dasharray': '3 8', 'stroke-linecap': 'butt' });
    return;
  }
  const dash = upkeep
    ? { 'stroke-dasharray': '1 5' }
    : optional
      ? { 'stroke-dasharray': '7 5', 'stroke-linecap': 'butt' }
      : {};
  if (encryption === 'yes') {
    pen.draw('path', upkeep ? 'quiet' : 'secure', {
      d: path,
      'stroke-width': upkeep ? 4 : 4.5,
      ...dash,
      ...(upkeep ? { 'stroke-dasharray': '2 4', 'stroke-linecap': 'butt' } : {}),
    });
    pen.draw('path', 'core', { d: path, 'stroke-width': 1.5, 'stroke-linecap': 'butt' });
  } else pen.draw('path', upkeep ? 'quiet' : 'line', { d: path, 'stroke-width': 1.75, ...dash });
}

export function headPart({ encryption, upkeep, idle }: Look): Part {
  if (idle) return 'idle-head';
  return upkeep ? 'quiet-head' : encryption === 'yes' ? 'secure-head' : 'head';
}

/** All but the label, which stands above the boxes. `isIdle` tells the branches that carry nothing. */
export function paintLine(pen: Pen, line: Line, isIdle: (branch: Branch) => boolean): void {
  const group = open(pen, line, 'line');
  group.title(line.title);
  for (const idle of [true, false]) {
    const branches = line.branches.filter((branch) => isIdle(branch) === idle);
    if (branches.length > 0) paintBranches(group, { ...line, branches, idle, alone: line.branches.length === 1 });
  }
}

function paintBranches(group: Pen, line: Line & { readonly idle: boolean; readonly alone: boolean }): void {
  const ways: (readonly Point[])[] = [];
  const heads = new Set<string>();
  for (const branch of line.branches) {
    let points: readonly Point[] = branch.points;
    if (branch.to !== undefined && (branch.from === undefined || !line.mutual || line.alone))
      points = end(points, heads);
    else if (branch.to !== undefined) points = [...end([...points].reverse(), heads)].reverse();
    if (line.mutual && branch.from !== undefined && branch.to === undefined)
      points = [...end([...points].reverse(), heads)].reverse();
    ways.push(points);
  }
  const dashed = line.optional || line.upkeep || line.idle;
  paintStroke(group, (dashed ? onceEach(ways) : ways).map(polyline).join(''), line);
  if (heads.size > 0) group.draw('path', headPart(line), { d: [...heads].join('') });
}

/** The dashes of two branches that share a way would fill each other's gaps: every way but the first begins where it leaves those before. */
function onceEach(ways: readonly (readonly Point[])[]): (readonly Point[])[] {
  const meet = meetingPoint(ways);
  if (!meet) return [...ways];
  const known: (readonly Point[])[] = [];
  return ways.map((way) => {
    const outward = isAt(way[0], meet) ? way : [...way].reverse();
    const shared = Math.max(0, ...known.map((other) => sharedLength(outward, other)));
    known.push(outward);
    // The bend itself is drawn.
    const kept = without(outward, Math.max(0, shared - bend));
    return outward === way ? kept : kept.reverse();
  });
}

/** The end that all ways have. */
function meetingPoint([first, ...others]: readonly (readonly Point[])[]): Point | undefined {
  if (others.length === 0) return undefined;
  return [first?.[0], first?.at(-1)].find(
    (point) => point && others.every((way) => isAt(way[0], point) || isAt(way.at(-1), point)),
  );
}

function isAt(point: Point | undefined, place: Point): boolean {
  return point?.x === place.x && point.y === place.y;
}

/** How far two ways from one point go together. */
function sharedLength(one: readonly Point[], other: readonly Point[]): number {
  let length = 0;
  for (let at = 0; at + 1 < Math.min(one.length, other.length); at++) {
    const [from, a, b] = [one[at], one[at + 1], other[at + 1]];
    if (!from || !a || !b) break;
    const same =
      Math.sign(a.x - from.x) === Math.sign(b.x - from.x) && Math.sign(a.y - from.y) === Math.sign(b.y - from.y);
    if (!same) break;
    length += Math.min(distance(from, a), distance(from, b));
    if (!isAt(a, b)) break;
  }
  return length;
}

/** The way without its first px. */
function without(way: readonly Point[], length: number): Point[] {
  let left = length;
  for (let at = 0; at + 1 < way.length; at++) {
    const [from, to] = [way[at], way[at + 1]];
    if (!from || !to) break;
    const long = distance(from, to);
    if (left < long) return [toward(from, to, left), ...way.slice(at + 1)];
    left -= long;
  }
  return [...way];
}

function end(points: readonly Point[], heads: Set<string>): Point[] {
  const shortened = withHead(points);
  heads.add(shortened.head);
  return shortened.points;
}

/** A wide light stroke under a line that a witness goes along. */
export function paintTrace(pen: Pen, branches: readonly Branch[]): void {
  const path = branches.map((branch) => polyline(branch.points)).join('');
  pen.draw('path', 'trace', { d: path, 'stroke-width': 10 });
}

export function paintPlate(pen: Pen, line: Line): void {
  const { plate } = line;
  if (!plate) return;
  const { x, y, width, height } = plate;
  // It covers the line, and does so when its words fade.
  pen.draw('rect', 'plate', { x, y, width, height, rx: 6 });
  const group = open(pen, line, 'label');
  if (plate.lock) paintLock(group, plate.lock, plate.lock.closed, plate.lock.width);
  for (const text of plate.texts) paintText(group, text);
}

export function paintLock(pen: Pen, { x, y }: Point, closed: boolean, size: number): void {
  const scale = size / 24;
  const transform = `translate(${x} ${y}) scale(${Math.round(scale * 1000) / 1000})`;
  pen.draw('path', closed ? 'lock' : 'open', { d: closed ? lockClosed : lockOpen, transform, 'stroke-width': 2.6 });
}

function open(pen: Pen, line: Line, kind: string): Pen {
  return (line.link === undefined ? pen : pen.link(line.link)).group({ id: idOf(kind, line.id) });
}
