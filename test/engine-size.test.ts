// The engine on large models, and its flows.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { analyze } from '../src/analysis/analyze.js';
import {
  analyzeFaultTree,
  analyzeStructure,
  maxFlow,
  orderOneCuts,
  orderTwoCuts,
  propagate,
  type FlowEdge,
  type StructureGate,
} from '../src/analysis/engine/index.js';
import { compile } from '../src/analysis/engine/compile.js';
import { compileSifting } from '../src/analysis/engine/compile-sifting.js';
import { probabilityOf } from '../src/analysis/engine/probability.js';
import { simplify } from '../src/analysis/engine/simplify.js';
import { solve } from '../src/analysis/engine/solve.js';
import { projectOf, resolve } from '../src/model/index.js';
import { hostedTiers, randomTree, sharedTree } from './bench/random-tree.js';
import { families } from './bench/tree-families.js';
import { bruteProbability, failingStates, faultTrees, RUNS } from './random-trees.js';

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
      { numRuns: 1000 },
    );
  });
});

// ---- size ----

describe('size', () => {
  test('a diagram whose variables are sifted on the way is of the same function', () => {
    fc.assert(
      fc.property(faultTrees(9), ({ tree, probabilities }) => {
        const simple = simplify(tree);
        if (simple.top < simple.eventCount || simple.gates.at(-1)?.inputs.length === 0) return;
        const order = Array.from({ length: simple.eventCount }, (_, event) => event);
        const budget = { nodes: 10_000, steps: 100_000 };
        const { diagram } = compileSifting(simple, order, { ...budget, work: 100_000, from: 2 });
        expect(diagram).toBeDefined();
        expect([...diagram!.order].sort((a, b) => a - b)).toEqual(order);
        expect(diagram!.bdd.size()).toBeLessThanOrEqual(compile(simple, order, budget).diagram!.bdd.size() * 2);
        const expected = bruteProbability(failingStates(tree), probabilities);
        expect(Math.abs(probabilityOf(diagram!, probabilities) - expected)).toBeLessThan(1e-12);
      }),
      RUNS,
    );
  });

  test('chains 100,000 deep', () => {
    const count = 100_000;
    const chain: Record<string, { op: 'or' | 'and'; inputs: string[] }> = {};
    const events: Record<string, number> = {};
    for (let at = 0; at < count; at++) {
      // Alternating for the first tenth, then *and* alone.
      chain[`g${at}`] = {
        op: at % 2 === 0 && at < 10_000 ? 'or' : 'and',
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

  test('a fifth of all events and gates used twice', () => {
    const { tree, probabilities } = families['two inputs, 20 % of the events and gates twice']!(1, 300);
    expect(solve(tree, probabilities)).toMatchObject({ exact: true, cutSetsComplete: true });
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

  test('fifty tiers of ten on fifty shared hosts in four zones, one calling the next', () => {
    const [count, hosts, zones] = [50, 50, 4];
    const eventCount = count * 10 + hosts + zones;
    const gates: StructureGate[] = [];
    for (let tier = 0; tier < count; tier++) {
      const below = tier === 0 ? [] : [gates.length - 1];
      const instances = Array.from({ length: 10 }, (_, at) => {
        const host = (tier * 37 + at * 7) % hosts;
        return (
          gates.push({
            op: 'and',
            events: [tier * 10 + at, count * 10 + host, count * 10 + hosts + (host % zones)],
            gates: below,
          }) - 1
        );
      });
      gates.push({ op: 'or', events: [], gates: instances });
    }
    const failures = Array.from({ length: eventCount }, (_, event) => (event < eventCount - zones ? 1e-3 : 1e-4));
    const { low, high } = analyzeStructure({ eventCount, gates }, gates.length - 1, failures, { nodeBudget: 200_000 });
    // Three zones and what one tier has in the last one: the bounds of every gate alone are a hundred times as far apart.
    expect(low).toBeGreaterThan(1e-14);
    expect(high).toBeLessThan(2 * low);
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

  /** Host h stands in zone h / 12; each tier is on twelve of them. */
  const tiersOnHosts = (hosts: (tier: number) => readonly number[], below: 'every' | 'own', needs: number): string => {
    const names = Array.from('abcdefghij', (letter) => `t${letter}`);
    const placed = names.map((_, tier) => new Set(hosts(tier)));
    const host = (at: number): string => {
      const here = names.filter((_, tier) => placed[tier]!.has(at));
      const calls = below === 'own' && here.length > 1 ? `; ${here.join(' -> ')} : http` : '';
      return `host h${String.fromCharCode(97 + (at >> 3), 97 + (at & 7))} { ${here.map((name) => `app ${name} { needs ${needs} }`).join('; ')}${calls} }`;
    };
    const zones = [0, 1, 2].map(
      (zone) => `zone z${'xyz'[zone]!} {\n${Array.from({ length: 12 }, (_, at) => host(zone * 12 + at)).join('\n')}\n}`,
    );
    return ['client u', ...zones, `u -> ta : http`, below === 'every' ? `${names.join(' -> ')} : http` : ''].join('\n');
  };

  test.each([
    ['every', 1, 5],
    ['every', 1, 7],
    ['every', 4, 7],
    ['own', 1, 12],
    ['own', 2, 7],
  ] as const)('the same as a text: each calls %s, %i of twelve needed, shifted by %i', (below, needs, shift) => {
    const spread = (tier: number) =>
      Array.from({ length: 12 }, (_, at) => (tier * shift + at * 3 + (at >> 2) * tier) % 36);
    const text = tiersOnHosts(spread, below, needs);
    const { system, diagnostics } = resolve(projectOf(parse({ path: 'site.infra', text })));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { low, high } = analyze(system).journeys[0]!;
    expect(1 - low).toBeGreaterThan(0);
    // Availabilities near one have no more digits than these.
    expect(high - low).toBeLessThan(0.02 * (1 - low) + 1e-15);
  });
});
