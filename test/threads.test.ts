// A check in one thread and in several: the same bytes, and no fault of a thread is lost. Threads are for the built program alone.

import { afterAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quietEnvironment } from './bench/quiet.js';
import { site } from './bench/sites.js';

const formats = ['full', 'concise', 'json', 'sarif', 'junit', 'github', 'gitlab', 'checkstyle', 'rdjson'];

/** Systems by themselves, two that share a part, and one that is not understood. */
const systems: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`site-${index}.infra`, site(index + 1)])),
  'parts/web.infra': 'template server { web nginx }\nhost shared : server\n',
  'left.infra': 'import "parts/web.infra"\nclient visitor\nhost a : server\nvisitor -> nginx : http\n',
  'right.infra': 'import "parts/web.infra"\nclient visitor\nhost b : server\nvisitor -> nginx : http\n',
  'broken.infra': 'host a { web -> }\nhost a\n',
  'archlint.config.json': JSON.stringify({
    plugins: ['./own.mjs'],
    rules: { spof: 'warning', 'acme/own': 'on' },
    overrides: [{ files: ['left.infra'], preset: 'strict' }],
  }),
};

const temporary = mkdtempSync(join(tmpdir(), 'archlint-threads-'));
afterAll(() => {
  rmSync(temporary, { recursive: true, force: true });
});

/** A folder with the systems and a rule of somebody's own: the body of its `check`, and what its module does first. */
function folderWith(name: string, { first = '', body = '' }): string {
  const own = `import { isMainThread } from 'node:worker_threads';
import { existsSync, writeFileSync } from 'node:fs';
${first}
export const rules = [{ id: 'acme/own', category: 'eyes and data', summary: 'finds what is asked for', severity: 'warning',
  preset: 'recommended', options: {}, fixable: false,
  *check(system) { ${body} } }];`;
  const folder = join(temporary, name);
  for (const [path, text] of Object.entries({ ...systems, 'own.mjs': own })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function run(cwd: string, ...args: readonly string[]) {
  const program = join(process.cwd(), 'dist/archlint.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=64', program, ...args], {
    encoding: 'utf8',
    cwd,
    env: quietEnvironment(),
  });
  return { status, stdout, stderr };
}

// The first thread waits until another has had its turn: on a busy machine it might leave nothing to do for it.
const wait = `if (!isMainThread) writeFileSync('turn', '');
  while (!existsSync('turn')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);`;

test('the same bytes in every format, rules of somebody else and what a baseline knows among them', () => {
  const body = `if (existsSync('several')) { ${wait} }
    for (const node of system.nodes.values()) if (node.kind === 'web')
      yield { message: 'own finding', at: node.at, subjects: [node.id] };`;
  const cwd = folderWith('same', { body });
  expect(run(cwd, 'baseline', '--today', '2026-05-01', 'site-1.infra', 'left.infra').status).toBe(0);
  const baseline = join(cwd, 'archlint.baseline.json');
  writeFileSync(baseline, readFileSync(baseline, 'utf8').replace('"spof"', '"quorum"'));
  const said = (threads: string) => {
    const to = formats.flatMap((format) => ['--format', `${format}=out.${format}`]);
    const outcome = run(cwd, 'check', '--today', '2026-05-01', '--threads', threads, ...to);
    return { ...outcome, texts: formats.map((format) => readFileSync(join(cwd, `out.${format}`), 'utf8')) };
  };
  const one = said('1');
  expect(one).toMatchObject({ status: 1, stdout: '' });
  expect(one.stderr).toContain('no longer occurs');
  expect(one.texts[0]).toMatch(/known findings are hidden/);
  expect(one.texts[0]).toContain('warning[acme/own]: own finding');
  for (const text of one.texts) expect(text.length).toBeGreaterThan(1000);
  writeFileSync(join(cwd, 'several'), '');
  expect(said('2')).toEqual(one);
  expect(existsSync(join(cwd, 'turn'))).toBe(true);
  expect(said('5')).toEqual(one);
}, 60_000);

test('a count that is none is refused', () => {
  const { status, stderr } = run(temporary, 'check', '--threads', 'many');
  expect(status).toBe(2);
  expect(stderr).toContain('`--threads` needs a number such as 4, not `many`');
});

test.each([
  ['a rule fails', { body: `${wait} if (!isMainThread) throw new Error('no');` }, '`acme/own` of `own.mjs` failed'],
  ['a rule ends the thread', { body: `${wait} if (!isMainThread) process.exit(0);` }, 'a thread ended with status 0'],
  ['a rule is not there', { first: `if (!isMainThread) throw new Error('no');` }, 'cannot be loaded'],
  [
    'its memory is full',
    { body: `${wait} const all = []; while (!isMainThread) all.push(new Array(1e6).fill(0.5));` },
    'memory',
  ],
])(
  'says so, and ends with 2, where in another thread %s',
  (name, own, word) => {
    const { status, stderr } = run(folderWith(name, own), 'check', '--threads', '2');
    expect(status).toBe(2);
    expect(stderr).toContain(word);
  },
  60_000,
);
