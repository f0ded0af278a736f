// Areas and points -> path data: the outlines of kinds, right-angled lines with round bends, and heads of arrows.

import type { Area, Point } from '../layout/scene.js';
import { rounded } from './drawing.js';

/** `xy` in pairs. */
function at(...values: number[]): string {
  return values.map(rounded).join(' ');
}

/** The height of the ends of a cylinder. */
const cap = 8;

/** A standing cylinder: its outline, and the near edge of its lid. */
export function cylinder({ x, y, width, height }: Area): { outline: string; lid: string } {
  const right = x + width;
  const top = y + cap;
  const bottom = y + height - cap;
  const curve = (from: number, to: number, level: number, by: number) =>
    `C${at(from, level + by, to, level + by, to, level)}`;
  const lift = cap * 1.33;
  return {
    outline: `M${at(x, top)}${curve(x, right, top, -lift)}V${rounded(bottom)}${curve(right, x, bottom, lift)}Z`,
    lid: `M${at(x, top)}${curve(x, right, top, lift)}`,
  };
}

/** A lying tube: its outline, and the near edge of its open end. */
export function tube({ x, y, width, height }: Area): { outline: string; lid: string } {
  const end = 9;
  const bottom = y + height;
  const left = x + end;
  const right = x + width - end;
  const lift = end * 1.33;
  return {
    outline: `M${at(left, y)}H${rounded(right)}C${at(right + lift, y, right + lift, bottom, right, bottom)}H${rounded(left)}C${at(left - lift, bottom, left - lift, y, left, y)}Z`,
    lid: `M${at(left, y)}C${at(left + lift, y, left + lift, bottom, left, bottom)}`,
  };
}

/** A vessel, wider at its rim: its outline, and the near edge of the rim. */
export function vessel({ x, y, width, height }: Area): { outline: string; lid: string } {
  const right = x + width;
  const top = y + cap;
  const bottom = y + height - 6;
  const lift = cap * 1.33;
  const inward = 7;
  return {
    outline: `M${at(x, top)}C${at(x, top - lift, right, top - lift, right, top)}L${at(right - inward, bottom)}C${at(right - inward, bottom + 8, x + inward, bottom + 8, x + inward, bottom)}Z`,
    lid: `M${at(x, top)}C${at(x, top + lift, right, top + lift, right, top)}`,
  };
}

/** Head and shoulders; the shoulders carry the text and meet the lines. */
export function person({ x, y, width, height }: Area): { head: { cx: number; cy: number; r: number }; body: string } {
  const radius = 13;
  const top = y + 29;
  const curve = Math.min(26, height / 3);
  const right = x + width;
  const bottom = y + height;
  return {
    head: { cx: x + width / 2, cy: y + radius, r: radius },
    body: `M${at(x, bottom - 8)}V${rounded(top + curve)}Q${at(x, top, x + curve, top)}H${rounded(right - curve)}Q${at(right, top, right, top + curve)}V${rounded(bottom - 8)}Q${at(right, bottom, right - 8, bottom)}H${rounded(x + 8)}Q${at(x, bottom, x, bottom - 8)}Z`,
  };
}

/** The radius of a bend, where there is room for it. */
export const bend = 9;

/** A line through the points, its corners rounded. */
export function polyline(points: readonly Point[]): string {
  const [first] = points;
  if (!first) return '';
  let path = `M${at(first.x, first.y)}`;
  for (let index = 1; index < points.length; index++) {
    const before = points[index - 1];
    const point = points[index];
    const after = points[index + 1];
    if (!before || !point) continue;
    if (!after) {
      path += `L${at(point.x, point.y)}`;
      continue;
    }
    const radius = Math.min(bend, distance(before, point) / 2, distance(point, after) / 2);
    const enter = toward(point, before, radius);
    const leave = toward(point, after, radius);
    path += `L${at(enter.x, enter.y)}Q${at(point.x, point.y, leave.x, leave.y)}`;
  }
  return path;
}

export function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** `by` px from `from` on the way to `to`. */
export function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}

export const headLength = 10;

/** The points without the length of a head at the end, and the head. */
export function withHead(points: readonly Point[]): { points: Point[]; head: string } {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (!tip || !before || distance(tip, before) === 0) return { points: [...points], head: '' };
  const back = toward(tip, before, headLength);
  const side = {
    x: ((tip.y - before.y) / distance(tip, before)) * 5,
    y: ((tip.x - before.x) / distance(tip, before)) * 5,
  };
  const head = `M${at(tip.x, tip.y)}L${at(back.x + side.x, back.y + side.y)}L${at(back.x - side.x, back.y - side.y)}Z`;
  return {
    points: [...points.slice(0, -1), toward(tip, before, Math.min(headLength - 1, distance(tip, before)))],
    head,
  };
}

/** Courses of bricks from top to bottom, to be stroked on a band. */
export function mortar({ x, y, width, height }: Area): string {
  const course = 7;
  let path = '';
  for (let row = 1; row * course < height; row++) {
    const level = y + row * course;
    path += `M${at(x, level)}h${rounded(width)}`;
    const joint = x + (row % 2 === 0 ? width * 0.3 : width * 0.7);
    path += `M${at(joint, level - course)}v${course}`;
  }
  return path;
}
