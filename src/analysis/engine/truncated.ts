// A small fault tree whose diagram does not fit → all of its minimal cut sets up to some order, gate by gate and without the whole function:
// the cut sets of order m of a gate only depend on those of its inputs up to order m.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { NOT_FIT } from './bdd.js';
import type { CutFamily } from './minimal.js';
import type { VariableOrder } from './order.js';
import { inputsFirst, type FaultTree } from './tree.js';
import { createZbdd, NONE, UNIT } from './zbdd.js';

/** These operations recurse by level; with more variables than this there is no answer from here. */
const DEEPEST = 1500;
const NO_FUNCTIONS = { level: new Int32Array(0), high: new Int32Array(0), low: new Int32Array(0) };

export interface TruncationBudget {
  readonly nodes: number;
  readonly steps: number;
  readonly stop?: () => boolean;
}

/** As high an order as the budget allows, tried from one upward; undefined when not even order one fits. */
export function truncatedCuts(tree: FaultTree, order: VariableOrder, budget: TruncationBudget): CutFamily | undefined {
  if (tree.eventCount > DEEPEST) return undefined;
  let best: CutFamily | undefined;
  let left = budget.steps;
  for (let most = 1; most <= tree.eventCount && left > 0; most++) {
    const tried = upTo(tree, order, most, { ...budget, steps: left });
    left -= tried.steps;
    if (tried.family === undefined) break;
    best = tried.family;
  }
  return best;
}

class DoesNotFit extends Error {}

function upTo(
  tree: FaultTree,
  order: VariableOrder,
  most: number,
  budget: TruncationBudget,
): { readonly family: CutFamily | undefined; readonly steps: number } {
  const zbdd = createZbdd(NO_FUNCTIONS, budget);
  const seen = new Map<string, number>();
  let steps = 0;
  const remembered = (key: string, compute: () => number): number => {
    const known = seen.get(key);
    if (known !== undefined) return known;
    if (++steps > budget.steps / 8 || ((steps & 0xfff) === 0 && budget.stop?.() === true)) throw new DoesNotFit();
    const made = compute();
    seen.set(key, made);
    return made;
  };
  const node = (level: number, high: number, low: number): number => {
    const made = zbdd.node(level, high, low);
    if (made === NOT_FIT) throw new DoesNotFit();
    return made;
  };
  const { arrays } = zbdd;
  const level = (family: number): number => arrays().level[family]!;
  const high = (family: number, at: number): number => (level(family) === at ? arrays().high[family]! : NONE);
  const low = (family: number, at: number): number => (level(family) === at ? arrays().low[family]! : family);

  /** The sets of `a` that contain none of `b`. */
  const without = (a: number, b: number): number => {
    if (a === NONE || b === UNIT || a === b) return NONE;
    if (b === NONE || a === UNIT) return a;
    if (level(b) < level(a)) return without(a, low(b, level(b)));
    return remembered(`w${a},${b}`, () => {
      const at = level(a);
      const rest = without(without(high(a, at), high(b, at)), low(b, at));
      return node(at, rest, without(low(a, at), low(b, at)));
    });
  };
  const either = (a: number, b: number): number => {
    if (a === b || b === NONE) return a;
    if (a === NONE) return b;
    if (a === UNIT || b === UNIT) return UNIT;
    if (a > b) return either(b, a);
    return remembered(`o${a},${b}`, () => {
      const at = Math.min(level(a), level(b));
      const less = either(low(a, at), low(b, at));
      return node(at, without(either(high(a, at), high(b, at)), less), less);
    });
  };
  const limited = (a: number, size: number): number => {
    if (a <= UNIT) return a;
    return remembered(`l${a},${size}`, () => {
      const at = level(a);
      return node(at, size === 0 ? NONE : limited(high(a, at), size - 1), limited(low(a, at), size));
    });
  };
  const both = (a: number, b: number, size: number): number => {
    if (a === NONE || b === NONE) return NONE;
    if (a === UNIT) return limited(b, size);
    if (b === UNIT || a === b) return limited(a, size);
    if (a > b) return both(b, a, size);
    if (size === 0) return NONE; // neither is the empty set alone
    return remembered(`a${a},${b},${size}`, () => {
      const at = Math.min(level(a), level(b));
      const less = both(low(a, at), low(b, at), size);
      const withA = both(high(a, at), either(high(b, at), low(b, at)), size - 1);
      const withB = both(low(a, at), high(b, at), size - 1);
      return node(at, without(either(withA, withB), less), less);
    });
  };

  try {
    const { eventCount, gates } = tree;
    const position = new Int32Array(eventCount);
    order.forEach((variable, at) => (position[variable] = at));
    const families = new Int32Array(gates.length);
    for (const gate of inputsFirst(tree) ?? []) {
      const { k, inputs } = gates[gate]!;
      const reached = new Array<number>(k + 1).fill(NONE);
      reached[0] = UNIT;
      const last = (input: number): number =>
        input < eventCount ? position[input]! : level(families[input - eventCount]!);
      for (const [seen, input] of [...inputs].sort((a, b) => last(b) - last(a) || b - a).entries()) {
        const family = input < eventCount ? node(position[input]!, UNIT, NONE) : families[input - eventCount]!;
        for (let j = Math.min(k, seen + 1); j >= Math.max(1, k - (inputs.length - seen - 1)); j--)
          reached[j] = either(both(family, reached[j - 1]!, most), reached[j]!);
      }
      families[gate] = reached[k]!;
    }
    const root = tree.top < eventCount ? node(position[tree.top]!, UNIT, NONE) : families[tree.top - eventCount]!;
    return { family: { arrays: arrays(), root, order, completeTo: most }, steps: steps * 8 };
  } catch (error) {
    if (error instanceof DoesNotFit) return { family: undefined, steps: steps * 8 };
    throw error;
  }
}
