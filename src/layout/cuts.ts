// A placement -> where it can be cut from top to bottom: the gaps between its columns, and the lines that pass each.

import { append } from '../base/lists.js';
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
  const gaps = columns
    .slice(1)
    .map(({ left }, index): Gap => ({ from: columns[index]?.right ?? 0, to: left, parts: [] }));
  for (const route of routes.values()) for (const [gap, part] of partsOf(route, gaps)) gap.parts.push(part);
  return gaps.map(cutIn);
}

interface Gap {
  readonly from: number;
  readonly to: number;
  /** For each line that comes into it, the stretches that do. */
  readonly parts: (readonly Stretch[])[];
}

/** From left to right, or upright. */
type Stretch = readonly [from: Point, to: Point];

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

/** A step of so many px looks like a slip. */
const slight = 24;

function partsOf(route: readonly Point[], gaps: readonly Gap[]): Map<Gap, Stretch[]> {
  const parts = new Map<Gap, Stretch[]>();
  route.slice(1).forEach((end, index) => {
    const start = route[index] ?? end;
    const stretch: Stretch = start.x <= end.x ? [start, end] : [end, start];
    const [{ x: left }, { x: right }] = stretch;
    for (let at = firstBehind(left, gaps); at < gaps.length; at++) {
      const gap = gaps[at];
      if (!gap || gap.from >= right) break;
      append(parts, gap, stretch);
    }
  });
  return parts;
}

/** The place of the first gap that ends behind `x`. */
function firstBehind(x: number, gaps: readonly Gap[]): number {
  let [low, high] = [0, gaps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((gaps[middle]?.to ?? 0) > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

function cutIn({ from, to, parts }: Gap): Cut {
  const upright = parts.flatMap((part) => part.flatMap(([start, end]) => (start.x === end.x ? [start.x] : [])));
  const marks = [from, ...new Set(upright.sort((a, b) => a - b)), to];
  const places = marks.slice(1).map((mark, index) => ((marks[index] ?? from) + mark) / 2);
  const heightsAt = (x: number) => new Set(parts.flatMap((part) => heightAt(part, x) ?? []));
  const at = places.reduce((best, x) => (heightsAt(x).size < heightsAt(best).size ? x : best));
  const heights = [...heightsAt(at)].sort((a, b) => a - b);
  const [before, after] = [sideOf(parts, at, from + 0.25), sideOf(parts, at, to - 0.25)];
  return {
    at,
    left: before.free ? from : at,
    right: after.free ? to : at,
    lines: heights.map((height) => ({ height, before: before.heightOf(height), after: after.heightOf(height) })),
  };
}

/**
 * What lies between the cut and one end of the gap. `free`: nothing but turns of lines that pass the cut, each of which comes to one height
 * there, so that none of the turns is needed. `heightOf`: where a line passes that end; of a fork, where its nearest prong does.
 */
function sideOf(
  parts: readonly (readonly Stretch[])[],
  at: number,
  end: number,
): { readonly free: boolean; readonly heightOf: (height: number) => number } {
  const prongs = new Map<number, Set<number>>();
  const [left, right] = [Math.min(at, end), Math.max(at, end)];
  let others = false;
  for (const part of parts) {
    const [height, there] = [heightAt(part, at), heightAt(part, end)];
    if (height !== undefined && there !== undefined) prongs.set(height, (prongs.get(height) ?? new Set()).add(there));
    else others ||= part.some(([start, stop]) => start.x === stop.x && left < start.x && start.x < right);
  }
  const ends = [...prongs.values()].flatMap((heights) => [...heights]);
  const free = !others && ends.length === prongs.size && new Set(ends).size === ends.length;
  const heightOf = (height: number): number => {
    const near = [...(prongs.get(height) ?? [])].sort((a, b) => Math.abs(a - height) - Math.abs(b - height) || a - b);
    const [nearest = height] = near;
    if (free || nearest === height) return nearest;
    const band = { left, right, top: Math.min(height, nearest), bottom: Math.max(height, nearest) };
    const inWay = parts.some((part) => heightAt(part, at) !== height && part.some((stretch) => touches(stretch, band)));
    return band.bottom - band.top <= slight && !inWay ? nearest : height;
  };
  return { free, heightOf };
}

interface Band {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function touches([from, to]: Stretch, { left, right, top, bottom }: Band): boolean {
  const [high, low] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return from.x < right && to.x > left && high <= bottom && low >= top;
}

/** How high a line is at `x`; undefined: it does not pass. */
function heightAt(part: readonly Stretch[], x: number): number | undefined {
  return part.find(([from, to]) => from.x < x && x < to.x)?.[0].y;
}
