// Sustainable loads: what limits them, what is left without a host, and that on chains they are largest flows.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { analyze } from '../src/analysis/analyze.js';
import { capacitiesOf } from '../src/analysis/capacity.js';
import { maxFlow } from '../src/analysis/engine/index.js';
import { maximise } from '../src/analysis/simplex.js';
import { loadsOf } from '../rules/loads.js';
import type { CapacityFigure } from '../src/base/figures.js';
import { reportFigures } from '../src/report/figures/index.js';
import { projectOf, resolve, type System } from '../src/model/index.js';

function read(text: string): System {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'site.infra', text })));
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return system;
}

describe('sustainable load', () => {
  const carries = (text: string, journey = 0) => {
    const capacity = analyze(read(`client u\n${text}`)).journeys[journey]?.capacity;
    return capacity ? `${String(capacity.load)}: ${capacity.bottleneck.join(' ')}` : undefined;
  };

  test.each([
    ['nothing is stated', 'web w\nu -> w', undefined],
    ['the only one', 'web w { capacity 500rps }\nu -> w', '500: w'],
    ['instances add up', 'web w[3] { capacity 100rps }\nu -> w', '300: w-1 w-2 w-3'],
    ['the narrowest tier', 'lb l { capacity 500rps }\nweb w[3] { capacity 100rps }\nu -> l -> w', '300: w-1 w-2 w-3'],
    ['one without a capacity is unlimited', 'web w-1 { capacity 100rps }\nweb w-2\nu -> w', 'null: '],
    [
      'each tier that is needed',
      'web w { capacity 9rps }\ncache c { capacity 5rps }\ndb d { capacity 7rps }\nu -> w -> c, d',
      '5: c',
    ],
    [
      'what is optional does not count',
      'web w { capacity 9rps }\ncache c { capacity 5rps }\nu -> w\nw -> c : redis optional',
      '9: w',
    ],
    ['alternatives add up', 'web w\ncache c { capacity 5rps }\ndb d { capacity 7rps }\nu -> w -> c | d', '12: c d'],
    ['two callers of one tier ask twice', 'web w\napp a\ndb d { capacity 10rps }\nu -> w -> a -> d\nw -> d', '5: d'],
    ['a connection', 'lb l\nweb w { capacity 90rps }\nu -> l\nl -> w : http { capacity 30rps }', '30: l -> w'],
    [
      'each on its own host',
      'host a, b { web w { capacity 50rps }; app p { capacity 20rps }\n w -> p : unix }\nu -> w',
      '40: a/p b/p',
    ],
    [
      'two tiers whose instances fit crosswise',
      'web w[2]\ncache c-1 { capacity 1rps }\ncache c-2 { capacity 5rps }\ndb d-1 { capacity 5rps }\ndb d-2 { capacity 1rps }\nu -> w\nw-1 -> c-1, d-1\nw-2 -> c-2, d-2',
      '2: c-1 d-2',
    ],
    [
      'a standby takes over and adds nothing',
      'db p { role primary; tier d; capacity 10rps }\ndb r { role replica; standby automatic; tier d; capacity 8rps }\nu -> d : mysql',
      '10: p',
    ],
    [
      'reads go to replicas as well',
      'db p { role primary; tier d; capacity 10rps }\ndb r { role replica; tier d; capacity 8rps }\nu -> d : mysql read',
      '18: p r',
    ],
    [
      'an address that floats is held by one',
      'host a, b { vip 203.0.113.9\n lb l { capacity 10rps } }\ndns foobar.com { www A 203.0.113.9 }\nu -> www.foobar.com : https',
      '10: a/l',
    ],
    [
      'what is active-passive uses one',
      'lb l { mode active-passive }\nweb w[2] { capacity 10rps }\nu -> l -> w',
      '10: w-1',
    ],
    ['rounds are left out', 'app a { capacity 10rps }\nservice b { capacity 7rps }\nu -> a -> b\nb -> a', '7: b'],
  ])('%s', (_, text, expected) => {
    expect(carries(text)).toBe(expected);
  });

  test('the same with each host lost, the worst first', () => {
    const [journey] = analyze(
      read(
        'client u\nlb l { capacity 90rps }\nhost a { web w { capacity 50rps } }\nhost b { web w { capacity 20rps } }\nu -> l -> w',
      ),
    ).journeys;
    expect(journey?.capacity).toEqual({
      computed: true,
      hostsComputed: true,
      load: 70,
      bottleneck: ['a/w', 'b/w'],
      stated: null,
      withoutHost: [
        { host: 'a', load: 20, bottleneck: ['b/w'] },
        { host: 'b', load: 50, bottleneck: ['a/w'] },
      ],
      unlimited: [],
    });
  });

  test('a host that takes the quorum with it leaves nothing; a standby steps in', () => {
    const lost = (text: string) =>
      analyze(read(`client u\n${text}`)).journeys[0]?.capacity?.withoutHost.map(
        ({ host, load }) => `${host} ${String(load)}`,
      );
    expect(
      lost(
        'host a { db d-1, d-2 { tier d; capacity 10rps; quorum majority } }\nhost b { db d-3 { tier d; capacity 10rps } }\nu -> d',
      ),
    ).toEqual(['a 0', 'b 20']);
    expect(
      lost(
        'host a { db p { role primary; tier d; capacity 10rps } }\nhost b { db r { role replica; standby automatic; tier d; capacity 8rps } }\nu -> d : mysql',
      ),
    ).toEqual(['a 8', 'b 10']);
  });

  test('all journeys at once, in proportion to their loads, or all alike', () => {
    const text = (first: string, second: string) =>
      `client u\nclient v\nweb w { capacity 90rps }\nweb x { capacity 70rps }\ndb d { capacity 100rps }\nu -> w : https ${first}\nv -> x : https ${second}\nw, x -> d : mysql`;
    const stated = analyze(read(text('{ load 40rps }', '{ load 10rps }'))).capacity;
    expect(stated).toMatchObject({ factor: 2, stated: true, bottleneck: ['d'], loads: [{ load: 80 }, { load: 20 }] });
    const alike = analyze(read(text('', ''))).capacity;
    expect(alike).toMatchObject({ factor: 50, stated: false, bottleneck: ['d'], loads: [{ load: 50 }, { load: 50 }] });
  });

  test('on chains of tiers it is the largest flow, and the bottleneck a smallest cut', () => {
    const shape = fc.record({
      tiers: fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 4,
      }),
      calls: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), { maxLength: 16 }),
    });
    fc.assert(
      fc.property(shape, ({ tiers, calls }) => {
        const name = (tier: number, at: number) => `t${'abcd'[tier] ?? ''}-${at + 1}`;
        // Without a single number behind the dash there is no series, so every tier is named.
        const nodes = tiers.flatMap((capacities, tier) =>
          capacities.map((capacity, at) => `service ${name(tier, at)} { tier t${tier}; capacity ${capacity}rps }`),
        );
        // Each calls at least one, as one that calls nobody would need nobody.
        const pairs = new Set(
          tiers.slice(1).flatMap((_, tier) => (tiers[tier] ?? []).map((_, at) => `${tier} ${at} 0`)),
        );
        for (const [tier, from, to] of calls)
          if (tiers[tier]?.[from] !== undefined && tiers[tier + 1]?.[to] !== undefined)
            pairs.add(`${tier} ${from} ${to}`);
        const edges = [...pairs].map((pair) => pair.split(' ').map(Number) as [number, number, number]);
        const lines = edges.map(([tier, from, to]) => `${name(tier, from)} -> ${name(tier + 1, to)} : tcp/7000`);
        const system = read(['client u', ...nodes, ...lines, 'u -> t0 : tcp/7000'].join('\n'));
        const [capacity] = capacitiesOf(system).journeys.values();
        const numbers = new Map([...system.nodes.keys()].map((id, at) => [id, at]));
        const number = (tier: number, at: number) => numbers.get(name(tier, at)) ?? 0;
        const sink = numbers.size;
        const flow = maxFlow(
          {
            nodes: [
              ...[...system.nodes.values()].map(({ facts }) => ({ capacity: facts.capacity?.value ?? Infinity })),
              {},
            ],
            edges: [
              ...edges.map(([tier, from, to]) => ({ from: number(tier, from), to: number(tier + 1, to) })),
              ...(tiers[0] ?? []).map((_, at) => ({ from: numbers.get('u') ?? 0, to: number(0, at) })),
              ...(tiers.at(-1) ?? []).map((_, at) => ({ from: number(tiers.length - 1, at), to: sink })),
            ],
          },
          numbers.get('u') ?? 0,
          sink,
        );
        expect(capacity?.load).toBeCloseTo(flow.value, 9);
        const cut = (capacity?.bottleneck ?? []).reduce((sum, one) => sum + (one.facts.capacity?.value ?? 0), 0);
        expect(cut).toBeCloseTo(flow.value, 9);
      }),
      { numRuns: 1000 },
    );
  });

  describe('of ten thousand components', () => {
    const name = (row: number, at: number) => `s-${letters(row)}-${letters(at)}`;
    const letters = (number: number) =>
      Array.from(String(number), (digit) => 'abcdefghij'[Number(digit)] ?? '').join('');
    const square = (calls: (row: number, at: number) => string) => {
      const numbers = Array.from({ length: 100 }, (_, at) => at);
      const nodes = numbers.flatMap((row) =>
        numbers.map(
          (at) =>
            `host h-${letters(row)}-${letters(at)} { service ${name(row, at)} { tier t-${letters(row)}; capacity ${50 + ((row * 7 + at) % 50)}rps } }`,
        ),
      );
      const lines = numbers
        .slice(1)
        .flatMap((row) => numbers.map((at) => `${name(row - 1, at)} -> ${calls(row, at)} : tcp/7000`));
      return read(['client u', ...nodes, ...lines, 'u -> t-a : tcp/7000 { load 90rps }'].join('\n'));
    };

    test('is exact where no request has a choice, and says what would take minutes', () => {
      const [capacity] = capacitiesOf(square((row) => `t-${letters(row)}`)).journeys.values();
      // Every row has the same capacities in another turn: 50 to 99, each twice.
      expect(capacity?.load).toBe(7450);
      expect(capacity?.hosts).toBeUndefined();
    });

    test('is not computed where the program would be too large, and rules are silent', () => {
      const system = square((row, at) => `${name(row, at)} | ${name(row, (at * 7 + 1) % 100)}`);
      const [capacity] = capacitiesOf(system).journeys.values();
      expect(capacity).toBeDefined();
      expect(capacity?.load).toBeUndefined();
      expect(capacity?.hosts).toBeUndefined();
      expect(loadsOf(system).map(({ margin }) => margin)).toEqual([undefined]);
    });

    test.each(['text', 'markdown', 'json'] as const)('says so as %s', (format) => {
      const analysis = analyze(read('client u\nhost a { web w[2] { capacity 90rps } }\nu -> w { load 90rps }'));
      const reportWith = (change: Partial<CapacityFigure>) =>
        reportFigures(
          {
            file: 'site.infra',
            analysis: {
              ...analysis,
              journeys: analysis.journeys.map((journey) => {
                return { ...journey, capacity: journey.capacity ? { ...journey.capacity, ...change } : null };
              }),
            },
          },
          { format },
        ).replace(/\s+/g, ' ');
      const nothing = reportWith({
        computed: false,
        hostsComputed: false,
        load: null,
        bottleneck: [],
        withoutHost: [],
      });
      const words = /not computed: the system is too large for an exact load(?! without)/;
      expect(nothing).toMatch(format === 'json' ? /"computed": ?false/ : words);
      const some = reportWith({ hostsComputed: false, withoutHost: [] });
      expect(some).toMatch(
        format === 'json' ? /"hostsComputed": ?false/ : /too large for an exact load without each host/,
      );
      expect(some).not.toMatch(words);
    });
  });

  test('the largest value of a linear program has prices that add up to it', () => {
    const row = fc.record({
      coefficients: fc.array(fc.integer({ min: -2, max: 3 }), { minLength: 4, maxLength: 4 }),
      limit: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const sparse = (values: readonly number[]) => new Map(values.map((value, at) => [at, value] as const));
        const program = {
          variables: 4,
          objective: sparse([1, 1, 0, 0]),
          rows: rows.map(({ coefficients, limit }) => ({ coefficients: sparse(coefficients), limit })),
        };
        const found = maximise(program, { left: 100_000 });
        if (!found) throw new Error('so small a program takes few steps');
        const { value, prices, solution } = found;
        expect(maximise(program, { left: 10 })).toBeUndefined();
        if (value === Infinity) return;
        const dot = (a: readonly number[], b: readonly number[]) =>
          a.reduce((sum, each, at) => sum + each * (b[at] ?? 0), 0);
        for (const { coefficients, limit } of rows) expect(dot(coefficients, solution)).toBeLessThan(limit + 1e-6);
        for (const each of [...solution, ...prices]) expect(each).toBeGreaterThan(-1e-6);
        expect(dot(solution, [1, 1, 0, 0])).toBeCloseTo(value, 6);
        // Prices that are feasible for the dual prove that no larger value exists.
        expect(
          dot(
            prices,
            rows.map(({ limit }) => limit),
          ),
        ).toBeCloseTo(value, 6);
        [1, 1, 0, 0].forEach((wanted, at) => {
          expect(
            dot(
              prices,
              rows.map(({ coefficients }) => coefficients[at] ?? 0),
            ),
          ).toBeGreaterThan(wanted - 1e-6);
        });
      }),
      { numRuns: 1000 },
    );
  });
});
