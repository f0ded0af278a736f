// Baselines as a team lives with them: what is known is hidden, what is new is shown, and what is gone is told of.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { catalogue } from '../rules/index.js';
import { keyOf, readBaseline, written } from '../src/baseline/index.js';
import type { Entry } from '../src/base/diagnostic.js';
import { idsOf } from '../src/config/layers.js';
import { archlint, type Given, type Outcome } from './world.js';

type Files = NonNullable<Given['files']>;

/** Hosts that nobody watches, behind one firewall; a balancer and its two servers. */
const hosts = (...names: string[]) =>
  `client visitor
host edge { firewall guard; monitor agent; lb haproxy { listen 443 https } }
${names.map((name) => `host ${name} { firewall guard; web nginx }\n`).join('')}visitor -> haproxy : https
haproxy -> nginx : http
`;

const name = '/project/archlint.baseline.json';
const isSchematic = new Ajv().compile(JSON.parse(readFileSync('src/report/schema/baseline.json', 'utf8')) as object);

/** Runs, with what was written before among the files. */
function folder(files: Files, more: Omit<Given, 'files'> = {}) {
  const present: Record<string, string | Uint8Array | null> = { '/project/package.json': '{}', ...files };
  return {
    present,
    run: async (...args: string[]): Promise<Outcome> => {
      const outcome = await archlint(args, { ...more, files: present });
      Object.assign(present, outcome.written);
      return outcome;
    },
  };
}

const headlines = ({ stdout }: Outcome) =>
  stdout
    .split('\n')
    .map((line) => line.replace(/^\S+ /, ''))
    .slice(0, -1);

