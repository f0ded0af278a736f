// A fault tree too large for one diagram → an interval by conditioning: state by state of the most shared variables the rest is computed part by part. What
// is not known of parts that depend on each other is bounded, and the state that leaves most unknown is split next; so few failures are enumerated.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { BddBudget } from './bdd.js';
import { compile } from './compile.js';
import { combined, type Interval } from './associated.js';
import { modulesOf } from './modules.js';
import { walkedOrder } from './order.js';
import { probabilityOf } from './probability.js';
import { simplify } from './simplify.js';
import { inputsFirst, type FaultTree } from './tree.js';

/** Most nodes and steps for one part in one state. */
const PART = { nodes: 4000, steps: 8000 };
/** Bounds of pairs are looked at for gates of up to so many inputs. */
const MOST_PAIRED = 40;
/** More states than this are not waiting at any time. */
const MOST_STATES = 20_000;

/** A state of some variables, and what the others make of it. */
interface State {
  /** Simplified, the variables of the state settled. */
  readonly tree: FaultTree;
  /** Its probability with all variables at their lowest, and with all at their highest. */
  readonly least: number;
  readonly most: number;
  readonly bounds: Interval;
}

/**
 * Rigorous but for the rounding of floating-point numbers. The function is coherent, so its least value is that with every probability at its lowest: the lower
 * and the upper bound are those of two problems, each with probabilities of its own. Ends when the width is below `narrow` of the upper bound.
 */
export function conditioned(
  tree: FaultTree,
  variables: readonly Interval[],
  narrow: number,
  budget: BddBudget,
): Interval {
  let left = budget.steps;
  const stateOf = (next: FaultTree, least: number, most: number): State => {
    const simple = simplify(next);
    const { bounds, steps } = partByPart(simple, variables, {
      ...budget,
      nodes: Math.min(budget.nodes, PART.nodes),
      steps: PART.steps,
    });
    left -= steps;
    return { tree: simple, least, most, bounds };
  };
  const states = [stateOf(tree, 1, 1)];
  const unknown = ({ least, most, bounds }: State): number => most * bounds.high - least * bounds.low;
  const total = (): Interval => ({
    low: states.reduce((sum, { least, bounds }) => sum + least * bounds.low, 0),
    high: Math.min(
      1,
      states.reduce((sum, { most, bounds }) => sum + most * bounds.high, 0),
    ),
  });
  for (let round = 0; left > 0 && states.length < MOST_STATES && budget.stop?.() !== true; round++) {
    // Sums are made anew: taking away what was added would leave its rounding.
    const { low, high } = round % 8 === 0 ? total() : { low: 0, high: 1 };
    if (high - low <= narrow * high) break;
    let worst = -1;
    let width = 0;
    states.forEach((state, at) => {
      if (unknown(state) <= width || state.tree.top < state.tree.eventCount) return;
      worst = at;
      width = unknown(state);
    });
    const state = states[worst];
    const variable = state && mostUsed(state.tree);
    if (state === undefined || variable === undefined) break;
    const { low: below, high: above } = variables[variable]!;
    const apart = [
      stateOf(fixed(state.tree, variable, false), state.least * (1 - below), state.most * (1 - above)),
      stateOf(fixed(state.tree, variable, true), state.least * below, state.most * above),
    ];
    states.splice(worst, 1, ...apart.filter(({ most, bounds }) => most > 0 && bounds.high > 0));
  }
  return total();
}

function mostUsed({ eventCount, gates }: FaultTree): number | undefined {
  const uses = new Int32Array(eventCount);
  for (const { inputs } of gates) for (const input of inputs) if (input < eventCount) uses[input]!++;
  const best = uses.reduce((most, count, variable) => (count > uses[most]! ? variable : most), 0);
  return uses[best]! > 0 ? best : undefined;
}

function fixed(tree: FaultTree, variable: number, failed: boolean): FaultTree {
  const gates = tree.gates.map((gate) => {
    const inputs = gate.inputs.filter((input) => input !== variable);
    const gone = gate.inputs.length - inputs.length;
    return gone === 0 ? gate : { k: failed ? gate.k - gone : gate.k, inputs };
  });
  return { ...tree, gates };
}

interface Parts {
  readonly bounds: Interval;
  readonly steps: number;
}

/** Each gate exactly where its own diagram fits, else from the bounds of its inputs. */
function partByPart(simple: FaultTree, variables: readonly Interval[], budget: BddBudget): Parts {
  const { eventCount, gates } = simple;
  if (simple.top < eventCount) return { bounds: variables[simple.top]!, steps: 1 };
  const top = gates[simple.top - eventCount]!;
  if (top.inputs.length === 0) return { bounds: top.k === 0 ? { low: 1, high: 1 } : { low: 0, high: 0 }, steps: 1 };
  // What simplifying takes is measured in the same steps.
  let steps = gates.reduce((sum, { inputs }) => sum + 10 * inputs.length, 10);
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
  const boundsOf = (ref: number): Interval => bounds[ref]!;
  for (const gate of inputsFirst(tree) ?? []) {
    if (!apart.has(eventCount + gate)) continue;
    const { k, inputs } = gates[gate]!;
    const loose = combined(k, inputs.map(boundsOf));
    if (k !== 1 || inputs.length > MOST_PAIRED) {
      bounds[eventCount + gate] = loose;
      continue;
    }
    const { bounds: low, steps: taken } = oneOf(tree, inputs, { variables, boundsOf, budget });
    steps += taken;
    bounds[eventCount + gate] = { low: Math.max(loose.low, low.low), high: Math.min(loose.high, low.high) };
  }
  return { bounds: bounds[tree.top]!, steps };
}

interface Known {
  readonly variables: readonly Interval[];
  readonly boundsOf: (ref: number) => Interval;
  readonly budget: BddBudget;
}

/** One of several happens at least as likely as the sum of each less the sum of each two (Bonferroni). */
function oneOf(tree: FaultTree, inputs: readonly number[], { variables, boundsOf, budget }: Known): Parts {
  const { eventCount, gates } = tree;
  const sum = inputs.reduce((all, input) => all + boundsOf(input).low, 0);
  const negligible = (sum * 1e-5) / (inputs.length * inputs.length);
  let steps = 0;
  let twice = 0;
  for (const [at, a] of inputs.entries()) {
    for (const b of inputs.slice(0, at)) {
      const most = Math.min(boundsOf(a).high, boundsOf(b).high);
      const two = { eventCount, gates: [...gates, { k: 2, inputs: [a, b] }], top: eventCount + gates.length };
      // With probabilities at their lowest, as the sum is.
      const found = most > negligible && twice < sum ? alone(two, variables, budget) : undefined;
      steps += found?.steps ?? 1;
      twice += found?.bounds?.low ?? most;
    }
  }
  return { bounds: { low: sum - twice, high: 1 }, steps };
}

/** The part below one gate, over the variables that it uses. */
function alone(
  tree: FaultTree,
  variables: readonly Interval[],
  budget: BddBudget,
): { bounds: Interval | undefined; steps: number } {
  const order = walkedOrder(tree);
  const { diagram, steps } = compile(tree, order, budget);
  if (diagram === undefined) return { bounds: undefined, steps };
  const low = probabilityOf(
    diagram,
    variables.map((bound) => bound.low),
  );
  const same = order.every((variable) => variables[variable]!.low === variables[variable]!.high);
  const high = same
    ? low
    : probabilityOf(
        diagram,
        variables.map((bound) => bound.high),
      );
  return { bounds: { low, high }, steps: steps + order.length + tree.gates.length };
}
