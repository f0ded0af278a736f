// A decision diagram → its minimal cut sets as a family of sets (Rauzy 1993, "New algorithms for fault trees analysis"), counted by order and listed.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { NOT_FIT, type BddArrays, type BddBudget } from './bdd.js';
import type { Diagram } from './compile.js';
import { createZbdd, NONE, UNIT } from './zbdd.js';

/** Minimal cut sets over the variables of a small tree. */
export interface CutFamily {
  readonly arrays: BddArrays;
  readonly root: number;
  /** Level → variable. */
  readonly order: readonly number[];
  /** Every cut set up to this many variables is there; Infinity when all are. */
  readonly completeTo: number;
}

/** All minimal cut sets, or undefined when they need more than the budget. */
export function minimalCuts(diagram: Diagram, budget: BddBudget): CutFamily | undefined {
  const { bdd, root, order } = diagram;
  const functions = bdd.arrays();
  const zbdd = createZbdd(functions, budget);
  const family = new Int32Array(Math.max(root + 1, 2));
  family[1] = UNIT;
  for (let node = 2; node <= root; node++) {
    // A set with the variable is minimal if the rest is minimal for `high` and does not do for `low` already.
    const low = family[functions.low[node]!]!;
    const high = zbdd.without(family[functions.high[node]!]!, functions.low[node]!);
    const made = high === NOT_FIT ? NOT_FIT : zbdd.node(functions.level[node]!, high, low);
    if (made === NOT_FIT) return undefined;
    family[node] = made;
  }
  return { arrays: zbdd.arrays(), root: family[root]!, order, completeTo: Infinity };
}

/** How many sets there are of each order: `values[i]` of order `from + i`. Numbers while they are exact, else bigint. */
export interface Counts {
  readonly from: number;
  readonly values: readonly number[] | readonly bigint[];
}

export const NO_SETS: Counts = { from: 0, values: [] };
export const ONE_EMPTY_SET: Counts = { from: 0, values: [1] };
export const ONE_EVENT: Counts = { from: 1, values: [1] };

const isBig = (values: readonly number[] | readonly bigint[]): values is readonly bigint[] =>
  typeof values[0] === 'bigint';
const big = (values: readonly number[] | readonly bigint[]): readonly bigint[] =>
  isBig(values) ? values : values.map(BigInt);

/** Work done on counts, in single additions and products; the caller stops when it has had enough. */
export interface CountWork {
  done: number;
  readonly most: number;
  /** Orders above this one are left out. */
  readonly cap: number;
}

function add(a: Counts, b: Counts, work: CountWork): Counts {
  if (a.values.length === 0) return b;
  if (b.values.length === 0) return a;
  const from = Math.min(a.from, b.from);
  const length = Math.max(a.from + a.values.length, b.from + b.values.length) - from;
  work.done += length;
  if (!isBig(a.values) && !isBig(b.values)) {
    const values = new Array<number>(length).fill(0);
    a.values.forEach((value, at) => (values[a.from - from + at]! += value));
    b.values.forEach((value, at) => (values[b.from - from + at]! += value));
    if (values.every(Number.isSafeInteger)) return { from, values };
  }
  const values = new Array<bigint>(length).fill(0n);
  big(a.values).forEach((value, at) => (values[a.from - from + at]! += value));
  big(b.values).forEach((value, at) => (values[b.from - from + at]! += value));
  return { from, values };
}

function multiply(a: Counts, b: Counts, work: CountWork): Counts {
  if (a.values.length === 0 || b.values.length === 0) return NO_SETS;
  const from = a.from + b.from;
  const length = Math.min(a.values.length + b.values.length - 1, work.cap - from + 1);
  if (length <= 0) return NO_SETS;
  const shift = (counts: Counts): Counts => ({
    from,
    values: counts.values.length > length ? counts.values.slice(0, length) : counts.values,
  });
  if (a.values.length === 1 && Number(a.values[0]) === 1) return shift(b);
  if (b.values.length === 1 && Number(b.values[0]) === 1) return shift(a);
  work.done += a.values.length * b.values.length;
  if (!isBig(a.values) && !isBig(b.values)) {
    const values = new Array<number>(length).fill(0);
    for (let i = 0; i < a.values.length; i++) {
      for (let j = 0; j < b.values.length && i + j < length; j++) values[i + j]! += a.values[i]! * b.values[j]!;
    }
    if (values.every(Number.isSafeInteger)) return { from, values };
  }
  const left = big(a.values);
  const right = big(b.values);
  const values = new Array<bigint>(length).fill(0n);
  for (let i = 0; i < left.length; i++) {
    for (let j = 0; j < right.length && i + j < length; j++) values[i + j]! += left[i]! * right[j]!;
  }
  return { from, values };
}

/** Counts the sets of a family, where each variable stands for a family of its own; undefined when the work becomes too much. */
export function countSets(family: CutFamily, variables: readonly Counts[], work: CountWork): Counts | undefined {
  const { level, high, low } = family.arrays;
  const counts: Counts[] = [NO_SETS, ONE_EMPTY_SET];
  if (family.root <= 1) return counts[family.root];
  const used = new Uint8Array(family.root + 1);
  used[family.root] = 1;
  for (let node = family.root; node > 1; node--) {
    if (used[node] === 1) used[high[node]!] = used[low[node]!] = 1;
  }
  for (let node = 2; node <= family.root; node++) {
    if (used[node] === 0) continue;
    counts[node] = add(
      counts[low[node]!]!,
      multiply(counts[high[node]!]!, variables[family.order[level[node]!]!]!, work),
      work,
    );
    if (++work.done > work.most) return undefined;
  }
  return counts[family.root];
}

/** The sets of at most `most` variables, in the order of the diagram. */
export function* listSets(family: CutFamily, most: number): Generator<number[]> {
  const { level, high, low } = family.arrays;
  // The fewest variables that any set below a node has: where that is too many, nobody needs to look.
  const fewest = new Float64Array(Math.max(family.root + 1, 2)).fill(Infinity);
  fewest[UNIT] = 0;
  for (let node = 2; node <= family.root; node++)
    fewest[node] = Math.min(fewest[low[node]!]!, fewest[high[node]!]! + 1);
  const open: { readonly node: number; readonly set: readonly number[] }[] = [{ node: family.root, set: [] }];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { node, set } = entry;
    if (node === NONE || set.length + fewest[node]! > most) continue;
    if (node === UNIT) {
      yield [...set];
      continue;
    }
    open.push({ node: low[node]!, set });
    open.push({ node: high[node]!, set: [...set, family.order[level[node]!]!] });
  }
}
