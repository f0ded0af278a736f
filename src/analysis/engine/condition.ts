// A fault tree too large for one diagram → an interval by conditioning: for each state of the most shared variables the rest is computed part by part,
// the parts taken as independent of each other where they are not, which for a coherent tree bounds the truth; states that are not looked at count in full.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { BddBudget } from './bdd.js';
import { compile } from './compile.js';
import { combined, type Interval } from './associated.js';
import { modulesOf } from './modules.js';
import { hubsOf, variableOrders } from './order.js';
import { probabilityOf } from './probability.js';
import { simplify } from './simplify.js';
import { inputsFirst, type FaultTree } from './tree.js';

const MOST_HUBS = 8;
/** Most nodes and steps for one part in one state. */
const PART = { nodes: 20_000, steps: 150_000 };

/** Rigorous but for the rounding of floating-point numbers. */
export function conditioned(tree: FaultTree, variables: readonly Interval[], budget: BddBudget): Interval {
  const hubs = hubsOf(tree).slice(0, MOST_HUBS);
  const states = Array.from({ length: 1 << hubs.length }, (_, state) => state);
  states.sort((a, b) => failures(a) - failures(b) || a - b);
  let low = 0;
  let high = 0;
  let left = budget.steps;
  for (const state of states) {
    // The probabilities of hubs may be intervals too: the highest weight of a state bounds what it adds to the upper bound, the lowest to the lower.
    let least = 1;
    let most = 1;
    const failed = new Map<number, boolean>();
    hubs.forEach((hub, at) => {
      const fails = ((state >> at) & 1) === 1;
      const { low: below, high: above } = variables[hub]!;
      least *= fails ? below : 1 - above;
      most *= fails ? above : 1 - below;
      failed.set(hub, fails);
    });
    if (most === 0) continue;
    if (left <= 0) {
      high += most;
      continue;
    }
    const { bounds, steps } = partByPart(fixed(tree, failed), variables, { ...budget, ...PART });
    left -= steps;
    low += least * bounds.low;
    high += most * bounds.high;
  }
  return { low, high: Math.min(1, high) };
}

function failures(state: number): number {
  let count = 0;
  for (let rest = state; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

function fixed(tree: FaultTree, failed: ReadonlyMap<number, boolean>): FaultTree {
  const gates = tree.gates.map(({ k, inputs }) => ({
    k: k - inputs.filter((input) => failed.get(input) === true).length,
    inputs: inputs.filter((input) => !failed.has(input)),
  }));
  return { ...tree, gates };
}

interface Parts {
  readonly bounds: Interval;
  readonly steps: number;
}

/** Each gate exactly where its own diagram fits, else from the bounds of its inputs. */
function partByPart(tree: FaultTree, variables: readonly Interval[], budget: BddBudget): Parts {
  const simple = simplify(tree);
  const { eventCount, gates } = simple;
  if (simple.top < eventCount) return { bounds: variables[simple.top]!, steps: 1 };
  const top = gates[simple.top - eventCount]!;
  if (top.inputs.length === 0) return { bounds: top.k === 0 ? { low: 1, high: 1 } : { low: 0, high: 0 }, steps: 1 };
  let steps = 0;
  const known: Interval[] = [...variables];
  for (const module of modulesOf(simple)) {
    const own = module.variables.map((variable) => known[variable]!);
    const { bounds, steps: taken } = partsOf(module.tree, own, budget);
    steps += taken;
    known.push(bounds);
  }
  return { bounds: known[known.length - 1]!, steps };
}

/** From the top down: only what does not fit is taken apart further. */
function partsOf(tree: FaultTree, variables: readonly Interval[], budget: BddBudget): Parts {
  const { eventCount, gates } = tree;
  const bounds: (Interval | undefined)[] = [...variables];
  let steps = 0;
  const apart = new Set<number>();
  const open = [tree.top];
  for (const ref of open) {
    if (ref < eventCount || apart.has(ref) || bounds[ref] !== undefined) continue;
    const found = alone({ ...tree, top: ref }, variables, budget);
    steps += found.steps;
    bounds[ref] = found.bounds;
    if (found.bounds !== undefined) continue;
    apart.add(ref);
    open.push(...gates[ref - eventCount]!.inputs);
  }
  for (const gate of inputsFirst(tree) ?? []) {
    if (!apart.has(eventCount + gate)) continue;
    const { k, inputs } = gates[gate]!;
    bounds[eventCount + gate] = combined(
      k,
      inputs.map((input) => bounds[input]!),
    );
  }
  return { bounds: bounds[tree.top]!, steps };
}

/** The part below one gate, over the variables that it uses. */
function alone(
  tree: FaultTree,
  variables: readonly Interval[],
  budget: BddBudget,
): { bounds: Interval | undefined; steps: number } {
  const [order] = variableOrders(tree);
  const { diagram, steps } = compile(tree, order!, budget);
  if (diagram === undefined) return { bounds: undefined, steps };
  const low = probabilityOf(
    diagram,
    variables.map((bound) => bound.low),
  );
  const high = probabilityOf(
    diagram,
    variables.map((bound) => bound.high),
  );
  return { bounds: { low, high }, steps: steps + order!.length };
}
