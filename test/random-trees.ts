// Random fault trees, and what the definition says of them on every state: for the laws of the engine.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import fc from 'fast-check';
import type { FaultTree } from '../src/analysis/engine/tree.js';

/** For each state (bit i: event i has failed) whether the top has failed: gate by gate how many of its inputs have, in every state. */
export function failingStates({ eventCount, gates, top }: FaultTree): Uint8Array {
  const known = new Map<number, Uint8Array>();
  const statesOf = (ref: number): Uint8Array => {
    const before = known.get(ref);
    if (before !== undefined) return before;
    const states = new Uint8Array(1 << eventCount);
    if (ref < eventCount) for (let state = 0; state < states.length; state++) states[state] = (state >> ref) & 1;
    else {
      const { k, inputs } = gates[ref - eventCount]!;
      for (const failed of inputs.map(statesOf)) failed.forEach((fails, state) => (states[state]! += fails));
      states.forEach((count, state) => (states[state] = count >= k ? 1 : 0));
    }
    known.set(ref, states);
    return states;
  };
  return statesOf(top);
}

export function bruteProbability(failing: Uint8Array, probabilities: readonly number[]): number {
  const weights = new Float64Array(failing.length).fill(1);
  probabilities.forEach((p, event) => {
    weights.forEach((weight, state) => (weights[state] = weight * (((state >> event) & 1) === 1 ? p : 1 - p)));
  });
  return weights.reduce((sum, weight, state) => (failing[state] === 1 ? sum + weight : sum), 0);
}

export function bruteCuts(failing: Uint8Array, eventCount: number): number[][] {
  const cuts: number[][] = [];
  failing.forEach((fails, state) => {
    if (fails === 0) return;
    for (let event = 0; event < eventCount; event++)
      if (((state >> event) & 1) === 1 && failing[state ^ (1 << event)] === 1) return;
    cuts.push(Array.from({ length: eventCount }, (_, event) => event).filter((event) => ((state >> event) & 1) === 1));
  });
  return cuts.sort(compare);
}

export function compare(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

// Not so small that products of them leave the range of numbers.
export const probability = fc.oneof(fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.5, 1e-9));

/** Trees of up to `most` events; inputs may repeat, gates may be shared, constants may occur. */
export const faultTrees = (most: number): fc.Arbitrary<{ tree: FaultTree; probabilities: number[] }> =>
  fc.integer({ min: 1, max: most }).chain((eventCount) =>
    fc.integer({ min: 1, max: 14 }).chain((gateCount) =>
      fc.record({
        tree: fc
          .tuple(
            ...Array.from({ length: gateCount }, (_, gate) =>
              fc.record({
                kind: fc.constantFrom('or', 'and', 'some'),
                share: fc.integer({ min: 0, max: 5 }),
                inputs: fc.array(
                  fc.oneof(
                    fc.nat(eventCount - 1),
                    ...(gate + 1 < gateCount
                      ? [fc.integer({ min: eventCount + gate + 1, max: eventCount + gateCount - 1 })]
                      : []),
                  ),
                  { minLength: 1, maxLength: 5 },
                ),
              }),
            ),
          )
          .map((gates) => ({
            eventCount,
            gates: gates.map(({ kind, share, inputs }) => ({
              k: kind === 'or' ? 1 : kind === 'and' ? inputs.length : 1 + (share % inputs.length),
              inputs,
            })),
            top: eventCount,
          })),
        probabilities: fc.array(probability, { minLength: eventCount, maxLength: eventCount }),
      }),
    ),
  );

export const RUNS = { numRuns: 1000 };
