// How long the single points of nearly a hundred thousand nodes take, read from a text; then how long `archlint check` takes on a large system, and how much
// memory, and `archlint analyze` on those nodes: the built program in a process of its own.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../grammar/index.js';
import { orderOneCuts } from '../../src/analysis/engine/index.js';
import { structureOf } from '../../src/analysis/structure.js';
import { projectOf, resolve } from '../../src/model/index.js';
import { generate, large } from './generate.js';
import { quietEnvironment } from './quiet.js';

// With its places, just under the limit of nodes.
const chain = generate(1, { ...large, components: 88_000, chain: 88_000 });

/** In this process, which has done nothing else yet, so that its memory is that of the question. */
function singlePoints(text: string): void {
  const begin = process.cpuUsage();
  const spent = (): string => {
    const { user, system } = process.cpuUsage(begin);
    return `${((user + system) / 1e6).toFixed(2)} s`;
  };
  const { system } = resolve(projectOf(parse({ path: 'chain.infra', text })));
  const read = spent();
  const { structure, full } = structureOf(system);
  const built = spent();
  const found = orderOneCuts(structure, full).flat().length;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${found} single points: read after ${read} of the processor, structure after ${built}, all after ${spent()}, ${megabytes.toFixed(0)} MB (at most 5 s and 1000 MB)`,
  );
}

console.log('88,000 components in one chain, 99,090 nodes');
singlePoints(chain);

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
  writeFileSync(file, chain);
  console.log('88,000 components in one chain, 99,090 nodes');
  run(['analyze', file, '--json'], '5 s for the single points alone');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
