// A store of binary decision diagrams (Bryant 1986): hash-consed, ordered, reduced, on typed arrays, for monotone functions.
// Nothing recurses, so depth is no limit; a store that reaches its budget says so (NOT_FIT) instead of growing on.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { grown } from './grown.js';

/** The constants, and the answer of every operation that would need more than the budget. */
export const FALSE = 0;
export const TRUE = 1;
export const NOT_FIT = -1;

/** Level of the constants: below every variable. */
const BOTTOM = 0x7fffffff;

const AND = 0;
const OR = 1;
type Operation = typeof AND | typeof OR;

export interface BddBudget {
  /** Most nodes alive or dead at one time; a node takes about 40 bytes. */
  readonly nodes: number;
  /** Most steps of the and/or recursion over the life of the store: the measure of work that is the same on any machine. */
  readonly steps: number;
  /** Asked now and then; true ends the work as if the steps were spent. */
  readonly stop?: () => boolean;
}

/**
 * Functions are numbers: 0 and 1 the constants, others nodes. The children of a node have smaller numbers than the node, so a loop upward
 * over the numbers goes bottom-up, and one downward goes top-down. `level` 0 is the variable that is tested first.
 */
export interface Bdd {
  readonly and: (f: number, g: number) => number;
  readonly or: (f: number, g: number) => number;
  /** At least `k` of the functions hold. */
  readonly atLeast: (k: number, functions: readonly number[]) => number;
  /** The function "variable `level`, then `high`, else `low`"; both children must lie below `level`. */
  readonly node: (level: number, high: number, low: number) => number;
  /** Drops what is not below `roots` and renumbers: gives the new numbers of the roots. Every other number is void afterwards. */
  readonly collect: (roots: readonly number[]) => number[];
  /** Takes these nodes in place of its own; children come before their users. */
  readonly replace: (nodes: BddArrays, size: number) => void;
  /** From now on operations that need more nodes than this do not fit; never more than the budget. */
  readonly limit: (nodes: number) => void;
  /** Nodes including the two constants. */
  readonly size: () => number;
  readonly steps: () => number;
  /** True after an operation answered NOT_FIT for want of steps: nothing further will fit. */
  readonly spent: () => boolean;
  /** The arrays behind the numbers; they are replaced when the store grows, so fetch them after the last operation. */
  readonly arrays: () => BddArrays;
}

export interface BddArrays {
  readonly level: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
}

// Taken out of the global object once: these are called a hundred million times.
const { imul, min, max } = Math;

