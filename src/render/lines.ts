// Lines of the scene -> strokes: an encrypted line is double, like a pipe, and has a closed lock; a clear one is single, with an open lock.

import type { Branch, Line, Point } from '../layout/scene.js';
import { paintText } from './boxes.js';
import type { Pen } from './drawing.js';
import { idOf } from './ids.js';
import { lockClosed, lockOpen } from './marks.js';
import type { Part } from './palette.js';
import { polyline, withHead } from './shapes.js';

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
  const paths: string[] = [];
  const heads = new Set<string>();
  for (const branch of line.branches) {
    let points: readonly Point[] = branch.points;
    if (branch.to !== undefined && (branch.from === undefined || !line.mutual || line.alone))
      points = end(points, heads);
    else if (branch.to !== undefined) points = [...end([...points].reverse(), heads)].reverse();
    if (line.mutual && branch.from !== undefined && branch.to === undefined)
      points = [...end([...points].reverse(), heads)].reverse();
    paths.push(polyline(points));
  }
  paintStroke(group, paths.join(''), line);
  if (heads.size > 0) group.draw('path', headPart(line), { d: [...heads].join('') });
}

function end(points: readonly Point[], heads: Set<string>): Point[] {
  const shortened = withHead(points);
  heads.add(shortened.head);
  return shortened.points;
}

/** A wide light stroke under a line that a witness goes along. */
export function paintTrace(pen: Pen, line: Line): void {
  const path = line.branches.map((branch) => polyline(branch.points)).join('');
  pen.draw('path', 'trace', { d: path, 'stroke-width': 10 });
}

export function paintPlate(pen: Pen, line: Line): void {
  const { plate } = line;
  if (!plate) return;
  const group = open(pen, line, 'label');
  const { x, y, width, height } = plate;
  group.draw('rect', 'plate', { x, y, width, height, rx: 6 });
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
