// Ties between numbers -> the numbers that keep every tie and make their weighted sum least: network simplex, for ranks and for rows.
// Gansner, Koutsofios, North, Vo: A technique for drawing directed graphs (1993).

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
  const out: Tie[][] = Array.from({ length: count }, () => []);
  for (const tie of ties) {
    out[tie.from]?.push(tie);
    waiting[tie.to] = (waiting[tie.to] ?? 0) + 1;
  }
  const ready: number[] = [];
  for (let one = 0; one < count; one++) if (waiting[one] === 0) ready.push(one);
  for (const one of ready) {
    for (const { to, least } of out[one] ?? []) {
      values[to] = Math.max(values[to] ?? 0, (values[one] ?? 0) + least);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  return values;
}

/** A tree of ties without slack that spans all. The sum over a subtree of what pulls on it is the gain of moving it. */
class Tree {
  readonly #count: number;
  readonly #ties: readonly Tie[];
  readonly #values: Float64Array;
  /** What pulls each to the right, less what pulls it to the left. */
  readonly #pull: Float64Array;
  readonly #touching: readonly (readonly number[])[];
  readonly #inTree: Uint8Array;
  readonly #parent: Int32Array;
  readonly #parentTie: Int32Array;
  readonly #order: Int32Array;
  readonly #last: Int32Array;
  readonly #first: Int32Array;

  constructor(count: number, ties: readonly Tie[], values: Float64Array) {
    this.#count = count;
    this.#ties = ties;
    this.#values = values;
    this.#pull = new Float64Array(count);
    const touching: number[][] = Array.from({ length: count }, () => []);
    ties.forEach(({ from, to, weight }, index) => {
      touching[from]?.push(index);
      touching[to]?.push(index);
      this.#pull[from] = (this.#pull[from] ?? 0) + weight;
      this.#pull[to] = (this.#pull[to] ?? 0) - weight;
    });
    this.#touching = touching;
    this.#inTree = new Uint8Array(ties.length);
    this.#parent = new Int32Array(count).fill(-1);
    this.#parentTie = new Int32Array(count).fill(-1);
    this.#order = new Int32Array(count);
    this.#first = new Int32Array(count);
    this.#last = new Int32Array(count);
  }

  #slack(index: number): number {
    const tie = this.#ties[index];
    return tie ? (this.#values[tie.to] ?? 0) - (this.#values[tie.from] ?? 0) - tie.least : 0;
  }

  /** Grows a tree from the first by ties without slack; where there is none, all that is in it moves up to the nearest. */
  span(): void {
    const inside = new Uint8Array(this.#count);
    const members: number[] = [];
    const take = (start: number): void => {
      inside[start] = 1;
      members.push(start);
      const open = [start];
      for (let one = open.pop(); one !== undefined; one = open.pop()) {
        for (const index of this.#touching[one] ?? []) {
          const tie = this.#ties[index];
          if (!tie || this.#slack(index) !== 0) continue;
          const other = tie.from === one ? tie.to : tie.from;
          if (inside[other]) continue;
          inside[other] = 1;
          members.push(other);
          this.#inTree[index] = 1;
          open.push(other);
        }
      }
    };
    if (this.#count > 0) take(0);
    while (members.length < this.#count) {
      let best = -1;
      let least = Infinity;
      this.#ties.forEach(({ from, to }, index) => {
        if (inside[from] === inside[to]) return;
        const slack = this.#slack(index);
        if (slack < least) [best, least] = [index, slack];
      });
      const tie = this.#ties[best];
      // Nothing joins what is left: it keeps the values it has, and the tree is only what it could reach.
      if (!tie) break;
      const by = inside[tie.from] ? least : -least;
      for (const one of members) this.#values[one] = (this.#values[one] ?? 0) + by;
      this.#inTree[best] = 1;
      take(inside[tie.from] ? tie.to : tie.from);
    }
    this.#walk();
  }

  /** Numbers the tree from its root so that a subtree is a range. */
  #walk(): void {
    this.#parent.fill(-1);
    this.#parentTie.fill(-1);
    this.#first.fill(-1);
    let at = 0;
    const open = [0];
    const next = new Int32Array(this.#count);
    this.#first[0] = 0;
    this.#order[0] = 0;
    at = 1;
    while (open.length > 0) {
      const one = open[open.length - 1] ?? 0;
      const touching = this.#touching[one] ?? [];
      const index = next[one] ?? 0;
      if (index >= touching.length) {
        this.#last[one] = at - 1;
        open.pop();
        continue;
      }
      next[one] = index + 1;
      const tie = touching[index] ?? 0;
      if (!this.#inTree[tie]) continue;
      const ends = this.#ties[tie];
      const other = ends?.from === one ? ends.to : (ends?.from ?? 0);
      if ((this.#first[other] ?? 0) >= 0) continue;
      this.#parent[other] = one;
      this.#parentTie[other] = tie;
      this.#first[other] = at;
      this.#order[at] = other;
      at += 1;
      open.push(other);
    }
  }

  improve(pivots: number): void {
    const sums = new Float64Array(this.#count);
    let start = 1;
    for (let pivot = 0; pivot < pivots; pivot++) {
      sums.set(this.#pull);
      for (let at = this.#count - 1; at > 0; at--) {
        const one = this.#order[at] ?? 0;
        const parent = this.#parent[one] ?? -1;
        if (parent >= 0) sums[parent] = (sums[parent] ?? 0) + (sums[one] ?? 0);
      }
      // The first tie that gains, on from the last one, as in the paper.
      let leaving = -1;
      for (let step = 0; step < this.#count - 1 && leaving < 0; step++) {
        const at = 1 + ((start - 1 + step) % (this.#count - 1));
        const one = this.#order[at] ?? 0;
        const tie = this.#ties[this.#parentTie[one] ?? -1];
        if (!tie) continue;
        const gain = tie.to === one ? -(sums[one] ?? 0) : (sums[one] ?? 0);
        if (gain < 0) leaving = at;
      }
      if (leaving < 0) return;
      start = leaving;
      this.#exchange(this.#order[leaving] ?? 0);
    }
  }

  /** The subtree below moves away from the tie to its parent until another tie across has no slack. */
  #exchange(below: number): void {
    const leaving = this.#parentTie[below] ?? 0;
    const first = this.#first[below] ?? 0;
    const last = this.#last[below] ?? 0;
    const isBelow = (one: number) => (this.#first[one] ?? 0) >= first && (this.#first[one] ?? 0) <= last;
    const away = this.#ties[leaving]?.to === below;
    let entering = -1;
    let least = Infinity;
    for (let at = first; at <= last; at++) {
      for (const index of this.#touching[this.#order[at] ?? 0] ?? []) {
        const tie = this.#ties[index];
        if (!tie || this.#inTree[index]) continue;
        const [inside, outside] = away ? [tie.from, tie.to] : [tie.to, tie.from];
        if (!isBelow(inside) || isBelow(outside)) continue;
        const slack = this.#slack(index);
        if (slack < least || (slack === least && index < entering)) [entering, least] = [index, slack];
      }
    }
    if (entering < 0) return;
    const by = away ? least : -least;
    for (let at = first; at <= last; at++) {
      const one = this.#order[at] ?? 0;
      this.#values[one] = (this.#values[one] ?? 0) + by;
    }
    this.#inTree[leaving] = 0;
    this.#inTree[entering] = 1;
    this.#walk();
  }
}
