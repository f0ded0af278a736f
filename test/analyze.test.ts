// Figures: where they come from, what differs for reads, what would be won, and brute force over every state of random systems.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { analyze } from '../src/analysis/analyze.js';
import type { Analysis, JourneyFigures } from '../src/base/figures.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { randomTiers } from './random-tiers.js';
import { bruteForce, statesOf } from './states-by-definition.js';

function read(text: string): System {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'site.infra', text })));
  // Not `expect`, which makes an error and its stack each time it is called: the laws read thousands of systems.
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.message);
  return system;
}

function figures(text: string, journey = 0): JourneyFigures {
  const found = analyze(read(text)).journeys[journey];
  if (!found) throw new Error('no such journey');
  return found;
}

describe('where an availability comes from', () => {
  const one = (facts: string, kind = 'web') => {
    const [element] = analyze(read(`client u\n${kind} w { ${facts} }\nu -> w`)).elements;
    return `${element?.basis ?? ''} ${String(element?.unavailability)}`;
  };

  test.each([
    ['availability 99.5%; mtbf 1h; mttr 1h; sla 90%', 'stated 0.005'],
    ['mtbf 2000h; mttr 4h; sla 90%', `mtbf ${String(4 / 2004)}`],
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
            const wanted = bruteForce(
              states,
              analysis.elements.map(({ unavailability }) => unavailability),
            );
            const own = writes ? found : (found?.readsAlone ?? found);
            const sets = Object.values(own?.cutSets ?? {}).flat();
            const named = wanted.cuts.map((cut) =>
              states.elements.filter((_, bit) => (cut & (1 << bit)) !== 0).map(({ id }) => id),
            );
            expect(states.elements.length).toBeLessThanOrEqual(12);
            expect({
              elements: analysis.elements.map(({ id }) => id),
              exact: own?.exact,
              isNear: Math.abs((own?.unavailability ?? 2) - wanted.q) < 1e-12,
              sets: sets.map((set) => set.join(' ')).sort(),
              count: own?.cutSetCounts.reduce((sum, count) => sum + Number(count), 0),
            }).toEqual({
              elements: states.elements.map(({ id }) => id),
              exact: true,
              isNear: true,
              sets: named.map((set) => set.join(' ')).sort(),
              count: named.length,
            });
            seen++;
          }
        });
      }),
      { numRuns: 1000 },
    );
    expect(seen).toBeGreaterThanOrEqual(2000);
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
      { numRuns: 1000 },
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
      { numRuns: 1000 },
    );
  });
});
