// The built program, in processes of its own: what the world in memory cannot show.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, type Tree } from '../grammar/index.js';
import { quietEnvironment } from './bench/quiet.js';
import { archlint } from './world.js';

/** One server: a single point of failure, and clear http. */
const shop = `client visitor
host c { web nginx }
visitor -> nginx : http
`;
const sound = 'client visitor { note "alone" }\n';
const root = process.cwd();

describe('the built program', () => {
  const program = join(root, 'dist/archlint.cjs');
  const temporary = mkdtempSync(join(tmpdir(), 'archlint-cli-'));
  const environment = quietEnvironment();
  const run = (args: readonly string[], options: { input?: string; cwd?: string } = {}) => {
    return spawnSync(process.execPath, [program, ...args], {
      encoding: 'utf8',
      env: environment,
      cwd: temporary,
      ...options,
    });
  };

  beforeAll(() => {
    execFileSync(process.execPath, ['src/build/prepare.mjs'], { cwd: root });
    writeFileSync(join(temporary, 'shop.infra'), shop);
  }, 60_000);

  afterAll(() => {
    rmSync(temporary, { recursive: true, force: true });
  });

  // Other versions of Node to hold to the same bytes, by path; CI names 22 and 24.
  const nodes = [process.execPath, ...(process.env.ARCHLINT_NODES ?? '').split(':').filter((path) => path !== '')];

  test.each(nodes)('says and draws the same in every time zone, locale and folder: %s', (node) => {
    const examples = join(root, 'examples');
    const elsewhere = mkdtempSync(join(tmpdir(), 'archlint-else-'));
    // Written in another order than the one that is read.
    for (const name of readdirSync(examples)
      .filter((each) => each.endsWith('.infra'))
      .reverse()) {
      writeFileSync(join(elsewhere, name), readFileSync(join(examples, name)));
    }
    const said = (cwd: string, more: Record<string, string>, path = process.execPath) =>
      [
        ['check', '--today', '2026-05-01', ...reference],
        ['check', '--today', '2026-05-01', '--format', 'json', ...reference],
        ['render', 'two-zones.infra'],
        ['analyze', 'scaled-up.infra', '--json'],
        ['graph', 'scaled-up.infra', '--json'],
      ].map(
        (args) =>
          spawnSync(path, [program, ...args], { encoding: 'utf8', cwd, env: { ...environment, ...more } }).stdout,
      );
    const reference = ['two-zones.infra', 'lamp-server.infra', 'secured-and-monitored.infra'];
    const here = said(examples, { TZ: 'UTC', LANG: 'C.UTF-8' });
    expect(here.every((one) => one.length > 100)).toBe(true);
    expect(said(elsewhere, { TZ: 'Pacific/Apia', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, node)).toEqual(here);
    rmSync(elsewhere, { recursive: true });
  });

  test('says the same as the sources', async () => {
    const { status, stdout, stderr } = run(['check', 'shop.infra', '--format', 'json', '--today', '2026-05-01']);
    const inMemory = await archlint(['check', 'shop.infra', '--format', 'json'], {
      files: { '/project/shop.infra': shop },
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toBe(inMemory.stdout);
    const piped = run(['check', '-', '--stdin-filename', 'shop.infra', '--format', 'json', '--today', '2026-05-01'], {
      input: shop,
    });
    expect(piped.stdout).toBe(stdout);
  });

  test('draws, writes whole files, and says what it cannot write', () => {
    expect(run(['render', 'shop.infra', '-o', 'a.svg'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: 'drawn: a.svg\n',
    });
    expect(run(['render', 'shop.infra']).stdout).toBe(readFileSync(join(temporary, 'a.svg'), 'utf8'));
    expect(readdirSync(temporary).sort()).toEqual(['a.svg', 'shop.infra']);
    expect(run(['render', 'shop.infra', '-o', 'a.png', '--scale', '2'])).toMatchObject({
      status: 0,
      stderr: 'drawn: a.png\n',
    });
    const width = widthOf(readFileSync(join(temporary, 'a.svg'), 'utf8'));
    expect(readFileSync(join(temporary, 'a.png')).readUInt32BE(16)).toBe(2 * Number(width));
    const nowhere = run(['render', 'shop.infra', '-o', 'no/such/folder.svg']);
    expect(nowhere.status).toBe(2);
    expect(nowhere.stderr).toContain('its folder does not exist');
  }, 20_000);

  test('draws by the engine that is asked for; ELK is in no other bundle', () => {
    copyFileSync(join(root, 'examples/scaled-up.infra'), join(temporary, 'zones.infra'));
    const drawn = ['svg', 'html', 'png'].map((format) => {
      const { status, stderr } = run(['render', 'zones.infra', '--engine', 'elk', '-o', `elk.${format}`]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: `drawn: elk.${format}\n` });
      const content = readFileSync(join(temporary, `elk.${format}`));
      rmSync(join(temporary, `elk.${format}`));
      return format === 'png' ? String(content.readUInt32BE(16)) : widthOf(content.toString());
    });
    const ours = widthOf(run(['render', 'zones.infra', '--engine', 'layered']).stdout);
    expect(ours).toBe(widthOf(readFileSync(join(root, 'examples/scaled-up.svg'), 'utf8')));
    expect(new Set(drawn).size).toBe(1);
    expect(drawn).not.toContain(ours);
    rmSync(join(temporary, 'zones.infra'));
    const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as {
      outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
    };
    const programs = Object.entries(outputs).filter(([path]) => path.endsWith('.cjs'));
    const holding = programs.filter(([, { inputs }]) =>
      Object.entries(inputs).some(([path, { bytesInOutput }]) => path.includes('/elkjs/') && bytesInOutput > 0),
    );
    expect(holding.map(([path]) => path)).toEqual(['dist/elk.cjs']);
  }, 30_000);

  test('explains, lists and helps', () => {
    expect(run(['explain', 'spof'])).toMatchObject({ status: 0, stderr: '' });
    expect(run(['explain', 'spof']).stdout).toContain('spof');
    expect(run(['--version']).stdout).toBe(
      `${(JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version}\n`,
    );
    expect(run(['check', '--help']).stdout).toContain('--fail-on');
  }, 20_000);

  test('completes in bash, which cuts words at `=` and `:`', () => {
    const bin = join(temporary, 'bin');
    mkdirSync(bin);
    symlinkSync(program, join(bin, 'archlint'));
    const lines = [
      ['ch'],
      ['check', '--fo'],
      ['check', '--format', '='],
      ['check', '--format', '=', 'ju', '--quiet', '--fail-on', ''],
      ['check', '--rule', 'quor'],
      ['check', '--rule', 'quorum', '=', 'w'],
      ['explain', 'missing-mo'],
    ];
    const script = `PATH=${bin}:$PATH; source <(archlint completion bash); complete -p archlint >&2
typed() { COMP_WORDS=(archlint "$@") COMP_CWORD=$#; _archlint archlint; echo "\${COMPREPLY[*]}"; }
${lines.map((words) => `typed ${words.map((word) => `'${word}'`).join(' ')}`).join('\n')}`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8', env: environment });
    rmSync(bin, { recursive: true });
    expect(stderr).toBe('complete -o bashdefault -o default -F _archlint archlint\n');
    expect(stdout.split('\n')).toEqual([
      'check',
      '--format',
      'full concise json sarif junit github gitlab checkstyle rdjson markdown html',
      'error warning info never',
      'quorum=',
      'warning',
      'missing-monitoring',
      '',
    ]);
  }, 20_000);

  const hasZsh = spawnSync('zsh', ['-f', '-c', ':']).status === 0;
  (hasZsh ? test : test.skip)(
    'completes in zsh (needs the program zsh)',
    () => {
      const bin = join(temporary, 'bin');
      mkdirSync(bin);
      symlinkSync(program, join(bin, 'archlint'));
      // What zsh's own functions for completion would be told.
      const script = `PATH=${bin}:$PATH
compdef() { echo "compdef $*" }; compadd() { echo "\${found[*]}" }; _files() { echo files }; compset() { }
source <(archlint completion zsh)
typed() { local -a words=(archlint "$@"); local CURRENT=$#words; _archlint }
typed ch; typed check --fo; typed check --format=j; typed check --rule quor; typed explain missing-mo; typed check sho`;
      const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8', env: environment });
      rmSync(bin, { recursive: true });
      expect({ stderr, lines: stdout.split('\n') }).toEqual({
        stderr: '',
        lines: [
          'compdef _archlint archlint',
          'check',
          '--format',
          '--format=json --format=junit',
          'quorum=',
          'missing-monitoring',
          'files',
          '',
        ],
      });
    },
    30_000,
  );

  test('a closed pipe ends quietly', async () => {
    writeFileSync(
      join(temporary, 'large.txt'),
      Array.from({ length: 4000 }, (_, index) => `host h${index} { web -> }\n`).join(''),
    );
    const child = spawn(
      'bash',
      ['-c', `"${process.execPath}" "${program}" check large.txt | head -n 1; exit "\${PIPESTATUS[0]}"`],
      { cwd: temporary, env: environment },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const status = await new Promise((resolve) => child.on('close', resolve));
    rmSync(join(temporary, 'large.txt'));
    expect({ status, stderr, lines: stdout.split('\n').length }).toEqual({ status: 1, stderr: '', lines: 2 });
  }, 20_000);

  test('an interruption ends at once with 130', async () => {
    const child = spawn(process.execPath, [program, 'check', '-'], {
      cwd: temporary,
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.write('host a {');
    const closed = new Promise((resolve) =>
      child.on('close', (code, signal) => {
        resolve(code ?? signal);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill('SIGINT');
    expect(await closed).toBe(130);
  }, 20_000);

  test('the library has the stages, and does what the program does', () => {
    const script = `import { check, draw, parse, report } from ${JSON.stringify(join(root, 'dist/index.js'))};
const tree = parse({ path: 'shop.infra', text: ${JSON.stringify(shop)} });
const { system, findings } = check({ main: 'shop.infra', trees: new Map([['shop.infra', tree]]), unreadable: new Map() });
process.stdout.write(report({ files: ['shop.infra'], findings, unjudged: [], summary: true }, { format: 'concise' }));
process.stdout.write(await draw(system, findings, { theme: 'auto' }));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: environment,
    });
    const expected = run(['check', 'shop.infra', '--format', 'concise']).stdout + run(['render', 'shop.infra']).stdout;
    expect({ stderr: stderr.slice(-300), same: stdout === expected }).toEqual({ stderr: '', same: true });
  }, 20_000);

  test('what the build changes about the parser changes nothing of what it says', () => {
    const mistakes = join(root, 'test/mistakes');
    const texts = readdirSync(mistakes)
      .filter((name) => name.endsWith('.infra'))
      .map((name) => readFileSync(join(mistakes, name), 'utf8'));
    const pieces = [
      'a',
      'host b',
      '{',
      '}',
      '->',
      ',',
      '|',
      ':',
      '"x"',
      '"y',
      '[2]',
      ']',
      ';',
      '\n',
      '\n',
      '# c\n',
      '\u0001',
    ];
    const soups = fc.sample(
      fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(' ')),
      { numRuns: 500, seed: 1 },
    );
    // As text it runs in the other process, too.
    const said = (read: (source: { path: string; text: string }) => Tree, all: readonly string[]) =>
      all.map((text) =>
        JSON.stringify(read({ path: 'a.infra', text }), (key, value: unknown) => (key === 'source' ? '' : value)),
      );
    const script = `import { readFileSync } from 'node:fs'; import { parse } from ${JSON.stringify(join(root, 'dist/index.js'))};
process.stdout.write(JSON.stringify((${String(said)})(parse, JSON.parse(readFileSync(0, 'utf8')))));`;
    const all = [...texts, ...soups];
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: environment,
      input: JSON.stringify(all),
      maxBuffer: 1 << 28,
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(said(parse, all));
    expect(all.filter((text) => parse({ path: 'a.infra', text }).diagnostics.length > 0).length).toBeGreaterThan(300);
  }, 60_000);

  test('a git hook checks what is staged', () => {
    const repository = join(temporary, 'repository');
    mkdirSync(repository);
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: repository,
        encoding: 'utf8',
        env: { ...environment, GIT_CONFIG_NOSYSTEM: '1' },
      });
    git('init', '--quiet');
    const hook = `#!/bin/sh\ngit diff --cached --name-only --diff-filter=ACM -z -- '*.infra' | xargs -0 -r "${process.execPath}" "${program}" check\n`;
    writeFileSync(join(repository, '.git/hooks/pre-commit'), hook, { mode: 0o755 });
    writeFileSync(join(repository, 'shop.infra'), shop);
    git('add', '.');
    const refused = git('commit', '--quiet', '-m', 'one');
    expect(refused.status).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('error[spof]');
    writeFileSync(join(repository, 'shop.infra'), sound);
    git('add', '.');
    expect(git('commit', '--quiet', '-m', 'two').status).toBe(0);
  }, 20_000);
});

/** Of the first picture in it, as it says itself. */
function widthOf(text: string): string {
  return /viewBox="0 \d+ (\d+)/.exec(text)?.[1] ?? 'none';
}
