// Boxes that no line touches -> their places beside and below what is placed already.

import { grown, overlap, stretches } from './areas.js';
import { gaps, type Piece, type Placement, type Wire } from './engine.js';
import type { Area, Point } from './scene.js';

/** What stands there already. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  /** How far from the left and from the right edge the boxes stay. */
  readonly left: number;
  readonly right: number;
  /** Where none may stand. */
  readonly taken: readonly Area[];
}

export interface Loose {
  readonly width: number;
  readonly height: number;
  /** How far what is drawn of it reaches below its lower edge. */
  readonly below?: number;
}

export interface Packed {
  readonly places: readonly Point[];
  /** Of the ground, which may have grown. */
  readonly width: number;
  readonly height: number;
}

/** Where what is placed leaves no room. `pieces`: those that stand in no other. */
export function takenBy(pieces: readonly Piece[], { areas, routes }: Pick<Placement, 'areas' | 'routes'>): Area[] {
  const boxes = pieces.flatMap(({ id, plate }) => {
    const area = areas.get(id);
    return area ? [grown(area, plate ? gaps.lines : gaps.boxes)] : [];
  });
  return [...boxes, ...[...routes.values()].flatMap((route) => stretches(route).map((one) => grown(one, gaps.lines)))];
}

/** With more things in the way, looking for room takes longer than it is worth. */
const mostInTheWay = 240;
/** Of rows, unless the ground is wider. */
const [leastWidth, rowsWidth] = [320, 1400];

/** As far down as there is room, else in rows below, from the left; those are as wide as the ground, or twice as wide as high. */
export function packed(loose: readonly Loose[], ground: Ground): Packed {
  const { left, right } = ground;
  const taken = [...ground.taken];
  // Where there was no room for a box, there is none for a larger one.
  const refused: Loose[] = [];
  const found = loose.map((box): Point | undefined => {
    const isRefused = refused.some(({ width, height }) => box.width >= width && box.height >= height);
    const place = isRefused || taken.length > mostInTheWay ? undefined : lowestRoom(box, ground, taken);
    if (!place && !isRefused) refused.push(box);
    if (place) taken.push(grown({ ...place, width: box.width, height: box.height }, gaps.boxes));
    return place;
  });
  const rest = loose.filter((_, index) => !found[index]);
  const area = rest.reduce((sum, { width, height }) => sum + (width + gaps.boxes) * (height + gaps.boxes), 0);
  const limit = Math.max(ground.width - left - right, leastWidth, Math.min(rowsWidth, Math.sqrt(area * 2.2)));
  let [x, y, row, widest] = [0, ground.height === 0 ? 0 : ground.height + gaps.boxes, 0, 0];
  const places = loose.map((box, index) => {
    const known = found[index];
    if (known) return known;
    if (x > 0 && x + box.width > limit) {
      y += row + gaps.boxes;
      [x, row] = [0, 0];
    }
    const place = { x: left + x, y };
    x += box.width + gaps.boxes;
    widest = Math.max(widest, x - gaps.boxes);
    row = Math.max(row, box.height);
    return place;
  });
  const height = rest.length > 0 ? y + row : ground.height;
  return { places, width: Math.max(ground.width, rest.length > 0 ? left + widest + right : 0), height };
}

/** As low as possible, then as far to the left. */
function lowestRoom(box: Loose, ground: Ground, taken: readonly Area[]): Point | undefined {
  const { width } = box;
  const height = box.height + (box.below ?? 0);
  const xs = [ground.left, ...taken.map((area) => area.x + area.width)]
    .filter((x) => x >= ground.left && x + width <= ground.width - ground.right)
    .sort((a, b) => a - b);
  const ys = [ground.height, ...taken.map((area) => area.y)]
    .map((bottom) => bottom - height)
    .filter((y) => y >= 0 && y + height <= ground.height)
    .sort((a, b) => b - a);
  for (const y of ys)
    for (const x of xs) if (!taken.some((area) => overlap(area, { x, y, width, height }))) return { x, y };
  return undefined;
}

/** Pieces that no line touches, nor anything in them. */
export function looseIn(pieces: readonly Piece[], wires: readonly Wire[]): ReadonlySet<Piece> {
  const ends = new Set(wires.flatMap(({ from, to }) => [from, to]));
  const isTouched = ({ id, ports, children }: Piece): boolean =>
    ends.has(id) || (ports ?? []).some((port) => ends.has(port.id)) || children.some(isTouched);
  return new Set(pieces.filter((piece) => !isTouched(piece)));
}

export function withoutPieces(placement: Placement, pieces: ReadonlySet<Piece>): Placement {
  const gone = new Set([...pieces].flatMap(idsIn));
  return { ...placement, areas: new Map([...placement.areas].filter(([id]) => !gone.has(id))) };
}

function idsIn({ id, children }: Piece): string[] {
  return [id, ...children.flatMap(idsIn)];
}

interface Apart {
  readonly held: readonly Piece[];
  readonly loose: ReadonlySet<Piece>;
  /** Where all of them stood. */
  readonly from: Placement;
}

/** The same with the loose pieces where there is room for them. */
export function withLoose(placement: Placement, { held, loose, from }: Apart): Placement {
  if (loose.size === 0) return placement;
  const pieces = [...loose];
  const { places, ...size } = packed(
    pieces.map(({ id, below }) => ({ ...(from.areas.get(id) ?? { width: 0, height: 0 }), below: below ?? 0 })),
    { ...placement, left: 0, right: 0, taken: takenBy(held, placement) },
  );
  const areas = new Map(placement.areas);
  pieces.forEach((piece, index) => {
    const [place, origin] = [places[index], from.areas.get(piece.id)];
    if (!place || !origin) return;
    for (const id of idsIn(piece)) {
      const area = from.areas.get(id);
      if (area) areas.set(id, { ...area, x: area.x - origin.x + place.x, y: area.y - origin.y + place.y });
    }
  });
  return { ...placement, ...size, areas };
}
