// Structures in which gates may lead back to themselves: laws against the greatest fixed point on every state.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { acyclicTree } from '../src/analysis/engine/acyclic.js';
import { commonOut } from '../src/analysis/engine/common.js';
import {
  analyzeStructure,
  NEVER,
  orderOneCuts,
  orderTwoCuts,
  propagate,
  SERVES,
  type Structure,
  type StructureGate,
} from '../src/analysis/engine/index.js';
import { bruteCuts, bruteProbability, failingStates, RUNS } from './random-trees.js';

const structures = (most: number): fc.Arbitrary<Structure> =>
  fc.integer({ min: 1, max: most }).chain((eventCount) =>
    fc.integer({ min: 1, max: 7 }).chain((gateCount) =>
      fc
        .array(
          fc.record({
            op: fc.constantFrom<StructureGate['op']>('and', 'or', 'atleast'),
            k: fc.integer({ min: 0, max: 4 }),
            events: fc.array(fc.nat(eventCount - 1), { maxLength: 3 }),
            gates: fc.array(fc.nat(gateCount - 1), { maxLength: 3 }),
          }),
          { minLength: gateCount, maxLength: gateCount },
        )
        .map((gates) => ({ eventCount, gates })),
    ),
  );

/** Which gates serve while the events of `state` have failed: everything serves at first, and what cannot is taken away. */
function serving({ gates }: Structure, state: number): boolean[] {
  let serves = gates.map(() => true);
  for (;;) {
    const next = gates.map(({ op, k, events, gates: inputs }) => {
      const up =
        [...events].filter((event) => ((state >> event) & 1) === 0).length +
        [...inputs].filter((gate) => serves[gate]).length;
      return up >= (op === 'and' ? events.length + inputs.length : op === 'or' ? 1 : (k ?? 0));
    });
    if (next.every((value, gate) => value === serves[gate])) return serves;
    serves = next;
  }
}

describe('structures with cycles, against the greatest fixed point', () => {
  const statesOf = (structure: Structure): boolean[][] =>
    Array.from({ length: 1 << structure.eventCount }, (_, state) => serving(structure, state));

  test('cut sets, probability, single events and pairs', () => {
    fc.assert(
      fc.property(structures(6), fc.integer({ min: 1, max: 2000 }), (structure, nodeBudget) => {
        const states = statesOf(structure);
        const tops = structure.gates.map((_, gate) => gate);
        const failures = Array.from({ length: structure.eventCount }, (_, event) => 0.05 + event / 20);
        const singles = orderOneCuts(structure, tops);
        const pairs = orderTwoCuts(structure, tops);
        for (const top of tops) {
          const failing = Uint8Array.from(states, (serves) => (serves[top] === true ? 0 : 1));
          const cuts = bruteCuts(failing, structure.eventCount).filter((cut) => cut.length > 0);
          const expected = bruteProbability(failing, failures);
          expect(singles[top]!.map((event) => [event])).toEqual(cuts.filter((cut) => cut.length === 1));
          expect(pairs[top]).toEqual(cuts.filter((cut) => cut.length === 2));
          const result = analyzeStructure(structure, top, failures);
          expect(Math.abs(result.probability - expected)).toBeLessThan(1e-12);
          expect(result.cutSetsByOrder.flatMap((_, at) => result.cutSets(at + 1)!)).toEqual(cuts);
          const tight = analyzeStructure(structure, top, failures, { nodeBudget });
          expect(tight.low).toBeLessThanOrEqual(expected * (1 + 1e-12));
          expect(tight.high).toBeGreaterThanOrEqual(expected * (1 - 1e-12));
        }
      }),
      RUNS,
    );
  });

  test('what all instances need taken out of them changes no state', () => {
    fc.assert(
      fc.property(structures(5), (structure) => {
        const { length } = structure.gates;
        const states = statesOf(commonOut(structure));
        expect(states.map((serves) => serves.slice(0, length))).toEqual(statesOf(structure));
      }),
      RUNS,
    );
  });

  test('a cycle that does not fit lies between two trees', () => {
    const none = { nodes: 2, steps: 0, gates: 0 };
    fc.assert(
      fc.property(structures(5), (structure) => {
        const states = statesOf(structure);
        structure.gates.forEach((_, top) => {
          const under = failingStates(acyclicTree(structure, top, none, 'under')!);
          const over = failingStates(acyclicTree(structure, top, none, 'over')!);
          states.forEach((serves, state) => {
            if (serves[top] === true) expect(under[state]).toBe(0);
            else expect(over[state]).toBe(1);
          });
        });
      }),
      RUNS,
    );
  });

  test('what stops when events fail, and why', () => {
    fc.assert(
      fc.property(structures(7), fc.nat(127), (structure, mask) => {
        const state = mask & ((1 << structure.eventCount) - 1);
        const failed = Array.from({ length: structure.eventCount }, (_, event) => event).filter(
          (event) => ((state >> event) & 1) === 1,
        );
        const { stopped, cause } = propagate(structure, failed);
        expect([...stopped]).toEqual(serving(structure, state).map((serves) => (serves ? 0 : 1)));
        cause.forEach((own, gate) => {
          expect(own === SERVES).toBe(stopped[gate] === 0);
          let steps = 0;
          let at = own;
          while (at >= structure.eventCount && steps++ <= structure.gates.length)
            at = cause[at - structure.eventCount]!;
          if (own !== SERVES) expect(at === NEVER || failed.includes(at)).toBe(true);
        });
      }),
      RUNS,
    );
  });

  test('two that need each other serve, and an alternative fed only by itself too', () => {
    const structure: Structure = {
      eventCount: 2,
      gates: [
        { op: 'and', events: [0], gates: [1] },
        { op: 'and', events: [1], gates: [0] },
        { op: 'or', events: [], gates: [2] },
        { op: 'or', events: [], gates: [] },
      ],
    };
    expect([...propagate(structure, []).stopped]).toEqual([0, 0, 0, 1]);
    expect(orderOneCuts(structure, [0, 1, 2, 3])).toEqual([[0, 1], [0, 1], [], []]);
    expect(analyzeStructure(structure, 3, [0.1, 0.1]).probability).toBe(1);
    expect(analyzeStructure(structure, 2, [0.1, 0.1]).probability).toBe(0);
  });

  test('a large round of tiers that need each other is narrow', () => {
    // Of two instances each, every one of which needs the next tier and every tenth one far away.
    const count = 3000;
    const gates: StructureGate[] = [];
    for (let tier = 0; tier < count; tier++) {
      const next = [((tier + 1) % count) * 3 + 2, ...(tier % 10 === 0 ? [((tier * 7) % count) * 3 + 2] : [])];
      for (const instance of [0, 1]) gates.push({ op: 'and', events: [tier * 2 + instance], gates: next });
      gates.push({ op: 'or', events: [], gates: [tier * 3, tier * 3 + 1] });
    }
    const result = analyzeStructure({ eventCount: count * 2, gates }, 2, new Array<number>(count * 2).fill(1e-3));
    expect(result.low).toBeCloseTo(1 - (1 - 1e-6) ** count, 12);
    expect(result.high).toBeCloseTo(result.low, 12);
  });
});
