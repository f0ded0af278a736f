// A line between copies comes to its label from the left, so that it hangs out on the right -> the same line with its label on the
// upright stretch.

import { plateRoom } from './runs.js';
import type { Area, Branch, Line, Plate, Point } from './scene.js';

/** A branch as it runs from its box to the label. */
interface Leg {
  readonly branch: Branch;
  readonly reversed: boolean;
  /** Up to where it turns for the last time but one. */
  readonly approach: readonly Point[];
  /** The height at which it comes from its box. */
  readonly y: number;
  /** Where it turns up or down; absent where it runs straight to the label. */
  readonly turn?: number;
}

/** Empty unless all branches, several of them, come from the left. */
function legsOf({ plate, branches }: Line): Leg[] {
  if (!plate || branches.length < 2) return [];
  const legs = branches.flatMap((branch) => legOf(branch, plate) ?? []);
  return legs.length === branches.length ? legs : [];
}

function legOf(branch: Branch, plate: Plate): Leg | undefined {
  const middle = middleOf(plate);
  const isMiddle = (point: Point | undefined) => point?.x === middle.x && point.y === middle.y;
  const reversed = !isMiddle(branch.points.at(-1));
  const points = reversed ? [...branch.points].reverse() : branch.points;
  const [last, turn, corner] = [points.at(-1), points.at(-2), points.at(-3)];
  if (!isMiddle(last) || !turn || turn.y !== middle.y || turn.x >= plate.x) return undefined;
  if (!corner) return { branch, reversed, approach: [turn], y: turn.y };
  if (corner.x !== turn.x || points.length < 4) return undefined;
  return { branch, reversed, approach: points.slice(0, -3), y: corner.y, turn: turn.x };
}

function middleOf({ x, y, width, height }: Area): Point {
  return { x: half(x + width / 2), y: half(y + height / 2) };
}

function half(value: number): number {
  return Math.round(value * 2) / 2;
}

/** Between a label and the level stretches above and below it. */
const apart = 8;

/** Every place to try, the best first: between the two legs that are farthest apart, as near to the boxes as can be. */
export function uprightWays(line: Line): Line[] {
  const { plate } = line;
  const legs = legsOf(line);
  if (!plate || legs.length === 0) return [];
  const turn = Math.max(...legs.flatMap((leg) => leg.turn ?? []));
  const heights = [...new Set(legs.map((leg) => leg.y))].sort((a, b) => a - b);
  const spaces = heights
    .slice(1)
    .map((to, index) => ({ from: heights[index] ?? to, to }))
    .filter(({ from, to }) => to - from >= plate.height + 2 * apart)
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  return [turn, half(turn + plate.width / 2), middleOf(plate).x].flatMap((x) =>
    spaces.flatMap(({ from, to }) =>
      [0.5, 0.3, 0.7]
        .map((share) => half(from + (to - from) * share))
        .filter((y) => Math.min(y - from, to - y) >= plate.height / 2 + apart)
        .map((y) => moved(line, legs, { x, y })),
    ),
  );
}

function moved(line: Line, legs: readonly Leg[], to: Point): Line {
  const branches = legs.map(({ branch, reversed, approach, y }): Branch => {
    const points = [...approach, ...(y === to.y ? [] : [{ x: to.x, y }]), to];
    return { ...branch, points: reversed ? points.reverse() : points };
  });
  if (!line.plate) return line;
  const plate = shifted(line.plate, to);
  return { ...line, branches, plate, anchor: { x: to.x, y: plate.y - plateRoom } };
}

function shifted(plate: Plate, to: Point): Plate {
  const middle = middleOf(plate);
  const by = <T extends Point>(thing: T): T => ({
    ...thing,
    x: thing.x + to.x - middle.x,
    y: thing.y + to.y - middle.y,
  });
  const { lock } = plate;
  return { ...by(plate), texts: plate.texts.map(by), ...(lock ? { lock: by(lock) } : {}) };
}
