// Links whose ends are placed -> the points that they run through.

import type { Point } from '../scene.js';
import type { Link, Net, Slot } from './graph.js';
import type { Crossing } from './tracks.js';

/** Where a net runs between two columns. */
export interface Course {
  readonly crossing: Crossing;
  /** The x of its upright stretches, from the left. */
  readonly x: number;
  readonly firstX: number;
}

/** The way of a link in its level, from its `from` to its `to`. `courses`: column by column, those of the nets. */
export function routeOf(link: Link, courses: readonly ReadonlyMap<Net, Course>[]): Point[] {
  const points: Point[] = [];
  const { path } = link;
  for (let at = 0; at + 1 < path.length; at += 2) {
    const [one, other] = [path[at], path[at + 1]];
    if (!one || !other) continue;
    const net = one.spans.find((span) => span.right === other)?.net;
    const course = net && courses[one.item.rank]?.get(net);
    const [start, end] = [pointOf(one), pointOf(other)];
    points.push(start);
    if (course && start.y !== end.y) {
      const { x, firstX, crossing } = course;
      if (crossing.step) {
        points.push({ x: firstX, y: start.y }, { x: firstX, y: crossing.step.y }, { x, y: crossing.step.y });
      } else points.push({ x, y: start.y });
      points.push({ x, y: end.y });
    }
    points.push(end);
  }
  return link.forward ? points : points.reverse();
}

function pointOf(slot: Slot): Point {
  const { item, side } = slot;
  return { x: item.x + (side === 'right' ? item.width : 0), y: heightOf(slot) };
}

export function heightOf(slot: Slot): number {
  return slot.item.y + slot.y;
}
