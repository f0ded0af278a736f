// What lies between two columns -> a track for each upright stretch of line, so that none lies on another and few cross.
// After Sander: Layout of directed hypergraphs with orthogonal hyperedges (2003).

/** Lines of one net between two columns: where they come in from the left and go out to the right. */
export interface Crossing {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly top: number;
  readonly bottom: number;
  /** From the left, beginning at 0. */
  track: number;
  /** Where it cannot keep clear of another in one stretch: the height at which it changes to `track` from `first`. */
  step?: { readonly y: number; first: number };
}

export function crossingOf(left: readonly number[], right: readonly number[]): Crossing {
  const all = [...left, ...right];
  return {
    left: [...new Set(left)].sort((a, b) => a - b),
    right: [...new Set(right)].sort((a, b) => a - b),
    top: Math.min(...all),
    bottom: Math.max(...all),
    track: 0,
  };
}

/** Upright stretches of one track keep at least this far apart. */
const room = 6;

/** Sets the tracks; returns how many there are. Those without an upright stretch need none. */
export function setTracks(crossings: readonly Crossing[]): number {
  const upright = crossings.filter((one) => one.top < one.bottom);
  const pieces = cut(upright, new Set(crossings.flatMap((one) => [...one.left, ...one.right])));
  const sorted = inOrder(pieces);
  const tracks: { top: number; bottom: number }[][] = [];
  for (const piece of sorted) {
    let least = 0;
    for (const before of piece.after) least = Math.max(least, before.track + 1);
    let track = least;
    while (tracks[track]?.some((other) => piece.top < other.bottom + room && other.top < piece.bottom + room))
      track += 1;
    for (let at = tracks.length; at <= track; at++) tracks.push([]);
    tracks[track]?.push({ top: piece.top, bottom: piece.bottom });
    piece.track = track;
  }
  for (const { of, part, track } of sorted) {
    if (part === 'first' && of.step) of.step.first = track;
    else of.track = track;
  }
  return tracks.length;
}

/** An upright stretch to be placed. */
interface Piece {
  readonly of: Crossing;
  readonly part: 'whole' | 'first' | 'second';
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly top: number;
  readonly bottom: number;
  /** What must stand, or better stands, to its left. */
  readonly after: Piece[];
  track: number;
}

function pieceOf(of: Crossing, part: Piece['part'], left: readonly number[], right: readonly number[]): Piece {
  const all = [...left, ...right];
  return { of, part, left, right, top: Math.min(...all), bottom: Math.max(...all), after: [], track: 0 };
}

/**
 * Two that change places (each goes out where the other comes in) would lie on each other whichever stands to the left: one of each
 * circle of such is cut in two, at a height that nothing else has.
 */
