// Bounds on the probability of a gate from those of its inputs alone. Failures of coherent trees over independent events are associated (Esary & Proschan 1963,
// Barlow & Proschan 1975): together they are at least as likely, and one of them at most as likely, as if they were independent.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { inputsFirst, type FaultTree } from './tree.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** At least `k` of inputs that may depend on each other. */
export function combined(k: number, inputs: readonly Interval[]): Interval {
  const highs = inputs.map(({ high }) => high).sort((a, b) => b - a);
  const lows = inputs.map(({ low }) => low).sort((a, b) => b - a);
  // Any k of them failing together is enough.
  const low = lows.slice(0, k).reduce((product, each) => product * each, 1);
  // Not 1 − Π(1 − p), which loses small probabilities to rounding.
  if (k === 1) return { low, high: Math.min(1, -Math.expm1(highs.reduce((sum, high) => sum + Math.log1p(-high), 0))) };
  if (k === inputs.length) return { low, high: highs[highs.length - 1] ?? 1 };
  // Markov: at least k fail at most as likely as the expected number over k.
  return { low, high: Math.min(1, highs.reduce((sum, high) => sum + high, 0) / k) };
}

/** The bounds of the top, gate by gate. */
export function associated(tree: FaultTree, variables: readonly Interval[]): Interval {
  const bounds: Interval[] = [...variables];
  for (const index of inputsFirst(tree) ?? []) {
    const { k, inputs } = tree.gates[index]!;
    bounds[tree.eventCount + index] = combined(
      k,
      inputs.map((input) => bounds[input]!),
    );
  }
  return bounds[tree.top]!;
}
