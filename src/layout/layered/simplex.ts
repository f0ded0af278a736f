// Ties between numbers -> the numbers that keep every tie and make their weighted sum least: network simplex, for ranks and for rows.
// Gansner, Koutsofios, North, Vo: A technique for drawing directed graphs (1993).
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

/** `to` is to be at least `least` more than `from`; what it is more costs `weight`. Ties form no circle. */
export interface Tie {
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly weight: number;
}

/** Steps of all pivots together, so that time has a bound; what is found by then keeps every tie too. */
const budget = 60_000_000;

/** One number for each of `count` unknowns, the least of which is 0. Whole numbers in give whole numbers. */
export function tightest(count: number, ties: readonly Tie[]): Float64Array {
  const values = earliest(count, ties);
  const tree = new Tree(count, ties, values);
  tree.span();
  tree.improve(Math.max(count, Math.floor(budget / (count + ties.length + 1))));
  const least = values.reduce((lowest, value) => Math.min(lowest, value), Infinity);
  return values.map((value) => value - least);
}

/** Each number as small as its ties from others allow. */
export function earliest(count: number, ties: readonly Tie[]): Float64Array {
  const values = new Float64Array(count);
  const waiting = new Int32Array(count);
  const starts = new Int32Array(count + 1);
  for (const { from, to } of ties) {
    starts[from + 1]! += 1;
    waiting[to]! += 1;
  }
  for (let one = 0; one < count; one++) starts[one + 1]! += starts[one]!;
  const filled = starts.slice();
  const out = new Int32Array(ties.length);
  ties.forEach(({ from }, index) => (out[filled[from]!++] = index));
  const ready = new Int32Array(count);
  let known = 0;
  for (let one = 0; one < count; one++) if (waiting[one] === 0) ready[known++] = one;
  for (let done = 0; done < known; done++) {
    const one = ready[done]!;
    for (let at = starts[one]!; at < starts[one + 1]!; at++) {
      const { to, least } = ties[out[at]!]!;
      values[to] = Math.max(values[to]!, values[one]! + least);
      waiting[to]! -= 1;
      if (waiting[to] === 0) ready[known++] = to;
    }
  }
  return values;
}

/** A tree of ties without slack that spans all. The sum over a subtree of what pulls on it is the gain of moving it. */
class Tree {
  readonly #count: number;
  readonly #values: Float64Array;
  /** Of each tie. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #least: Float64Array;
  readonly #inTree: Uint8Array;
  /** The ties that touch each: where they begin in the list of all, in their order. */
  readonly #starts: Int32Array;
  readonly #touching: Int32Array;
  /** What pulls each to the right, less what pulls it to the left. */
  readonly #pull: Float64Array;
  readonly #parent: Int32Array;
  readonly #parentTie: Int32Array;
  /** All from the root on, each before those below it; a subtree stands from `first` to `last`. */
  readonly #order: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** How many the tree holds. */
  #size = 0;
  /** For the walk: the way down to where it is, and the next tie of each to look at. */
  readonly #path: Int32Array;
  readonly #next: Int32Array;

  constructor(count: number, ties: readonly Tie[], values: Float64Array) {
    this.#count = count;
    this.#values = values;
    this.#from = Int32Array.from(ties, (tie) => tie.from);
    this.#to = Int32Array.from(ties, (tie) => tie.to);
    this.#least = Float64Array.from(ties, (tie) => tie.least);
    this.#inTree = new Uint8Array(ties.length);
    this.#pull = new Float64Array(count);
    this.#starts = new Int32Array(count + 1);
    for (const { from, to, weight } of ties) {
      this.#starts[from + 1]! += 1;
      this.#starts[to + 1]! += 1;
      this.#pull[from]! += weight;
      this.#pull[to]! -= weight;
    }
    for (let one = 0; one < count; one++) this.#starts[one + 1]! += this.#starts[one]!;
    const filled = this.#starts.slice();
    this.#touching = new Int32Array(2 * ties.length);
    ties.forEach(({ from, to }, index) => {
      this.#touching[filled[from]!++] = index;
      this.#touching[filled[to]!++] = index;
    });
    this.#parent = new Int32Array(count);
    this.#parentTie = new Int32Array(count);
    this.#order = new Int32Array(count);
    this.#first = new Int32Array(count);
    this.#last = new Int32Array(count);
    this.#path = new Int32Array(count);
    this.#next = new Int32Array(count);
  }

