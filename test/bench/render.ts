// How long `render` takes from file to SVG, as a whole process, by size: regular and random systems, with stacks and with each host by itself.
// `npm run bench render`. Limits are by the clock, so the machine has to be quiet; what the processor took (user) tells whether it was.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../grammar/index.js';
import { projectOf, resolve } from '../../src/model/index.js';
import { large, replicated } from '../random-picture.js';
import { generate } from './generate.js';
import { quietEnvironment } from './quiet.js';

interface Limit {
  readonly nodes: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const limits: readonly Limit[] = [
  { nodes: 50, seconds: 0.5, megabytes: Infinity },
  { nodes: 200, seconds: 1.2, megabytes: Infinity },
  { nodes: 1000, seconds: 4, megabytes: 600 },
  { nodes: 3000, seconds: 20, megabytes: Infinity },
];

/** A text for about so many things, which its nodes then are counted of. */
const kinds: Readonly<Record<string, (size: number) => string>> = {
  // Two zones with the same tiers.
  regular: (size) => replicated(2, Math.max(1, Math.round((size - 12) / 8))),
  // Hosts with some components each, wired mostly along the tiers.
  random: (size) => large(2, size),
  // Places four deep, wired without regard for any of them.
  scattered: (size) => generate(1, { components: size, chain: 5, calls: 1, fanEvery: NaN, cycleEvery: 50, needs: 0.5 }),
};

function nodesIn(text: string): number {
  return resolve(projectOf(parse({ path: 'x.infra', text }))).system.nodes.size;
}

/** With as near to so many nodes as a few attempts come. */
function textOf(make: (size: number) => string, nodes: number): string {
  let size = nodes;
  let text = make(size);
  for (let attempt = 0; attempt < 5; attempt++) {
    size = Math.max(3, Math.round((size * nodes) / nodesIn(text)));
    text = make(size);
  }
  return text;
}

const folder = mkdtempSync(join(tmpdir(), 'archlint-render-'));
const program = join(process.cwd(), 'dist/archlint.cjs');
const [source, picture, usage, hook] = ['x.infra', 'x.svg', 'usage', 'hook.cjs'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
];
writeFileSync(
  hook,
  `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())))`,
);

try {
  console.log(
    '| nodes | kind | hosts | clock s | limit | user s | MB | limit | SVG kB |\n|---|---|---|---|---|---|---|---|---|',
  );
  for (const { nodes, seconds, megabytes } of limits)
    for (const [kind, make] of Object.entries(kinds)) {
      const text = textOf(make, nodes);
      writeFileSync(source, text);
      for (const way of ['--stack', '--expand']) {
        const start = performance.now();
        const args = ['--require', hook, program, 'render', source, '-o', picture, way];
        const { status } = spawnSync(process.execPath, args, { stdio: 'ignore', env: quietEnvironment() });
        if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status ?? 'a signal'}`);
        const clock = (performance.now() - start) / 1000;
        const { userCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
        const [user, memory] = [userCPUTime / 1e6, maxRSS / 1024];
        const over = clock > seconds || memory > megabytes;
        if (over) process.exitCode = 1;
        const cells = [nodesIn(text), kind, way === '--stack' ? 'stacked' : 'each'];
        cells.push(clock.toFixed(2), `${seconds}${over ? ' (over a limit)' : ''}`, user.toFixed(2));
        cells.push(memory.toFixed(0), megabytes === Infinity ? '' : megabytes);
        cells.push((readFileSync(picture).length / 1000).toFixed(0));
        console.log(`| ${cells.join(' | ')} |`);
      }
    }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
