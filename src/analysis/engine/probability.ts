// A decision diagram and the probability of each variable → the probability of its function, bottom-up, and what each variable adds to it,
// top-down (Rauzy 1993; Dutuit & Rauzy 2001, "Efficient algorithms to assess component and gate importance in fault tree analysis").
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { Diagram } from './compile.js';

/** Probability of every node that has a number up to the root's, the constants among them. */
export function nodeProbabilities(diagram: Diagram, probabilities: ArrayLike<number>): Float64Array {
  const { bdd, root, order } = diagram;
  const { level, high, low } = bdd.arrays();
  const result = new Float64Array(Math.max(root + 1, 2));
  result[1] = 1;
  for (let node = 2; node <= root; node++) {
    const p = probabilities[order[level[node]!]!]!;
    result[node] = p * result[high[node]!]! + (1 - p) * result[low[node]!]!;
  }
  return result;
}

/** The probability that the function holds. Every term is positive, so small results are as precise as large ones. */
export function probabilityOf(diagram: Diagram, probabilities: ArrayLike<number>): number {
  return nodeProbabilities(diagram, probabilities)[diagram.root]!;
}

/** The derivative of the probability by each variable's: P(function | variable) − P(function | not variable). */
export function birnbaumOf(diagram: Diagram, probabilities: ArrayLike<number>): Float64Array {
  const { bdd, root, order } = diagram;
  const { level, high, low } = bdd.arrays();
  const value = nodeProbabilities(diagram, probabilities);
  const reach = new Float64Array(Math.max(root + 1, 2));
  const result = new Float64Array(order.length);
  reach[root] = 1;
  for (let node = root; node > 1; node--) {
    const weight = reach[node]!;
    if (weight === 0) continue;
    const variable = order[level[node]!]!;
    const p = probabilities[variable]!;
    const then = high[node]!;
    const otherwise = low[node]!;
    result[variable]! += weight * (value[then]! - value[otherwise]!);
    reach[then]! += weight * p;
    reach[otherwise]! += weight * (1 - p);
  }
  return result;
}

/** What an event adds to the probability P of the top; q is the event's own. */
export interface Importance {
  /** How much P rises with q: P(top | failed) − P(top | never fails). Times q: what would be won if it never failed. */
  readonly birnbaum: number;
  /** q · birnbaum / P: the chance that the event has failed and decides the matter, given that the top has failed. */
  readonly criticality: number;
  /** (P − P(top | never fails)) / P, the share of P that needs the event. Computed exactly it is the same number as criticality. */
  readonly fussellVesely: number;
  /** P(top | failed) / P: how many times likelier the top is while the event has failed. */
  readonly riskAchievementWorth: number;
}

/** From the derivative by q, and the probabilities of the event and of the top. All zero where the top cannot fail. */
export function importanceOf(birnbaum: number, q: number, top: number): Importance {
  if (top === 0) return { birnbaum, criticality: 0, fussellVesely: 0, riskAchievementWorth: 0 };
  const share = (q * birnbaum) / top;
  return { birnbaum, criticality: share, fussellVesely: share, riskAchievementWorth: (top + (1 - q) * birnbaum) / top };
}
