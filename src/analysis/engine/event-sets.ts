// A store of sets of events that share their parts: big-endian Patricia tries (Okasaki & Gill 1998), hash-consed, so that equal sets are the
// same number and adding one event to a set of 100,000 makes some twenty nodes.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { grown } from './grown.js';

export const EMPTY = 0;
/** Every event there is. */
export const ALL = 1;

export interface EventSets {
  readonly single: (event: number) => number;
  readonly union: (a: number, b: number) => number;
  readonly intersection: (a: number, b: number) => number;
  /** In at least `k` of the sets. */
  readonly inAtLeast: (k: number, sets: readonly number[]) => number;
  readonly has: (set: number, event: number) => boolean;
  /** Ascending. Not for ALL, which has no list. */
  readonly list: (set: number) => number[];
}

// Taken out of the global object once: these are called a hundred million times.
const { imul, clz32, min, max } = Math;

function hash(a: number, b: number, c: number): number {
  let h = imul(a, 0x9e3779b1) ^ imul(b, 0x85ebca6b) ^ imul(c, 0xc2b2ae35);
  h ^= h >>> 15;
  h = imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

const UNION = 0;
const INTERSECTION = 1;

export function createEventSets(): EventSets {
  let capacity = 1 << 12;
  // A leaf has bit 0 and its event as prefix; a branch splits by `bit` what agrees in the higher bits of `prefix`.
  let bit: Int32Array = new Int32Array(capacity);
  let prefix: Int32Array = new Int32Array(capacity);
  let zero: Int32Array = new Int32Array(capacity);
  let one: Int32Array = new Int32Array(capacity);
  let table: Int32Array = new Int32Array(capacity * 2);
  let cache: Int32Array = new Int32Array(capacity * 4);
  let size = 2;

  const keyOf = (node: number): number =>
    bit[node] === 0 ? hash(prefix[node]!, 0, 1) : hash(zero[node]!, one[node]!, 2);

  function insert(node: number): void {
    const mask = table.length - 1;
    let place = keyOf(node) & mask;
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = node;
  }

  function grow(): void {
    capacity *= 2;
    bit = grown(bit, capacity);
    prefix = grown(prefix, capacity);
    zero = grown(zero, capacity);
    one = grown(one, capacity);
    table = new Int32Array(capacity * 2);
    for (let node = 2; node < size; node++) insert(node);
    cache = new Int32Array(capacity * 4);
  }

  function make(at: number, common: number, left: number, right: number): number {
    const mask = table.length - 1;
    let place = (at === 0 ? hash(common, 0, 1) : hash(left, right, 2)) & mask;
    for (let found = table[place]!; found !== 0; found = table[place]!) {
      if (bit[found] === at && prefix[found] === common && zero[found] === left && one[found] === right) return found;
      place = (place + 1) & mask;
    }
    const made = size++;
    if (made >= capacity) {
      size--;
      grow();
      size++;
    }
    bit[made] = at;
    prefix[made] = common;
    zero[made] = left;
    one[made] = right;
    insert(made);
    return made;
  }

  const branch = (at: number, common: number, left: number, right: number): number =>
    left === EMPTY ? right : right === EMPTY ? left : make(at, common, left, right);
  const above = (at: number, value: number): number => value & ~(at * 2 - 1);

  /** Two tries that differ in their prefixes. */
  function join(a: number, b: number): number {
    const at = 1 << (31 - clz32(prefix[a]! ^ prefix[b]!));
    const common = above(at, prefix[a]!);
    return (prefix[a]! & at) === 0 ? make(at, common, a, b) : make(at, common, b, a);
  }

  function union(a: number, b: number): number {
    if (a === b || b === EMPTY) return a;
    if (a === EMPTY) return b;
    if (a === ALL || b === ALL) return ALL;
    if (bit[a]! < bit[b]!) return union(b, a);
    const at = bit[a]!;
    if (at === 0) return join(a, b);
    const under = above(at, prefix[b]!) === prefix[a]!;
    if (!under) return join(a, b);
    return remember(UNION, a, b, at);
  }

  function intersection(a: number, b: number): number {
    if (a === b || b === ALL) return a;
    if (a === ALL) return b;
    if (a === EMPTY || b === EMPTY) return EMPTY;
    if (bit[a]! < bit[b]!) return intersection(b, a);
    const at = bit[a]!;
    if (at === 0 || above(at, prefix[b]!) !== prefix[a]!) return EMPTY;
    return remember(INTERSECTION, a, b, at);
  }

  /** `a` is a branch at `at`, and all of `b` agrees with its prefix. */
  function remember(operation: number, a: number, b: number, at: number): number {
    let slot = (hash(a, b, operation) & (capacity - 1)) * 4;
    if (cache[slot] === a && cache[slot + 1] === b && cache[slot + 3] === operation) return cache[slot + 2]!;
    const combine = operation === UNION ? union : intersection;
    let left: number;
    let right: number;
    if (bit[b] === at) {
      left = combine(zero[a]!, zero[b]!);
      right = combine(one[a]!, one[b]!);
    } else if ((prefix[b]! & at) === 0) {
      left = combine(zero[a]!, b);
      right = operation === UNION ? one[a]! : EMPTY;
    } else {
      left = operation === UNION ? zero[a]! : EMPTY;
      right = combine(one[a]!, b);
    }
    const made = branch(at, prefix[a]!, left, right);
    slot = (hash(a, b, operation) & (capacity - 1)) * 4;
    cache[slot] = a;
    cache[slot + 1] = b;
    cache[slot + 2] = made;
    cache[slot + 3] = operation;
    return made;
  }

  function inAtLeast(k: number, sets: readonly number[]): number {
    if (k <= 0) return ALL;
    if (k > sets.length) return EMPTY;
    if (k === 1) return sets.reduce(union, EMPTY);
    if (k === sets.length) return sets.reduce(intersection, ALL);
    const reached = new Array<number>(k + 1).fill(EMPTY);
    reached[0] = ALL;
    for (const [seen, set] of sets.entries()) {
      const least = max(1, k - (sets.length - seen - 1));
      for (let j = min(k, seen + 1); j >= least; j--)
        reached[j] = union(intersection(set, reached[j - 1]!), reached[j]!);
    }
    return reached[k]!;
  }

  function has(set: number, event: number): boolean {
    if (set === ALL) return true;
    if (set === EMPTY) return false;
    while (bit[set] !== 0) set = (event & bit[set]!) === 0 ? zero[set]! : one[set]!;
    return prefix[set] === event;
  }

  function list(set: number): number[] {
    if (set === ALL) throw new Error('the set of every event has no list');
    const events: number[] = [];
    const open = set === EMPTY ? [] : [set];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (bit[node] === 0) events.push(prefix[node]!);
      else open.push(one[node]!, zero[node]!);
    }
    return events;
  }

  return { single: (event) => make(0, event, EMPTY, EMPTY), union, intersection, inAtLeast, has, list };
}
