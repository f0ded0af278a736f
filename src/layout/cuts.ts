// A placement -> where it can be cut from top to bottom: the gaps between its columns, and the lines that pass each.

import type { Placement } from './engine.js';
import type { Area, Point } from './scene.js';

/** A gap between two columns that a placement can be cut in. */
export interface Cut {
  readonly at: number;
  /** Where what stands before it ends, and where what stands behind it begins. */
  readonly left: number;
  readonly right: number;
  readonly lines: readonly Passing[];
}

/** A line that passes a gap. */
export interface Passing {
  /** How high it is at the cut, and where it comes into the gap and leaves it. */
  readonly height: number;
  readonly before: number;
  readonly after: number;
}

/** One cut for each gap: where the fewest lines pass, and of such places the first. `areas`: what is not cut. */
export function cutsIn({ routes }: Placement, areas: readonly Area[]): Cut[] {
  const columns = columnsOf(areas);
  return columns.slice(1).map(({ left: to }, index) => {
    const from = columns[index]?.right ?? 0;
    const inGap = [...routes.values()].flatMap((route) => {
      const part = partIn(route, from, to);
      return part.length > 0 ? [part] : [];
    });
    return cutBetween(from, to, inGap);
  });
}

interface Column {
  readonly left: number;
  right: number;
}

/** What stands above each other, from the left. */
function columnsOf(areas: readonly Area[]): Column[] {
  const columns: Column[] = [];
  for (const { x, width } of [...areas].sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last && x <= last.right) last.right = Math.max(last.right, x + width);
    else columns.push({ left: x, right: x + width });
  }
  return columns;
}

type Stretch = readonly [from: Point, to: Point];

/** The stretches of a route that touch a gap, each from left to right. */
function partIn(route: readonly Point[], from: number, to: number): Stretch[] {
  return route.slice(1).flatMap((end, index): Stretch[] => {
    const start = route[index];
    if (!start || Math.max(start.x, end.x) <= from || Math.min(start.x, end.x) >= to) return [];
    return [start.x <= end.x ? [start, end] : [end, start]];
  });
}

function cutBetween(from: number, to: number, inGap: readonly (readonly Stretch[])[]): Cut {
  const upright = inGap.flatMap((part) => part.flatMap(([start, end]) => (start.x === end.x ? [start.x] : [])));
  const marks = [from, ...new Set(upright.sort((a, b) => a - b)), to];
  const places = marks.slice(1).map((mark, index) => ((marks[index] ?? from) + mark) / 2);
  const heightsAt = (x: number) => new Set(inGap.flatMap((part) => heightAt(part, x) ?? []));
  const at = places.reduce((best, x) => (heightsAt(x).size < heightsAt(best).size ? x : best));
  const heights = [...heightsAt(at)].sort((a, b) => a - b);
  /** For each line the heights at which it passes there; undefined: what does not pass the cut is in between. */
  const ends = (end: number): ReadonlyMap<number, number> | undefined => {
    const found = new Map<number, number>();
    const [left, right] = [Math.min(at, end), Math.max(at, end)];
    for (const part of inGap) {
      const passing = heightAt(part, at);
      const there = heightAt(part, end);
      const turns = part.some(([start, stop]) => start.x === stop.x && left < start.x && start.x < right);
      if (passing === undefined ? turns : there === undefined || (found.get(passing) ?? there) !== there)
        return undefined;
      if (passing !== undefined && there !== undefined) found.set(passing, there);
    }
    return new Set(found.values()).size === found.size ? found : undefined;
  };
  const [before, after] = [ends(from + 0.25), ends(to - 0.25)];
  return {
    at,
    left: before ? from : at,
    right: after ? to : at,
    lines: heights.map((height) => ({
      height,
      before: before?.get(height) ?? height,
      after: after?.get(height) ?? height,
    })),
  };
}

/** How high a line is at `x`; undefined: it does not pass. */
function heightAt(part: readonly Stretch[], x: number): number | undefined {
  return part.find(([from, to]) => from.x < x && x < to.x)?.[0].y;
}
