// The fault tree engine: published numbers, and laws against brute force over all states.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { analyzeFaultTree, type NamedFaultTree } from '../src/analysis/engine/index.js';
import { conditioned } from '../src/analysis/engine/condition.js';
import { simplify } from '../src/analysis/engine/simplify.js';
import { solve } from '../src/analysis/engine/solve.js';
import { bruteCuts, bruteProbability, failingStates, faultTrees, RUNS } from './random-trees.js';

const or = (...inputs: string[]) => ({ op: 'or' as const, inputs });
const and = (...inputs: string[]) => ({ op: 'and' as const, inputs });
const atleast = (k: number, ...inputs: string[]) => ({ op: 'atleast' as const, k, inputs });

describe('models whose numbers were computed by brute force', () => {
  const cases: [string, NamedFaultTree, number, bigint[]][] = [
    [
      'G1',
      {
        top: 'down',
        gates: { down: or('dns', 'lb', 'web', 'db') },
        events: { dns: 0.0001, lb: 0.001, web: 0.01, db: 0.001 },
      },
      0.987922187901,
      [4n],
    ],
    [
      'G2',
      {
        top: 'down',
        gates: {
          down: or('lb', 'db', 'webs'),
          webs: and('web-1', 'web-2'),
          'web-1': or('w1', 'h1'),
          'web-2': or('w2', 'h2'),
        },
        events: { lb: 0.001, db: 0.001, w1: 0.01, w2: 0.01, h1: 0.005, h2: 0.005 },
      },
      0.997777944281,
      [2n, 4n],
    ],
    [
      'G3',
      {
        top: 'down',
        gates: {
          down: or('lb', 'db', 'webs'),
          webs: and('web-1', 'web-2'),
          'web-1': or('w1', 'h1'),
          'web-2': or('w2', 'h1'),
        },
        events: { lb: 0.001, db: 0.001, w1: 0.01, w2: 0.01, h1: 0.005 },
      },
      0.992911693901,
      [3n, 1n],
    ],
    [
      'G4',
      {
        top: 'down',
        gates: { down: atleast(2, 'a', 'b', 'c'), a: or('n1', 'za'), b: or('n2', 'za'), c: or('n3', 'zb') },
        events: { n1: 0.01, n2: 0.01, n3: 0.01, za: 0.001, zb: 0.001 },
      },
      0.998682715602,
      [1n, 5n],
    ],
    [
      'G5',
      {
        top: 'down',
        gates: {
          down: or('site', 'lbs', 'webs', 'dbs'),
          lbs: and('lb1', 'lb2'),
          webs: and('w1', 'w2', 'w3'),
          dbs: atleast(2, 'd1', 'd2', 'd3'),
        },
        events: { site: 0.0005, lb1: 0.001, lb2: 0.001, w1: 0.01, w2: 0.01, w3: 0.01, d1: 0.005, d2: 0.005, d3: 0.005 },
      },
      0.999423288525,
      [1n, 4n, 1n],
    ],
  ];
  test.each(cases)('%s', (_, tree, availability, counts) => {
    const result = analyzeFaultTree(tree);
    expect((1 - result.probability).toFixed(12)).toBe(availability.toFixed(12));
    expect(result).toMatchObject({
      exact: true,
      low: result.probability,
      high: result.probability,
      cutSetsByOrder: counts,
      cutSetsComplete: true,
    });
  });
});

describe('small published trees', () => {
  const events = { a: 0.1, b: 0.2, c: 0.3 };
  test.each<[string, NamedFaultTree, number, bigint[]]>([
    ['one of three', { top: 't', gates: { t: or('a', 'b', 'c') }, events }, 0.496, [3n]],
    ['two of three', { top: 't', gates: { t: atleast(2, 'a', 'b', 'c') }, events }, 0.098, [0n, 3n]],
    ['an event as top', { top: 'b', gates: {}, events }, 0.2, [1n]],
    [
      'mains and backup',
      { top: 't', gates: { t: and('m', 'x'), x: or('g', 'r') }, events: { m: 0.03, g: 0.02, r: 0.05 } },
      0.00207,
      [0n, 2n],
    ],
    [
      'valves and pumps',
      {
        top: 't',
        gates: { t: and('x', 'y'), x: or('v1', 'p1'), y: or('v2', 'p2') },
        events: { v1: 0.5, p1: 0.7, v2: 0.5, p2: 0.7 },
      },
      0.7225,
      [0n, 4n],
    ],
  ])('%s', (_, tree, probability, counts) => {
    const result = analyzeFaultTree(tree);
    expect(result.probability).toBeCloseTo(probability, 14);
    expect(result.cutSetsByOrder).toEqual(counts);
  });

  test('an input that is named twice counts twice', () => {
    const twice = analyzeFaultTree({ top: 't', gates: { t: atleast(2, 'a', 'a', 'b') }, events });
    expect(twice.probability).toBeCloseTo(0.1, 14);
    expect(twice.cutSetsByOrder).toEqual([1n]);
  });
});

