// How long `archlint check` takes on a large system, and how much memory: the built program in a process of its own.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from './generate.js';
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
  console.log(`${text.split('\n').length} lines, 10,000 components`);
  for (const format of ['full', 'json']) {
    const before = process.hrtime.bigint();
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--require', join(folder, 'memory.cjs'), 'dist/archlint.cjs', 'check', file, '--format', format],
      { env: quietEnvironment(), maxBuffer: 1 << 30 },
    );
    const seconds = Number(process.hrtime.bigint() - before) / 1e9;
    const megabytes = Number(readFileSync(join(folder, 'peak'), 'utf8')) / 1024;
    console.log(
      `check --format ${format}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB, status ${status ?? 'none'}, ${stdout.length} bytes of output (at most 3 s and 500 MB)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
