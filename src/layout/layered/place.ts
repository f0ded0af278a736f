// Levels in order -> where everything of each stands in it: the innermost first, because a container is as large as its inside.

import { gaps, type Progress } from '../engine.js';
import { inOrder } from './crossings.js';
import { levelsOf, sizeOf, type Item, type Level, type Net, type Slot } from './graph.js';
import { placeLoose } from './loose.js';
import { heightOf, type Course } from './routes.js';
import { setRows } from './rows.js';
import { crossingOf, setTracks, type Crossing } from './tracks.js';

/** For each level, column by column, the courses of its nets. */
export type Courses = ReadonlyMap<Level, readonly ReadonlyMap<Net, Course>[]>;

/** Between lines that touch a card. */
const portGap = 20;
/** Of a card, above its first line and below its last. */
const portRoom = 16;
/** Of a channel, beside its first track and its last. */
const beside = 12;

export function placeLevels(root: Level, progress: Progress): Courses {
  const courses = new Map<Level, readonly ReadonlyMap<Net, Course>[]>();
  const whole = levelsOf(root).reduce((sum, level) => sum + sizeOf(level), 0);
  let done = 0;
  const place = (level: Level): void => {
    level.children.forEach(place);
    for (const item of [...level.items, ...level.loose]) resize(item);
    if (level.layers.length > 0) setRows(level);
    const size = sizeOf(level);
    progress((done + size / 2) / whole);
    const own = setColumns(level);
    courses.set(level, own);
    done += size;
    progress(done / whole);
    level.height = level.layers.flat().reduce((most, item) => Math.max(most, item.y + item.height), 0);
    placeLoose(level, own);
  };
  place(root);
  return courses;
}

/** A container around its inside; a card as high as its lines need. Sets where the slots are. */
function resize(item: Item): void {
  const { inside, piece } = item;
  if (!piece) return;
  if (inside) {
    item.width = Math.max(piece.width, inside.width);
    for (const port of inside.ports.right) port.x = item.width;
    item.height = Math.max(piece.height, piece.inset.top + inside.height + piece.inset.bottom);
    for (const side of ['left', 'right'] as const)
      for (const slot of item.slots[side]) slot.y = piece.inset.top + (slot.port?.y ?? 0);
    return;
  }
  if (item.kind === 'plate') return;
  if (piece.ports) {
    spreadRows(item.slots.left);
    spreadRows(item.slots.right);
    return;
  }
  const most = Math.max(item.slots.left.length, item.slots.right.length);
  item.height = Math.max(piece.height, (most - 1) * portGap + 2 * portRoom);
  for (const side of ['left', 'right'] as const) {
    const slots = inOrder(item.slots[side]);
    const reach = ((slots.length - 1) / 2) * portGap;
    const middle = Math.min(piece.middle ?? item.height / 2, item.height - portRoom - reach);
    slots.forEach((slot, index) => (slot.y = middle - reach + index * portGap));
  }
}

/** Several lines at one row stand beside each other in it. */
function spreadRows(slots: readonly Slot[]): void {
  const rows = new Map<number, Slot[]>();
  for (const slot of inOrder(slots)) {
    const y = slot.row?.y ?? slot.item.height / 2;
    rows.set(y, [...(rows.get(y) ?? []), slot]);
  }
  for (const [y, row] of rows) {
    const step = Math.min(10, 20 / Math.max(1, row.length - 1));
    row.forEach((slot, index) => (slot.y = y + Math.round(2 * step * (index - (row.length - 1) / 2)) / 2));
  }
}

/** Sets `x` of all items and the width of the level. A container begins at its left edge, where its ports are. */
function setColumns(level: Level): ReadonlyMap<Net, Course>[] {
  const { layers, piece } = level;
  const found: ReadonlyMap<Net, Course>[] = [];
  let x = 0;
  layers.forEach((column, at) => {
    const width = column.reduce((most, item) => Math.max(most, item.width), 0);
    for (const item of column) item.x = x + Math.round(2 * (width - item.width) * share(item)) / 2;
    x += width;
    const next = layers[at + 1];
    if (!next) return;
    const crossings = crossingsBetween(column);
    const tracks = setTracks([...crossings.values()]);
    const step = tracks > 40 ? 6 : tracks > 16 ? 9 : 12;
    const needed = tracks === 0 ? 0 : 2 * beside + (tracks - 1) * step;
    const least =
      at === 0 ? (piece?.inset.left ?? 0) : at === layers.length - 2 ? (piece?.inset.right ?? 0) : gaps.columns;
    const room = Math.max(needed, least);
    // At the edge of a container lines turn close to what is inside.
    const start =
      at === 0 ? x + room - beside - Math.max(0, tracks - 1) * step : x + (room - Math.max(0, tracks - 1) * step) / 2;
    const courses = new Map<Net, Course>();
    for (const [net, crossing] of crossings) {
      const xOf = (track: number) => Math.round(2 * (start + track * step)) / 2;
      courses.set(net, { crossing, x: xOf(crossing.track), firstX: xOf(crossing.step?.first ?? crossing.track) });
    }
    found.push(courses);
    x += room;
  });
  level.width = x;
  return found;
}

/** A box with lines on one side only stands towards them. */
function share({ slots }: Item): number {
  const [into, out] = [slots.left.length, slots.right.length];
  return into + out === 0 ? 0.5 : out / (into + out);
}

/** The nets between a column and the next. */
function crossingsBetween(column: readonly Item[]): ReadonlyMap<Net, Crossing> {
  const ends = new Map<Net, { left: number[]; right: number[] }>();
  for (const item of column)
    for (const slot of item.slots.right)
      for (const span of slot.spans) {
        const known = ends.get(span.net) ?? { left: [], right: [] };
        ends.set(span.net, known);
        known.left.push(heightOf(span.left));
        known.right.push(heightOf(span.right));
      }
  return new Map([...ends].map(([net, { left, right }]) => [net, crossingOf(left, right)] as const));
}
