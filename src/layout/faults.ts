// Scene -> what is wrong with it: boxes or labels that overlap, lines through what they do not belong to. Nothing, in a sound one.

import { isInside, overlap, runsThrough, stretches } from './areas.js';
import { band as wall } from './faces.js';
import { Near } from './near.js';
import type { Area, Line, Point, Scene } from './scene.js';

/** Looks no further than the first fault. */
export function isSound(scene: Scene): boolean {
  return faultsIn(scene).next().done === true;
}

/** Each fault in words. */
export function faultsOf(scene: Scene): string[] {
  return [...faultsIn(scene)];
}

function* faultsIn(scene: Scene): Generator<string> {
  yield* boxFaults(scene);
  yield* labelFaults(scene);
  yield* lineFaults(scene);
  yield* endFaults(scene);
  yield* mergedLines(scene);
  yield* linesInWalls(scene);
}

function* boxFaults({ boxes, width, height }: Scene): Generator<string> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const places = new Map(boxes.map((box, place) => [box, place]));
  const near = new Near(boxes);
  for (const [place, box] of boxes.entries()) {
    const parent = box.parent === undefined ? { x: 0, y: 0, width, height } : byId.get(box.parent);
    if (!parent || !isInside(box, parent)) yield `${box.id} is not inside ${box.parent ?? 'the picture'}`;
    for (const other of near.around(box)) {
      if (other.parent === box.parent && (places.get(other) ?? 0) < place && overlap(box, other))
        yield `${box.id} overlaps ${other.id}`;
    }
  }
}

function* labelFaults({ boxes, lines }: Scene): Generator<string> {
  const plates = platesOf(lines);
  const [nearBoxes, nearPlates] = [new Near(boxes), new Near(plates)];
  for (const plate of plates) {
    const { line, index } = plate;
    for (const box of nearBoxes.around(plate)) {
      if (overlap(plate, box) && (box.form !== 'container' || crossesEdge(plate, box)))
        yield `the label of ${line.id} meets ${box.id}`;
    }
    for (const other of nearPlates.around(plate)) {
      if (other.index > index && overlap(plate, other)) yield `the labels of ${line.id} and ${other.line.id} meet`;
    }
  }
}

/** The labels, each with its line and that line's place. */
function platesOf(lines: readonly Line[]): (Area & { readonly line: Line; readonly index: number })[] {
  return lines.flatMap((line, index) => {
    if (!line.plate) return [];
    const { x, y, width, height } = line.plate;
    return [{ x, y, width, height, line, index }];
  });
}

function crossesEdge(area: Area, box: Area): boolean {
  return overlap(area, box) && !isInside(area, box);
}

function* lineFaults({ boxes, lines }: Scene): Generator<string> {
  const around = new Set(boxes.flatMap((box) => (box.form === 'chip' || box.parent === undefined ? [] : [box.parent])));
  const nearBoxes = new Near(boxes.filter((box) => box.form !== 'container' || !around.has(box.id)));
  const nearPlates = new Near(platesOf(lines));
  // A line to a record or to an agent passes the edge of its zone or host.
  const homeOf = new Map(
    boxes.filter(({ form }) => form === 'record' || form === 'chip').map((box) => [box.id, box.parent]),
  );
  for (const line of lines) {
    for (const { from, to, points } of line.branches) {
      const own = new Set([from, to, homeOf.get(from ?? ''), homeOf.get(to ?? '')]);
      for (const stretch of stretches(points)) {
        for (const box of nearBoxes.around(stretch)) {
          if (own.has(box.id) || (box.parent !== undefined && own.has(box.parent))) continue;
          if (runsThrough(stretch, box)) yield `${line.id} runs through ${box.id}`;
        }
        for (const other of nearPlates.around(stretch)) {
          if (other.line !== line && runsThrough(stretch, other))
            yield `${line.id} runs through the label of ${other.line.id}`;
        }
      }
    }
  }
}

/** A branch comes to the box that it joins, at a record to its row. Which of its ends does, the way of the call says. */
function* endFaults({ boxes, lines }: Scene): Generator<string> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  for (const { id, branches } of lines)
    for (const { from, to, points } of branches)
      for (const end of [from, to]) {
        const box = end === undefined ? undefined : byId.get(end);
        const isAt = (point: Point | undefined) =>
          !box || !point || (point.y >= box.y && point.y <= box.y + box.height);
        if (!isAt(points[0]) && !isAt(points.at(-1))) yield `${id} does not end at ${end ?? ''}`;
      }
}

/** An upright line in a wall looks like a part of it. */
function* linesInWalls({ boxes, lines }: Scene): Generator<string> {
  const guarded = boxes.filter(({ form, guards }) => form === 'container' && guards.length > 0);
  const near = new Near(guarded.map(({ id, x, y, height }) => ({ id, x, y, width: wall, height })));
  for (const line of lines)
    for (const stretch of line.branches.flatMap(({ points }) => stretches(points)))
      if (stretch.width === 0)
        for (const { id, ...place } of near.around(stretch))
          if (runsThrough(stretch, place)) yield `${line.id} runs along in the wall of ${id}`;
}

/** Two lines on top of each other for a stretch look like one. */
function* mergedLines({ lines }: Scene): Generator<string> {
  interface Known {
    readonly line: Line;
    readonly from: number;
    readonly to: number;
  }
  const upright = new Map<number, Known[]>();
  const level = new Map<number, Known[]>();
  for (const line of lines) {
    for (const branch of line.branches) {
      for (const { x, y, width, height } of stretches(branch.points)) {
        if (width === 0 && height === 0) continue;
        const [known, at] = height > 0 ? [upright, x] : [level, y];
        const one = height > 0 ? { line, from: y, to: y + height } : { line, from: x, to: x + width };
        const there = known.get(at) ?? [];
        known.set(at, there);
        for (const other of there) {
          if (other.line !== line && one.from < other.to && other.from < one.to)
            yield `${line.id} and ${other.line.id} run on top of each other`;
        }
        there.push(one);
      }
    }
  }
}
