// What became of boxes and lines -> its marks: rings, bands and signed badges. Form says it without colour: plus, minus and tilde; solid, crossed, dotted.

import type { Change } from '../base/difference.js';
import type { Box, Branch, Line, Point, Scene } from '../layout/scene.js';
import type { Pen } from './drawing.js';
import { rounded } from './drawing.js';
import { polyline } from './shapes.js';

export interface PictureChanges {
  /** By id of the box; what is not in it stays as it was. */
  readonly boxes: ReadonlyMap<string, Change>;
  /** By id of the line. */
  readonly lines: ReadonlyMap<string, Change>;
}

export const noChanges: PictureChanges = { boxes: new Map(), lines: new Map() };

const badge = 18;

/** A wide light stroke under a line: solid where it comes, dotted where it changes; one that goes has crosses on it. */
export function paintBands(pen: Pen, scene: Scene, changes: PictureChanges): void {
  for (const line of scene.lines) {
    for (const branch of line.branches) {
      const change = ofBranch(line, branch, changes);
      if (!change) continue;
      const dash = {
        added: {},
        removed: { 'stroke-dasharray': '14 6', 'stroke-linecap': 'butt' },
        changed: { 'stroke-dasharray': '1 13' },
      }[change];
      pen.draw('path', `${change}-band`, {
        d: polyline(branch.points),
        'stroke-width': change === 'changed' ? 11 : 10,
        ...dash,
      });
    }
  }
}

/** A line that stays still comes or goes at what comes or goes. */
function ofBranch(line: Line, { from, to }: Branch, { boxes, lines }: PictureChanges): Change | undefined {
  const own = lines.get(line.id);
  if (own !== undefined) return own;
  const ends = [from, to].flatMap((end) => (end === undefined ? [] : (boxes.get(end) ?? [])));
  return ends.find((change) => change === 'removed') ?? ends.find((change) => change === 'added');
}

/** Crosses along what goes, above the lines. */
export function paintCrosses(pen: Pen, scene: Scene, changes: PictureChanges): void {
  for (const line of scene.lines) {
    const points = line.branches
      .filter((branch) => ofBranch(line, branch, changes) === 'removed')
      .flatMap((branch) => along(branch.points));
    if (points.length > 0)
      pen.draw('path', 'removed-ring', { d: points.map((point) => cross(point, 4.5)).join(''), 'stroke-width': 2 });
  }
}

/** A point in the middle of each stretch that is long enough for a cross. */
function along(points: readonly Point[]): readonly Point[] {
  const long = 26;
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (!next || Math.abs(next.x - point.x) + Math.abs(next.y - point.y) < long) return [];
    return [{ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }];
  });
}

function cross({ x, y }: Point, size: number): string {
  const [left, right, top, bottom] = [x - size, x + size, y - size, y + size].map(rounded);
  return `M${left} ${top}L${right} ${bottom}M${right} ${top}L${left} ${bottom}`;
}

/** Around a box: solid where it comes, crossed out where it goes, dotted where it changes. */
export function paintBoxChanges(pen: Pen, scene: Scene, { boxes }: PictureChanges): void {
  const around = new Map(scene.boxes.map((box) => [box.id, box]));
  for (const box of scene.boxes) {
    const change = boxes.get(box.id);
    if (!change) continue;
    paintRing(pen, box, change);
    // What comes or goes with what is around it needs no badge of its own.
    const parent = box.parent === undefined ? undefined : around.get(box.parent);
    const inherited = change !== 'changed' && parent !== undefined && boxes.get(parent.id) === change;
    if (!inherited) paintBadge(pen, placeOn(box), change);
  }
}

function placeOn(box: Box): Point {
  if (box.form === 'record') return { x: box.x + box.width - 16, y: box.y + box.height / 2 };
  // Above its corner stands the name of the host.
  if (box.form === 'chip') return { x: box.x + box.width + 4, y: box.y + box.height / 2 };
  return { x: box.x + 4, y: box.y };
}

function paintRing(pen: Pen, box: Box, change: Change): void {
  const inside = box.form === 'record';
  const grow = inside ? -2 : box.form === 'card' ? 4 : 0;
  const area = { x: box.x - grow, y: box.y - grow, width: box.width + 2 * grow, height: box.height + 2 * grow };
  const radius = inside ? 4 : box.kind === 'network' ? 12 : box.form === 'card' ? 11 : 8;
  const dash = {
    added: {},
    removed: { 'stroke-dasharray': '9 5', 'stroke-linecap': 'butt' },
    changed: { 'stroke-dasharray': '1 5' },
  }[change];
  pen.draw('rect', `${change}-ring`, { ...area, rx: radius, 'stroke-width': inside ? 1.5 : 2.5, ...dash });
  // Through the mark: the name is to be read.
  if (change === 'removed' && box.form === 'card' && box.icon) {
    const { x, y, width, height } = box.icon;
    pen.draw('path', 'removed-ring', {
      d: `M${rounded(x - 6)} ${rounded(y)}L${rounded(x + width + 6)} ${rounded(y + height)}`,
      'stroke-width': 2,
    });
  }
}

export function paintLineChanges(pen: Pen, scene: Scene, { lines }: PictureChanges): void {
  for (const line of scene.lines) {
    const [change, { plate }] = [lines.get(line.id), line];
    if (!change || !plate) continue;
    // The lock says what the line is; it is to be seen.
    const x = Math.min(plate.x - 2, (plate.lock?.x ?? Infinity) - badge / 2 - 5);
    paintBadge(pen, { x, y: plate.y + plate.height / 2 }, change);
  }
}

/** Round with a plus, square with a minus, a lozenge with a tilde. */
export function paintBadge(pen: Pen, { x, y }: Point, change: Change): void {
  const half = badge / 2;
  if (change === 'changed') {
    const reach = half + 2;
    pen.draw('path', 'changed', {
      d: `M${x} ${y - reach}L${x + reach} ${y}L${x} ${y + reach}L${x - reach} ${y}Z`,
      'stroke-width': 1.5,
    });
  } else {
    const radius = change === 'added' ? half : 3;
    pen.draw('rect', change, {
      x: x - half,
      y: y - half,
      width: badge,
      height: badge,
      rx: radius,
      'stroke-width': 1.5,
    });
  }
  const sign = {
    added: `M${x - 4.5} ${y}H${x + 4.5}M${x} ${y - 4.5}V${y + 4.5}`,
    removed: `M${x - 4.5} ${y}H${x + 4.5}`,
    changed: `M${x - 4.5} ${y + 1}C${x - 2.5} ${y - 3.5} ${x - 0.5} ${y - 1.5} ${x} ${y}C${x + 0.5} ${y + 1.5} ${x + 2.5} ${y + 3.5} ${x + 4.5} ${y - 1}`,
  }[change];
  pen.draw('path', 'sign', { d: sign, 'stroke-width': 2 });
}
