// The fault tree engine: published numbers, and laws against brute force over all states.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  analyzeFaultTree,
  analyzeStructure,
  maxFlow,
  NEVER,
  orderOneCuts,
  orderTwoCuts,
  propagate,
  SERVES,
  type FlowEdge,
  type NamedFaultTree,
  type Structure,
  type StructureGate,
} from '../src/analysis/engine/index.js';
import { solve } from '../src/analysis/engine/solve.js';
import type { FaultTree } from '../src/analysis/engine/tree.js';
import { hostedTiers, randomTree, sharedTree } from './bench/random-tree.js';

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

// ---- brute force ----

/** For each state (bit i: event i has failed) whether the top has failed. */
function failingStates(tree: FaultTree): Uint8Array {
  const result = new Uint8Array(1 << tree.eventCount);
  for (let state = 0; state < result.length; state++) {
    const known = new Map<number, boolean>();
    const fails = (ref: number): boolean => {
      if (ref < tree.eventCount) return ((state >> ref) & 1) === 1;
      const before = known.get(ref);
      if (before !== undefined) return before;
      const { k, inputs } = tree.gates[ref - tree.eventCount]!;
      const value = inputs.filter(fails).length >= k;
      known.set(ref, value);
      return value;
    };
    if (fails(tree.top)) result[state] = 1;
  }
  return result;
}

function bruteProbability(failing: Uint8Array, probabilities: readonly number[]): number {
  let sum = 0;
  failing.forEach((fails, state) => {
    if (fails === 1)
      sum += probabilities.reduce((product, p, event) => product * (((state >> event) & 1) === 1 ? p : 1 - p), 1);
  });
  return sum;
}

function bruteCuts(failing: Uint8Array, eventCount: number): number[][] {
  const cuts: number[][] = [];
  failing.forEach((fails, state) => {
    if (fails === 0) return;
    const events = Array.from({ length: eventCount }, (_, event) => event).filter(
      (event) => ((state >> event) & 1) === 1,
    );
    if (events.every((event) => failing[state & ~(1 << event)] === 0)) cuts.push(events);
  });
  return cuts.sort(compare);
}

function compare(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

// Not so small that products of them leave the range of numbers.
const probability = fc.oneof(fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.5, 1e-9));

/** Trees of up to `most` events; inputs may repeat, gates may be shared, constants may occur. */
const faultTrees = (most: number): fc.Arbitrary<{ tree: FaultTree; probabilities: number[] }> =>
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

const RUNS = { numRuns: 1000 };

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
      { numRuns: 60 },
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
      { numRuns: 200 },
    );
  });
});

// ---- structures with cycles ----

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
});

// ---- flow ----

