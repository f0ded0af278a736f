// `archlint analyze` as people and scripts meet it: the numbers of the design, its formats, losses, comparisons, and the examples' figures.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '../grammar/index.js';
import { analyze } from '../src/analysis/analyze.js';
import type { Analysis } from '../src/base/figures.js';
import { analyzeFaultTree } from '../src/index.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { reportFigures } from '../src/report/figures/index.js';
import { percentUp, significant } from '../src/report/figures/numbers.js';
import { grouped } from '../src/report/figures/pairs.js';
import { expectFile } from './generated.js';
import { archlint } from './world.js';

function read(text: string): System {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'site.infra', text })));
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return system;
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

describe('the command', () => {
  const shop = `title "Shop"
client visitor
host a { web nginx; db mysql { role primary } }
host b { web nginx; db mysql { role replica; standby manual } }
lb haproxy
visitor -> haproxy -> nginx : http
nginx -> mysql : mysql
`;
  const files = {
    '/project/shop.infra': shop,
    '/project/other.infra': shop.replace('standby manual', 'standby automatic'),
  };
  const run = (...args: readonly string[]) => archlint(['analyze', ...args], { files });

  test('JSON by its schema, of every example, with losses and another file', async () => {
    const names = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.infra'),
    );
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const document = await json(['x.infra'], { '/project/x.infra': readFileSync(`examples/${name}`, 'utf8') });
      expect(validate(document) || validate.errors).toBe(true);
    }
    const document = await json(['shop.infra', '--fail', 'a', '--compare', 'other.infra'], files);
    expect(validate(document) || validate.errors).toBe(true);
    expect(document).toMatchObject({
      version: 1,
      journeys: [
        {
          from: 'visitor',
          to: 'haproxy',
          protocol: 'http',
          port: 80,
          cutSets: { '1': [['a'], ['a/mysql'], ['haproxy']] },
        },
      ],
      whatIf: { journeys: [{ outcome: 'writes-stop' }] },
      comparison: {
        file: 'other.infra',
        differences: [{ difference: { singlePointsRemoved: ['a', 'a/mysql'], singlePointsAdded: [] } }],
      },
    });
  });

  test('losses: what stops, what reads, what goes on, and why', async () => {
    const said = async (...args: readonly string[]) =>
      (await run('shop.infra', ...args)).stdout.replace(/\n {6,}/g, ' ');
    expect(await said('--fail', 'a,b/nginx')).toContain(
      'stops  visitor → haproxy : http/80 because a, b/nginx → a/nginx, b/nginx → nginx (0 of 2) → haproxy',
    );
    expect(await said('--fail', 'a')).toMatch(
      /reads only {2}visitor → haproxy : http\/80 because a → mysql .*with fewer instances: nginx 1 of 2, mysql 1 of 2/,
    );
    expect(await said('--fail', 'b')).toMatch(
      /goes on {2}visitor → haproxy : http\/80 with fewer instances: nginx 1 of 2, mysql 1 of 2/,
    );
    // A tier by its name; several times the option, several names.
    expect(await said('--fail', 'nginx')).toContain('nginx (0 of 2)');
    expect(await said('--fail', 'a/nginx', '--fail', 'b/nginx')).toContain('nginx (0 of 2)');
    expect(await said('--fail', 'visitor')).toContain('visitor is no element of failure');
  });

  test('status 2 with a hint: unknown and ambiguous names, wrong options, a missing file', async () => {
    const outcome = async (...args: readonly string[]) => {
      const { status, stdout, stderr } = await run(...args);
      expect(stdout).toBe('');
      return `${status} ${stderr}`;
    };
    expect(await outcome('shop.infra', '--fail', 'ngnix')).toContain(
      '2 archlint: nothing is called `ngnix`; did you mean `nginx`?',
    );
    expect(await outcome('shop.infra', '--fail', 'a,,b')).toMatch(/^2 .*`--fail` needs names/);
    expect(await outcome('shop.infra', '--order', '0')).toMatch(/^2 .*whole number/);
    expect(await outcome('shop.infra', '--today', '2026-13-01')).toMatch(/^2 .*day such as/);
    expect(await outcome('shop.infra', '--json', '--format', 'text')).toMatch(/^2 .*exclude each other/);
    expect(await outcome('shop.infra', '--compare', 'nowhere.infra')).toMatch(/^2 .*`nowhere.infra` does not exist/);
    const twoKinds = {
      files: { '/project/x.infra': 'client u\nhost x { web db }\nhost y { db db }\nu -> x/db -> y/db' },
    };
    expect((await archlint(['analyze', 'x.infra', '--fail', 'db'], twoKinds)).stderr).toContain(
      '`db` could mean `x/db` or `y/db`',
    );
  });

  test('status 1 where a file, or the other one, cannot be understood', async () => {
    const broken = { files: { '/project/a.infra': 'host c {', '/project/b.infra': shop } };
    for (const args of [['a.infra'], ['b.infra', '--compare', 'a.infra']]) {
      const { status, stdout, stderr } = await archlint(['analyze', ...args], broken);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('error[syntax]');
    }
  });

  test('a file without journeys, and one without anything', async () => {
    for (const text of ['', '# nothing\n', 'host a { web w }\n']) {
      const { status, stdout } = await archlint(['analyze', 'x.infra'], { files: { '/project/x.infra': text } });
      expect(status).toBe(0);
      expect(stdout).toContain('No client calls anything here');
    }
  });

  test('names of copies: all of them, or one', async () => {
    const text = 'client u\nhost web[3] { web nginx }\nu -> nginx';
    const lost = async (name: string) =>
      (await json(['x.infra', '--fail', name], { '/project/x.infra': text })).whatIf as { failed: string[] };
    expect((await lost('web')).failed).toEqual(['web-1', 'web-2', 'web-3']);
    expect((await lost('web-2')).failed).toEqual(['web-2']);
    expect((await lost('web-2/nginx')).failed).toEqual(['web-2/nginx']);
    expect((await lost('web/nginx')).failed).toEqual(['web-1/nginx', 'web-2/nginx', 'web-3/nginx']);
  });

  test('acceptances count until their day, if a day is given', async () => {
    const text = 'client u\nhost c { accept spof "until launch" until 2027-03-01; web w }\nu -> w';
    const accepted = async (...args: readonly string[]) =>
      (await json(['x.infra', ...args], { '/project/x.infra': text })).journeys[0]?.accepted;
    const entry = { element: 'c', rule: 'spof', reason: 'until launch', until: '2027-03-01' };
    expect(await accepted()).toEqual([entry]);
    expect(await accepted('--today', '2027-03-01')).toEqual([entry]);
    expect(await accepted('--today', '2027-03-02')).toEqual([]);
  });

  test('no line is wider than the terminal, however long the names; ASCII where asked', async () => {
    const long = 'a-very-long-name-that-somebody-gave-to-a-host-because-a-convention-said-so';
    const text = shop.replaceAll('host b', `host ${long}`).replaceAll('nginx', 'nginx-of-the-front-end-of-the-shop');
    for (const columns of [80, 120]) {
      for (const args of [[], ['--fail', long], ['--compare', 'x.infra']]) {
        const { stdout } = await archlint(['analyze', 'x.infra', '--color', 'never', '--ascii', ...args], {
          files: { '/project/x.infra': text },
          columns,
        });
        expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
        expect(stdout.split('\n').filter((line) => line.length > columns || line.endsWith(' '))).toEqual([]);
      }
    }
  });

  test('Markdown: tables, and nothing of the file that Markdown would read as its own', async () => {
    const { stdout } = await archlint(['analyze', 'x.infra', '--format', 'markdown'], {
      files: { '/project/x.infra': shop.replace('Shop', 'A | *bold* <b> shop') },
    });
    expect(stdout).toContain('## A \\| \\*bold\\* &lt;b\\> shop\n');
    const tables = stdout.split('\n').filter((line) => line.startsWith('|'));
    expect(tables.length).toBeGreaterThan(8);
    for (const line of tables) expect(line.endsWith('|')).toBe(true);
  });

  test('an interval is never printed as exact, and is rounded outward', () => {
    const analysis = analyze(read(shop));
    const shown = (leastUnavailability: number, mostUnavailability: number) => {
      const unavailability = (leastUnavailability + mostUnavailability) / 2;
      const bounds = {
        low: 1 - mostUnavailability,
        high: 1 - leastUnavailability,
        leastUnavailability,
        mostUnavailability,
      };
      const unknown = { availability: 1 - unavailability, unavailability, exact: false, ...bounds };
      const journeys = analysis.journeys.map((one) => ({ ...one, ...unknown, readsAlone: null, importance: [] }));
      return reportFigures({ file: 'shop.infra', analysis: { ...analysis, journeys } }).replace(/\n {6,}/g, ' ');
    };
    expect(shown(0.00432101, 0.00987601)).toContain('between 99.012 % and 99.568 % (on assumed figures)');
    expect(shown(0.00432101, 0.00987601)).toContain('unavailability between 0.00432 and 0.00988');
    expect(shown(0, 0.00987601)).toContain('at least 99.012 % (on assumed figures) down at most 86.5 hours a year');
    // Of availabilities as near to one as these, no digit of the rest is left.
    expect(shown(7.331e-16, 7.359e-16)).toContain('unavailability between 7.33e-16 and 7.36e-16');
    expect(shown(0.005, 0.01)).toContain('an interval: the model is too large for the exact figure');
    expect(shown(0.005, 0.01)).toContain('What to fix first is not known');
  });
});

