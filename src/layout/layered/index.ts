// Connected pieces -> where they stand, by an engine of our own: ranks, order, rows, tracks (Sugiyama's four steps), container by container.

import type { Piece, Placement, Progress, Wire } from '../engine.js';
import type { Area, Point } from '../scene.js';
import { layChains } from './chains.js';
import { levelsOf, type Level } from './graph.js';
import { levelsFrom } from './levels.js';
import { placeLevels, type Courses } from './place.js';
import { routeOf } from './routes.js';
import { sortLevels } from './sort.js';

/** The same pieces and wires give the same placement. `ordered`: labels too keep their order in a column. */
export function placeLayered(
  pieces: readonly Piece[],
  wires: readonly Wire[],
  ordered: boolean,
  progress: Progress = () => undefined,
): Placement {
  const root = levelsFrom(pieces, wires);
  for (const level of levelsOf(root)) layChains(level);
  progress(0.1);
  sortLevels(root, { ordered, progress: (share) => progress(0.1 + 0.5 * share) });
  const courses = placeLevels(root, (share) => progress(0.6 + 0.3 * share));
  const placement = read(root, courses);
  progress(1);
  return placement;
}

function read(root: Level, courses: Courses): Placement {
  const areas = new Map<string, Area>();
  const stretches = new Map<string, Point[][]>();
  const visit = (level: Level, x: number, y: number): void => {
    for (const link of level.links) {
      const route = routeOf(link, courses.get(level) ?? []).map((point) => ({ x: x + point.x, y: y + point.y }));
      for (const wire of link.wires) {
        const known = stretches.get(wire.id);
        if (known) known.push(route);
        else stretches.set(wire.id, [route]);
      }
    }
    for (const item of [...level.items, ...level.loose]) {
      if (!item.piece) continue;
      const area = { x: x + item.x, y: y + item.y, width: item.width, height: item.height };
      areas.set(item.piece.id, area);
      if (item.inside) visit(item.inside, area.x, area.y + item.piece.inset.top);
    }
  };
  visit(root, 0, 0);
  const routes = new Map<string, readonly Point[]>();
  for (const [id, parts] of stretches) routes.set(id, joined(parts));
  return { width: root.width, height: root.height, areas, routes };
}

/** The levels that a wire passes are known from outside inward: each part goes before or after those it meets. */
function joined(parts: readonly (readonly Point[])[]): Point[] {
  let route: Point[] = [];
  for (const part of parts) {
    const [first, last] = [route[0], route.at(-1)];
    const [start, end] = [part[0], part.at(-1)];
    if (first && end && first.x === end.x && first.y === end.y) route = [...part, ...route];
    else if (last && start && last.x === start.x && last.y === start.y) route = [...route, ...part];
    else route.push(...part);
  }
  return route;
}
