// Runs the benchmarks: all, or those that are named. They are TypeScript, so each is bundled first.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = process.argv.length > 2 ? process.argv.slice(2) : ['startup', 'check', 'files', 'engine'];
// In reach of the packages that are not bundled.
const out = mkdtempSync(join(folder, '../../node_modules/.archlint-bench-'));
try {
  for (const name of names.filter((each) => existsSync(join(folder, `${each}.ts`)))) {
    const bundle = join(out, `${name}.mjs`);
    const banner = {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    };
    await build({
      entryPoints: [join(folder, `${name}.ts`)],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner,
      external: ['playwright-core'],
      logLevel: 'error',
    });
    console.log(`\n${name}`);
    const { status } = spawnSync(process.execPath, [bundle], { stdio: 'inherit', cwd: join(folder, '../..') });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
