// A fault tree → a smaller one with the same function: constants, duplicates, gates of the same kind in a row, identical gates, common inputs, and inputs whose
// value is already settled by a gate above (after Niemelä 1997, "On simplification of large fault trees").
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { factor } from './factor.js';
import { inputsFirst, type FaultGate, type FaultTree } from './tree.js';

const TRUE = -1;
const FALSE = -2;

const ROUNDS = 12;
/** Most words of memory for the sets of settled inputs; larger trees do without that step. */
const SETTLED_WORDS = 1 << 23;

/** Inputs of gates that may be looked at in all: what was reached by then is the answer, which has the same function. */
export interface SimplifyWork {
  left: number;
}

/** The tree must have no cycles. The top of the result is an event, a gate, or a gate without inputs for a constant. */
export function simplify(tree: FaultTree, work: SimplifyWork = { left: Infinity }): FaultTree {
  let current = rounds(tree, work);
  for (let round = 0; round < ROUNDS && work.left > 0; round++) {
    const factored = factor(current, work);
    if (factored === current) break;
    current = rounds(factored, work);
  }
  return current;
}

function rounds(tree: FaultTree, work: SimplifyWork): FaultTree {
  let current = fold(tree);
  let size = Infinity;
  for (let round = 0; round < ROUNDS && work.left > 0; round++) {
    current = settle(coalesce(current));
    const reached = measure(current);
    work.left -= reached;
    if (reached >= size) break;
    size = reached;
  }
  return current;
}

function measure(tree: FaultTree): number {
  let size = 0;
  for (const gate of reachable(tree)) size += 1 + tree.gates[gate]!.inputs.length;
  return size;
}

function reachable(tree: FaultTree): number[] {
  const order = inputsFirst(tree);
  if (order === undefined) throw new Error('a tree with a cycle came to the simplifier');
  return order;
}

/** Constants, aliases, duplicates and identical gates; keeps only what the top leads to, inputs first. */
function fold(tree: FaultTree): FaultTree {
  const { eventCount } = tree;
  const gates: FaultGate[] = [];
  const same = createTwins(gates);
  const meaning = new Int32Array(tree.gates.length);
  for (const index of reachable(tree)) {
    const gate = tree.gates[index]!;
    let k = gate.k;
    let inputs: number[] = [];
    for (const raw of gate.inputs) {
      const input = raw < eventCount ? raw : meaning[raw - eventCount]!;
      if (input === TRUE) k--;
      else if (input !== FALSE) inputs.push(input);
    }
    const order = orderOf(inputs);
    if (order === 'none') inputs.sort((a, b) => a - b);
    if (order !== 'strict' && (k === 1 || k === inputs.length)) {
      const or = k === 1;
      inputs = inputs.filter((input, at) => input !== inputs[at - 1]);
      k = or ? 1 : inputs.length;
    }
    if (k <= 0) meaning[index] = TRUE;
    else if (k > inputs.length) meaning[index] = FALSE;
    else if (inputs.length === 1) meaning[index] = inputs[0]!;
    else meaning[index] = eventCount + same({ k, inputs });
  }
  const top = tree.top < eventCount ? tree.top : meaning[tree.top - eventCount]!;
  if (top === TRUE || top === FALSE)
    return { eventCount, gates: [{ k: top === TRUE ? 0 : 1, inputs: [] }], top: eventCount };
  const folded = { eventCount, gates, top };
  return reachable(folded).length === gates.length ? folded : fold(folded);
}

function orderOf(inputs: readonly number[]): 'strict' | 'ascending' | 'none' {
  let strict = true;
  for (let at = 1; at < inputs.length; at++) {
    if (inputs[at]! < inputs[at - 1]!) return 'none';
    if (inputs[at] === inputs[at - 1]) strict = false;
  }
  return strict ? 'strict' : 'ascending';
}

/** Gives each gate the number of the first that is the same, and adds it to the list if none is. */
function createTwins(gates: FaultGate[]): (gate: FaultGate) => number {
  const first = new Map<number, number>();
  const next: number[] = []; // the next gate of the same hash, or -1
  return (gate) => {
    let hash = gate.k;
    for (const input of gate.inputs) hash = (Math.imul(hash, 0x01000193) ^ input) | 0;
    const begin = first.get(hash) ?? -1;
    for (let at = begin; at !== -1; at = next[at]!) if (isTwin(gates[at]!, gate)) return at;
    next.push(begin);
    first.set(hash, gates.length);
    return gates.push(gate) - 1;
  };
}

