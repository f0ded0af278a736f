// The commands as people and scripts meet them, in a world in memory.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { catalogue } from '../rules/index.js';
import { archlint } from './world.js';

/** One server: a single point of failure, and clear http. */
const shop = `client visitor
host c { web nginx }
visitor -> nginx : http
`;
const broken = 'host c {\n  web nginx\n';

interface Found {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

function found(stdout: string): readonly Found[] {
  return (JSON.parse(stdout) as { findings: readonly Found[] }).findings;
}

function schema(name: string): (document: unknown) => unknown {
  const validate = new Ajv({ allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(`src/report/schema/${name}.json`, 'utf8')) as object,
  );
  return (document) => validate(document) || validate.errors;
}

describe('check', () => {
  test('reports what it finds, with status 1', async () => {
    const { status, stdout, stderr } = await archlint(['check', 'shop.infra'], {
      files: { '/project/shop.infra': shop },
    });
    expect(status).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('error[spof]: ');
    expect(stdout).toContain(' --> shop.infra:2:6\n  |\n2 | host c { web nginx }\n  |      ^');
    expect(stdout).toMatch(/\n\d+ errors.* in 1 file\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  test('a clean file: one friendly line and status 0; with --quiet nothing', async () => {
    const files = { '/project/shop.infra': '# nothing yet\nclient visitor { note "alone" }\n' };
    const options = ['check', 'shop.infra', '--fail-on', 'error'];
    const { status, stdout } = await archlint(options, { files });
    expect(status).toBe(0);
    expect(stdout).toMatch(/in 1 file\n$/);
    expect(await archlint([...options, '--quiet'], { files })).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('a syntax error is a finding', async () => {
    const { status, stdout } = await archlint(['check', 'shop.infra'], { files: { '/project/shop.infra': broken } });
    expect(status).toBe(1);
    expect(stdout).toContain('error[syntax]');
    expect(stdout).toContain('\nnot judged: what follows from what `shop.infra` does not say');
  });

  test('--fail-on decides about the status, --quiet about what is shown', async () => {
    const files = { '/project/shop.infra': shop };
    expect(await archlint(['check', '--fail-on', 'never'], { files })).toMatchObject({ status: 0 });
    const { status, stdout } = await archlint(['check', '--format', 'json', '-q'], { files });
    expect(status).toBe(1);
    expect(
      new Set((JSON.parse(stdout) as { findings: { severity: string }[] }).findings.map(({ severity }) => severity)),
    ).toEqual(new Set(['error']));
    const warning = { '/project/shop.infra': 'client a\nhost c { web nginx }\n' };
    const relaxed = await archlint(['check', '--format', 'json'], { files: warning });
    const strict = await archlint(['check', '--format', 'json', '--fail-on', 'warning'], { files: warning });
    expect([relaxed.status, strict.status]).toEqual([0, 1]);
  });

  test('formats: JSON by its schema, one line each, several at once', async () => {
    const files = { '/project/shop.infra': shop };
    const { status, stdout, written } = await archlint(['check', '--format=json=out/all.json', '--format', 'concise'], {
      files,
    });
    expect(status).toBe(1);
    const document: unknown = JSON.parse(written['/project/out/all.json'] ?? '');
    expect(schema('check')(document)).toBe(true);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(found(written['/project/out/all.json'] ?? '').length);
    for (const line of lines) expect(line).toMatch(/^shop\.infra:\d+:\d+: (error|warning|info)\[[a-z-]+\] \S/);
    const both = await archlint(['check', '--format', 'json', '--format', 'full'], { files });
    expect(both).toMatchObject({ status: 2, stdout: '' });
    expect(both.stderr).toContain('--format full=FILE');
  });

  test('a folder: every .infra file below, but not in node_modules and hidden folders', async () => {
    const files = {
      '/project/a.infra': shop,
      '/project/deep/er/b.infra': shop,
      '/project/node_modules/x/c.infra': shop,
      '/project/.hidden/d.infra': shop,
      '/project/readme.md': '',
    };
    const { stdout } = await archlint(['check', '--format', 'json'], { files });
    expect((JSON.parse(stdout) as { files: unknown }).files).toEqual(['a.infra', 'deep/er/b.infra']);
  });

  test('paths are shown relative to the working folder', async () => {
    const { stdout } = await archlint(['check', '/project/a.infra', '--format', 'json'], {
      files: { '/project/a.infra': shop },
      folder: '/project/sub/folder',
    });
    expect(new Set(found(stdout).map(({ file }) => file))).toEqual(new Set(['../../a.infra']));
  });

  test('status 2: what does not exist, what is empty, what cannot be read', async () => {
    const missing = await archlint(['check', 'nowhere.infra'], { files: { '/project/a.infra': shop } });
    expect(missing).toEqual({
      status: 2,
      stdout: '',
      stderr: 'archlint: `nowhere.infra` does not exist\n',
      written: {},
      paged: {},
    });
    const empty = { files: { '/project/readme.md': '' } };
    expect(await archlint(['check'], empty)).toMatchObject({ status: 2, stdout: '' });
    expect(await archlint(['check', '--no-error-on-unmatched'], empty)).toMatchObject({ status: 0 });
    const some = await archlint(['check'], {
      files: { '/project/a.infra': shop, '/project/b.infra': null, '/project/c.infra': Uint8Array.of(0xff, 0xfe) },
    });
    expect(some.status).toBe(2);
    expect(some.stdout).toContain('error[spof]');
    // Bytes that are no text are the file's fault, not the world's.
    expect(some.stdout).toMatch(/error\[syntax\].*\n *--> c\.infra:1:1/);
    expect(some.stderr).toBe('archlint: cannot read `/project/b.infra`: permission denied\n');
  });

  test('stdin has the name that is given, and may import from there', async () => {
    const files = { '/project/sub/part.infra': 'host c { web nginx }\n' };
    const stdin = `import "./part.infra"\n${shop.replace('host c { web nginx }\n', '')}`;
    const { status, stdout } = await archlint(
      ['check', '-', '--stdin-filename', 'sub/shop.infra', '--format', 'json'],
      { files, stdin },
    );
    expect(status).toBe(1);
    expect(new Set(found(stdout).map(({ file }) => file))).toEqual(new Set(['sub/part.infra', 'sub/shop.infra']));
    const bare = await archlint(['check', '-', '--format', 'concise'], { stdin: broken });
    expect(bare.stdout).toContain('<stdin>:');
  });

  test('a byte order mark and CRLF change nothing about lines and columns', async () => {
    const { stdout } = await archlint(['check', '--format', 'json'], {
      files: { '/project/a.infra': `\ufeff${shop.replaceAll('\n', '\r\n')}` },
    });
    const plain = await archlint(['check', '--format', 'json'], { files: { '/project/a.infra': shop } });
    expect(stdout).toBe(plain.stdout);
  });

  test('--today moves acceptances', async () => {
    const files = {
      '/project/a.infra': shop.replace('web nginx', 'accept spof "until launch" until 2026-06-01\n  web nginx'),
    };
    const open = async (...args: string[]): Promise<readonly string[]> => {
      const { stdout } = await archlint(['check', '--format', 'concise', ...args], { files });
      return [...stdout.matchAll(/\[([a-z-]+)\]/g)].map(([, rule = '']) => rule);
    };
    expect(await open()).not.toContain('spof');
    expect(await open('--today', '2026-06-02')).toContain('spof');
    const { status, stderr } = await archlint(['check', '--today', '2026-02-30'], { files });
    expect(status).toBe(2);
    expect(stderr).toContain('not `2026-02-30`');
  });
});

describe('imports', () => {
  const parts = {
    '/project/.git/HEAD': '',
    '/project/main.infra': 'import "./parts/web.infra"\nclient visitor\nvisitor -> nginx : http\n',
    '/project/parts/web.infra': 'host c { web nginx }\nhost d { web broken -> }\n',
  };

  test('a part is checked with its importer, each finding once', async () => {
    const whole = await archlint(['check', '--format', 'json'], { files: parts });
    const twice = await archlint(['check', '--format', 'json'], {
      files: { ...parts, '/project/other.infra': parts['/project/main.infra'] },
    });
    const inPart = (stdout: string): readonly Found[] => found(stdout).filter(({ file }) => file === 'parts/web.infra');
    expect(inPart(whole.stdout)).not.toEqual([]);
    expect(inPart(twice.stdout)).toEqual(inPart(whole.stdout));
  });

  test('named alone, its importers are found, and only its own findings reported', async () => {
    const whole = await archlint(['check', '--format', 'json'], { files: parts });
    const alone = await archlint(['check', 'parts/web.infra', '--format', 'json'], { files: parts });
    expect(found(alone.stdout)).toEqual(found(whole.stdout).filter(({ file }) => file === 'parts/web.infra'));
    expect((JSON.parse(alone.stdout) as { files: unknown }).files).toEqual(['parts/web.infra']);
    const main = await archlint(['check', 'main.infra', '--format', 'json'], { files: parts });
    expect(found(main.stdout)).toEqual(found(whole.stdout));
  });

  test('nothing outside the project root is read, whether by name or through a link', async () => {
    const files = {
      '/project/project/package.json': '{}',
      '/project/project/a.infra': 'import "../secret.infra"\n',
      '/project/project/b.infra': 'import "./link.infra"\n',
      '/project/project/c.infra': 'import "./nowhere.infra"\n',
      '/project/secret.infra': 'client very-secret\n',
    };
    const links = { '/project/project/link.infra': '/project/secret.infra' };
    const { status, stdout } = await archlint(
      ['check', 'project/a.infra', 'project/b.infra', 'project/c.infra', '--format', 'concise'],
      { files, links },
    );
    expect(status).toBe(1);
    expect(stdout.match(/bad-import\].*outside the project/g)).toHaveLength(2);
    expect(stdout.match(/bad-import\].*does not exist/g)).toHaveLength(1);
    expect(stdout).not.toContain('very-secret');
  });

  test('files that import one another end, and are reported once', async () => {
    const files = {
      '/project/a.infra': 'import "./b.infra"\nclient x\n',
      '/project/b.infra': 'import "./a.infra"\nclient y\n',
    };
    const { status, stdout } = await archlint(['check', '--format', 'concise'], { files });
    expect(status).toBe(1);
    expect(stdout.match(/bad-import/g)).toHaveLength(1);
  });
});

describe('render and graph', () => {
  test('a picture goes to the file or the pipe, never to a terminal', async () => {
    const files = { '/project/shop.infra': shop };
    const { status, stdout, stderr, written } = await archlint(['render', 'shop.infra', '-o', 'out.svg'], { files });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: 'drawn: out.svg\n' });
    const picture = written['/project/out.svg'] ?? '';
    expect(picture).toContain('<svg');
    expect(await archlint(['render', 'shop.infra'], { files })).toMatchObject({
      status: 0,
      stdout: picture,
      written: {},
    });
    const terminal = await archlint(['render', 'shop.infra', '--format', 'svg'], { files, columns: 80 });
    expect(terminal).toMatchObject({ status: 2, stdout: '' });
    expect(terminal.stderr).toContain('`-o shop.svg`');
    const shown = await archlint(['render', 'shop.infra'], { files, columns: 80 });
    expect(shown).toMatchObject({ status: 0, stderr: '' });
    expect(shown.stdout).toContain('▼');
    expect((await archlint(['render', 'shop.infra', '--no-findings'], { files })).stdout).not.toBe(picture);
    expect(await archlint(['render', 'shop.infra', '-o', 'out.pdf'], { files })).toMatchObject({
      status: 2,
      written: {},
    });
  });

  test('a file that is not understood: status 1, its errors on stderr, no picture, no graph', async () => {
    for (const args of [
      ['render', 'shop.infra', '-o', 'out.svg'],
      ['graph', 'shop.infra', '--json'],
    ]) {
      const { status, stdout, stderr, written } = await archlint(args, { files: { '/project/shop.infra': broken } });
      expect({ status, stdout, written }).toEqual({ status: 1, stdout: '', written: {} });
      expect(stderr).toContain('error[syntax]');
    }
  });

  test('the graph, as text and by its schema', async () => {
    for (const name of readdirSync('examples').filter((each) => each.endsWith('.infra'))) {
      const { status, stdout } = await archlint(['graph', 'x.infra', '--json'], {
        files: { '/project/x.infra': readFileSync(`examples/${name}`, 'utf8') },
      });
      expect(status).toBe(0);
      expect(schema('graph')(JSON.parse(stdout))).toBe(true);
    }
    const { stdout } = await archlint(['graph', 'shop.infra'], { files: { '/project/shop.infra': shop } });
    expect(stdout).toBe(`tiers and their instances
  web nginx  c/nginx

connections
  visitor → c/nginx : http/80

journeys
  visitor → nginx : http/80
`);
  });
});

describe('rules and explain', () => {
  test('the catalogue, as text and by its schema', async () => {
    const { stdout } = await archlint(['rules', '--json']);
    const document = JSON.parse(stdout) as { id: string }[];
    expect(schema('rules')(document)).toBe(true);
    expect(document.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    const text = (await archlint(['rules'])).stdout;
    for (const { id, summary } of catalogue)
      expect(text.split('\n').filter((line) => line.includes(` ${id} `) && line.endsWith(summary))).toHaveLength(1);
  });

  test('every rule has its page', async () => {
    for (const { id, aliases } of catalogue) {
      for (const name of [id, ...(aliases ?? [])]) {
        const { status, stdout } = await archlint(['explain', name]);
        expect(status).toBe(0);
        expect(stdout).toContain(id);
        expect(stdout.split('\n').length).toBeGreaterThan(5);
      }
    }
  });

  test('an unknown rule has a likely one', async () => {
    const { status, stdout, stderr } = await archlint(['explain', 'spoff']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('archlint: there is no rule `spoff`; did you mean `spof`?\n`archlint rules` lists them all\n');
  });
});

describe('usage', () => {
  test.each([
    [['chekc'], 'unknown command `chekc`; did you mean `check`?'],
    [['shop.infra'], 'unknown command `shop.infra`; did you mean `archlint check shop.infra`?'],
    [['--hlep'], 'unknown option `--hlep`; did you mean `--help`?'],
    [['check', '--formt', 'json'], 'unknown option `--formt`; did you mean `--format`?'],
    [['check', '-x'], 'unknown option `-x`'],
    [['check', '--format'], '`--format` needs a value: full, concise, json'],
    [['check', '--fail-on', '--quiet'], '`--fail-on` needs a value'],
    [['check', '--format', 'jsn'], '`--format` cannot be `jsn`; did you mean `json`?'],
    [['check', '--color', 'sometimes'], '`--color` cannot be `sometimes`; it may be `auto`, `always` or `never`'],
    [['check', '--quiet=yes'], '`--quiet` takes no value'],
    [['check', '--stdin-filename', 'x.infra', 'shop.infra'], '`--stdin-filename` names the text of `-`'],
    [['render'], '`render` needs <file>'],
    [['render', 'a', 'b'], '`render` takes only 1'],
    [['render', '.'], '`.` is a folder'],
    [['rules', 'spof'], '`rules` takes no operand'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await archlint(args, { files: { '/project/shop.infra': shop } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.startsWith(`archlint: ${message}`) ? message : stderr).toBe(message);
  });

  test('help names every command, option and an example; without arguments it goes to stderr', async () => {
    const { status, stdout } = await archlint(['--help']);
    expect(status).toBe(0);
    for (const name of ['check', 'render', 'explain', 'rules', 'graph', 'completion'])
      expect(stdout).toContain(`archlint ${name}`);
    const check = (await archlint(['check', '--help'], { columns: 80 })).stdout;
    for (const option of [
      '--format',
      '--fail-on',
      '--quiet',
      '--today',
      '--stdin-filename',
      '--no-error-on-unmatched',
      '--color',
    ])
      expect(check).toContain(option);
    expect(Math.max(...check.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect((await archlint(['help', 'check'], { columns: 80 })).stdout).toBe(check);
    expect(await archlint([])).toMatchObject({ status: 2, stdout: '', stderr: stdout });
    expect(await archlint(['--version'])).toMatchObject({ status: 0, stdout: '1.2.3\n' });
  });
});

describe('colour and characters', () => {
  const files = { '/project/shop.infra': shop };
  const coloured = async (args: string[], given: object): Promise<boolean> =>
    (await archlint(['check', ...args], { files, ...given })).stdout.includes('\u001b[');

  test('follow the terminal, the environment and --color', async () => {
    expect(await coloured([], {})).toBe(false);
    expect(await coloured([], { columns: 80 })).toBe(true);
    expect(await coloured([], { columns: 80, environment: { NO_COLOR: '1' } })).toBe(false);
    expect(await coloured([], { columns: 80, environment: { TERM: 'dumb' } })).toBe(false);
    expect(await coloured([], { environment: { FORCE_COLOR: '1' } })).toBe(true);
    expect(await coloured([], { columns: 80, environment: { FORCE_COLOR: '0' } })).toBe(false);
    expect(await coloured(['--color=always'], { environment: { NO_COLOR: '1' } })).toBe(true);
    expect(await coloured(['--color=never'], { columns: 80, environment: { FORCE_COLOR: '1' } })).toBe(false);
    expect(await coloured(['--color=always', '--format', 'json'], {})).toBe(false);
  });

  test('colour changes no text', async () => {
    const plain = await archlint(['check'], { files });
    const bright = await archlint(['check', '--color', 'always'], { files });
    expect(bright.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
  });

  test('a locale without UTF-8 gets ASCII, and --ascii asks for it', async () => {
    const isAscii = (text: string): boolean => /^[\n\x20-\x7e]*$/.test(text);
    expect(isAscii((await archlint(['graph', 'shop.infra'], { files })).stdout)).toBe(false);
    expect(isAscii((await archlint(['graph', 'shop.infra', '--ascii'], { files })).stdout)).toBe(true);
    expect(
      isAscii(
        (await archlint(['graph', 'shop.infra'], { files, environment: { LC_ALL: 'C', LANG: 'en_GB.UTF-8' } })).stdout,
      ),
    ).toBe(true);
    expect(isAscii((await archlint(['graph', 'shop.infra'], { files, environment: { LANG: 'C.UTF-8' } })).stdout)).toBe(
      false,
    );
  });
});
