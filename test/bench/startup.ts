// How long a run of the built program takes, as a multiple of `node -e 0`: medians of pairs run in turn, so that both meet the same machine.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quietEnvironment } from './quiet.js';

export interface Ratio {
  readonly what: string;
  readonly ratio: number;
  /** Milliseconds, medians. */
  readonly milliseconds: number;
  readonly node: number;
}

function timed(args: readonly string[]): number {
  const before = process.hrtime.bigint();
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'ignore', env: quietEnvironment() });
  const after = process.hrtime.bigint();
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status ?? 'a signal'}`);
  return Number(after - before) / 1e6;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

export function startup(program: string, args: readonly string[], pairs: number): Ratio {
  const own: number[] = [];
  const node: number[] = [];
  const each: number[] = [];
  for (let pair = -2; pair < pairs; pair++) {
    const first = timed(['-e', '0']);
    const second = timed([program, ...args]);
    // The first two warm the disk's cache.
    if (pair < 0) continue;
    node.push(first);
    own.push(second);
    each.push(second / first);
  }
  return { what: args.join(' '), ratio: median(each), milliseconds: median(own), node: median(node) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = process.cwd();
  const program = `${root}/dist/archlint.cjs`;
  // Alone in a project of its own, and in this repository, where every other file is asked whether it imports the sample.
  const alone = mkdtempSync(join(tmpdir(), 'archlint-startup-'));
  writeFileSync(join(alone, 'package.json'), '{}');
  const sample = join(alone, 'sixty-lines.infra');
  copyFileSync(`${root}/test/bench/sixty-lines.infra`, sample);
  const runs = [
    ['check', sample],
    ['check', `${root}/test/bench/sixty-lines.infra`],
    ['check', sample, '--color', 'always'],
    ['check', sample, '--format', 'json'],
    ['rules'],
    ['explain', 'spof'],
    ['--version'],
    ['--help'],
    ['render', sample],
  ];
  for (const args of runs) {
    const { ratio, milliseconds, node } = startup(program, args, 25);
    const shown = args.map((arg) => arg.replace(`${alone}/`, '').replace(`${root}/`, '')).join(' ');
    console.log(
      `${ratio.toFixed(2)} × node -e 0   archlint ${shown}   (${milliseconds.toFixed(1)} ms, node ${node.toFixed(1)} ms)`,
    );
  }
  rmSync(alone, { recursive: true });
}