  #slack(tie: number): number {
    return this.#values[this.#to[tie]!]! - this.#values[this.#from[tie]!]! - this.#least[tie]!;
  }

  /** Grows a tree from the first by ties without slack; where there is none, all that is in it moves up to the nearest. */
  span(): void {
    const [from, to] = [this.#from, this.#to];
    const inside = new Uint8Array(this.#count);
    const members: number[] = [];
    const take = (start: number): void => {
      inside[start] = 1;
      members.push(start);
      const open = [start];
      for (let one = open.pop(); one !== undefined; one = open.pop()) {
        for (let at = this.#starts[one]!; at < this.#starts[one + 1]!; at++) {
          const tie = this.#touching[at]!;
          const other = from[tie] === one ? to[tie]! : from[tie]!;
          if (inside[other] || this.#slack(tie) !== 0) continue;
          inside[other] = 1;
          members.push(other);
          this.#inTree[tie] = 1;
          open.push(other);
        }
      }
    };
    if (this.#count > 0) take(0);
    while (members.length < this.#count) {
      let best = -1;
      let least = Infinity;
      for (let tie = 0; tie < from.length; tie++) {
        if (inside[from[tie]!] === inside[to[tie]!]) continue;
        const slack = this.#slack(tie);
        if (slack < least) [best, least] = [tie, slack];
      }
      // Nothing joins what is left: it keeps the values it has, and the tree is only what it could reach.
      if (best < 0) break;
      const by = inside[from[best]!] ? least : -least;
      for (const one of members) this.#values[one]! += by;
      this.#inTree[best] = 1;
      take(inside[from[best]!] ? to[best]! : from[best]!);
    }
    this.#walk();
  }

  /** Numbers the tree from its root so that a subtree is a range. */
  #walk(): void {
    const [starts, touching, inTree, from, to] = [this.#starts, this.#touching, this.#inTree, this.#from, this.#to];
    const [parent, parentTie, path, next] = [this.#parent, this.#parentTie, this.#path, this.#next];
    const [first, last, order] = [this.#first, this.#last, this.#order];
    parent.fill(-1);
    parentTie.fill(-1);
    first.fill(-1);
    first[0] = 0;
    order[0] = 0;
    path[0] = 0;
    next[0] = 0;
    let count = 1;
    let depth = this.#count > 0 ? 0 : -1;
    while (depth >= 0) {
      const one = path[depth]!;
      const end = starts[one + 1]!;
      let other = -1;
      let at = next[one]!;
      for (; at < end && other < 0; at++) {
        const tie = touching[at]!;
        if (!inTree[tie]) continue;
        const below = from[tie] === one ? to[tie]! : from[tie]!;
        if (first[below]! >= 0) continue;
        other = below;
        parent[below] = one;
        parentTie[below] = tie;
      }
      next[one] = at;
      if (other < 0) {
        last[one] = count - 1;
        depth -= 1;
        continue;
      }
      first[other] = count;
      order[count++] = other;
      next[other] = starts[other]!;
      path[++depth] = other;
    }
    this.#size = count;
  }

  improve(pivots: number): void {
    const [order, parent, parentTie, to] = [this.#order, this.#parent, this.#parentTie, this.#to];
    const count = this.#size;
    const sums = new Float64Array(this.#count);
    let start = 1;
    for (let pivot = 0; pivot < pivots; pivot++) {
      sums.set(this.#pull);
      for (let at = count - 1; at > 0; at--) {
        const one = order[at]!;
        if (parent[one]! >= 0) sums[parent[one]!]! += sums[one]!;
      }
      // The first tie that gains, on from the last one, as in the paper.
      let leaving = -1;
      for (let step = 0, at = start; step < count - 1 && leaving < 0; step++, at = at + 1 < count ? at + 1 : 1) {
        const one = order[at]!;
        const tie = parentTie[one]!;
        if (tie >= 0 && (to[tie] === one ? sums[one]! > 0 : sums[one]! < 0)) leaving = at;
      }
      if (leaving < 0) return;
      start = leaving;
      this.#exchange(order[leaving]!);
    }
  }

  /** The subtree below moves away from the tie to its parent until another tie across has no slack. */
  #exchange(below: number): void {
    const [from, to, order] = [this.#from, this.#to, this.#order];
    const leaving = this.#parentTie[below]!;
    const away = to[leaving] === below;
    // The ties across are the same seen from either part, and only distances count: the smaller part is looked at, and moves.
    const [start, end] = [this.#first[below]!, this.#last[below]!];
    const size = end - start + 1;
    const whole = this.#size;
    const inner = 2 * size <= whole;
    const outward = away === inner;
    const [begin, steps] = inner ? [start, size] : [end + 1, whole - size];
    let entering = -1;
    let least = Infinity;
    for (let step = 0; step < steps; step++) {
      const one = order[(begin + step) % whole]!;
      for (let at = this.#starts[one]!; at < this.#starts[one + 1]!; at++) {
        const tie = this.#touching[at]!;
        if (this.#inTree[tie]) continue;
        // From the part that is looked at into the other, if it moves towards it.
        if ((outward ? from[tie] : to[tie]) !== one) continue;
        const place = this.#first[outward ? to[tie]! : from[tie]!]!;
        if ((place >= start && place <= end) === inner) continue;
        const slack = this.#slack(tie);
        if (slack < least || (slack === least && tie < entering)) [entering, least] = [tie, slack];
      }
    }
    if (entering < 0) return;
    const by = outward ? least : -least;
    for (let step = 0; step < steps; step++) this.#values[order[(begin + step) % whole]!]! += by;
    this.#inTree[leaving] = 0;
    this.#inTree[entering] = 1;
    this.#walk();
  }
}
