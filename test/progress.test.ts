// What takes long says how far it is, on a terminal and nowhere else; and an interruption ends it at once and leaves nothing.

import { afterAll, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../grammar/index.js';
import { layout } from '../src/layout/index.js';
import { projectOf, resolve } from '../src/model/index.js';
import { quietEnvironment } from './bench/quiet.js';
import { large, replicated } from './random-picture.js';
import { archlint, type Given } from './world.js';

const back = '\r\u001B[K';
const file = { files: { '/project/x.infra': large(1, 25) } };

async function stderrOf(given: Given, ...more: readonly string[]): Promise<string> {
  return (await archlint(['render', 'x.infra', '-o', 'x.svg', ...more], { ...file, ...given })).stderr;
}

describe('on a terminal', () => {
  test('what takes more than a second has a line, which is gone at the end', async () => {
    const stderr = await stderrOf({ columns: 80, tick: 150 });
    const [before, ...shown] = stderr.split(back);
    expect(before).toBe('');
    expect(shown.pop()).toBe('drawn: x.svg\n');
    expect(shown.length).toBeGreaterThan(3);
    for (const line of shown) expect(line).toMatch(/^archlint: (?:placing boxes(?:, \d+ %)?|drawing)$/);
    expect(shown.at(-1)).toBe('archlint: drawing');
    const shares = shown.flatMap((line) => /, (\d+) %/.exec(line)?.[1] ?? []).map(Number);
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  test('the line never fills the terminal, where it could not be taken back', async () => {
    const shown = (await stderrOf({ columns: 24, tick: 150 })).split(back).slice(0, -1);
    expect(Math.max(...shown.map((line) => line.length))).toBe(23);
  });

  test('what is long and cannot say how far it is has one at once', async () => {
    const files = { '/project/x.infra': replicated(2, 8) };
    expect(await stderrOf({ files, columns: 80 }, '--engine', 'elk')).toBe(
      `${back}archlint: placing boxes${back}archlint: drawing${back}drawn: x.svg\n`,
    );
  });

  test('pictures of a report have one, too', async () => {
    const { stderr } = await archlint(['check', 'x.infra', '--format', 'html=x.html'], {
      ...file,
      columns: 80,
      tick: 150,
    });
    expect(stderr).toMatch(/placing boxes, \d+ %/);
    expect(stderr.endsWith(back)).toBe(true);
  });

  test('what takes less than a second has none', async () => {
    expect(await stderrOf({ columns: 80 })).toBe('drawn: x.svg\n');
  });
});

test.each<[string, Given]>([
  ['in a pipe', { tick: 150 }],
  ['in CI', { columns: 80, tick: 150, environment: { CI: 'true' } }],
  ['on a terminal that takes nothing back', { columns: 80, tick: 150, environment: { TERM: 'dumb' } }],
])('there is no line %s', async (_, given) => {
  expect(await stderrOf(given)).toBe('drawn: x.svg\n');
});

test.each([
  ['that is wired at random', large(3, 40)],
  ['that is placed in lanes', replicated(2, 3)],
])('the progress of a system %s goes from 0 to 1, and has no say in the picture', async (_, text) => {
  const { system } = resolve(projectOf(parse({ path: 'x.infra', text })));
  const shares: number[] = [];
  const scene = await layout(system, { progress: (share) => shares.push(share) });
  expect(shares.length).toBeGreaterThan(2);
  expect(shares.every((share, at) => share > (shares[at - 1] ?? 0) && share <= 1)).toBe(true);
  expect(scene).toEqual(await layout(system));
});

const temporary = mkdtempSync(join(tmpdir(), 'archlint-progress-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

// Of util-linux: it runs a command on a terminal of its own, and ends as the command did.
const known = spawnSync('script', ['--version'], { encoding: 'utf8' });
const hasTerminal = known.status === 0 && known.stdout.includes('util-linux');

(hasTerminal ? describe : describe.skip)('the program on a terminal (needs `script` of util-linux)', () => {
  const begin = (name: string) => {
    const line = [process.execPath, join(process.cwd(), 'dist/archlint.cjs'), 'render', name, '-o', 'picture.svg'];
    const child = spawn('script', ['-qec', line.map((word) => `'${word}'`).join(' '), '/dev/null'], {
      cwd: temporary,
      env: { ...quietEnvironment(), CI: '', TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    const ended = new Promise<{ status: number | null; shown: string }>((resolve) => {
      child.on('close', (status) => resolve({ status, shown }));
    });
    const seen = (text: string) =>
      new Promise<void>((resolve) => {
        child.stdout.on('data', (data: Buffer) => {
          shown += data.toString();
          if (shown.includes(text)) resolve();
        });
      });
    return { child, ended, seen };
  };

  test('an interruption of a long drawing ends it at once with 130, and leaves nothing', async () => {
    writeFileSync(join(temporary, 'large.infra'), large(2, 900));
    const { child, ended, seen } = begin('large.infra');
    await Promise.race([seen('placing boxes, '), ended]);
    child.stdin.write('\u0003');
    const { status, shown } = await ended;
    expect({ status, shown }).toEqual({ status: 130, shown: expect.stringMatching(/placing boxes, \d+ %/) });
    expect(shown).not.toContain('drawn');
    expect(readdirSync(temporary)).toEqual(['large.infra']);
    rmSync(join(temporary, 'large.infra'));
  }, 60_000);

  test('a short drawing only says what it has drawn', async () => {
    writeFileSync(join(temporary, 'small.infra'), 'client visitor\nhost c { web nginx }\nvisitor -> nginx : http\n');
    const { child, ended, seen } = begin('small.infra');
    await seen('drawn');
    child.stdin.end();
    expect(await ended).toEqual({ status: 0, shown: 'drawn: picture.svg\r\n' });
  }, 60_000);
});
