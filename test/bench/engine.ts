// Prints what the engine makes of a hundred random trees of each shape, and of hosted tiers: how many exactly, how narrow the rest, how long.
// npx esbuild test/bench/engine.ts --bundle --platform=node --format=esm --outfile=/tmp/engine.mjs && node /tmp/engine.mjs [shape]
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import { solve } from '../../src/analysis/engine/solve.js';
import type { FaultTree } from '../../src/analysis/engine/tree.js';
import { hostedTiers, randomTree, sharedTree } from './random-tree.js';

type Made = { readonly tree: FaultTree; readonly probabilities: readonly number[] };

const SEEDS = 100;
const shapes: Readonly<Record<string, (seed: number) => Made>> = {
  'later gates and events, 2–6 inputs': (seed) => randomTree(seed, { events: 300, gates: 300, least: 2, most: 6 }),
  'later gates and events, 2–4 inputs': (seed) => randomTree(seed, { events: 300, gates: 300, least: 2, most: 4 }),
  'half of the inputs later gates, 2–6 inputs': (seed) =>
    randomTree(seed, { events: 300, gates: 300, least: 2, most: 6, gateShare: 0.5 }),
  'half of the inputs later gates, 2–4 inputs': (seed) =>
    randomTree(seed, { events: 300, gates: 300, least: 2, most: 4, gateShare: 0.5 }),
  'tree and 2 % more': (seed) => sharedTree(seed, 300, 300, 0.02),
  'tree and 5 % more': (seed) => sharedTree(seed, 300, 300, 0.05),
  'tree and 10 % more': (seed) => sharedTree(seed, 300, 300, 0.1),
  'tree and 20 % more': (seed) => sharedTree(seed, 300, 300, 0.2),
  'window of 10, 2–4 inputs': (seed) =>
    randomTree(seed, { events: 300, gates: 300, least: 2, most: 4, window: 10, gateShare: 0.5 }),
  'window of 20, 2–6 inputs': (seed) =>
    randomTree(seed, { events: 300, gates: 300, least: 2, most: 6, window: 20, gateShare: 0.5 }),
  'hosted tiers': (seed) =>
    hostedTiers({ own: seed % 2 === 0, shared: seed % 3 === 0, needed: [12, 9, 7, 4][seed % 4]!, seed }),
};

for (const [name, make] of Object.entries(shapes)) {
  if (process.argv[2] !== undefined && !name.includes(process.argv[2])) continue;
  const seeds = Number(process.argv[3] ?? SEEDS);
  const times: number[] = [];
  const widths: number[] = [];
  let exact = 0;
  let complete = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { tree, probabilities } = make(seed);
    const started = performance.now();
    const result = solve(tree, probabilities);
    times.push((performance.now() - started) / 1000);
    if (result.exact) exact++;
    else widths.push((result.high - result.low) / result.high);
    if (result.cutSetsComplete) complete++;
  }
  widths.sort((a, b) => a - b);
  const sum = times.reduce((a, b) => a + b, 0);
  const largest = Math.max(...times);
  const shown = [0, 0.5, 1]
    .map((at) => widths[Math.round(at * (widths.length - 1))]?.toExponential(1) ?? '–')
    .join(' ');
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${name}: exact ${exact}/${seeds}, all cut sets ${complete}, relative widths ${shown}, ${sum.toFixed(1)} s, slowest ${largest.toFixed(1)} s, ${memory} MB`,
  );
}