function cut(upright: readonly Crossing[], taken: Set<number>): Piece[] {
  const incoming = new Map<number, Crossing>();
  for (const one of upright) for (const y of one.left) incoming.set(y, one);
  const state = new Map<Crossing, 'open' | 'done'>();
  const broken = new Set<Crossing>();
  // One that comes in where another goes out stands to the left of it.
  for (const start of upright) {
    if (state.has(start)) continue;
    const path: { one: Crossing; next: number }[] = [{ one: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      if (broken.has(top.one) || top.next >= top.one.right.length) {
        state.set(top.one, 'done');
        path.pop();
        continue;
      }
      const other = incoming.get(top.one.right[top.next] ?? NaN);
      top.next += 1;
      if (!other || other === top.one) continue;
      const known = state.get(other);
      if (known === 'open') broken.add(top.one);
      else if (known === undefined) {
        state.set(other, 'open');
        path.push({ one: other, next: 0 });
      }
    }
  }
  return upright.flatMap((one) => {
    if (!broken.has(one)) return [pieceOf(one, 'whole', one.left, one.right)];
    const y = freeHeight(one, taken);
    taken.add(y);
    one.step = { y, first: 0 };
    return [pieceOf(one, 'first', one.left, [y]), pieceOf(one, 'second', [y], one.right)];
  });
}

/** Near its middle. */
function freeHeight({ top, bottom }: Crossing, taken: ReadonlySet<number>): number {
  const middle = Math.round(top + bottom) / 2;
  for (let by = 0; ; by += 1) {
    for (const y of [middle + by * 4, middle - by * 4]) {
      const near = [-1, -0.5, 0, 0.5, 1].some((step) => taken.has(y + step * (by < 50 ? 2 : 0)));
      if (!near) return y;
    }
  }
}

/** From left to right: what must stand to the left of another does, and otherwise what crosses less. */
function inOrder(pieces: readonly Piece[]): Piece[] {
  const incoming = new Map<number, Piece>();
  for (const piece of pieces) for (const y of piece.left) incoming.set(y, piece);
  const musts = new Map<Piece, Set<Piece>>();
  const must = (before: Piece, after: Piece): void => {
    if (before === after) return;
    const known = musts.get(after);
    if (known) known.add(before);
    else musts.set(after, new Set([before]));
  };
  const firsts = new Map(pieces.filter((piece) => piece.part === 'first').map((piece) => [piece.of, piece] as const));
  for (const piece of pieces) {
    for (const y of piece.right) {
      const other = incoming.get(y);
      if (other && other.of !== piece.of) must(other, piece);
    }
    const first = piece.part === 'second' ? firsts.get(piece.of) : undefined;
    if (first) must(first, piece);
  }
  const wished = improved([...pieces].sort(byDirection));
  // Taken in the wished order, each after those that it must follow.
  const sorted: Piece[] = [];
  const done = new Set<Piece>();
  const open = new Set<Piece>();
  const take = (start: Piece): void => {
    const path = [start];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const waiting = done.has(top)
        ? undefined
        : [...(musts.get(top) ?? [])].find((one) => !done.has(one) && !open.has(one));
      if (waiting) {
        open.add(top);
        path.push(waiting);
        continue;
      }
      path.pop();
      open.delete(top);
      if (!done.has(top)) sorted.push(top);
      done.add(top);
    }
  };
  for (const piece of wished) take(piece);
  sorted.forEach((piece, place) => {
    for (let at = 0; at < place; at++) {
      const before = sorted[at];
      if (!before || !(before.top < piece.bottom + room && piece.top < before.bottom + room)) continue;
      const needed = musts.get(piece)?.has(before) ?? false;
      if (needed || cost(before, piece) < cost(piece, before)) piece.after.push(before);
    }
  });
  return sorted;
}

/** Those that go down, the lowest first; then those that go up, the highest first: neighbours of one direction do not cross then. */
function byDirection(a: Piece, b: Piece): number {
  const [down, other] = [isDown(a), isDown(b)];
  if (down !== other) return down ? -1 : 1;
  return down
    ? sum(b.left) / b.left.length - sum(a.left) / a.left.length
    : sum(a.left) / a.left.length - sum(b.left) / b.left.length;
}

function isDown({ left, right }: Piece): boolean {
  return sum(left) / left.length <= sum(right) / right.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** How often they cross if the one stands to the left of the other. */
function cost(one: Piece, other: Piece): number {
  let count = 0;
  for (const y of one.right) if (other.top < y && y < other.bottom) count += 1;
  for (const y of other.left) if (one.top < y && y < one.bottom) count += 1;
  return count;
}

/** Moved one by one to where they cross least; where there are many, they stay as they are. */
function improved(pieces: Piece[]): Piece[] {
  if (pieces.length > 150) return pieces;
  for (let pass = 0; pass < 4; pass++) {
    let better = false;
    for (const piece of [...pieces]) {
      const at = pieces.indexOf(piece);
      let best = at;
      let least = 0;
      for (const way of [-1, 1]) {
        let change = 0;
        for (let to = at + way; to >= 0 && to < pieces.length; to += way) {
          const other = pieces[to];
          if (!other) break;
          change += way < 0 ? cost(piece, other) - cost(other, piece) : cost(other, piece) - cost(piece, other);
          if (change < least) [least, best] = [change, to];
        }
      }
      if (best === at) continue;
      pieces.splice(at, 1);
      pieces.splice(best, 0, piece);
      better = true;
    }
    if (!better) break;
  }
  return pieces;
}
