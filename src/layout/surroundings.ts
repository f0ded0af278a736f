// The boxes and lines around a line -> may it run another way, or does something get worse by that?

import { grown, isInside, overlap, runsThrough, stretches } from './areas.js';
import { Near } from './near.js';
import type { Area, Box, Line, Scene } from './scene.js';

interface Piece extends Area {
  readonly line: Line;
}

/** A stretch of a line: of the branch between those ends. */
interface Stroke extends Piece {
  readonly ends: readonly (string | undefined)[];
}

/** What a line must not meet where it goes. */
export class Surroundings {
  readonly #boxes: Near<Box>;
  readonly #solid: Near<Box>;
  readonly #strokes: Near<Stroke>;
  readonly #plates: Near<Piece>;
  readonly #homes: ReadonlyMap<string, string | undefined>;
  /** Lines that have moved, by id: where they were before does not count. */
  readonly #moved = new Map<string, Line>();

  constructor({ boxes, lines }: Pick<Scene, 'boxes' | 'lines'>) {
    const around = new Set(boxes.flatMap(({ parent }) => parent ?? []));
    this.#boxes = new Near(boxes);
    this.#solid = new Near(boxes.filter(({ id, form }) => form !== 'container' || !around.has(id)));
    this.#strokes = new Near(lines.flatMap(strokesOf));
    this.#plates = new Near(lines.flatMap(plateOf));
    this.#homes = new Map(boxes.map((box) => [box.id, box.parent]));
  }

  replace(line: Line): void {
    this.#moved.set(line.id, line);
    for (const stroke of strokesOf(line)) this.#strokes.add(stroke);
    for (const plate of plateOf(line)) this.#plates.add(plate);
  }

  allow(before: Line, after: Line): boolean {
    const [plate] = plateOf(after);
    if (plate && after.plate !== before.plate && !this.#isFree(grown(plate, 4), before)) return false;
    const strokes = strokesOf(after);
    if (strokes.some((stroke) => !this.#canRun(stroke, before))) return false;
    return this.#crossings(strokes, before) <= this.#crossings(strokesOf(before), before);
  }

  #others<P extends Piece>(known: Near<P>, area: Area, own: Line): P[] {
    return known.around(area).filter(({ line }) => line.id !== own.id && (this.#moved.get(line.id) ?? line) === line);
  }

  #isFree(plate: Area, own: Line): boolean {
    return (
      this.#boxes
        .around(plate)
        .every((box) => !overlap(plate, box) || (box.form === 'container' && isInside(plate, box))) &&
      this.#others(this.#plates, plate, own).every((other) => !overlap(plate, other)) &&
      this.#others(this.#strokes, plate, own).every((stroke) => !runsThrough(stroke, plate))
    );
  }

  #canRun(stroke: Stroke, own: Line): boolean {
    const allowed = new Set(stroke.ends.flatMap((end) => (end === undefined ? [] : [end, this.#homes.get(end)])));
    const wide = grown(stroke, 4);
    return (
      this.#solid.around(wide).every((box) => allowed.has(box.id) || !overlap(wide, box)) &&
      this.#others(this.#plates, stroke, own).every((plate) => !runsThrough(stroke, plate)) &&
      this.#others(this.#strokes, grown(wide, 1), own).every(
        (other) => isUpright(other) !== isUpright(stroke) || !overlap(wide, grown(other, 1)),
      )
    );
  }

  #crossings(strokes: readonly Area[], own: Line): number {
    const count = (stroke: Area) =>
      this.#others(this.#strokes, stroke, own).filter((other) => doCross(stroke, other)).length;
    return strokes.reduce((sum, stroke) => sum + count(stroke), 0);
  }
}

function strokesOf(line: Line): Stroke[] {
  return line.branches.flatMap(({ from, to, points }) =>
    stretches(points).map((stretch) => ({ ...stretch, line, ends: [from, to] })),
  );
}

function plateOf(line: Line): Piece[] {
  return line.plate ? [{ ...line.plate, line }] : [];
}

function isUpright({ width }: Area): boolean {
  return width === 0;
}

function doCross(one: Area, other: Area): boolean {
  if (isUpright(one) === isUpright(other)) return false;
  const [upright, level] = isUpright(one) ? [one, other] : [other, one];
  return (
    level.x < upright.x &&
    upright.x < level.x + level.width &&
    upright.y < level.y &&
    level.y < upright.y + upright.height
  );
}
