// How long `archlint check` takes on a large system, and how much memory, and `archlint analyze` on one of nearly a hundred thousand nodes, each a
// single point: the built program in a process of its own.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, large } from './generate.js';
import { quietEnvironment } from './quiet.js';

const folder = mkdtempSync(join(tmpdir(), 'archlint-large-'));
try {
  const file = join(folder, 'large.infra');
  const text = generate(1);
  writeFileSync(file, text);
  writeFileSync(
    join(folder, 'memory.cjs'),
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(join(folder, 'peak'))}, String(process.resourceUsage().maxRSS)))`,
  );
  const run = (args: readonly string[], bounds: string): void => {
    const before = process.hrtime.bigint();
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--require', join(folder, 'memory.cjs'), 'dist/archlint.cjs', ...args],
      { env: quietEnvironment(), maxBuffer: 1 << 30 },
    );
    const seconds = Number(process.hrtime.bigint() - before) / 1e9;
    const megabytes = Number(readFileSync(join(folder, 'peak'), 'utf8')) / 1024;
    console.log(
      `${args[0] ?? ''} ${args.slice(2).join(' ')}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB, status ${status ?? 'none'}, ${stdout.length} bytes of output (at most ${bounds})`,
    );
  };
  console.log(`${text.split('\n').length} lines, 10,000 components`);
  for (const format of ['full', 'json']) run(['check', file, '--format', format], '3 s and 500 MB');
  // With its places, just under the limit of nodes.
  const chain = { ...large, components: 88_000, chain: 88_000 };
  writeFileSync(file, generate(1, chain));
  console.log('88,000 components in one chain, 99,090 nodes');
  run(['analyze', file, '--json'], '5 s for the single points, and 1 GB');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
