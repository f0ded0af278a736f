// A fault tree and the probability of every event → the probability of its top, its minimal cut sets and the weight of every event: module by module,
// exactly where the diagrams fit the budget, else as an interval that contains the exact value.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { BddBudget } from './bdd.js';
import { compile, type Diagram } from './compile.js';
import { compileSifting } from './compile-sifting.js';
import type { Interval } from './associated.js';
import { conditioned } from './condition.js';
import { intervalOf, widened } from './interval.js';
import { countSets, listSets, minimalCuts, NO_SETS, ONE_EVENT, type Counts, type CutFamily } from './minimal.js';
import { modulesOf, type Module } from './modules.js';
import { arrangedOrders, hubsOf, variableOrders, type VariableOrder } from './order.js';
import { birnbaumOf, importanceOf, probabilityOf, type Importance } from './probability.js';
import { simplify } from './simplify.js';
import type { FaultTree } from './tree.js';
import { truncatedCuts } from './truncated.js';

export interface SolveOptions {
  /** Most nodes of one diagram; also the measure of the work. The same input and budget give the same result on any machine. Default 3,000,000. */
  readonly nodeBudget?: number;
  /** A limit of time, which only counts together with `now`; results then depend on the machine. */
  readonly milliseconds?: number;
  /** The caller's clock, in milliseconds. */
  readonly now?: () => number;
}

export interface Solution {
  /** The exact probability of the top, or the middle of the interval. */
  readonly probability: number;
  readonly exact: boolean;
  readonly low: number;
  readonly high: number;
  /** How many minimal cut sets there are of each order; index 0 is order one. Exact as far as it goes. */
  readonly cutSetsByOrder: readonly bigint[];
  /** False when there may be cut sets of more events than `cutSetsByOrder` counts. */
  readonly cutSetsComplete: boolean;
  /** The minimal cut sets of one order, events ascending, sets ascending; undefined for an order that was not computed. */
  readonly cutSets: (order: number) => number[][] | undefined;
  /** What each event that can matter adds, by event; undefined where there is no exact diagram. */
  readonly importance: () => Map<number, Importance> | undefined;
}

/** What does not fit takes about ten seconds to its interval. */
const DEFAULT_NODES = 3_000_000;
/** Nodes that sifting may look at, for each node of the budget. */
const SIFTED_PER_NODE = 12;
/** A variable with so many uses stands out. */
const MANY_USES = 8;
const STEPS_PER_NODE = 4;
const SIMPLIFY_PER_NODE = 4;
/** The share for the early attempt at an interval, and how narrow it must be to go without a large diagram, over the upper bound. */
const EARLY_SHARE = 1 / 8;
const EARLY_WIDTH = 1e-2;
/** A tree of more variables and gates hardly ever fits when it did not fit early: the interval has its share of the budget. */
const LARGE = 2000;
const LARGE_SHARE = 1 / 2;
/** Of the budget, for what is done when the diagram did not fit. */
const INTERVAL_SHARE = 1 / 8;
const TRUNCATED_SHARE = 1 / 24;
/** Single additions and products on counts of sets. */
const COUNT_WORK_PER_NODE = 8;

interface Solved {
  readonly module: Module;
  readonly diagram: Diagram | undefined;
  readonly cuts: CutFamily | undefined;
  readonly bounds: Interval;
}

export function solve(tree: FaultTree, probabilities: readonly number[], options: SolveOptions = {}): Solution {
  const budget = budgetOf(options);
  const simple = simplify(tree, { left: budget.nodes * SIMPLIFY_PER_NODE });
  const { eventCount } = simple;
  if (simple.top >= eventCount && simple.gates[simple.top - eventCount]!.inputs.length === 0) {
    return constant(simple.gates[simple.top - eventCount]!.k === 0);
  }
  // An event as top is a gate with one input.
  const whole =
    simple.top >= eventCount ? simple : { eventCount, gates: [{ k: 1, inputs: [simple.top] }], top: eventCount };
  const solved: Solved[] = [];
  const bounds = (variable: number): Interval =>
    variable < eventCount
      ? { low: probabilities[variable]!, high: probabilities[variable]! }
      : solved[variable - eventCount]!.bounds;
  // Each module that does not fit leaves half to those after it, so that many of them take no longer than two.
  let own = budget;
  for (const module of modulesOf(whole)) {
    const made = solveModule(module, module.variables.map(bounds), own);
    solved.push(made);
    if (made.diagram === undefined) own = lessOf(own, 1 / 2);
  }

  const exact = solved.every(({ diagram }) => diagram !== undefined);
  const { low, high } = solved[solved.length - 1]!.bounds;
  const counts = countAll(solved, eventCount, budget);
  return {
    probability: exact ? low : (low + high) / 2,
    exact,
    low,
    high,
    cutSetsByOrder: counts.byOrder,
    cutSetsComplete: counts.completeTo === Infinity,
    cutSets: (order) => (order > counts.completeTo ? undefined : listCuts(solved, eventCount, order)),
    importance: () => (exact ? importanceOfAll(solved, eventCount, probabilities) : undefined),
  };
}

