// A small fault tree whose diagram does not fit → a rigorous interval for its probability, from two smaller diagrams between which the function lies.
// Each gate has a diagram that holds at most when it fails and one that holds at least then. When one grows too large, its least likely states are
// given up: counted as not failed in the first, as failed further up in the second. With shared places first in the order this enumerates their
// likely states, computes on given each of them, and bounds the rest.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { createBdd, NOT_FIT, TRUE, FALSE, type Bdd, type BddBudget } from './bdd.js';
import { associated, type Interval } from './associated.js';
import { conditioned } from './condition.js';
import type { VariableOrder } from './order.js';
import { inputsFirst, type FaultTree } from './tree.js';

/** What floating point may take from a sum of positive terms over this many operations, with a wide margin. */
const ROUNDING = 1e-11;
/** Sizes to which the diagrams of a gate are cut, tried one after the other, larger being narrower. */
const SIZES = [64, 300, 1000, 3000, 10000, 30000, 100000];
/** Narrow enough: the width over the upper bound. */
const NARROW = 1e-3;
/** Narrow enough to go without further attempts of another kind. */
const ENOUGH = 5e-3;
/** From this size on only the better of the orders is followed. */
const PROBE = 300;

/**
 * The probabilities of the variables may be intervals themselves. Always contains the exact value and is never wider than what the probabilities
 * of the inputs of each gate say alone; the budget decides how narrow it becomes.
 */
export function intervalOf(
  tree: FaultTree,
  orders: readonly VariableOrder[],
  known: { readonly variables: readonly Interval[]; readonly early?: Interval | undefined },
  budget: BddBudget,
): Interval {
  const { variables, early } = known;
  let low = 0;
  let high = 1;
  const narrow = (bounds: Interval): boolean => {
    const wide = widened(bounds);
    low = Math.max(low, wide.low);
    high = Math.min(high, wide.high);
    return high - low <= NARROW * high;
  };
  narrow(associated(tree, variables));
  narrow(early ?? conditioned(tree, variables, NARROW, { ...budget, steps: budget.steps / 4 }));
  if (high - low <= ENOUGH * high) return { low, high };
  let left = budget.steps;
  let open = [...orders];
  for (const size of SIZES) {
    const tried = open.map((order) => {
      const bounds = left <= 0 ? EMPTY : bounded(tree, order, variables, size, { ...budget, steps: left });
      left -= bounds.steps;
      return { order, bounds };
    });
    if (tried.filter(({ bounds }) => narrow(bounds)).length > 0 || left <= 0) break;
    // The order that does better on a small size goes on alone.
    const best = tried.reduce((a, b) => (width(b.bounds) < width(a.bounds) ? b : a));
    if (size >= PROBE) open = [best.order];
    if (!best.bounds.fits) break;
  }
  return { low, high };
}

/** With room for what rounding may have taken. */
export function widened({ low, high }: Interval): Interval {
  return { low: low * (1 - ROUNDING), high: Math.min(1, high * (1 + ROUNDING)) };
}

const width = ({ low, high }: Interval): number => high - low;

interface Bounds extends Interval {
  readonly steps: number;
  readonly fits: boolean;
}

const EMPTY: Bounds = { low: 0, high: 1, steps: 0, fits: false };

function bounded(
  tree: FaultTree,
  order: VariableOrder,
  variables: readonly Interval[],
  size: number,
  budget: BddBudget,
): Bounds {
  const { eventCount, gates, top } = tree;
  const bdd = createBdd(budget);
  const position = new Int32Array(eventCount);
  order.forEach((variable, at) => (position[variable] = at));
  const lows = order.map((variable) => variables[variable]!.low);
  const highs = order.map((variable) => variables[variable]!.high);
  const below = new Int32Array(gates.length);
  const above = new Int32Array(gates.length);
  const sequence = inputsFirst(tree) ?? [];
  const lastUse = new Int32Array(gates.length).fill(gates.length);
  sequence.forEach((gate, at) => {
    for (const input of gates[gate]!.inputs) if (input >= eventCount) lastUse[input - eventCount] = at;
  });
  let built: number[] = [];
  const scratch: Scratch = { place: new Int32Array(0) };
  const topOf = (root: number, probabilities: readonly number[]): number => {
    const found = weigh(bdd, root, probabilities, scratch);
    forget(found);
    return found.top;
  };

  /** At least k of the functions, cut to the wanted size after every step. */
  const atLeast = (k: number, inputs: readonly number[], wanted: Wanted): number => {
    const { level } = bdd.arrays();
    const ordered = [...inputs].sort((a, b) => level[b]! - level[a]! || b - a);
    const reached = new Array<number>(k + 1).fill(FALSE);
    reached[0] = TRUE;
    for (const [seen, f] of ordered.entries()) {
      for (let j = Math.min(k, seen + 1); j >= Math.max(1, k - (ordered.length - seen - 1)); j--) {
        const both = cut(bdd, bdd.and(f, reached[j - 1]!), wanted, scratch);
        const more = cut(bdd, bdd.or(both, reached[j]!), wanted, scratch);
        if (more === NOT_FIT) return NOT_FIT;
        reached[j] = more;
      }
    }
    return reached[k]!;
  };

  for (const [at, index] of sequence.entries()) {
    const { k, inputs } = gates[index]!;
    const read = (side: Int32Array): number[] =>
      inputs.map((input) => (input < eventCount ? bdd.node(position[input]!, TRUE, FALSE) : side[input - eventCount]!));
    const under = atLeast(k, read(below), { probabilities: lows, under: true, size });
    const over = under === NOT_FIT ? NOT_FIT : atLeast(k, read(above), { probabilities: highs, under: false, size });
    if (over === NOT_FIT) return { ...EMPTY, steps: bdd.steps() };
    below[index] = under;
    above[index] = over;
    built.push(index);
    if (bdd.size() > budget.nodes / 2) {
      built = built.filter((gate) => lastUse[gate]! > at);
      const moved = bdd.collect([...built.map((gate) => below[gate]!), ...built.map((gate) => above[gate]!)]);
      built.forEach((gate, i) => {
        below[gate] = moved[i]!;
        above[gate] = moved[built.length + i]!;
      });
    }
  }
  return {
    low: topOf(below[top - eventCount]!, lows),
    high: topOf(above[top - eventCount]!, highs),
    steps: bdd.steps(),
    fits: true,
  };
}

