// Configs as people write them: which one holds, what it sets, what is wrong with it, and which line set a value.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { catalogue } from '../rules/index.js';
import { archlint, type Given } from './world.js';

/** One server: a single point of failure, and clear http. */
const shop = `client visitor
host c { web nginx }
visitor -> nginx : http
`;

type Files = NonNullable<Given['files']>;

const within = (config: unknown, more: Files = {}): Given => ({
  files: {
    '/project/shop.infra': shop,
    '/project/archlint.config.json': typeof config === 'string' ? config : JSON.stringify(config, undefined, 2),
    ...more,
  },
});

/** `shop.infra error spof`, in order. */
async function found(given: Given, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await archlint(['check', '--format', 'concise', ...args], given);
  const lines = stdout.split('\n').flatMap((line) => {
    const [, file, severity, rule] = /^(.*?):\d+:\d+: (\w+)\[([a-z/-]+)\]/.exec(line) ?? [];
    return file === undefined ? [] : [`${file} ${severity ?? ''} ${rule ?? ''}`];
  });
  return [...lines, ...(stderr === '' ? [] : [stderr])];
}

const about = (lines: readonly string[], rule: string) => lines.filter((line) => line.endsWith(` ${rule}`));

describe('a config', () => {
  test('sets severities, presets and options; an alias is the rule', async () => {
    const plain = await found(within({}));
    expect(about(plain, 'spof')).toEqual(['shop.infra error spof']);
    const rules = { spof: 'warning', 'missing-https': { severity: 'off' }, 'mixed-software': 'on' };
    const set = await found(within({ rules }));
    expect(about(set, 'spof')).toEqual(['shop.infra warning spof']);
    expect(about(set, 'missing-https')).toEqual([]);
    const text = shop.replace(
      'host c { web nginx }',
      'host c { web nginx { software a "1" } }\nhost d { web nginx { software b "1" } }',
    );
    const strict = { '/project/shop.infra': text };
    expect(about(await found(within({}, strict)), 'mixed-software')).toEqual([]);
    expect(about(await found(within({ preset: 'strict' }, strict)), 'mixed-software')).toHaveLength(1);
    expect(about(await found(within({ rules }, strict)), 'mixed-software')).toHaveLength(1);
  });

  test('limits how much and how deep a description may be, either way', async () => {
    const limits = (options: object) => within({ rules: { 'too-large': { options } } });
    expect(about(await found(limits({ instances: 2 })), 'too-large')).toHaveLength(1);
    expect(about(await found(limits({ instances: 3 })), 'too-large')).toEqual([]);
    const nested = (depth: number) => ({
      '/project/shop.infra': `${'zone z { '.repeat(depth)}\n${'}'.repeat(depth)}\n`.replace(
        /zone z/g,
        (
          (n) => () =>
            `zone z${n++}`
        )(0),
      ),
    });
    expect(about(await found(within({}, nested(64))), 'too-large')).toEqual([]);
    expect(about(await found(within({}, nested(65))), 'too-large')).toHaveLength(1);
    const deeper = { rules: { 'too-large': { options: { nesting: 200 } } } };
    expect(about(await found(within(deeper, nested(200))), 'too-large')).toEqual([]);
    expect(about(await found(within(deeper, nested(201))), 'too-large')).toHaveLength(1);
    expect(
      about(await found(within({ rules: { 'too-large': { options: { nesting: 2 } } } }, nested(3))), 'too-large'),
    ).toHaveLength(1);
  });

  test('replaces assumed availabilities, for analyze too', async () => {
    const given = within({ availability: { host: '90%', web: '100%' } });
    const { stdout } = await archlint(['analyze', 'shop.infra', '--json'], given);
    const [journey] = (JSON.parse(stdout) as { journeys: { availability: number }[] }).journeys;
    expect(journey?.availability).toBeCloseTo(0.9, 12);
  });

  test('overrides go by the path of the file in which a finding stands', async () => {
    const files = {
      '/project/shop.infra': 'import "./legacy/c.infra"\nclient visitor\nvisitor -> nginx : http\n',
      '/project/legacy/c.infra': 'host c { web nginx }\n',
      '/project/other/d.infra': shop,
    };
    const rules = { spof: 'info', 'missing-https': 'off' };
    const lines = await found(within({ overrides: [{ files: 'legacy/**', rules }] }, files));
    expect(about(lines, 'spof')).toEqual(['legacy/c.infra info spof', 'other/d.infra error spof']);
    // The journey is stated in the other file.
    expect(about(lines, 'missing-https')).toEqual([
      'other/d.infra error missing-https',
      'shop.infra error missing-https',
    ]);
    const later = await found(
      within(
        {
          overrides: [
            { files: '*.infra', rules },
            { files: ['d.infra'], preset: 'strict', rules: { spof: 'warning' } },
          ],
        },
        files,
      ),
    );
    expect(about(later, 'spof')).toEqual(['legacy/c.infra info spof', 'other/d.infra warning spof']);
  });

  test('each file has the nearest one, also from package.json; nothing above its repository counts', async () => {
    const files = {
      '/project/.git/HEAD': '',
      '/archlint.config.json': '{ "rules": { "spof": "off" } }',
      '/project/package.json': JSON.stringify({ name: 'archlint', archlint: { rules: { spof: 'warning' } } }),
      '/project/plain.infra': shop,
      '/project/a/package.json': '{ "name": "archlint" }',
      '/project/a/one.infra': shop,
      '/project/b/archlint.config.json': '{ "rules": { "spof": "info" } }',
      '/project/b/package.json': JSON.stringify({ archlint: { rules: { spof: 'off' } } }),
      '/project/b/two.infra': shop,
    };
    const spof = about(await found({ files }), 'spof');
    expect(spof).toEqual(['a/one.infra warning spof', 'b/two.infra info spof', 'plain.infra warning spof']);
    const bare = { '/project/.git/HEAD': '', '/archlint.config.json': '{', '/project/x.infra': shop };
    expect(about(await found({ files: bare }), 'spof')).toEqual(['x.infra error spof']);
  });

  test('--config names one for all, --no-config none, and the command line goes before both', async () => {
    const given = within(
      { rules: { spof: 'info' } },
      { '/ci/strict.json': '{ "overrides": [{ "files": "shop.infra", "rules": { "spof": "warning" } }] }' },
    );
    expect(about(await found(given), 'spof')).toEqual(['shop.infra info spof']);
    expect(about(await found(given, '--config', '/ci/strict.json'), 'spof')).toEqual(['shop.infra warning spof']);
    expect(about(await found(given, '--no-config'), 'spof')).toEqual(['shop.infra error spof']);
    expect(about(await found(given, '--rule', 'spof=warning'), 'spof')).toEqual(['shop.infra warning spof']);
    expect(about(await found(given, '--rule', 'spof=on'), 'spof')).toEqual(['shop.infra error spof']);
    expect(about(await found(given, '--rule', 'spof=off,missing-https=off'), 'missing-https')).toEqual([]);
    expect(await found(given, '--preset', 'strict')).toEqual(
      await found(within({ preset: 'strict', rules: { spof: 'info' } })),
    );
  });

  test('what it ignores is left out; a file that is named says so, and a folder of nothing else is no success', async () => {
    const given = within(
      { ignore: ['old', '!keep.infra'] },
      { '/project/old/a.infra': shop, '/project/old/keep.infra': shop },
    );
    expect(about(await found(given), 'spof')).toEqual(['old/keep.infra error spof', 'shop.infra error spof']);
    const named = await archlint(['check', 'old/a.infra'], given);
    expect(named).toMatchObject({
      status: 0,
      stderr: 'archlint: skipped `old/a.infra`, which `archlint.config.json` ignores\n',
    });
    const all = await archlint(['check'], within({ ignore: ['*'] }));
    expect(all).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'archlint: `archlint.config.json` ignores every file that was found\n',
    });
    const importer = {
      '/project/.git/HEAD': '',
      '/project/old/a.infra': 'import "../shop.infra"\nclient x\nx -> nginx : http\n',
    };
    expect(await found(within({ ignore: ['old'] }, importer), 'shop.infra')).toEqual(await found(within({})));
  });

  test('extends files and packages, the later and the nearer first', async () => {
    const given = within(
      { extends: ['acme', './base.json', 'acme/more.json'], rules: { 'missing-firewall': 'off' } },
      {
        '/project/node_modules/acme/archlint.config.json': '{ "rules": { "spof": "off", "missing-https": "info" } }',
        '/project/node_modules/acme/more.json':
          '{ "extends": "./archlint.config.json", "rules": { "missing-monitoring": "error" } }',
        '/project/base.json': '{ "rules": { "spof": "warning", "missing-firewall": "info" } }',
      },
    );
    const lines = await found(given);
    expect(about(lines, 'spof')).toEqual([]);
    expect(about(lines, 'missing-https')).toEqual(['shop.infra info missing-https']);
    expect(about(lines, 'missing-monitoring')).toEqual(['shop.infra error missing-monitoring']);
    expect(about(lines, 'missing-firewall')).toEqual([]);
  });

  test('holds for render, graph and analyze as well', async () => {
    const given = within({ rules: { 'too-large': { options: { instances: 1 } } } });
    for (const command of ['render', 'graph', 'analyze']) {
      const { status, stderr } = await archlint([command, 'shop.infra'], given);
      expect({ status, said: stderr.includes('more than 1 nodes') }).toEqual({ status: 1, said: true });
    }
    const drawn = async (config: object) => (await archlint(['render', 'shop.infra'], within(config))).stdout;
    expect(await drawn({ rules: { spof: 'off' } })).not.toBe(await drawn({}));
  });
});

