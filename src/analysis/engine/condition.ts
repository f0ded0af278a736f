// A fault tree too large for one diagram → an interval by conditioning: state by state of the most shared variables the rest is computed part by part. What
// is not known of parts that depend on each other is bounded, and the state that leaves most unknown is split next; so few failures are enumerated.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { BddBudget } from './bdd.js';
import { combined, type Interval } from './associated.js';
import { modulesOf } from './modules.js';
import { oneOf } from './one-of.js';
import { partsIn, type Part } from './part.js';
import { simplify } from './simplify.js';
import { inputsFirst, type FaultTree } from './tree.js';

/** Most nodes and steps for one part in one state. */
const PART = { nodes: 4000, steps: 8000 };
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

interface Found {
  readonly bounds: Interval;
  readonly steps: number;
}

/** Each gate exactly where its own diagram fits, else from the bounds of its inputs. */
function partByPart(simple: FaultTree, variables: readonly Interval[], budget: BddBudget): Found {
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
function partsOf(tree: FaultTree, variables: readonly Interval[], budget: BddBudget): Found {
  const { eventCount, gates } = tree;
  const parts = partsIn(tree, variables, budget);
  const found = new Map<number, Part>();
  const apart = new Map<number, readonly number[]>();
  let steps = 0;
  const open = [tree.top];
  for (const ref of open) {
    if (apart.has(ref) || found.has(ref)) continue;
    const part = parts(1, [ref]);
    steps += part.steps;
    if (part.bounds !== undefined) found.set(ref, part);
    // On the smallest of budgets even a variable has no diagram.
    if (part.bounds !== undefined || ref < eventCount) continue;
    const terms = gates[ref - eventCount]!.k === 1 ? termsOf(tree, ref) : gates[ref - eventCount]!.inputs;
    apart.set(ref, terms);
    for (const term of terms) open.push(term);
  }
  const bounds = new Map<number, Interval>();
  const boundsOf = (ref: number): Interval =>
    found.get(ref)?.bounds ?? (ref < eventCount ? variables[ref]! : bounds.get(ref)!);
  for (const gate of inputsFirst(tree) ?? []) {
    const ref = eventCount + gate;
    const terms = apart.get(ref);
    if (terms === undefined) continue;
    const { k } = gates[gate]!;
    const loose = combined(k, terms.map(boundsOf));
    if (k !== 1) {
      bounds.set(ref, loose);
      continue;
    }
    const known = terms.flatMap((term) => ({ ref: term, part: found.get(term) })).filter(hasPart);
    const least = oneOf(known, variables, parts);
    steps += least.steps;
    bounds.set(ref, { low: Math.max(loose.low, least.low), high: loose.high });
  }
  return { bounds: boundsOf(tree.top), steps };
}

function hasPart(term: { ref: number; part: Part | undefined }): term is { ref: number; part: Part } {
  return term.part !== undefined;
}

/** What alone makes an *or* fail, through other *or* gates, each once. */
function termsOf({ eventCount, gates }: FaultTree, top: number): number[] {
  const met = new Set([top]);
  const terms: number[] = [];
  for (const ref of met) {
    const gate = ref < eventCount ? undefined : gates[ref - eventCount]!;
    if (gate?.k === 1) for (const input of gate.inputs) met.add(input);
    else terms.push(ref);
  }
  return terms;
}