describe('a baseline', () => {
  test('hides what was there, and shows what is new: a finding about many shrinks to the new subjects', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `h${index + 1}`);
    const { present, run } = folder({ '/project/shop.infra': hosts(...names) });
    const before = await run('check', '--format', 'concise');
    expect(headlines(before).filter((line) => line.includes('missing-monitoring'))).toHaveLength(1);
    const baseline = await run('baseline');
    expect(baseline).toMatchObject({ status: 0, stdout: '' });
    expect(baseline.stderr).toMatch(/^archlint\.baseline\.json: \d+ known findings, \d+ new\n$/);
    const lines = String(present[name])
      .split('\n')
      .filter((line) => line.includes('missing-monitoring'));
    expect(lines).toHaveLength(40);
    const known = Number(/\d+/.exec(baseline.stderr)?.[0]);
    expect(await run('check')).toMatchObject({
      status: 0,
      stdout: `nothing to report in 1 file; ${known} known findings are hidden by the baseline\n`,
      stderr: '',
    });
    expect(await run('check', '--format', 'concise')).toMatchObject({
      stdout: '',
      stderr: `archlint: ${known} known findings are hidden by the baseline\n`,
    });
    present['/project/shop.infra'] = `# moved\n\n${hosts(...names, 'h41')}`;
    const one = headlines(await run('check', '--format', 'concise'));
    expect(one.filter((line) => line.includes('missing-monitoring'))).toEqual([
      'warning[missing-monitoring] `h41` is not watched by any monitor',
    ]);
    present['/project/shop.infra'] = hosts(...names, 'h41', 'h42');
    const two = headlines(await run('check', '--format', 'concise'));
    expect(two.filter((line) => line.includes('missing-monitoring'))).toEqual([
      'warning[missing-monitoring] `h41` and `h42` are not watched by any monitor',
    ]);
    const all = await run('check', '--no-baseline', '--format', 'concise');
    expect(all.stdout).toContain('`h1`');
  });

  test('says what no longer occurs, and drops it when asked, without adding anything', async () => {
    const { present, run } = folder({ '/project/shop.infra': hosts('a', 'b') });
    await run('baseline');
    const first = String(present[name]);
    present['/project/shop.infra'] = hosts('a', 'c');
    const { stderr } = await run('check', '--quiet');
    expect(stderr).toContain('of `archlint.baseline.json` no longer occur:\n  shop.infra: ');
    expect(stderr).toContain('  shop.infra: missing-monitoring of `b`\n');
    expect(stderr).toContain('`archlint baseline --prune`');
    const pruned = await run('baseline', '--prune');
    expect(pruned.stderr).toMatch(/known findings?, \d+ dropped\n$/);
    const left = String(present[name])
      .split('\n')
      .filter((line) => line.includes('"rule"'));
    expect(left.every((line) => first.includes(line.replace(/,$/, '')))).toBe(true);
    expect(left.join()).not.toContain('"b"');
    const after = await run('check', '--format', 'concise');
    expect(after.stderr).not.toContain('no longer');
    expect(after.stdout).toContain('`c` is not watched');
    expect((await run('baseline', '--prune')).written).toEqual({});
    expect((await run('baseline')).written[name]).toContain('"c"');
  });

  test('knows that a rule that is off, a half-read file or a part of the project is no sign of mending', async () => {
    const files = {
      '/project/shop.infra': hosts('a', 'b'),
      '/project/x/one.infra': 'import "./common.infra"\nclient visitor\nvisitor -> nginx : https\n',
      '/project/x/two.infra': 'import "./common.infra"\nmonitor agent\nagent -> c\n',
      '/project/x/common.infra': 'host c { web nginx }\n',
    };
    const { present, run } = folder(files);
    await run('baseline');
    expect((await run('check')).stderr).toBe('');
    expect((await run('check', '--rule', 'missing-monitoring=off')).stderr).toBe('');
    expect((await run('check', 'x/two.infra')).stderr).toBe('');
    expect((await run('check', 'x')).stderr).toBe('');
    const whole = String(present[name]);
    // One folder alone writes down its own, and keeps what others have.
    await run('baseline', 'x');
    expect(present[name]).toBe(whole);
    present['/project/shop.infra'] = `${hosts('a', 'b')}host d { web -> }\n`;
    const broken = await run('check');
    expect(broken).toMatchObject({ status: 1, stderr: '' });
    expect(broken.stdout).toContain('error[syntax]');
    expect(await run('baseline')).toMatchObject({ status: 1, written: {} });
    delete present['/project/shop.infra'];
    expect((await run('check')).stderr).toContain('  shop.infra: missing-monitoring of `a` and `b`\n');
  });

  test('never hides what cannot be read, a useless accept, or one that has ended', async () => {
    const text = `${hosts('a', 'b')}accept no-such-rule "x"\nlb lonely { address-typo 1 }\n`;
    const { run } = folder({ '/project/shop.infra': text });
    const before = await run('check', '--format', 'concise');
    await run('baseline');
    const after = await run('check', '--format', 'concise');
    expect(before.stdout).toContain('unknown-property');
    expect(after.stdout).toContain('unknown-property');
    expect(after.stdout).toContain('useless-accept');
  });

  test('is the one that the command line names, or the config, or the nearest', async () => {
    const { present, run } = folder({ '/project/shop.infra': hosts('a', 'b') });
    await run('baseline', '--output', 'known/all.json');
    expect(String(present['/project/known/all.json'])).toContain('"file":"../shop.infra"');
    const isHidden = async (...args: string[]) =>
      (await run('check', ...args)).stdout.includes('hidden by the baseline');
    expect(await isHidden()).toBe(false);
    expect(await isHidden('--baseline', 'known/all.json')).toBe(true);
    present['/project/archlint.config.json'] = '{ "baseline": "known/all.json" }';
    expect(await isHidden()).toBe(true);
    expect(await isHidden('--no-baseline')).toBe(false);
    present['/project/archlint.config.json'] = '{ "baseline": false }';
    present[name] = String(present['/project/known/all.json']).replaceAll('../shop', 'shop');
    expect(await isHidden()).toBe(false);
    present['/project/archlint.config.json'] = '{}';
    expect(await isHidden()).toBe(true);
    const elsewhere = await archlint(['check', '..'], { files: present, folder: '/project/known' });
    expect(elsewhere.stdout).toContain('hidden by the baseline');
    const missing = await run('check', '--baseline', 'no.json');
    expect(missing).toMatchObject({ status: 2, stdout: '' });
    expect(missing.stderr).toContain('the baseline `no.json` does not exist');
    expect((await run('check', '--baseline', 'a', '--no-baseline')).stderr).toContain('exclude each other');
    Reflect.deleteProperty(present, name);
    expect((await run('baseline', '--prune')).stderr).toContain('there is no `archlint.baseline.json` to prune');
  });

  test.each([
    ['{ "version": 1, "findings": [\n<<<<<<< ours\n] }', 'this is no JSON', ':2:1'],
    ['{}', 'this is no baseline', ':1:1'],
    ['[]', 'this is no baseline', ':1:1'],
    ['{ "version": 2, "findings": [] }', 'there is no version 2', ':1:14'],
    ['{ "version": 1, "findings": {} }', '`findings` is a list', ':1:29'],
    ['{ "version": 1, "findings": [\n  { "file": "a" }\n] }', 'needs `witness`', ':2:3'],
    ['{ "version": 1, "finding": [], "findings": [] }', 'did you mean `findings`?', ':1:17'],
    ['{ "version": 1, "findings": [\n{ "file": "a", "rule": 1, "subject": "", "witness": [] }] }', '`rule`', ':2:1'],
  ])('that cannot be used ends the run with its place: %j', async (text, message, place) => {
    // The published schema refuses what is refused here.
    if (!text.includes('<<<')) expect(isSchematic(JSON.parse(text))).toBe(false);
    const { run } = folder({ '/project/shop.infra': hosts('a'), [name]: text });
    for (const command of ['check', 'baseline']) {
      const { status, stdout, stderr, written: files } = await run(command);
      expect({ status, stdout, files }).toEqual({ status: 2, stdout: '', files: {} });
      expect(stderr).toContain(message);
      expect(stderr).toContain(`archlint.baseline.json${place}`);
      expect(stderr).toContain('`archlint.baseline.json` cannot be used');
    }
  });

  test('tells JSON what it hides and what is stale, as the schema says', async () => {
    const { present, run } = folder({ '/project/shop.infra': hosts('a', 'b') });
    await run('baseline');
    present['/project/shop.infra'] = hosts('a', 'c');
    const document = JSON.parse((await run('check', '--format', 'json')).stdout) as {
      summary: { hidden: number };
      stale: Entry[];
    };
    expect(document.summary.hidden).toBeGreaterThan(0);
    expect(document.stale.map(({ rule, subject }) => `${rule} ${subject}`)).toContain('missing-monitoring b');
    const schema = JSON.parse(readFileSync('src/report/schema/check.json', 'utf8')) as object;
    expect(new Ajv({ allowUnionTypes: true }).validate(schema, document)).toBe(true);
  });
});

describe('the text of a baseline', () => {
  const word = fc.constantFrom('a', 'b', 'host é', 'a/b', '"', '__proto__', '\u2028');
  const entry = fc.record({ file: word, rule: word, subject: word, witness: fc.array(word, { maxLength: 3 }) });

  test('is the same for every order, reads back as it was, and has a line for each entry', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const text = written(entries);
        expect(isSchematic(JSON.parse(text))).toBe(true);
        expect(written([...entries].reverse())).toBe(text);
        const read = readBaseline({ path: 'b.json', text }, new Map());
        const back = 'entries' in read ? read.entries : [];
        expect(new Set(back.map(keyOf))).toEqual(new Set(entries.map(keyOf)));
        expect(text.split('\n').filter((line) => line.includes('"rule"'))).toHaveLength(back.length);
        expect(written(back)).toBe(text);
      }),
    );
  });

  test('knows rules by the names that they had', () => {
    const ids = new Map([...idsOf(catalogue), ['old-name', 'spof']]);
    const text = written([{ file: 'a', rule: 'old-name', subject: 'c', witness: [] }]);
    expect(readBaseline({ path: 'b.json', text }, ids)).toMatchObject({ entries: [{ rule: 'spof' }] });
  });
});
