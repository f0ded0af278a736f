// Figures: the numbers of the design to all their digits, every state of random systems, sustainable loads, and the command that prints it all.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '../grammar/index.js';
import { analyze } from '../src/analysis/analyze.js';
import { capacitiesOf } from '../src/analysis/capacity.js';
import { maxFlow } from '../src/analysis/engine/index.js';
import { maximise } from '../src/analysis/simplex.js';
import type { Analysis, JourneyFigures } from '../src/base/figures.js';
import { analyzeFaultTree } from '../src/index.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { percentUp, significant } from '../src/report/figures/numbers.js';
import { grouped } from '../src/report/figures/pairs.js';
import { expectFile } from './generated.js';
import { randomTiers } from './random-tiers.js';
import { bruteForce, statesOf } from './states-by-definition.js';
import { archlint } from './world.js';

function read(text: string): System {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'site.infra', text })));
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return system;
}

function figures(text: string, journey = 0): JourneyFigures {
  const found = analyze(read(text)).journeys[journey];
  if (!found) throw new Error('no such journey');
  return found;
}

type Document = Analysis & { version: number; whatIf: unknown; comparison: unknown };

async function json(args: readonly string[], files: Readonly<Record<string, string>>): Promise<Document> {
  const { status, stdout, stderr } = await archlint(['analyze', ...args, '--json'], { files });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Document;
}

const validate = new Ajv({ allowUnionTypes: true, strict: false }).compile(
  JSON.parse(readFileSync('src/report/schema/analyze.json', 'utf8')) as object,
);

describe('the numbers of the design, from the command’s JSON', () => {
  test.each([
    ['g1-series', '0.987922187901', '105.80', ['names', 'balancer', 'site', 'data'], [], ['4']],
    [
      'g2-two-web-servers',
      '0.997777944281',
      '19.47',
      ['lb', 'db'],
      ['h1 h2', 'h1 h2/w2', 'h1/w1 h2', 'h1/w1 h2/w2'],
      ['2', '4'],
    ],
    ['g3-one-host', '0.992911693901', '62.09', ['lb', 'db', 'h1'], ['h1/w1 h1/w2'], ['3', '1']],
    [
      'g4-two-of-three',
      '0.998682715602',
      '11.54',
      ['za'],
      ['za/n1 za/n2', 'za/n1 zb', 'za/n1 zb/n3', 'za/n2 zb', 'za/n2 zb/n3'],
      ['1', '5'],
    ],
    [
      'g5-site',
      '0.999423288525',
      '5.05',
      ['site'],
      ['site/lb-1 site/lb-2', 'site/d-1 site/d-2', 'site/d-1 site/d-3', 'site/d-2 site/d-3'],
      ['1', '4', '1'],
    ],
  ])('%s', async (name, availability, downtime, singles, pairs, counts) => {
    const text = readFileSync(`examples/figures/${name}.infra`, 'utf8');
    const { journeys } = await json(['x.infra', '--order', '3'], { '/project/x.infra': text });
    expect(journeys).toHaveLength(1);
    const [journey] = journeys;
    expect(journey?.availability.toFixed(12)).toBe(availability);
    expect(journey?.downtimeHoursPerYear.toFixed(2)).toBe(downtime);
    expect(journey).toMatchObject({
      exact: true,
      assumed: [],
      readsAlone: null,
      cutSetsComplete: true,
      cutSetCounts: counts,
    });
    expect([journey?.low, journey?.high, journey?.reads]).toEqual(Array(3).fill(journey?.availability));
    expect(journey?.cutSets['1']?.map((set) => set.join(' ')).sort()).toEqual([...singles].sort());
    expect(journey?.cutSets['2']?.map((set) => set.join(' ')).sort()).toEqual([...pairs].sort());
    if (name === 'g5-site') expect(journey?.cutSets['3']).toEqual([['site/w-1', 'site/w-2', 'site/w-3']]);
  });
});

