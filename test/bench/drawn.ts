// Lines as they are drawn -> how often they cross and bend: the same measure for the pictures of every tool.

import type { Scene } from '../../src/layout/index.js';

/** A line as straight stretches from point to point. Those of one `line` that touch do not cross. */
export interface Stroke {
  readonly line: number;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Stretch {
  readonly line: number;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly left: number;
  readonly right: number;
}

/** Places at which two lines pass through each other. Where lines only meet or touch, they do not cross. */
export function crossingsIn(strokes: readonly Stroke[]): number {
  const stretches: Stretch[] = strokes.flatMap(({ line, points }) =>
    points.slice(1).flatMap((to, index) => {
      const from = points[index] ?? to;
      return from[0] === to[0] && from[1] === to[1]
        ? []
        : [{ line, from, to, left: Math.min(from[0], to[0]), right: Math.max(from[0], to[0]) }];
    }),
  );
  stretches.sort((a, b) => a.left - b.left);
  const places = new Set<string>();
  stretches.forEach((one, index) => {
    for (let at = index + 1; at < stretches.length; at++) {
      const other = stretches[at];
      if (!other || other.left > one.right) break;
      if (other.line === one.line) continue;
      const place = crossing(one, other);
      if (!place) continue;
      const lines = [one.line, other.line].sort((a, b) => a - b);
      places.add([...lines, Math.round(place[0]), Math.round(place[1])].join(' '));
    }
  });
  return places.size;
}

/** Where both pass strictly from one side of the other to the other side. */
function crossing(one: Stretch, other: Stretch): readonly [number, number] | undefined {
  const [a, b, c, d] = [one.from, one.to, other.from, other.to];
  const [first, second] = [turn(a, b, c), turn(a, b, d)];
  const [third, fourth] = [turn(c, d, a), turn(c, d, b)];
  if (first * second >= 0 || third * fourth >= 0) return undefined;
  const share = first / (first - second);
  return [c[0] + (d[0] - c[0]) * share, c[1] + (d[1] - c[1]) * share];
}

function turn(a: readonly [number, number], b: readonly [number, number], c: readonly [number, number]): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

export function strokesOf(scene: Scene): Stroke[] {
  return scene.lines.flatMap(({ branches }, line) =>
    branches.map(({ points }) => ({ line, points: points.map(({ x, y }) => [x, y] as const) })),
  );
}

export function crossingsOf(scene: Scene): number {
  return crossingsIn(strokesOf(scene));
}

export function bendsOf(scene: Scene): number {
  return strokesOf(scene).reduce((sum, { points }) => sum + Math.max(0, points.length - 2), 0);
}
