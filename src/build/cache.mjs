// The bundles in `dist/` → V8's code cache for them, made after each has done its work once, so that what work needs is in it.
// Without arguments it runs itself once for every command; with arguments it is that run.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const here = fileURLToPath(import.meta.url);
const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const sample = fileURLToPath(new URL('sample.infra', import.meta.url));
const config = fileURLToPath(new URL('sample.config.json', import.meta.url));
// Something has to be written down; nobody reads it.
const known = join(tmpdir(), `archlint-build-${process.pid}.json`);
// `analyze` is not among them: it gains a tenth, and its cache is as large as the others.
const runs = [
  ['check', sample, '--color', 'always'],
  ['check', sample, '--config', config],
  ['check', '--diff', sample],
  ['baseline', sample, '--output', known],
  ['accepted', sample],
  ['config', '--print', sample, '--config', config],
  ['render', sample],
  ['render', sample, '--format', 'png'],
  ['render', sample, '--format', 'text'],
  ['graph', sample],
  ['fmt', '--diff', sample],
  ['diff', sample, sample],
  ['rules'],
  ['explain', 'spof'],
  ['--help'],
];

if (process.argv.length === 2) {
  for (const args of runs) {
    try {
      execFileSync(process.execPath, [here, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (error) {
      // 1 is the status of findings, and the sample has some.
      if (error.status !== 1) throw error;
    }
  }
  rmSync(known, { force: true });
} else {
  const require = createRequire(here);
  const scripts = new Map();
  const load = (id) => {
    if (!id.startsWith('./')) return require(id);
    const path = `${dist}/${id.slice(2)}`;
    // The same words around it as in src/cli/cached.ts: V8 compares the length.
    const code = `(function(exports,require,module,__filename,__dirname){${readFileSync(path, 'latin1')}})`;
    const script = new Script(code, { filename: path });
    scripts.set(path, script);
    const module = { exports: {} };
    script.runInThisContext()(module.exports, load, module, path, dist);
    return module.exports;
  };
  const { main, nodeWorld } = load('./main.cjs');
  const status = await main(nodeWorld(dist));
  for (const [path, script] of scripts) {
    const cache = `${path}.${process.versions.v8}-${process.arch}.cache`;
    if (!existsSync(cache)) writeFileSync(cache, script.createCachedData());
  }
  process.exit(status);
}
