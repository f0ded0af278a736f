// What no line touches -> its place in a level whose other items are placed.

import { grown, stretches } from '../areas.js';
import { gaps } from '../engine.js';
import { packed } from '../room.js';
import type { Area } from '../scene.js';
import type { Level, Net } from './graph.js';
import { routeOf, type Course } from './routes.js';

export function placeLoose(level: Level, courses: readonly ReadonlyMap<Net, Course>[]): void {
  const { loose, piece } = level;
  if (loose.length === 0) return;
  const { left, right } = piece?.inset ?? { left: 0, right: 0 };
  const boxes = loose.map((item) => ({ width: item.width, height: item.height, below: item.piece?.below ?? 0 }));
  const ground = { width: level.width, height: level.height, left, right, taken: takenIn(level, courses) };
  const { places, width, height } = packed(boxes, ground);
  loose.forEach((item, index) => Object.assign(item, places[index]));
  Object.assign(level, { width, height });
}

/** Where nothing else may stand. */
function takenIn(level: Level, courses: readonly ReadonlyMap<Net, Course>[]): Area[] {
  const taken = level.items.map((item) => grown(item, item.kind === 'plate' ? gaps.lines : gaps.boxes));
  for (const link of level.links)
    for (const stretch of stretches(routeOf(link, courses))) taken.push(grown(stretch, gaps.lines));
  return taken;
}
