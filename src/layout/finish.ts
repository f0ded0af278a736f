// Lines as the engine laid them -> the same without what a careful hand would not leave: steps of a few px, labels that hang out. Where
// anything else would get worse by that, they stay.

import type { Box, Line, Point } from './scene.js';
import { Surroundings } from './surroundings.js';
import { uprightWays } from './upright.js';

export function finished(boxes: readonly Box[], lines: readonly Line[]): Line[] {
  const around = new Surroundings({ boxes, lines });
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return lines.map((line) => {
    let best = line;
    const take = (ways: readonly Line[]): void => {
      const better = ways.find((way) => around.allow(best, way));
      if (!better) return;
      best = better;
      around.replace(better);
    };
    for (const index of line.branches.keys())
      for (const end of ['from', 'to'] as const) take(withoutStep(best, { index, end, byId }));
    take(uprightWays(best));
    return best;
  });
}

/** Steps up to this height do not look meant. */
const step = 7;

interface Place {
  readonly index: number;
  readonly end: 'from' | 'to';
  readonly byId: ReadonlyMap<string, Box>;
}

/** The line with that end of that branch as high as where it goes, if it steps there: at most one way. */
function withoutStep(line: Line, { index, end, byId }: Place): Line[] {
  const branch = line.branches[index];
  const id = branch?.[end];
  const box = id === undefined ? undefined : byId.get(id);
  if (!branch || !box || (box.form !== 'card' && (box.form !== 'container' || box.kind === 'dns'))) return [];
  const points = end === 'from' ? branch.points : [...branch.points].reverse();
  const [first, corner, next, ...rest] = points;
  if (!first || !corner || !next || rest.length === 0) return [];
  const height = Math.abs(next.y - first.y);
  const fits = next.y > box.y + 12 + (box.kind === 'client' ? 29 : 0) && next.y < box.y + box.height - 12;
  if (height === 0 || height > step || corner.x !== next.x || !fits) return [];
  const straight: Point[] = [{ x: first.x, y: next.y }, ...rest];
  const changed = { ...branch, points: end === 'from' ? straight : straight.reverse() };
  return [{ ...line, branches: line.branches.map((one, at) => (at === index ? changed : one)) }];
}