/** The nodes below one root, with what is known of each at the same place; the arrays are used again for the next root. */
interface Below {
  /** Ascending, so children first; the constants are not among them. */
  readonly nodes: Int32Array;
  readonly values: Float64Array;
  /** Node → its place in `nodes` plus one. */
  readonly place: Int32Array;
  readonly top: number;
}

type Scratch = { place: Int32Array };

function weigh(bdd: Bdd, root: number, probabilities: readonly number[], scratch: Scratch): Below {
  const { level, high, low } = bdd.arrays();
  if (scratch.place.length < level.length) scratch.place = new Int32Array(level.length);
  const { place } = scratch;
  const met = root > 1 ? [root] : [];
  for (const node of met) place[node] = 1;
  for (const node of met) {
    const then = high[node]!;
    const otherwise = low[node]!;
    if (then > 1 && place[then] === 0) met.push(then);
    if (then > 1) place[then] = 1;
    if (otherwise > 1 && place[otherwise] === 0) met.push(otherwise);
    if (otherwise > 1) place[otherwise] = 1;
  }
  const nodes = Int32Array.from(met).sort();
  const values = new Float64Array(nodes.length);
  const value = (node: number): number => (node <= 1 ? node : values[place[node]! - 1]!);
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    place[node] = at + 1;
    const p = probabilities[level[node]!]!;
    values[at] = p * value(high[node]!) + (1 - p) * value(low[node]!);
  }
  const top = value(root);
  return { nodes, values, place, top };
}

function forget({ nodes, place }: Below): void {
  for (const node of nodes) place[node] = 0;
}

/** A function of at most `size` nodes that holds at most (`under`) or at least when `f` does, giving up what weighs least. */
function cut(bdd: Bdd, f: number, wanted: Wanted, scratch: Scratch): number {
  if (f <= 1) return f;
  const below = weigh(bdd, f, wanted.probabilities, scratch);
  const result = below.nodes.length <= wanted.size ? f : thinned(bdd, f, below, wanted);
  forget(below);
  return result;
}

interface Wanted {
  readonly probabilities: readonly number[];
  readonly under: boolean;
  readonly size: number;
}

function thinned(bdd: Bdd, f: number, { nodes, values, place }: Below, { probabilities, under, size }: Wanted): number {
  const { level, high, low } = bdd.arrays();
  const value = (node: number): number => (node <= 1 ? node : values[place[node]! - 1]!);
  const reach = new Float64Array(nodes.length);
  const kept = new Uint8Array(nodes.length);
  // Top-down. A node whose loss is small is passed by: to what remains without the failure of its variable (under), or to what would hold after it (over). Its
  // weight moves on with it, so that losses never add up unseen.
  const pass = (threshold: number): { readonly count: number; readonly losses: number[] } => {
    const losses: number[] = [];
    reach.fill(0);
    kept.fill(0);
    reach[nodes.length - 1] = 1;
    for (let at = nodes.length - 1; at >= 0; at--) {
      const weight = reach[at]!;
      if (weight === 0) continue;
      const node = nodes[at]!;
      const p = probabilities[level[node]!]!;
      const then = high[node]!;
      const otherwise = low[node]!;
      const loss = weight * (under ? p : 1 - p) * (value(then) - value(otherwise));
      if (loss <= threshold) {
        const next = under ? otherwise : then;
        if (next > 1) reach[place[next]! - 1]! += weight;
        continue;
      }
      losses.push(loss);
      kept[at] = 1;
      if (then > 1) reach[place[then]! - 1]! += weight * p;
      if (otherwise > 1) reach[place[otherwise]! - 1]! += weight * (1 - p);
    }
    return { count: losses.length, losses };
  };
  let threshold = 0;
  for (let found = pass(0); found.count > size; found = pass(threshold)) {
    // What is passed by makes others heavier or unreachable; so the next threshold is a guess, and never too high by much.
    const sorted = Float64Array.from(found.losses).sort();
    threshold = Math.max(threshold * 2, sorted[(found.count - size) >> 1]!);
  }
  const replacement = new Int32Array(nodes.length);
  const replaced = (node: number): number => (node <= 1 ? node : replacement[place[node]! - 1]!);
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    const then = replaced(high[node]!);
    const otherwise = replaced(low[node]!);
    if (kept[at] === 0) replacement[at] = under ? otherwise : then;
    else {
      const made = bdd.node(level[node]!, then, otherwise);
      if (made === NOT_FIT) return NOT_FIT;
      replacement[at] = made;
    }
  }
  return replaced(f);
}