function hash(a: number, b: number, c: number): number {
  let h = imul(a, 0x9e3779b1) ^ imul(b, 0x85ebca6b) ^ imul(c, 0xc2b2ae35);
  h ^= h >>> 15;
  h = imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

export function createBdd(budget: BddBudget): Bdd {
  let capacity = 1 << 5;
  let level: Int32Array = new Int32Array(capacity);
  let high: Int32Array = new Int32Array(capacity);
  let low: Int32Array = new Int32Array(capacity);
  let table: Int32Array = new Int32Array(capacity * 2); // open addressing; 0 is an empty place, as constants are never stored
  let cache: Int32Array = new Int32Array(capacity * 4); // lossy: (f, g, operation, result) at the place of its hash
  let cacheMask = capacity - 1;
  let size = 2;
  let limit = budget.nodes;
  let steps = 0;
  let spent = false;
  level[0] = level[1] = BOTTOM;

  // The stack of the and/or recursion, by hand.
  let stackF: Int32Array = new Int32Array(32);
  let stackG: Int32Array = new Int32Array(32);
  let stackHigh: Int32Array = new Int32Array(32); // result for the high branch, -1 while it is being computed

  function insert(node: number): void {
    const mask = table.length - 1;
    let place = hash(level[node]!, high[node]!, low[node]!) & mask;
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = node;
  }

  function resize(length: number): void {
    capacity = length;
    level = grown(level, capacity);
    high = grown(high, capacity);
    low = grown(low, capacity);
    table = new Int32Array(capacity * 2);
    for (let node = 2; node < size; node++) insert(node);
    const old = cache;
    cache = new Int32Array(capacity * 4);
    cacheMask = capacity - 1;
    for (let at = 0; at < old.length; at += 4) {
      const f = old[at]!;
      if (f === 0) continue;
      const place = (hash(f, old[at + 1]!, old[at + 2]!) & cacheMask) * 4;
      for (let i = 0; i < 4; i++) cache[place + i] = old[at + i]!;
    }
  }

  function node(at: number, then: number, otherwise: number): number {
    if (then === otherwise) return then;
    const mask = table.length - 1;
    let place = hash(at, then, otherwise) & mask;
    for (let found = table[place]!; found !== 0; found = table[place]!) {
      if (low[found] === otherwise && high[found] === then && level[found] === at) return found;
      place = (place + 1) & mask;
    }
    if (size >= limit) return NOT_FIT;
    const made = size++;
    if (made >= capacity) resize(capacity * 2);
    level[made] = at;
    high[made] = then;
    low[made] = otherwise;
    insert(made);
    return made;
  }

  function apply(operation: Operation, f: number, g: number): number {
    let depth = 0;
    for (;;) {
      // Downward: the result of (f, g) from constants, cache or one more frame.
      let result: number;
      if (f > g) {
        const swap = f;
        f = g;
        g = swap;
      }
      if (f === g) result = f;
      else if (f === FALSE) result = operation === AND ? FALSE : g;
      else if (f === TRUE) result = operation === AND ? g : TRUE;
      else {
        const at = (hash(f, g, operation) & cacheMask) * 4;
        if (cache[at] === f && cache[at + 1] === g && cache[at + 2] === operation) result = cache[at + 3]!;
        else {
          if (++steps > budget.steps || ((steps & 0x3fff) === 0 && budget.stop?.() === true)) {
            spent = true;
            return NOT_FIT;
          }
          if (depth === stackF.length) {
            stackF = grown(stackF, depth * 2);
            stackG = grown(stackG, depth * 2);
            stackHigh = grown(stackHigh, depth * 2);
          }
          stackF[depth] = f;
          stackG[depth] = g;
          stackHigh[depth] = -1;
          depth++;
          const levelF = level[f]!;
          const levelG = level[g]!;
          if (levelF <= levelG) f = high[f]!;
          if (levelG <= levelF) g = high[g]!;
          continue;
        }
      }
      // Upward: hand the result to the frames that wait for it.
      for (;;) {
        if (depth === 0) return result;
        const top = depth - 1;
        const frameF = stackF[top]!;
        const frameG = stackG[top]!;
        const levelF = level[frameF]!;
        const levelG = level[frameG]!;
        if (stackHigh[top] === -1) {
          stackHigh[top] = result;
          f = levelF <= levelG ? low[frameF]! : frameF;
          g = levelG <= levelF ? low[frameG]! : frameG;
          break;
        }
        result = node(min(levelF, levelG), stackHigh[top]!, result);
        if (result === NOT_FIT) return NOT_FIT;
        const at = (hash(frameF, frameG, operation) & cacheMask) * 4;
        cache[at] = frameF;
        cache[at + 1] = frameG;
        cache[at + 2] = operation;
        cache[at + 3] = result;
        depth = top;
      }
    }
  }

  const and = (f: number, g: number): number => (f < 0 || g < 0 ? NOT_FIT : apply(AND, f, g));
  const or = (f: number, g: number): number => (f < 0 || g < 0 ? NOT_FIT : apply(OR, f, g));

  function atLeast(k: number, functions: readonly number[]): number {
    if (k <= 0) return TRUE;
    if (k > functions.length) return FALSE;
    // The deepest variables first, so that the diagram grows from its end to its beginning.
    const ordered = [...functions].sort((a, b) => level[b]! - level[a]! || b - a);
    if (k === 1 || k === functions.length) {
      let joined = k === 1 ? FALSE : TRUE;
      for (const f of ordered) {
        joined = k === 1 ? or(f, joined) : and(f, joined);
        if (joined === NOT_FIT) return NOT_FIT;
      }
      return joined;
    }
    // reached[j]: at least j of those seen so far. Monotone, so "f then a else b" with b below a is (f and a) or b.
    const reached = new Array<number>(k + 1).fill(FALSE);
    reached[0] = TRUE;
    for (const [seen, f] of ordered.entries()) {
      const least = max(1, k - (ordered.length - seen - 1)); // fewer could no longer become k
      for (let j = min(k, seen + 1); j >= least; j--) {
        const more = or(and(f, reached[j - 1]!), reached[j]!);
        if (more === NOT_FIT) return NOT_FIT;
        reached[j] = more;
      }
    }
    return reached[k]!;
  }

  function collect(roots: readonly number[]): number[] {
    const renumbered = new Int32Array(size);
    for (const root of roots) if (root > 1) renumbered[root] = 1;
    for (let at = size - 1; at > 1; at--) {
      if (renumbered[at] === 0) continue;
      renumbered[high[at]!] = 1;
      renumbered[low[at]!] = 1;
    }
    renumbered[0] = 0;
    renumbered[1] = 1;
    let kept = 2;
    for (let at = 2; at < size; at++) {
      if (renumbered[at] === 0) continue;
      renumbered[at] = kept;
      level[kept] = level[at]!;
      high[kept] = renumbered[high[at]!]!;
      low[kept] = renumbered[low[at]!]!;
      kept++;
    }
    size = kept;
    table.fill(0);
    cache.fill(0);
    for (let at = 2; at < size; at++) insert(at);
    return roots.map((root) => (root > 1 ? renumbered[root]! : root));
  }

  function replace(nodes: BddArrays, count: number): void {
    size = count;
    if (count > capacity) {
      while (capacity < count) capacity *= 2;
      level = new Int32Array(capacity);
      high = new Int32Array(capacity);
      low = new Int32Array(capacity);
      table = new Int32Array(capacity * 2);
      cache = new Int32Array(capacity * 4);
      cacheMask = capacity - 1;
    }
    level.set(nodes.level.subarray(0, count));
    high.set(nodes.high.subarray(0, count));
    low.set(nodes.low.subarray(0, count));
    table.fill(0);
    cache.fill(0);
    for (let at = 2; at < size; at++) insert(at);
  }

  return {
    and,
    or,
    atLeast,
    node,
    collect,
    replace,
    limit: (nodes) => (limit = min(nodes, budget.nodes)),
    size: () => size,
    steps: () => steps,
    spent: () => spent,
    arrays: () => ({ level, high, low }),
  };
}