describe('what is not a fault tree', () => {
  const events = { a: 0.1, b: 0.2 };
  test.each<[string, NamedFaultTree, ErrorConstructor, RegExp]>([
    [
      'unknown input',
      { top: 't', gates: { t: or('a', 'x') }, events },
      TypeError,
      /gate `t` has the input `x`, which is neither/,
    ],
    ['unknown top', { top: 'x', gates: { t: or('a') }, events }, TypeError, /the top `x`/],
    [
      'cycle',
      { top: 't', gates: { t: or('a', 'u'), u: or('b', 'v'), v: or('u', 'a') }, events },
      RangeError,
      /cycle: `u` → `v` → `u`/,
    ],
    ['cycle elsewhere', { top: 'a', gates: { t: or('t', 'a') }, events }, RangeError, /cycle: `t` → `t`/],
    ['k too large', { top: 't', gates: { t: atleast(3, 'a', 'b') }, events }, RangeError, /`k` 3/],
    ['k zero', { top: 't', gates: { t: atleast(0, 'a', 'b') }, events }, RangeError, /`k` 0/],
    ['no k', { top: 't', gates: { t: { op: 'atleast', inputs: ['a'] } }, events }, RangeError, /`k` undefined/],
    ['probability above one', { top: 't', gates: { t: or('a') }, events: { a: 1.1 } }, RangeError, /event `a` is 1.1/],
    ['NaN', { top: 't', gates: { t: or('a') }, events: { a: NaN } }, RangeError, /event `a` is NaN/],
    ['empty gate', { top: 't', gates: { t: or() }, events }, RangeError, /gate `t` has no inputs/],
    ['a name for two things', { top: 'a', gates: { a: or('b') }, events }, TypeError, /`a` is both/],
    ['unknown op', { top: 't', gates: { t: { op: 'xor' as 'or', inputs: ['a'] } }, events }, TypeError, /`xor`/],
  ])('%s', (_, tree, kind, message) => {
    expect(() => analyzeFaultTree(tree)).toThrow(kind);
    expect(() => analyzeFaultTree(tree)).toThrow(message);
  });
});