describe('where an availability comes from', () => {
  const one = (facts: string, kind = 'web') => {
    const [element] = analyze(read(`client u\n${kind} w { ${facts} }\nu -> w`)).elements;
    return `${element?.basis ?? ''} ${String(element?.unavailability)}`;
  };

  test.each([
    ['availability 99.5%; mtbf 1h; mttr 1h; sla 90%', 'stated 0.005'],
    ['mtbf 2000h; mttr 4h; sla 90%', `mtbf ${String(4 / 2004)}`],
    ['mtbf 2000h', 'default 0.001'],
    ['sla 99.99%', 'sla 0.0001'],
    ['managed; sla 99.99%', 'sla 0.0001'],
    ['external; sla 99%', 'sla 0.01'],
    ['managed', 'managed 0.0005'],
    ['external', 'default 0.001'],
    ['', 'default 0.001'],
    ['availability 100%', 'stated 0'],
  ])('%s', (facts, expected) => {
    expect(one(facts)).toBe(expected);
  });

  test.each([
    ['lb', '0.0005'],
    ['cdn', '0.0001'],
    ['storage', '0.0001'],
    ['db', '0.001'],
  ])('the default of %s', (kind, q) => {
    expect(one('', kind)).toBe(`default ${q}`);
  });

  test('what is assumed is named, and only what the journey needs', () => {
    const found = figures('client u\nhost h { web w }\nhost other { app a }\ndb d { sla 99% }\nu -> w -> d');
    expect(found.assumed).toEqual(['h', 'h/w']);
  });

  test('defaults can be replaced', () => {
    const system = read('client u\nweb w\ncache c { managed }\nu -> w -> c');
    const [journey] = analyze(system, { defaults: { web: 0.9, managed: 0.8 } }).journeys;
    expect(journey?.availability).toBeCloseTo(0.72, 12);
    expect(analyze(system).journeys[0]?.availability).toBeCloseTo(0.999 * 0.9995, 12);
  });

  test('a zone of names is an element where it states how available it is', () => {
    const zone = (more: string) =>
      figures(
        `client u\ndns foobar.com { ${more}\n www A 203.0.113.9 }\nweb w { availability 99%; address 203.0.113.9 }\nu -> www.foobar.com : https`,
      );
    expect(zone('').availability).toBeCloseTo(0.99, 12);
    expect(zone('availability 99.9%').availability).toBeCloseTo(0.99 * 0.999, 12);
    expect(zone('availability 99.9%').cutSets['1']).toEqual([['foobar.com'], ['w']]);
  });
});

describe('common causes', () => {
  const text = (more: string) => `client u\nweb w[2] { availability 99%; ${more} }\nu -> w`;

  test('a share strikes both at once, the rest each by itself', () => {
    const [q, share] = [0.01, 0.05];
    const both = 1 - (1 - share * q) * (1 - ((1 - share) * q) ** 2);
    const found = figures(text('common-cause 5%'));
    expect(found.unavailability).toBeCloseTo(both, 15);
    expect(figures(text('')).unavailability).toBeCloseTo(q * q, 15);
    // It is no element: cut sets are of those.
    expect(found.cutSets).toEqual({ '1': [], '2': [['w-1', 'w-2']] });
    expect(found.importance[0]).toMatchObject({ element: 'w', commonCause: true, basis: null });
    expect(found.importance[0]?.unavailability).toBeCloseTo(share * q, 15);
  });

  test('all of it makes one of two; of one alone it changes nothing', () => {
    expect(figures(text('common-cause 100%')).unavailability).toBeCloseTo(0.01, 15);
    expect(figures('client u\nweb w { availability 99%; common-cause 5% }\nu -> w').unavailability).toBeCloseTo(
      0.01,
      15,
    );
  });
});

describe('figures', () => {
  test('writes and reads differ where the data has a primary', () => {
    const found = figures(
      'client u\nweb w { availability 99.9% }\ndb p { availability 99%; role primary; tier d }\ndb r { availability 98%; role replica; tier d }\nu -> w -> d : mysql',
    );
    expect(found.availability).toBeCloseTo(0.999 * 0.99, 12);
    expect(found.reads).toBeCloseTo(0.999 * (1 - 0.01 * 0.02), 12);
    expect(found.cutSets['1']).toEqual([['w'], ['p']]);
    expect(found.readsAlone?.cutSets).toEqual({ '1': [['w']], '2': [['p', 'r']] });
  });

  test('a journey that can never be served in full', () => {
    const found = figures('client u\nweb w\ndb r { role replica }\ndb s { role replica; tier r }\nu -> w -> r : mysql');
    expect(found).toMatchObject({ availability: 0, exact: true, downtimeHoursPerYear: 8760, cutSetCounts: [] });
    expect(found.reads).toBeGreaterThan(0.99);
  });

  test('importance: what would be won if an element never failed', () => {
    const text = (h: string) =>
      `client u\nlb lb { availability 99.9% }\nhost h { availability ${h}; web w { availability 99% } }\nweb x { tier w; availability 98% }\nu -> lb -> w`;
    const [before, after] = [figures(text('95%')), figures(text('100%'))];
    const weight = before.importance.find(({ element }) => element === 'h');
    expect(weight?.hoursPerYearSaved).toBeCloseTo(before.downtimeHoursPerYear - after.downtimeHoursPerYear, 9);
    expect(weight?.criticality).toBeCloseTo(1 - after.unavailability / before.unavailability, 12);
    expect(weight?.riskAchievementWorth).toBeCloseTo(figures(text('0%')).unavailability / before.unavailability, 9);
    const saved = before.importance.map(({ hoursPerYearSaved }) => hoursPerYearSaved);
    expect(saved).toEqual([...saved].sort((a, b) => b - a));
  });

  test('a chain of a thousand needs is exact, rounds among them too', () => {
    const chain = Array.from({ length: 1000 }, (_, at) => `service n${at}x { availability 99.9% }`);
    const calls = chain.slice(1).map((_, at) => `n${at}x -> n${at + 1}x : tcp/7000`);
    const found = figures(
      ['client u', ...chain, ...calls, 'n999x -> n0x : tcp/7001', 'u -> n0x : tcp/7000'].join('\n'),
    );
    expect(found.exact).toBe(true);
    expect(found.availability).toBeCloseTo(0.999 ** 1000, 12);
    expect(found.cutSetCounts).toEqual(['1000']);
  });
});

