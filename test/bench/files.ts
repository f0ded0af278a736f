// How long `archlint check` takes on five hundred files of some sixty lines, in one thread and in as many as pay: the built program in processes of its own.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { quietEnvironment } from './quiet.js';
import { site } from './sites.js';

const count = 500;
const folder = mkdtempSync(join(tmpdir(), 'archlint-files-'));
try {
  const texts = Array.from({ length: count }, (_, index) => site(index + 1));
  for (const [index, text] of texts.entries())
    writeFileSync(join(folder, `${String(index).padStart(3, '0')}.infra`), text);
  writeFileSync(join(folder, 'package.json'), '{}');
  const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
  console.log(`${count} files of ${(lines / count).toFixed(0)} lines, ${availableParallelism()} processors`);
  const program = resolve('dist/archlint.cjs');
  const said = [['--threads', '1'], []].map((threads) => {
    const runs = [1, 2, 3].map(() => {
      const before = process.hrtime.bigint();
      const { status, stdout } = spawnSync(process.execPath, [program, 'check', ...threads], {
        cwd: folder,
        env: quietEnvironment(),
        maxBuffer: 1 << 28,
        encoding: 'utf8',
      });
      return { seconds: Number(process.hrtime.bigint() - before) / 1e9, status, stdout };
    });
    const best = Math.min(...runs.map(({ seconds }) => seconds));
    console.log(
      `check ${threads.join(' ') || 'as it is'}: ${best.toFixed(2)} s, status ${runs[0]?.status ?? 'none'} (at most 3 s)`,
    );
    return runs[0]?.stdout;
  });
  console.log(said[0] === said[1] ? 'the same output' : 'NOT the same output');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