describe('a fault in a config is status 2, at its place, with a suggestion', () => {
  test.each([
    [{ ruels: {} }, 'there is no key `ruels`', '2:3', 'did you mean `rules`?'],
    [{ rules: { spoff: 'off' } }, 'there is no rule `spoff`', '3:5', 'did you mean `spof`?'],
    [{ rules: { spof: 'of' } }, '`spof` cannot be `of`', '3:13', 'it is `off`, `on`, `error`, `warning` or `info`'],
    [{ rules: { spof: { sevrity: 'off' } } }, 'a rule has no key `sevrity`', '4:7', 'did you mean `severity`?'],
    [{ rules: { spof: { options: { x: 1 } } } }, '`spof` has no option `x`', '5:9', '`spof` has no options'],
    [
      { rules: { 'too-large': { options: { instance: 1 } } } },
      '`too-large` has no option `instance`',
      '5:9',
      'did you mean `instances`?',
    ],
    [
      { rules: { 'too-large': { options: { nesting: 201 } } } },
      'the option `nesting` is a whole number from 1 to 200, not 201',
      '5:20',
      '',
    ],
    [
      { rules: { 'too-large': { options: { nesting: '3' } } } },
      'the option `nesting` is a whole number, not a text',
      '5:20',
      '',
    ],
    [{ preset: 'strickt' }, '`preset` cannot be `strickt`', '2:13', 'did you mean `strict`?'],
    [{ ignore: 'legacy' }, '`ignore` is a list of texts, not a text', '2:13', ''],
    [{ overrides: [{ rules: {} }] }, 'an element of `overrides` needs `files`', '3:5', ''],
    [
      { overrides: [{ files: 'a', ignore: [] }] },
      'there is no key `ignore` in an override',
      '5:7',
      'the keys are `files`, `preset` and `rules`',
    ],
    [
      { availability: { host: 0.99 } },
      'the availability of `host` is a percentage in quotes, not `0.99`',
      '3:13',
      'write it as `"99.9%"`',
    ],
    [{ availability: { hots: '99%' } }, '`hots` is no kind', '3:5', 'did you mean `host`?'],
    [{ extends: './bse.json' }, '`./bse.json` does not exist', '2:14', 'did you mean `base.json`?'],
    [{ extends: ['acme'] }, 'there is no package `acme`', '3:5', '`npm install acme`'],
    [{ extends: './archlint.config.json' }, '`archlint.config.json` extends itself', '2:14', 'break it'],
    [[], 'a config is an object, not a list', '1:1', ''],
    ['{ "rules": {} ', 'the text ends too early', '1:14', 'close every `{`'],
    ["{ 'rules': {} }", 'this is no JSON', '1:3', 'double quotes'],
    ['', 'the text ends too early', '1:1', ''],
  ])('%j', async (config, message, place, help) => {
    const { status, stdout, stderr } = await archlint(['check'], within(config, { '/project/base.json': '{}' }));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`error[config]: ${message}`);
    expect(stderr).toContain(`--> archlint.config.json:${place}\n`);
    expect(stderr).toContain(help);
    expect(stderr).toMatch(/archlint: `archlint.config.json` cannot be used, so nothing was done\n$/);
  });

  test('comments and trailing commas are none', async () => {
    const text = '// why\n{ "rules": { "spof": "off", /* here */ }, }\n';
    expect(about(await found(within(text)), 'spof')).toEqual([]);
  });

  test('in a package.json its place counts from the file', async () => {
    const files = {
      '/project/shop.infra': shop,
      '/project/package.json': '{\n  "archlint": {\n    "presett": 1\n  }\n}\n',
    };
    const { stderr } = await archlint(['check'], { files });
    expect(stderr).toContain('package.json:3:5');
  });

  test.each([
    [['--config', 'nix.json'], '`nix.json` does not exist'],
    [['--config', 'x.json', '--no-config'], '`--config` and `--no-config` exclude each other'],
    [['--rule', 'spof'], '`--rule` needs a rule and a severity, such as `--rule spof=warning`, not `spof`'],
    [['--rule', 'spof=of'], '`--rule spof` cannot be `of`; it may be `off`, `on`, `error`, `warning` or `info`'],
    [['--rule', 'spoff=off'], 'there is no rule `spoff`; did you mean `spof`?'],
    [['--preset', 'strickt'], '`--preset` cannot be `strickt`; did you mean `strict`?'],
  ])('%j', async (args, message) => {
    const { status, stderr } = await archlint(['check', ...args], within({}));
    expect(status).toBe(2);
    expect(stderr.startsWith(`archlint: ${message}`) ? message : stderr).toBe(message);
  });
});

