// A structure in success space and the unavailability of each event → everything that is computed about the failure of one of its gates.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { acyclicTree } from './acyclic.js';
import { orderOneCuts, orderTwoCuts } from './order-one.js';
import { solve, type Solution, type SolveOptions } from './solve.js';
import type { Structure } from './tree.js';

/** Most nodes of the diagrams that resolve one cycle. */
const CYCLE_NODES = 300_000;

/** `failures` are the probabilities that each event has failed; the answer is about the failure of gate `top`. */
export function analyzeStructure(
  structure: Structure,
  top: number,
  failures: readonly number[],
  options: SolveOptions = {},
): Solution {
  const nodes = Math.min(CYCLE_NODES, options.nodeBudget ?? CYCLE_NODES);
  const budget = { nodes, steps: nodes * 5 };
  const tree = acyclicTree(structure, top, budget);
  const solution = tree === undefined ? between(structure, top, failures, options) : solve(tree, failures, options);
  return solution.cutSetsComplete || solution.cutSetsByOrder.length >= 2
    ? solution
    : withSmallCuts(solution, structure, top);
}

/** A cycle too large for a diagram: the interval between what lies below and above it. */
function between(structure: Structure, top: number, failures: readonly number[], options: SolveOptions): Solution {
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

/** Pairs take one propagation for every event: above this many they are left out. */
const MOST_FOR_PAIRS = 3000;

/** Cut sets of one and two events need no diagram. */
function withSmallCuts(solution: Solution, structure: Structure, top: number): Solution {
  const singles = (orderOneCuts(structure, [top])[0] ?? []).map((event) => [event]);
  const lists: number[][][] = [singles];
  if (structure.eventCount <= MOST_FOR_PAIRS) lists.push(orderTwoCuts(structure, [top])[0] ?? []);
  return {
    ...solution,
    cutSetsByOrder: lists.map((list) => BigInt(list.length)),
    cutSets: (order) => lists[order - 1] ?? solution.cutSets(order),
  };
}
