// Areas and stretches of lines: what meets what, and what lies in what.

import type { Area, Point } from './scene.js';

/** Do they share more than an edge? */
export function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function isInside(inner: Area, outer: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Larger by that much at each edge. */
export function grown({ x, y, width, height }: Area, by: number): Area {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** The stretches of a line, as areas without width or without height. */
export function stretches(points: readonly Point[]): Area[] {
  return points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    return {
      x: Math.min(before.x, point.x),
      y: Math.min(before.y, point.y),
      width: Math.abs(before.x - point.x),
      height: Math.abs(before.y - point.y),
    };
  });
}

/** Strictly through the area, or along in it. */
export function runsThrough(stretch: Area, area: Area): boolean {
  return (
    stretch.x < area.x + area.width &&
    area.x < stretch.x + stretch.width + 0.01 &&
    stretch.y < area.y + area.height &&
    area.y < stretch.y + stretch.height + 0.01 &&
    !(stretch.width === 0 && stretch.x <= area.x) &&
    !(stretch.height === 0 && stretch.y <= area.y)
  );
}
