// Rules of somebody's own: loaded from modules that a config names, held to their shape, and never taking a run down.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import type { Finding, System } from '../src/index.js';
import { archlint, type Given } from './world.js';

const shop = 'client visitor\nhost c { web nginx }\nhost d { web nginx }\nvisitor -> nginx : http\n';

/** Every host needs a link, or whatever a test puts in its place. */
const rule = {
  id: 'acme/missing-runbook',
  category: 'eyes and data',
  summary: 'a host has no link to its runbook',
  severity: 'warning',
  preset: 'recommended',
  options: { kinds: ['host'] },
  fixable: false,
  *check(system: System, { kinds }: { kinds: readonly string[] }): Iterable<Finding> {
    for (const node of system.nodes.values()) {
      if (!kinds.includes(node.kind) || node.facts.link) continue;
      yield { message: `\`${node.id}\` has no link to its runbook`, at: node.at, subjects: [node.id] };
    }
  },
};

const config = (more: object = {}) => JSON.stringify({ plugins: ['./rules/mine.mjs'], ...more });

const given = (rules: unknown, text = shop, more: object = {}): Given => ({
  files: { '/project/shop.infra': text, '/project/archlint.config.json': config(more) },
  modules: { '/project/rules/mine.mjs': rules instanceof Error ? rules : { rules } },
});

async function codes(world: Given, ...args: string[]): Promise<string[]> {
  const { stdout } = await archlint(['check', '--format', 'concise', ...args], world);
  return stdout
    .split('\n')
    .filter((line) => line.includes('acme/'))
    .map((line) => line.replace(/^.*?:(\d+):\d+: /, '$1 '));
}

describe('a rule of your own', () => {
  test('finds, takes severity and options from the config, and is accepted like any other', async () => {
    const message = (line: number, host: string, severity = 'warning') =>
      `${line} ${severity}[acme/missing-runbook] \`${host}\` has no link to its runbook`;
    expect(await codes(given([rule]))).toEqual([message(2, 'c'), message(3, 'd')]);
    const stated = { rules: { 'acme/missing-runbook': { severity: 'error', options: { kinds: ['web'] } } } };
    expect(await codes(given([rule], shop, stated))).toEqual([
      message(2, 'c/nginx', 'error'),
      message(3, 'd/nginx', 'error'),
    ]);
    expect(await codes(given([rule]), '--rule', 'acme/missing-runbook=off')).toEqual([]);
    const accepted = shop.replace('host d {', 'host d { accept acme/missing-runbook "a spare";');
    const { stdout } = await archlint(['check', '--format', 'json'], given([rule], accepted));
    const own = (JSON.parse(stdout) as { findings: { rule: string; accepted: unknown }[] }).findings.filter(
      (one) => one.rule === rule.id,
    );
    expect(own.map((one) => one.accepted)).toEqual([null, { reason: 'a spare', until: null }]);
    const useless = shop.replace('host d {', 'host d { link "https://x.org"; accept acme/missing-runbook "a spare";');
    expect((await archlint(['check'], given([rule], useless))).stdout).toContain(
      '`accept acme/missing-runbook` matches no finding',
    );
  });

  test('as the README shows one finds what it says', async () => {
    const block = /^```js\n(.*?)^```$/ms.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    const { rules } = (await import(`data:text/javascript,${encodeURIComponent(block)}`)) as { rules: unknown };
    expect(await codes(given(rules))).toHaveLength(2);
    expect(await codes(given(rules, shop.replaceAll('{ web', '{ link "https://wiki.example.org"; web')))).toEqual([]);
  });

  test('is listed, explained and configured', async () => {
    const { stdout } = await archlint(['rules', '--json'], given([rule]));
    const document = JSON.parse(stdout) as { id: string; module: string | null }[];
    expect(document.at(-1)).toMatchObject({ id: rule.id, module: 'rules/mine.mjs' });
    const validate = new Ajv({ allowUnionTypes: true }).compile(
      JSON.parse(readFileSync('src/report/schema/rules.json', 'utf8')) as object,
    );
    expect(validate(document) || validate.errors).toBe(true);
    expect((await archlint(['rules'], given([rule]))).stdout).toContain('acme/missing-runbook');
    expect(
      (await archlint(['explain', rule.id], given([{ ...rule, page: '# acme/missing-runbook\n\nWrite one.\n' }])))
        .stdout,
    ).toContain('Write one.');
    const world = given([rule]);
    const beside = { ...world, files: { ...world.files, '/project/rules/missing-runbook.md': '# beside\n' } };
    expect((await archlint(['explain', rule.id], beside)).stdout).toContain('beside');
    expect((await archlint(['explain', rule.id], world)).stdout).toContain(rule.summary);
    const printed = (await archlint(['config', '--print', 'shop.infra'], world)).stdout;
    expect(printed).toContain('rules.acme/missing-runbook.options.kinds = ["host"]');
    expect(printed).toContain('plugins[0] = ./rules/mine.mjs');
  });

  const thrown = new TypeError('nix is undefined');
  thrown.stack =
    'TypeError: nix is undefined\n    at check (file:///project/rules/mine.mjs:12:5)\n    at run (x.js:1:1)';
  test.each([
    [
      'throws',
      () => {
        throw thrown;
      },
      ['TypeError: nix is undefined', 'at rules/mine.mjs:12:5'],
    ],
    ['returns nothing', () => undefined, ['`check` returns nothing that can be iterated over']],
    ['is asynchronous', () => Promise.resolve([]), ['write it as a generator']],
    ['yields no object', () => [7], ['a finding whose value is no object']],
    ['yields no place', () => [{ message: 'x', subjects: [] }], ['whose `at` is no place in the text']],
    [
      'yields a foreign place',
      () => [{ message: 'x', subjects: [], at: { source: { path: 'x', text: '' }, start: 0, end: 0 } }],
      ['whose `at` is no place'],
    ],
  ])('that %s is reported as its own, and the run goes on with status 2', async (_, check, words) => {
    const world = given([
      { ...rule, check },
      { ...rule, id: 'acme/other' },
    ]);
    const { status, stdout, stderr } = await archlint(['check', '--fail-on', 'never'], world);
    expect(status).toBe(2);
    expect(stderr).toBe('archlint: the rule `acme/missing-runbook` of `rules/mine.mjs` failed\n');
    expect(stdout).toContain('error[acme/missing-runbook]: the rule `acme/missing-runbook` of `rules/mine.mjs` failed');
    for (const word of words) expect(stdout).toContain(word);
    expect(stdout).toContain('warning[acme/other]');
    expect(stdout).toContain('[missing-https]');
  });

  test('that fails after it has found something keeps that, and cannot be accepted', async () => {
    const check = function* (system: System): Iterable<Finding> {
      yield* rule.check(system, { kinds: ['host'] });
      throw new Error('late');
    };
    const world = given([{ ...rule, check }], `accept acme/missing-runbook "all fine"\n${shop}`);
    const { status, stdout } = await archlint(['check', '--format', 'json'], world);
    expect(status).toBe(2);
    const own = (JSON.parse(stdout) as { findings: { rule: string; accepted: unknown }[] }).findings.filter(
      (one) => one.rule === rule.id,
    );
    expect(own.map(({ accepted }) => accepted === null)).toEqual([true, false, false]);
  });
});

