// Failures of which one is enough → a lower bound on the probability that one happens, from that of each and that of each two (Dawson & Sankoff 1967). The upper
// bound needs no pairs: they are associated.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { Interval } from './associated.js';
import type { Part, Parts } from './part.js';
import { birnbaumOf } from './probability.js';

/** Most pairs with something in common that are looked at, and most steps for diagrams of such pairs. */
const MOST_VISITS = 400_000;
const MOST_STEPS = 200_000;
/** What making a diagram counts besides its own steps. */
const STEPS_PER_DIAGRAM = 20;

interface Term {
  readonly ref: number;
  readonly chance: number;
  readonly variables: readonly number[];
  /** By place in `variables`: what the variable adds, times the root of its variance. */
  readonly weights: Float64Array;
  /** By place in `variables`: what the variable adds. */
  readonly adds: Float64Array;
}

/** `terms` with diagrams count; others only make the bound lower than it could be. With probabilities at their lowest. */
export function oneOf(
  terms: readonly { readonly ref: number; readonly part: Part }[],
  bounds: readonly Interval[],
  parts: Parts,
): { readonly low: number; readonly steps: number } {
  const spread = (variable: number): number => bounds[variable]!.low * (1 - bounds[variable]!.low);
  const known = terms
    .flatMap(({ ref, part }): Term[] => {
      const { diagram, variables } = part;
      if (diagram === undefined) return [];
      const adds = birnbaumOf(
        diagram,
        variables.map((variable) => bounds[variable]!.low),
      );
      const weights = adds.map((each, at) => each * Math.sqrt(spread(variables[at]!)));
      return [{ ref, chance: part.bounds?.low ?? 0, variables, weights, adds }];
    })
    .sort((a, b) => b.chance - a.chance || a.ref - b.ref);
  const users = new Map<number, { readonly term: number; readonly at: number }[]>();
  const shared = new Int32Array(known.length);
  const together = new Float64Array(known.length);
  // What the covariance of two terms is at most, variable by variable: all but one of them counted as if it alone decided the less sensitive term.
  const most = new Float64Array(known.length);
  const saved = new Float64Array(known.length);
  let steps = 0;
  let visits = 0;
  let sum = 0;
  let pairs = 0;
  let best = 0;
  known.forEach((term, index) => {
    const own = term.variables.map((variable) => users.get(variable) ?? []);
    const needed = own.reduce((count, list) => count + list.length, 0);
    if (visits + needed > MOST_VISITS) return;
    visits += needed;
    const met: number[] = [];
    own.forEach((list, at) => {
      const variance = spread(term.variables[at]!);
      for (const user of list) {
        if (shared[user.term]! === 0) met.push(user.term);
        shared[user.term]!++;
        const other = known[user.term]!;
        const exact = term.weights[at]! * other.weights[user.at]!;
        const loose = variance * Math.min(term.adds[at]!, other.adds[user.at]!);
        together[user.term]! += exact;
        most[user.term]! += loose;
        saved[user.term] = Math.max(saved[user.term]!, loose - exact);
      }
      list.push({ term: index, at });
      users.set(term.variables[at]!, list);
    });
    // As if they were independent, and what those with something in common add to that.
    pairs += term.chance * sum;
    for (const at of met) {
      const other = known[at]!;
      const apart = term.chance * other.chance;
      // With one variable in common the covariance is this exactly; with several it is at most that of the better of two bounds.
      let extra = together[at]!;
      if (shared[at]! > 1) {
        extra = Math.min(most[at]! - saved[at]!, Math.min(term.chance, other.chance) - apart);
        if (steps < MOST_STEPS && extra > (1e-3 * term.chance) / known.length) {
          const both = parts(2, [other.ref, term.ref]);
          steps += both.steps + STEPS_PER_DIAGRAM;
          if (both.bounds !== undefined) extra = Math.max(0, both.bounds.low - apart);
        }
      }
      pairs += extra;
      shared[at] = together[at] = most[at] = saved[at] = 0;
    }
    sum += term.chance;
    best = Math.max(best, term.chance, leastOf(sum, pairs));
  });
  return { low: Math.min(1, best), steps: steps + visits };
}

/** Of the probabilities that one of some events happens, given the sums over the events and over the pairs, the least. */
function leastOf(sum: number, pairs: number): number {
  if (sum === 0) return 0;
  const m = 1 + Math.floor((2 * pairs) / sum);
  return (2 * sum) / (m + 1) - (2 * pairs) / (m * (m + 1));
}