describe('archlint config', () => {
  const given = within(
    {
      extends: './base.json',
      rules: { spof: 'info', 'too-large': { options: { nesting: 9 } } },
      overrides: [{ files: 'shop.infra', preset: 'strict' }],
    },
    { '/project/base.json': '{ "rules": { "spof": "off", "unused": "error" }, "ignore": ["x"] }' },
  );

  test('says of each value which line set it', async () => {
    const { stdout } = await archlint(['config', '--print', 'shop.infra', '--rule', 'missing-https=off'], given);
    const line = (key: string) =>
      stdout
        .split('\n')
        .filter((one) => one.includes(` ${key} = `))
        .map((one) => one.replace(/ +/g, ' '));
    expect(line('rules.spof.severity')).toEqual(['archlint.config.json:4:5 rules.spof.severity = info']);
    expect(line('rules.unused.severity')).toEqual(['base.json:1:29 rules.unused.severity = error']);
    expect(line('rules.too-large.options.nesting')).toEqual([
      'archlint.config.json:7:9 rules.too-large.options.nesting = 9',
    ]);
    expect(line('rules.too-large.options.instances')).toEqual(['(default) rules.too-large.options.instances = 100000']);
    expect(line('rules.missing-https.severity')).toEqual(['(command line) rules.missing-https.severity = off']);
    expect(line('preset')).toEqual(['archlint.config.json:14:7 preset = strict']);
    expect(line('rules.mixed-software.severity')).toEqual([
      'archlint.config.json:14:7 rules.mixed-software.severity = info',
    ]);
    expect(line('ignore[0]')).toEqual(['base.json:1:61 ignore[0] = x']);
    expect(stdout.match(/rules\.[a-z-]+\.severity/g)).toHaveLength(catalogue.length);
  });

  test('as JSON by its schema, and as the list of files', async () => {
    const { stdout } = await archlint(['config', '--json', 'shop.infra'], given);
    const document = JSON.parse(stdout) as { values: { key: string }[] };
    const schema = JSON.parse(readFileSync('src/report/schema/config-print.json', 'utf8')) as object;
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    expect(validate(document) || validate.errors).toBe(true);
    expect((await archlint(['config', 'shop.infra'], given)).stdout).toBe('base.json\narchlint.config.json\n');
    const bare = await archlint(['config', 'shop.infra'], { files: { '/project/shop.infra': shop } });
    expect(bare.stdout).toBe('no config: the preset `recommended`\n');
  });
});