describe('the examples', () => {
  const names = readdirSync('examples').flatMap((name) => /^(.*)\.infra$/.exec(name)?.[1] ?? []);

  test.each(names)('the figures of %s', async (name) => {
    const { status, stdout } = await archlint(['analyze', `${name}.infra`], {
      files: { [`/project/${name}.infra`]: readFileSync(`examples/${name}.infra`, 'utf8') },
    });
    expect(status).toBe(0);
    expectFile(`examples/${name}.figures.txt`, stdout);
  });
});

describe('words', () => {
  test.each([
    [0.012077812, '98.79 %'],
    [0.005767, '99.423 %'],
    [0.0000157, '99.99843 %'],
    [0.5, '50 %'],
    [1, '0 %'],
    [0.99995, '0.005 %'],
    [0, '100 %'],
    [1e-9, '99.9999999 %'],
  ])('%d down is %s', (q, expected) => {
    expect(percentUp(q)).toBe(expected);
  });

  test('three significant digits', () => {
    expect([0.0120778, 105.8, 8760, 1.23456e-7].map(significant)).toEqual(['0.0121', '106', '8760', '1.23e-7']);
  });

  test('pairs in few lines say the same as all of them', () => {
    const graph = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 16 });
    fc.assert(
      fc.property(graph, (edges) => {
        const name = (at: number) => 'abcdefg'[at] ?? '';
        const key = (a: string, b: string) => [a, b].sort().join('');
        const pairs = edges.filter(([a, b]) => a !== b).map(([a, b]) => [name(a), name(b)]);
        const shown = grouped(pairs, (one) => one.charCodeAt(0)).flatMap(({ each, others }) =>
          others
            ? each.flatMap((a) => others.map((b) => key(a, b)))
            : each.flatMap((a, at) => each.slice(at + 1).map((b) => key(a, b))),
        );
        expect(new Set(shown).size).toBe(shown.length);
        expect(new Set(shown)).toEqual(new Set(pairs.map(([a = '', b = '']) => key(a, b))));
      }),
    );
  });
});

test('the library: plain fault trees, and systems', () => {
  const tree = analyzeFaultTree({
    top: 'dark',
    gates: { dark: { op: 'and', inputs: ['mains', 'backup'] }, backup: { op: 'or', inputs: ['generator', 'relay'] } },
    events: { mains: 0.03, generator: 0.02, relay: 0.05 },
  });
  expect(tree.probability).toBeCloseTo(0.00207, 15);
  expect(tree).toMatchObject({ exact: true, cutSetsByOrder: [0n, 2n], cutSetsComplete: true });
});
