// A decision diagram → the same functions in a better order: each variable in turn moves to the level where the diagram is smallest (Rudell 1993, "Dynamic variable
// ordering for ordered binary decision diagrams"). Neighbours are exchanged in place, in a store of its own with one table a variable.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { BddArrays } from './bdd.js';
import { grown } from './grown.js';

export interface Functions extends BddArrays {
  /** Nodes including the two constants. */
  readonly size: number;
  readonly roots: readonly number[];
}

export interface Sifted extends Functions {
  /** Level before → level now. */
  readonly moved: Int32Array;
  /** Nodes that were looked at. */
  readonly work: number;
}

export interface SiftBudget {
  /** Most nodes to look at. */
  readonly work: number;
  /** Most nodes in the store on the way. */
  readonly nodes: number;
  readonly stop?: (() => boolean) | undefined;
}

/** A variable goes on while the diagram is at most this many times the smallest that it has found. */
const GROWTH = 1.15;

const { imul } = Math;
const hash = (high: number, low: number): number => {
  const h = imul(high, 0x9e3779b1) ^ imul(low, 0x85ebca6b);
  return imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 8;
};

/** `levels` is how many there are. The functions are collected: every node is below some root. */
export function sifted(given: Functions, levels: number, budget: SiftBudget): Sifted {
  let capacity = given.size + (given.size >> 1) + 64;
  // A variable is the level that it had before.
  let variable = grown(given.level, capacity);
  let high = grown(given.high, capacity);
  let low = grown(given.low, capacity);
  let next: Int32Array = new Int32Array(capacity);
  let uses: Int32Array = new Int32Array(capacity);
  let free = 0; // a list through `next`
  let size = given.size;
  let total = given.size;
  let work = 0;
  const levelOf = Int32Array.from({ length: levels }, (_, level) => level);
  const variableAt = levelOf.slice();
  const counts = new Int32Array(levels);
  for (let node = 2; node < given.size; node++) {
    counts[variable[node]!]!++;
    uses[high[node]!]!++;
    uses[low[node]!]!++;
  }
  for (const root of given.roots) uses[root]!++;
  const tables = Array.from(counts, (count) => new Int32Array(1 << (32 - Math.clz32(count | 3))));

  const insert = (node: number): void => {
    const table = tables[variable[node]!]!;
    const place = hash(high[node]!, low[node]!) & (table.length - 1);
    next[node] = table[place]!;
    table[place] = node;
  };
  for (let node = 2; node < given.size; node++) insert(node);

  const remove = (node: number): void => {
    const table = tables[variable[node]!]!;
    const place = hash(high[node]!, low[node]!) & (table.length - 1);
    if (table[place] === node) {
      table[place] = next[node]!;
      return;
    }
    let before = table[place]!;
    while (next[before] !== node) before = next[before]!;
    next[before] = next[node]!;
  };

  const widen = (of: number): void => {
    const old = tables[of]!;
    const table = new Int32Array(old.length * 2);
    const mask = table.length - 1;
    tables[of] = table;
    for (let node of old) {
      while (node !== 0) {
        const after = next[node]!;
        const place = hash(high[node]!, low[node]!) & mask;
        next[node] = table[place]!;
        table[place] = node;
        node = after;
      }
    }
  };

  const make = (of: number, then: number, otherwise: number): number => {
    if (then === otherwise) return then;
    const table = tables[of]!;
    const place = hash(then, otherwise) & (table.length - 1);
    for (let found = table[place]!; found !== 0; found = next[found]!)
      if (high[found] === then && low[found] === otherwise) return found;
    let node = free;
    if (node !== 0) free = next[node]!;
    else {
      node = size++;
      if (node >= capacity) {
        capacity += capacity >> 1;
        variable = grown(variable, capacity);
        high = grown(high, capacity);
        low = grown(low, capacity);
        next = grown(next, capacity);
        uses = grown(uses, capacity);
      }
    }
    variable[node] = of;
    high[node] = then;
    low[node] = otherwise;
    uses[node] = 0;
    uses[then]!++;
    uses[otherwise]!++;
    next[node] = table[place]!;
    table[place] = node;
    total++;
    if (++counts[of]! > table.length * 2) widen(of);
    return node;
  };

  let changing: Int32Array = new Int32Array(64);
  /** Exchanges the variables of `level` and the one below. */
  const exchange = (level: number): void => {
    const x = variableAt[level]!;
    const y = variableAt[level + 1]!;
    variableAt[level] = y;
    variableAt[level + 1] = x;
    levelOf[x] = level + 1;
    levelOf[y] = level;
    work += counts[x]! + 8;
    // Nodes of x that do not lead to y stay as they are, one level lower.
    let count = 0;
    if (changing.length < counts[x]!) changing = new Int32Array(counts[x]! * 2);
    const table = tables[x]!;
    for (let place = 0; place < table.length; place++) {
      let before = 0;
      for (let node = table[place]!; node !== 0; node = next[node]!) {
        if (variable[high[node]!] !== y && variable[low[node]!] !== y) {
          before = node;
          continue;
        }
        changing[count++] = node;
        if (before === 0) table[place] = next[node]!;
        else next[before] = next[node]!;
      }
    }
    counts[x]! -= count;
    work += count * 3;
    for (let at = 0; at < count; at++) {
      const node = changing[at]!;
      const then = high[node]!;
      const otherwise = low[node]!;
      const upper = variable[then] === y;
      const lower = variable[otherwise] === y;
      const left = make(x, upper ? high[then]! : then, lower ? high[otherwise]! : otherwise);
      uses[left]!++;
      const right = make(x, upper ? low[then]! : then, lower ? low[otherwise]! : otherwise);
      uses[right]!++;
      variable[node] = y;
      high[node] = left;
      low[node] = right;
      insert(node);
      if (++counts[y]! > tables[y]!.length * 2) widen(y);
      // What they lead to has another user by now, so that only nodes of y are left without one.
      if (--uses[then]! === 0 && then > 1) drop(then);
      if (--uses[otherwise]! === 0 && otherwise > 1) drop(otherwise);
    }
  };
  const drop = (node: number): void => {
    remove(node);
    counts[variable[node]!]!--;
    uses[high[node]!]!--;
    uses[low[node]!]!--;
    next[node] = free;
    free = node;
    variable[node] = -1;
    total--;
  };

  const spent = (): boolean => work > budget.work || total > budget.nodes || budget.stop?.() === true;
  const sift = (of: number): void => {
    const start = levelOf[of]!;
    let best = total;
    let place = start;
    const walk = (step: 1 | -1): void => {
      const end = step === 1 ? levels - 1 : 0;
      while (levelOf[of] !== end && total <= best * GROWTH && !spent()) {
        exchange(step === 1 ? levelOf[of]! : levelOf[of]! - 1);
        if (total >= best) continue;
        best = total;
        place = levelOf[of]!;
      }
    };
    const back = (): void => {
      while (levelOf[of]! < place) exchange(levelOf[of]!);
      while (levelOf[of]! > place) exchange(levelOf[of]! - 1);
    };
    const first = start * 2 >= levels ? 1 : -1;
    walk(first);
    if (total > best * GROWTH) back();
    walk(first === 1 ? -1 : 1);
    back();
  };
  const largest = Array.from({ length: levels }, (_, of) => of).sort((a, b) => counts[b]! - counts[a]! || a - b);
  for (const of of largest) if (counts[of]! > 0 && !spent()) sift(of);

  // Numbered from the bottom up: children before their users.
  const number = new Int32Array(size);
  number[1] = 1;
  const result = { level: new Int32Array(total), high: new Int32Array(total), low: new Int32Array(total) };
  result.level[0] = result.level[1] = given.level[0]!;
  let made = 2;
  for (let level = levels - 1; level >= 0; level--) {
    for (let node of tables[variableAt[level]!]!) {
      for (; node !== 0; node = next[node]!) {
        result.level[made] = level;
        result.high[made] = number[high[node]!]!;
        result.low[made] = number[low[node]!]!;
        number[node] = made++;
      }
    }
  }
  return { ...result, size: total, roots: given.roots.map((root) => number[root]!), moved: levelOf, work };
}