function isTwin(a: FaultGate, b: FaultGate): boolean {
  if (a.k !== b.k || a.inputs.length !== b.inputs.length) return false;
  for (let at = 0; at < a.inputs.length; at++) if (a.inputs[at] !== b.inputs[at]) return false;
  return true;
}

const isOr = (gate: FaultGate): boolean => gate.k === 1;
const isAnd = (gate: FaultGate): boolean => gate.k === gate.inputs.length;

/** An *or* below an *or*, used nowhere else, becomes part of it; *and* likewise. */
function coalesce(tree: FaultTree): FaultTree {
  const { eventCount } = tree;
  const uses = new Int32Array(tree.gates.length);
  for (const gate of tree.gates) for (const input of gate.inputs) if (input >= eventCount) uses[input - eventCount]!++;
  const joins = (upper: FaultGate, lower: FaultGate): boolean =>
    (isOr(upper) && isOr(lower)) || (isAnd(upper) && isAnd(lower));
  const gates = [...tree.gates];
  const swallowed = new Uint8Array(gates.length);
  // Inputs come before those who use them, so from the end each gate meets its chain whole, and every gate is moved once.
  for (let index = gates.length - 1; index >= 0; index--) {
    if (swallowed[index] === 1) continue;
    const gate = gates[index]!;
    if (gate.inputs.length === 0) continue;
    const inputs: number[] = [];
    const open = [...gate.inputs].reverse();
    for (let input = open.pop(); input !== undefined; input = open.pop()) {
      const lower = input < eventCount ? undefined : gates[input - eventCount]!;
      if (lower === undefined || uses[input - eventCount] !== 1 || !joins(gate, lower)) inputs.push(input);
      else {
        swallowed[input - eventCount] = 1;
        for (let at = lower.inputs.length - 1; at >= 0; at--) open.push(lower.inputs[at]!);
      }
    }
    if (inputs.length !== gate.inputs.length) gates[index] = { k: isOr(gate) ? 1 : inputs.length, inputs };
  }
  return fold({ eventCount, gates, top: tree.top });
}

/**
 * Below an *or* its inputs may be taken as not failed, since a failed one makes the rest of no account; below an *and* as failed. What holds on every
 * way from the top down to a gate is settled there, and becomes a constant.
 */
function settle(tree: FaultTree): FaultTree {
  const { eventCount, gates } = tree;
  const uses = new Int32Array(eventCount + gates.length);
  for (const gate of gates) for (const input of gate.inputs) uses[input]!++;
  const bit = new Int32Array(uses.length).fill(-1);
  let shared = 0;
  for (let ref = 0; ref < uses.length; ref++) if (uses[ref]! > 1) bit[ref] = shared++;
  const words = (shared + 31) >>> 5;
  if (shared === 0 || tree.top < eventCount || words * gates.length * 2 > SETTLED_WORDS) return tree;

  // Two rows of bits a gate: taken as not failed, taken as failed.
  const settled = new Int32Array(gates.length * words * 2);
  const seen = new Uint8Array(gates.length);
  const own = new Int32Array(words * 2);
  const result = [...gates];
  seen[tree.top - eventCount] = 1;
  let changed = false;
  for (let index = gates.length - 1; index >= 0; index--) {
    if (seen[index] === 0) continue;
    const gate = gates[index]!;
    const row = index * words * 2;
    const has = (ref: number, offset: number): boolean =>
      bit[ref]! >= 0 && (settled[row + offset + (bit[ref]! >>> 5)]! & (1 << (bit[ref]! & 31))) !== 0;
    let k = gate.k;
    const inputs: number[] = [];
    for (const input of gate.inputs) {
      if (has(input, 0)) continue;
      if (has(input, words)) k--;
      else inputs.push(input);
    }
    if (inputs.length !== gate.inputs.length) {
      result[index] = { k, inputs };
      changed = true;
    }
    own.set(settled.subarray(row, row + words * 2));
    const offset = isOr(gate) ? 0 : isAnd(gate) ? words : -1;
    if (offset >= 0) {
      for (const input of gate.inputs) {
        const at = bit[input]!;
        if (at >= 0) own[offset + (at >>> 5)]! |= 1 << (at & 31);
      }
    }
    for (const input of gate.inputs) {
      const child = input - eventCount;
      if (child < 0) continue;
      const target = child * words * 2;
      if (seen[child] === 0) settled.set(own, target);
      else for (let word = 0; word < words * 2; word++) settled[target + word]! &= own[word]!;
      seen[child] = 1;
    }
  }
  return changed ? fold({ eventCount, gates: result, top: tree.top }) : tree;
}