describe('laws on random trees, against brute force', () => {
  test('probability, all minimal cut sets, importance', () => {
    fc.assert(
      fc.property(faultTrees(8), ({ tree, probabilities }) => {
        const failing = failingStates(tree);
        const expected = bruteProbability(failing, probabilities);
        const result = solve(tree, probabilities);
        expect(result.exact && result.cutSetsComplete).toBe(true);
        expect(Math.abs(result.probability - expected)).toBeLessThanOrEqual(1e-12 * Math.max(expected, 1e-3));
        const cuts = bruteCuts(failing, tree.eventCount).filter((cut) => cut.length > 0);
        const listed = result.cutSetsByOrder.flatMap((_, at) => result.cutSets(at + 1)!);
        expect(listed).toEqual(cuts);
        expect(result.cutSetsByOrder).toEqual(
          result.cutSetsByOrder.map((_, at) => BigInt(cuts.filter((cut) => cut.length === at + 1).length)),
        );
        const importance = result.importance()!;
        for (let event = 0; event < tree.eventCount; event++) {
          const given = (p: number): number =>
            bruteProbability(
              failing,
              probabilities.map((own, at) => (at === event ? p : own)),
            );
          const own = importance.get(event);
          expect(Math.abs((own?.birnbaum ?? 0) - (given(1) - given(0)))).toBeLessThan(1e-12);
          if (own === undefined || expected < 1e-6) continue;
          expect(own.fussellVesely).toBeCloseTo((expected - given(0)) / expected, 8);
          expect(own.criticality).toBeCloseTo((probabilities[event]! * (given(1) - given(0))) / expected, 8);
          expect(own.riskAchievementWorth / (given(1) / expected)).toBeCloseTo(1, 8);
        }
      }),
      RUNS,
    );
  });

  test('sixteen events', () => {
    fc.assert(
      fc.property(faultTrees(16), ({ tree, probabilities }) => {
        const failing = failingStates(tree);
        const result = solve(tree, probabilities);
        const expected = bruteProbability(failing, probabilities);
        expect(Math.abs(result.probability - expected)).toBeLessThanOrEqual(1e-11 * Math.max(expected, 1e-3));
        expect(result.cutSetsByOrder.reduce((sum, count) => sum + count, 0n)).toBe(
          BigInt(bruteCuts(failing, tree.eventCount).filter((cut) => cut.length > 0).length),
        );
      }),
      RUNS,
    );
  });

  test('the interval contains the exact value, and the cut sets that are counted are right, on any budget', () => {
    let inexact = 0;
    fc.assert(
      fc.property(faultTrees(10), fc.integer({ min: 1, max: 120 }), ({ tree, probabilities }, nodeBudget) => {
        const failing = failingStates(tree);
        const expected = bruteProbability(failing, probabilities);
        const result = solve(tree, probabilities, { nodeBudget });
        if (!result.exact) inexact++;
        expect(result.low).toBeLessThanOrEqual(expected * (1 + 1e-12) + 1e-300);
        expect(result.high).toBeGreaterThanOrEqual(expected * (1 - 1e-12));
        const cuts = bruteCuts(failing, tree.eventCount).filter((cut) => cut.length > 0);
        result.cutSetsByOrder.forEach((count, at) => {
          expect(count).toBe(BigInt(cuts.filter((cut) => cut.length === at + 1).length));
          expect(result.cutSets(at + 1)).toEqual(cuts.filter((cut) => cut.length === at + 1));
        });
        if (result.cutSetsComplete) expect(cuts.every((cut) => cut.length <= result.cutSetsByOrder.length)).toBe(true);
      }),
      RUNS,
    );
    expect(inexact).toBeGreaterThan(100);
  });

  test('what is taken out, settled and joined changes no state', () => {
    fc.assert(
      fc.property(faultTrees(7), fc.nat(60), ({ tree }, left) => {
        expect(failingStates(simplify(tree))).toEqual(failingStates(tree));
        expect(failingStates(simplify(tree, { left }))).toEqual(failingStates(tree));
      }),
      RUNS,
    );
  });

  test('conditioning on states contains the exact value, on any budget', () => {
    fc.assert(
      fc.property(faultTrees(8), fc.integer({ min: 1, max: 2000 }), ({ tree, probabilities }, steps) => {
        const exact = bruteProbability(failingStates(tree), probabilities);
        const points = probabilities.map((p) => ({ low: p, high: p }));
        // Diagrams of two nodes hold no variable: every gate is taken apart.
        for (const part of [2, 4, 7, 4000]) {
          const { low, high } = conditioned(tree, points, 0, { nodes: part, steps });
          expect(low).toBeLessThanOrEqual(exact * (1 + 1e-12) + 1e-300);
          expect(high).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
        }
      }),
      RUNS,
    );
  });

  test('names and the order of declaration change nothing', () => {
    fc.assert(
      fc.property(faultTrees(8), ({ tree, probabilities }) => {
        const name = (ref: number): string => (ref < tree.eventCount ? `e${ref}` : `g${ref - tree.eventCount}`);
        const gates = tree.gates.map(
          ({ k, inputs }, at) => [`g${at}`, { op: 'atleast', k, inputs: inputs.map(name) }] as const,
        );
        const events = probabilities.map((p, event) => [`e${event}`, p] as const);
        const forward = analyzeFaultTree({
          top: 'g0',
          gates: Object.fromEntries(gates),
          events: Object.fromEntries(events),
        });
        const backward = analyzeFaultTree({
          top: 'g0',
          gates: Object.fromEntries(gates.toReversed()),
          events: Object.fromEntries(events.toReversed()),
        });
        expect(backward.cutSetsByOrder).toEqual(forward.cutSetsByOrder);
        expect(Math.abs(backward.probability - forward.probability)).toBeLessThan(1e-13);
      }),
      RUNS,
    );
  });
});
