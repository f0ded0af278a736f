// The same systems drawn by archlint and by Graphviz's `dot`, from the DOT that archlint exports: crossings, overlaps, bytes and time.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../grammar/index.js';
import { faultsOf } from '../../src/layout/faults.js';
import { layout } from '../../src/layout/index.js';
import { projectOf, resolve } from '../../src/model/index.js';
import { large, replicated } from '../random-picture.js';
import { crossingsIn, crossingsOf, type Stroke } from './drawn.js';

/** Each with about as many nodes as it says. */
const systems: readonly { readonly name: string; readonly text: string }[] = [
  ...[1, 2, 5, 11, 24].map((servers) => ({ name: `${servers * 8 + 12} regular`, text: replicated(2, servers) })),
  ...[3, 13, 28, 58, 122].map((size) => ({ name: `${Math.round(size * 1.64)} random`, text: large(2, size) })),
];

/** The edges of an SVG by Graphviz. Its curves are followed in eight steps a piece. */
function strokesIn(svg: string): Stroke[] {
  return [...svg.matchAll(/<g id="edge\d+" class="edge">[^]*?<\/g>/g)].flatMap(([edge], line) => {
    const path = /<path[^>]* d="([^"]+)"/.exec(edge)?.[1];
    const numbers = path?.match(/-?[\d.]+/g)?.map(Number) ?? [];
    const points: [number, number][] = numbers.length > 1 ? [[numbers[0] ?? 0, numbers[1] ?? 0]] : [];
    for (let at = 2; at + 5 < numbers.length; at += 6) {
      const control = (offset: number) => [0, 2, 4, 6].map((step) => numbers[at - 2 + step + offset] ?? 0);
      for (let step = 1; step <= 8; step++) points.push([bezier(control(0), step / 8), bezier(control(1), step / 8)]);
    }
    return points.length > 1 ? [{ line, points }] : [];
  });
}

function bezier([a = 0, b = 0, c = 0, d = 0]: readonly number[], at: number): number {
  const rest = 1 - at;
  return rest ** 3 * a + 3 * rest ** 2 * at * b + 3 * rest * at ** 2 * c + at ** 3 * d;
}

function timed(command: string, args: readonly string[]): { ms: number; status: number | null } {
  const start = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'ignore', timeout: 120_000 });
  return { ms: Math.round(performance.now() - start), status };
}

const folder = mkdtempSync(join(tmpdir(), 'archlint-compare-'));
const program = 'dist/archlint.cjs';
try {
  console.log(
    '| nodes | archlint: crossings | faults | kB | ms | dot: crossings | kB | ms |\n|---|---|---|---|---|---|---|---|',
  );
  for (const { name, text } of systems) {
    const [source, ours, graph, theirs] = ['.infra', '.svg', '.dot', '.dot.svg'].map((end) => join(folder, `x${end}`));
    if (!source || !ours || !graph || !theirs) continue;
    writeFileSync(source, text);
    const scene = await layout(resolve(projectOf(parse({ path: 'x.infra', text }))).system);
    const own = timed(process.execPath, [program, 'render', '--no-findings', source, '-o', ours]);
    timed(process.execPath, [program, 'render', '--no-findings', source, '-o', graph]);
    const other = timed('dot', ['-Tsvg', graph, '-o', theirs]);
    const kilobytes = (path: string) => Math.round(readFileSync(path).length / 1000);
    const dot =
      other.status === 0
        ? [crossingsIn(strokesIn(readFileSync(theirs, 'utf8'))), kilobytes(theirs), other.ms]
        : ['gives up', '–', '–'];
    console.log(
      `| ${[name, crossingsOf(scene), faultsOf(scene).length, kilobytes(ours), own.ms, ...dot].join(' | ')} |`,
    );
    for (const path of [ours, graph, theirs]) rmSync(path, { force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