describe('laws', () => {
  test('on every state of random systems: availability and all cut sets as brute force has them', () => {
    let seen = 0;
    fc.assert(
      fc.property(randomTiers, (text) => {
        const system = read(text);
        const analysis = analyze(system, { orders: 12 });
        system.journeys.forEach((journey, at) => {
          const found = analysis.journeys[at];
          for (const writes of [true, false]) {
            const states = statesOf(system, journey, writes);
            expect(states.elements.map(({ id }) => id)).toEqual(analysis.elements.map(({ id }) => id));
            expect(states.elements.length).toBeLessThanOrEqual(12);
            const wanted = bruteForce(
              states,
              analysis.elements.map(({ unavailability }) => unavailability),
            );
            const own = writes ? found : (found?.readsAlone ?? found);
            expect(own?.exact).toBe(true);
            expect(Math.abs((own?.unavailability ?? 2) - wanted.q)).toBeLessThan(1e-12);
            const sets = Object.values(own?.cutSets ?? {}).flat();
            const named = wanted.cuts.map((cut) =>
              states.elements.filter((_, bit) => (cut & (1 << bit)) !== 0).map(({ id }) => id),
            );
            expect(sets.map((set) => set.join(' ')).sort()).toEqual(named.map((set) => set.join(' ')).sort());
            expect(own?.cutSetCounts.reduce((sum, count) => sum + Number(count), 0)).toBe(named.length);
            seen++;
          }
        });
      }),
      { numRuns: 400 },
    );
    expect(seen).toBeGreaterThanOrEqual(1000);
  });

  test('an instance more, on a host of its own, never lowers availability and adds no single point', () => {
    fc.assert(
      fc.property(randomTiers, (text) => {
        const before = read(text);
        const page = before.tiers.find(({ id }) => id === 'page');
        fc.pre(page?.quorum === undefined && page?.needs === 1 && page.controllers.size === 0);
        const more = 'host extra { availability 90%\nweb page-extra { tier page; availability 90% } }';
        const [old, now] = [analyze(before), analyze(read(`${text}\n${more}`))];
        old.journeys.forEach((journey, at) => {
          const after = now.journeys[at];
          expect(after?.unavailability ?? 2).toBeLessThanOrEqual(journey.unavailability + 1e-12);
          // What never served has no single points before.
          if (journey.unavailability === 1 && journey.cutSetCounts.length === 0) return;
          const known = new Set((journey.cutSets['1'] ?? []).flat());
          expect((after?.cutSets['1'] ?? []).flat().filter((id) => !known.has(id))).toEqual([]);
        });
      }),
      { numRuns: 150 },
    );
  });

  test('other names and another order change nothing but names', () => {
    const renamed = (text: string) => text.replace(/\b(front|page|data|watch|h1|h2|h3|z)\b/g, (name) => `other${name}`);
    fc.assert(
      fc.property(randomTiers, (text) => {
        const lines = text.split('\n');
        const calls = lines.filter((line) => line.includes('->'));
        const rest = lines.filter((line) => !line.includes('->'));
        const [old, now] = [analyze(read(text)), analyze(read(renamed([...calls.reverse(), ...rest].join('\n'))))];
        const plain = ({ journeys }: Analysis) =>
          journeys
            .map(({ unavailability, cutSetCounts, reads }) =>
              [unavailability.toFixed(12), reads.toFixed(12), ...cutSetCounts].join(' '),
            )
            .sort();
        expect(plain(now)).toEqual(plain(old));
      }),
      { numRuns: 150 },
    );
  });
});

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
      { numRuns: 300 },
    );
  });

  test('the largest value of a linear program has prices that add up to it', () => {
    const row = fc.record({
      coefficients: fc.array(fc.integer({ min: -2, max: 3 }), { minLength: 4, maxLength: 4 }),
      limit: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const sparse = (values: readonly number[]) => new Map(values.map((value, at) => [at, value] as const));
        const { value, prices, solution } = maximise({
          variables: 4,
          objective: sparse([1, 1, 0, 0]),
          rows: rows.map(({ coefficients, limit }) => ({ coefficients: sparse(coefficients), limit })),
        });
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
      { numRuns: 500 },
    );
  });
});
