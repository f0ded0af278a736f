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
      for (const end of ['from', 'to'] as const) {
        take(withoutStep(best, { index, end, byId }));
        take(withoutStepOnTheWay(best, { index, end }));
      }
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
  const fits = next.y > box.y + 12 + (box.kind === 'client' ? 29 : 0) && next.y < box.y + box.height - 12;
  if (!isStep(corner, next) || !fits) return [];
  return [withPoints(line, { index, end }, [{ x: first.x, y: next.y }, ...rest])];
}

/** The line without its first step between two turns, seen from that end; what comes before it goes as high as what comes after. */
function withoutStepOnTheWay(line: Line, { index, end }: Pick<Place, 'index' | 'end'>): Line[] {
  const points = line.branches[index]?.points ?? [];
  const way = end === 'from' ? points : [...points].reverse();
  for (let at = 1; at + 4 < way.length; at++) {
    const [before, turn, corner, next] = way.slice(at, at + 4);
    if (!before || !turn || !corner || !next || before.x !== turn.x || turn.y !== corner.y) continue;
    if (!isStep(corner, next)) continue;
    return [
      withPoints(line, { index, end }, [...way.slice(0, at + 1), { x: turn.x, y: next.y }, ...way.slice(at + 4)]),
    ];
  }
  return [];
}

function isStep(from: Point, to: Point): boolean {
  const height = Math.abs(to.y - from.y);
  return from.x === to.x && height > 0 && height <= step;
}

function withPoints(line: Line, { index, end }: Pick<Place, 'index' | 'end'>, way: readonly Point[]): Line {
  const points = end === 'from' ? way : [...way].reverse();
  return { ...line, branches: line.branches.map((one, at) => (at === index ? { ...one, points } : one)) };
}