function constant(fails: boolean): Solution {
  const probability = fails ? 1 : 0;
  return {
    probability,
    exact: true,
    low: probability,
    high: probability,
    // A top that has always failed needs no event: its one cut set is empty and has no order to be counted under.
    cutSetsByOrder: [],
    cutSetsComplete: true,
    cutSets: () => [],
    importance: () => new Map(),
  };
}

function budgetOf(options: SolveOptions): BddBudget {
  const nodes = options.nodeBudget ?? DEFAULT_NODES;
  const { now, milliseconds } = options;
  const steps = nodes * STEPS_PER_NODE;
  if (now === undefined || milliseconds === undefined) return { nodes, steps };
  const end = now() + milliseconds;
  return { nodes, steps, stop: () => now() > end };
}

function lessOf(budget: BddBudget, share: number): BddBudget {
  return { ...budget, nodes: Math.ceil(budget.nodes * share), steps: Math.ceil(budget.steps * share) };
}

function solveModule(module: Module, bounds: readonly Interval[], budget: BddBudget): Solved {
  const { tree } = module;
  const isLarge = tree.eventCount + tree.gates.length > LARGE;
  const orders =
    tree.gates.length === 1
      ? [Array.from({ length: tree.eventCount }, (_, variable) => variable)]
      : variableOrders(tree);
  const small =
    compileBest(tree, orders, budget, isLarge ? LARGE_STAGES : SMALL_STAGES) ??
    (orders.length > 1 && !isLarge ? siftBest(tree, orders, budget, SMALL_SIFTS) : undefined);
  // Where some variables stand out, as places do, their states often say enough, long before a large diagram would.
  const early =
    small === undefined && (isLarge || hubsOf(tree, MANY_USES).length > 0)
      ? conditioned(tree, bounds, EARLY_WIDTH / 5, lessOf(budget, isLarge ? LARGE_SHARE : EARLY_SHARE))
      : undefined;
  const isEnough = early !== undefined && (isLarge || early.high - early.low <= EARLY_WIDTH * early.high);
  const diagram = small ?? (isEnough ? undefined : compileLarge(tree, orders, budget));
  if (diagram === undefined) {
    return {
      module,
      diagram: undefined,
      cuts: truncatedCuts(tree, orders[0]!, lessOf(budget, TRUNCATED_SHARE)),
      bounds: isEnough
        ? widened(early)
        : intervalOf(tree, orders.slice(0, 2), { variables: bounds, early }, lessOf(budget, INTERVAL_SHARE)),
    };
  }
  const low = probabilityOf(
    diagram,
    bounds.map((bound) => bound.low),
  );
  const same = bounds.every((bound) => bound.low === bound.high);
  const high = same
    ? low
    : probabilityOf(
        diagram,
        bounds.map((bound) => bound.high),
      );
  const cuts = minimalCuts(diagram, budget) ?? truncatedCuts(tree, diagram.order, lessOf(budget, TRUNCATED_SHARE));
  return { module, diagram, cuts, bounds: { low, high } };
}

/** A share of the budget and with how many orders it is tried: those that came furthest on the one before. */
interface Stage {
  readonly share: number;
  readonly keep: number;
}

const SMALL_STAGES: readonly Stage[] = [
  { share: 1 / 320, keep: 6 },
  { share: 1 / 64, keep: 2 },
];
/** One order alone, so that what is large and simple, such as a long chain, is exact all the same. */
const LARGE_STAGES: readonly Stage[] = [...SMALL_STAGES, { share: 1 / 8, keep: 1 }];
const SMALL_SIFTS: readonly Stage[] = [{ share: 1 / 40, keep: 2 }];
const LARGE_SIFTS: readonly Stage[] = [
  { share: 1 / 8, keep: 3 },
  { share: 1 / 2, keep: 1 },
];

/** All orders on a small budget, those that came furthest on a larger one, the best on the whole. */
function compileBest(
  tree: FaultTree,
  orders: readonly VariableOrder[],
  budget: BddBudget,
  stages: readonly Stage[],
  build = compile,
): Diagram | undefined {
  let candidates = orders;
  for (const { share, keep } of stages) {
    const results: { readonly order: VariableOrder; readonly progress: number; readonly inUse: number }[] = [];
    for (const order of candidates.slice(0, keep)) {
      const { diagram, progress, inUse } = build(tree, order, lessOf(budget, share));
      if (diagram !== undefined) return diagram;
      results.push({ order, progress, inUse });
    }
    results.sort((a, b) => b.progress - a.progress || a.inUse - b.inUse);
    candidates = results.map(({ order }) => order);
  }
  return undefined;
}