describe('a module that does not fit is a fault of the config', () => {
  const without = (key: string) => Object.fromEntries(Object.entries(rule).filter(([name]) => name !== key));
  test.each([
    [
      [{ ...rule, id: 'spof' }],
      'rule `spof` of `rules/mine.mjs` has a name that is not one of its own',
      'name it `team/what-is-wrong`',
    ],
    [[without('severity')], 'has no `severity`', 'a rule has `id`'],
    [[{ ...rule, severity: 'eror' }], 'has a `severity` that does not exist', 'did you mean `error`?'],
    [[{ ...rule, category: 'exposur' }], 'has a `category` that does not exist', 'did you mean `exposure`?'],
    [[{ ...rule, optons: {} }], 'may not have `optons`', 'did you mean `options`?'],
    [[{ ...rule, precedence: 0 }], 'may not have `precedence`', 'not to be hidden'],
    [[{ ...rule, check: 'x' }], 'has a `check` that is no function', 'see the type `Rule`'],
    [[rule, rule], '`acme/missing-runbook` of `rules/mine.mjs` is also a rule of `rules/mine.mjs`', 'another name'],
    [['x'], 'rule number 1 of `rules/mine.mjs` is no object', 'a rule has'],
    [undefined, '`rules/mine.mjs` exports no list of rules', 'export const rules'],
    [
      new SyntaxError('Unexpected token'),
      'the module `./rules/mine.mjs` cannot be loaded',
      'SyntaxError: Unexpected token',
    ],
  ])('%#', async (rules, message, help) => {
    const { status, stdout, stderr } = await archlint(['check'], given(rules));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
    expect(stderr).toContain('--> archlint.config.json:1:');
  });

  test('or of a name that leads nowhere', async () => {
    const { stderr } = await archlint(['check'], { ...given([]), modules: {} });
    expect(stderr).toContain('there is no module `./rules/mine.mjs`');
  });
});
