// A structure in success space and the unavailability of each event → everything that is computed about the failure of one of its gates.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { acyclicTree } from './acyclic.js';
import type { BddBudget } from './bdd.js';
import { commonOut } from './common.js';
import { orderOneCuts, orderTwoCuts } from './order-one.js';
import { solve, type Solution, type SolveOptions } from './solve.js';
import type { Structure } from './tree.js';

/** Most nodes of the diagrams that resolve one cycle. */
const CYCLE_NODES = 300_000;

export interface StructureOptions extends SolveOptions {
  /** The events that alone stop the top, where the caller knows them. */
  readonly singles?: readonly number[];
}

/** `failures` are the probabilities that each event has failed; the answer is about the failure of gate `top`. */
export function analyzeStructure(
  structure: Structure,
  top: number,
  failures: readonly number[],
  options: StructureOptions = {},
): Solution {
  const nodes = Math.min(CYCLE_NODES, options.nodeBudget ?? CYCLE_NODES);
  const budget = { nodes, steps: nodes * 5 };
  const question = { top, failures, options, budget };
  const solution = acyclic(structure, question) ?? simpler(commonOut(structure), question);
  return solution.cutSetsComplete || solution.cutSetsByOrder.length >= 2
    ? solution
    : withSmallCuts(solution, { structure, top, singles: options.singles });
}

interface Question {
  readonly top: number;
  readonly failures: readonly number[];
  readonly options: SolveOptions;
  readonly budget: BddBudget;
}

/** Undefined where a cycle does not fit. */
function acyclic(structure: Structure, { top, failures, options, budget }: Question): Solution | undefined {
  const tree = acyclicTree(structure, top, budget);
  return tree && solve(tree, failures, options);
}

/** Large cycles are often no more than rounds of tiers that need each other, once what all instances need stands beside them. */
function simpler(structure: Structure, question: Question): Solution {
  return acyclic(structure, question) ?? between(structure, question);
}

/** A cycle too large for a diagram: the interval between what lies below and above it. */
function between(structure: Structure, { top, failures, options }: Question): Solution {
  const none = { nodes: 2, steps: 0 };
  const under = solve(acyclicTree(structure, top, none, 'under')!, failures, options);
  const over = solve(acyclicTree(structure, top, none, 'over')!, failures, options);
  return {
    probability: (under.low + over.high) / 2,
    exact: false,
    low: under.low,
    high: over.high,
    cutSetsByOrder: [],
    cutSetsComplete: false,
    cutSets: () => undefined,
    importance: () => undefined,
  };
}

/** Pairs take one propagation for every event: above this many they are left out, and where more inputs of gates would have to be looked at. */
const MOST_FOR_PAIRS = 3000;
const MOST_PAIR_WORK = 5e7;

/** Cut sets of one and two events need no diagram. */
function withSmallCuts(
  solution: Solution,
  { structure, top, singles }: { structure: Structure; top: number; singles: readonly number[] | undefined },
): Solution {
  const lists: number[][][] = [(singles ?? orderOneCuts(structure, [top])[0] ?? []).map((event) => [event])];
  const pairs = structure.eventCount <= MOST_FOR_PAIRS ? orderTwoCuts(structure, [top], MOST_PAIR_WORK) : undefined;
  if (pairs) lists.push(pairs[0] ?? []);
  return {
    ...solution,
    cutSetsByOrder: lists.map((list) => BigInt(list.length)),
    cutSets: (order) => lists[order - 1] ?? solution.cutSets(order),
  };
}