describe('flow', () => {
  const edge = (from: number, to: number, capacity: number): FlowEdge => ({ from, to, capacity });
  const free = (count: number) => Array.from({ length: count }, () => ({}));

  test('the example of Cormen, Leiserson, Rivest and Stein', () => {
    const edges = [
      edge(0, 1, 16),
      edge(0, 2, 13),
      edge(1, 3, 12),
      edge(2, 1, 4),
      edge(2, 4, 14),
      edge(3, 2, 9),
      edge(3, 5, 20),
      edge(4, 3, 7),
      edge(4, 5, 4),
    ];
    expect(maxFlow({ nodes: free(6), edges }, 0, 5)).toEqual({ value: 23, cut: { nodes: [], edges: [2, 7, 8] } });
  });

  test('the diamond', () => {
    const edges = [edge(0, 1, 1000), edge(0, 2, 1000), edge(1, 2, 1), edge(1, 3, 1000), edge(2, 3, 1000)];
    expect(maxFlow({ nodes: free(4), edges }, 0, 3).value).toBe(2000);
  });

  test('the complete graph of fifty nodes', () => {
    const edges = Array.from({ length: 50 }, (_, from) => Array.from({ length: 50 }, (_, to) => edge(from, to, 5)))
      .flat()
      .filter(({ from, to }) => from !== to);
    expect(maxFlow({ nodes: free(50), edges }, 0, 49).value).toBe(245);
  });

  test('limits of nodes, of the source too; no limit; a way that does not exist', () => {
    const edges = [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
    ];
    expect(maxFlow({ nodes: [{}, { capacity: 7 }, {}], edges }, 0, 2)).toEqual({
      value: 7,
      cut: { nodes: [1], edges: [] },
    });
    expect(maxFlow({ nodes: [{ capacity: 3 }, { capacity: 7 }, {}], edges }, 0, 2)).toEqual({
      value: 3,
      cut: { nodes: [0], edges: [] },
    });
    expect(maxFlow({ nodes: free(3), edges }, 0, 2).value).toBe(Infinity);
    expect(maxFlow({ nodes: free(3), edges }, 2, 0).value).toBe(0);
    expect(() => maxFlow({ nodes: free(3), edges }, 0, 0)).toThrow(RangeError);
  });

  test('the largest flow is the smallest cut', () => {
    const networks = fc.integer({ min: 2, max: 6 }).chain((count) =>
      fc.record({
        nodes: fc.array(fc.record({ capacity: fc.oneof(fc.nat(9), fc.constant(Infinity)) }), {
          minLength: count,
          maxLength: count,
        }),
        edges: fc.array(
          fc.record({
            from: fc.nat(count - 1),
            to: fc.nat(count - 1),
            capacity: fc.oneof(fc.nat(9), fc.constant(Infinity)),
          }),
          { maxLength: 14 },
        ),
      }),
    );
    fc.assert(
      fc.property(networks, ({ nodes, edges }) => {
        const sink = nodes.length - 1;
        // Every split of the halves of nodes: those on the side of the source have their bit set.
        let smallest = Infinity;
        for (let side = 0; side < 1 << (nodes.length * 2); side++) {
          const near = (half: number): boolean => ((side >> half) & 1) === 1;
          if (!near(0) || near(sink * 2 + 1)) continue;
          let sum = 0;
          nodes.forEach(({ capacity }, node) => (sum += near(node * 2) && !near(node * 2 + 1) ? capacity : 0));
          edges.forEach(({ from, to, capacity }) => (sum += near(from * 2 + 1) && !near(to * 2) ? capacity : 0));
          smallest = Math.min(smallest, sum);
        }
        const { value, cut } = maxFlow({ nodes, edges }, 0, sink);
        expect(value).toBe(smallest);
        if (value === Infinity) return;
        expect(
          [...cut.nodes.map((node) => nodes[node]!.capacity), ...cut.edges.map((at) => edges[at]!.capacity)].reduce(
            (a, b) => a + b,
            0,
          ),
        ).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});

// ---- size ----

describe('size', () => {
  test('chains 100,000 deep', () => {
    const count = 100_000;
    const chain: Record<string, { op: 'or' | 'and'; inputs: string[] }> = {};
    const events: Record<string, number> = {};
    for (let at = 0; at < count; at++) {
      // Alternating for the first third, then *and* alone.
      chain[`g${at}`] = {
        op: at % 2 === 0 && at < 33_000 ? 'or' : 'and',
        inputs: [`e${at}`, at + 1 < count ? `g${at + 1}` : 'last'],
      };
      events[`e${at}`] = 0.01;
    }
    events['last'] = 0.01;
    const result = analyzeFaultTree({ top: 'g0', gates: chain, events });
    expect(result.exact).toBe(true);
    expect(result.cutSetsByOrder.slice(0, 3)).toEqual([1n, 1n, 1n]);
    for (const gate of Object.values(chain)) gate.op = 'and';
    expect(analyzeFaultTree({ top: 'g0', gates: chain, events })).toMatchObject({ exact: true, cutSetsComplete: true });
  });

  test('an element in each of 100,000 places, with cycles and shared fan-outs', () => {
    const count = 100_000;
    const gates: StructureGate[] = [];
    // A chain in rings of ten, each of which leads to the next.
    for (let at = 0; at < count; at++)
      gates.push({
        op: 'and',
        events: [at],
        gates: at % 10 === 9 ? [at - 9, ...(at + 1 < count ? [at + 1] : [])] : [at + 1],
      });
    for (let tier = 0; tier < 100; tier++) {
      const instances: number[] = [];
      for (let instance = 0; instance < 1000; instance++) {
        gates.push({ op: 'and', events: [(tier * 1000 + instance) % count], gates: [50_000] });
        instances.push(gates.length - 1);
      }
      gates.push({ op: 'or', events: [], gates: instances });
    }
    const started = performance.now();
    const cuts = orderOneCuts({ eventCount: count, gates }, [0, gates.length - 1]);
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(cuts[0]!.length).toBe(count);
    expect(cuts[1]!.length).toBe(count - 50_000);
  });

  test('a hundred random trees of 300 events and 300 gates', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { tree, probabilities } = randomTree(seed, { events: 300, gates: 300, least: 2, most: 6 });
      const result = solve(tree, probabilities);
      expect(result).toMatchObject({ exact: true, cutSetsComplete: true });
    }
  });

  test('the same with heavy sharing: a narrow interval where it is not exact', () => {
    const { tree, probabilities } = sharedTree(8, 300, 300, 0.2);
    const result = solve(tree, probabilities, { nodeBudget: 50_000 });
    expect(result.exact).toBe(false);
    expect(result.low).toBeGreaterThan(0);
    expect(result.high).toBeLessThan(1);
    expect(solve(tree, probabilities, { nodeBudget: 50_000 })).toEqual({
      ...result,
      cutSets: expect.any(Function),
      importance: expect.any(Function),
    });
  });

  test.each([
    { own: false, shared: false },
    { own: true, shared: false },
    { own: false, shared: true, needed: 7 },
    { own: true, shared: true, needed: 7 },
  ])('ten tiers of twelve on 36 shared hosts in three zones: %j', (variant) => {
    const { tree, probabilities } = hostedTiers(variant);
    const { low, high } = solve(tree, probabilities);
    expect(low).toBeGreaterThan(0);
    expect(high - low).toBeLessThan(0.02 * low);
  });

  test('a clock of the caller ends the work', () => {
    let time = 0;
    const { tree, probabilities } = sharedTree(8, 300, 300, 0.2);
    const { low, high, exact } = solve(tree, probabilities, { milliseconds: 20, now: () => time++ });
    expect(exact).toBe(false);
    expect(low).toBeLessThanOrEqual(high);
    expect(high).toBeLessThan(1);
  });

  test('all pairs of a system of 300 elements', () => {
    const gates: StructureGate[] = [];
    for (let tier = 0; tier < 30; tier++) {
      const instances = Array.from({ length: 9 }, (_, at) => {
        gates.push({
          op: 'and',
          events: [tier * 9 + at, 270 + ((tier + at * 3) % 30)],
          gates: tier === 0 ? [] : [tier * 10 - 1],
        });
        return gates.length - 1;
      });
      gates.push({ op: 'atleast', k: 8, events: [], gates: instances });
    }
    const started = performance.now();
    const pairs = orderTwoCuts({ eventCount: 300, gates }, [gates.length - 1])[0]!;
    expect(performance.now() - started).toBeLessThan(20_000);
    const stops = (...failed: number[]): boolean =>
      propagate({ eventCount: 300, gates }, failed).stopped[gates.length - 1] === 1;
    let expected = 0;
    for (let a = 0; a < 300; a += 10)
      for (let b = a + 1; b < 300; b++) if (stops(a, b) && !stops(a) && !stops(b)) expected++;
    expect(pairs.filter(([a]) => a % 10 === 0).length).toBe(expected);
  });
});
