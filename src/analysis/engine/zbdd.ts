// A store of zero-suppressed decision diagrams (Minato 1993): families of sets, here cut sets. Hash-consed on typed arrays; children have smaller
// numbers than their node. Two constants: the family without a set, and the family of the empty set alone.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { NOT_FIT, type BddArrays } from './bdd.js';
import { grown } from './grown.js';

/** No set at all. */
export const NONE = 0;
/** The empty set alone. */
export const UNIT = 1;

export interface Zbdd {
  /** The sets of `low`, and those of `high` with the variable at `level` added. */
  readonly node: (level: number, high: number, low: number) => number;
  readonly size: () => number;
  /** The sets of `family` for which the monotone function `f` of a decision diagram over the same levels does not hold (Rauzy 1993, `without`). */
  readonly without: (family: number, f: number) => number;
  readonly arrays: () => BddArrays;
}

// Taken out of the global object once: these are called a hundred million times.
const { imul } = Math;

function hash(a: number, b: number, c: number): number {
  let h = imul(a, 0x9e3779b1) ^ imul(b, 0x85ebca6b) ^ imul(c, 0xc2b2ae35);
  h ^= h >>> 15;
  h = imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** `functions` are the arrays of the diagram that `without` looks into. */
export function createZbdd(
  functions: BddArrays,
  budget: { readonly nodes: number; readonly steps: number; readonly stop?: () => boolean },
): Zbdd {
  let capacity = 1 << 5;
  let level: Int32Array = new Int32Array(capacity);
  let high: Int32Array = new Int32Array(capacity);
  let low: Int32Array = new Int32Array(capacity);
  let table: Int32Array = new Int32Array(capacity * 2);
  let cache: Int32Array = new Int32Array(capacity * 3);
  let size = 2;
  let steps = 0;
  level[0] = level[1] = 0x7fffffff;
  let stackFamily: Int32Array = new Int32Array(32);
  let stackFunction: Int32Array = new Int32Array(32);
  let stackHigh: Int32Array = new Int32Array(32);

  function insert(node: number): void {
    const mask = table.length - 1;
    let place = hash(level[node]!, high[node]!, low[node]!) & mask;
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = node;
  }

  function node(at: number, then: number, otherwise: number): number {
    if (then === NONE) return otherwise;
    const mask = table.length - 1;
    let place = hash(at, then, otherwise) & mask;
    for (let found = table[place]!; found !== 0; found = table[place]!) {
      if (low[found] === otherwise && high[found] === then && level[found] === at) return found;
      place = (place + 1) & mask;
    }
    if (size >= budget.nodes) return NOT_FIT;
    const made = size++;
    if (made >= capacity) {
      capacity *= 2;
      level = grown(level, capacity);
      high = grown(high, capacity);
      low = grown(low, capacity);
      table = new Int32Array(capacity * 2);
      for (let old = 2; old < made; old++) insert(old);
      cache = new Int32Array(capacity * 3);
    }
    level[made] = at;
    high[made] = then;
    low[made] = otherwise;
    insert(made);
    return made;
  }

  function without(family: number, f: number): number {
    let depth = 0;
    for (;;) {
      let result: number;
      // Below its own variables a function stays as it is when nothing of them fails.
      while (f > 1 && functions.level[f]! < level[family]!) f = functions.low[f]!;
      if (f === 1 || family === NONE) result = NONE;
      else if (f === 0 || family === UNIT) result = family;
      else {
        const mask = capacity - 1;
        const at = (hash(family, f, 7) & mask) * 3;
        if (cache[at] === family && cache[at + 1] === f) result = cache[at + 2]!;
        else {
          if (++steps > budget.steps || ((steps & 0x3fff) === 0 && budget.stop?.() === true)) return NOT_FIT;
          if (depth === stackFamily.length) {
            stackFamily = grown(stackFamily, depth * 2);
            stackFunction = grown(stackFunction, depth * 2);
            stackHigh = grown(stackHigh, depth * 2);
          }
          stackFamily[depth] = family;
          stackFunction[depth] = f;
          stackHigh[depth] = -1;
          depth++;
          if (functions.level[f] === level[family]) f = functions.high[f]!;
          family = high[family]!;
          continue;
        }
      }
      for (;;) {
        if (depth === 0) return result;
        const top = depth - 1;
        const frameFamily = stackFamily[top]!;
        const frameFunction = stackFunction[top]!;
        if (stackHigh[top] === -1) {
          stackHigh[top] = result;
          f = functions.level[frameFunction] === level[frameFamily] ? functions.low[frameFunction]! : frameFunction;
          family = low[frameFamily]!;
          break;
        }
        result = node(level[frameFamily]!, stackHigh[top]!, result);
        if (result === NOT_FIT) return NOT_FIT;
        const at = (hash(frameFamily, frameFunction, 7) & (capacity - 1)) * 3;
        cache[at] = frameFamily;
        cache[at + 1] = frameFunction;
        cache[at + 2] = result;
        depth = top;
      }
    }
  }

  return { node, size: () => size, without, arrays: () => ({ level, high, low }) };
}