const siftBest = (
  tree: FaultTree,
  orders: readonly VariableOrder[],
  budget: BddBudget,
  stages: readonly Stage[],
): Diagram | undefined =>
  compileBest(tree, orders, budget, stages, (each, order, own) =>
    compileSifting(each, order, { ...own, work: own.nodes * SIFTED_PER_NODE }),
  );

const compileLarge = (tree: FaultTree, orders: readonly VariableOrder[], budget: BddBudget): Diagram | undefined =>
  orders.length > 1
    ? siftBest(
        tree,
        [...arrangedOrders(tree, budget.stop?.() === true ? 0 : budget.steps), ...orders],
        budget,
        LARGE_SIFTS,
      )
    : compile(tree, orders[0]!, budget).diagram;

function countAll(
  solved: readonly Solved[],
  eventCount: number,
  budget: BddBudget,
): { byOrder: bigint[]; completeTo: number } {
  // What a truncated module leaves out has more events than it was complete to, and so has every cut set above it.
  const known = solved.reduce((least, { cuts }) => Math.min(least, cuts?.completeTo ?? 0), Infinity);
  for (const cap of [Infinity, 1000, 100, 20, 5, 2]) {
    const work = { done: 0, most: budget.nodes * COUNT_WORK_PER_NODE, cap: Math.min(cap, known) };
    const counts = countUpTo(solved, eventCount, work);
    if (counts === undefined) continue;
    const byOrder = new Array<bigint>(Math.max(0, counts.from - 1)).fill(0n);
    for (const value of counts.values) byOrder.push(BigInt(value));
    if (work.cap === Infinity) return { byOrder, completeTo: Infinity };
    while (byOrder.length < work.cap) byOrder.push(0n);
    return { byOrder: byOrder.slice(0, work.cap), completeTo: work.cap };
  }
  return { byOrder: [], completeTo: 0 };
}

function countUpTo(
  solved: readonly Solved[],
  eventCount: number,
  work: { done: number; most: number; cap: number },
): Counts | undefined {
  const counts: Counts[] = [];
  for (const { module, cuts } of solved) {
    if (cuts === undefined) {
      counts.push(NO_SETS);
      continue;
    }
    const own = countSets(
      cuts,
      module.variables.map((variable) => (variable < eventCount ? ONE_EVENT : counts[variable - eventCount]!)),
      work,
    );
    if (own === undefined) return undefined;
    counts.push(own);
  }
  return counts[counts.length - 1]!;
}

function listCuts(solved: readonly Solved[], eventCount: number, order: number): number[][] {
  const lists: (readonly (readonly number[])[] | undefined)[] = [];
  // The fewest events of any cut set of each module: longer listings than a set has room for are not made.
  const sets = (index: number): readonly (readonly number[])[] => {
    const known = lists[index];
    if (known !== undefined) return known;
    throw new Error(`module ${index} was asked before it was listed`);
  };
  solved.forEach(({ module, cuts }) => {
    const own: number[][] = [];
    if (cuts !== undefined) {
      for (const set of listSets(cuts, order)) {
        let expanded: number[][] = [[]];
        for (const variable of set) {
          const ref = module.variables[variable]!;
          const choices = ref < eventCount ? [[ref]] : sets(ref - eventCount);
          expanded = expanded.flatMap((begun) =>
            choices.filter((choice) => begun.length + choice.length <= order).map((choice) => [...begun, ...choice]),
          );
          if (expanded.length === 0) break;
        }
        own.push(...expanded);
      }
    }
    lists.push(own);
  });
  return sets(solved.length - 1)
    .filter((set) => set.length === order)
    .map((set) => [...set].sort((a, b) => a - b))
    .sort(compareSets);
}

function compareSets(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

function importanceOfAll(
  solved: readonly Solved[],
  eventCount: number,
  probabilities: readonly number[],
): Map<number, Importance> {
  const top = solved[solved.length - 1]!.bounds.low;
  // From the top down: a module hands on its own derivative times that of each variable.
  const derivative = new Float64Array(solved.length);
  derivative[solved.length - 1] = 1;
  const result: [number, Importance][] = [];
  for (let index = solved.length - 1; index >= 0; index--) {
    const { module, diagram } = solved[index]!;
    if (diagram === undefined) continue;
    const values = module.variables.map((variable) =>
      variable < eventCount ? probabilities[variable]! : solved[variable - eventCount]!.bounds.low,
    );
    const own = birnbaumOf(diagram, values);
    module.variables.forEach((variable, at) => {
      const weight = derivative[index]! * own[at]!;
      if (variable >= eventCount) derivative[variable - eventCount] = weight;
      else result.push([variable, importanceOf(weight, probabilities[variable]!, top)]);
    });
  }
  return new Map(result.sort(([a], [b]) => a - b));
}
