// Prints how the parts of the engine grow with their input: single points, pairs, exact solutions of random fault trees by family, and intervals of hosted tiers.
// `npm run bench engine`. Times are of the processor, not of the clock, and a machine is only comparable with itself: look at the ratios.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import { orderOneCuts, orderTwoCuts, type Structure, type StructureGate } from '../../src/analysis/engine/index.js';
import { solve } from '../../src/analysis/engine/solve.js';
import { hostedTiers } from './random-tree.js';
import { families, type Made } from './tree-families.js';

/** How many trees of each family and size: what does not fit takes some ten seconds each. */
const seedsOf = (size: number): number => (size < 300 ? 2 : 1);

function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Each size as a multiple of the one before, in time. */
function growth(name: string, sizes: readonly number[], work: (size: number) => void): void {
  const times = sizes.map((size) => seconds(() => work(size)));
  const shown = sizes.map((size, at) => {
    const ratio = at === 0 ? '' : `, ×${(times[at]! / times[at - 1]!).toFixed(1)}`;
    return `${size}: ${times[at]!.toFixed(2)} s${ratio}`;
  });
  console.log(`  ${name}: ${shown.join('; ')}`);
}

/** A chain in rings of ten, each of which leads to the next. */
function rings(count: number): Structure {
  const gates = Array.from({ length: count }, (_, at): StructureGate => {
    const next = at + 1 < count ? [at + 1] : [];
    return { op: 'and', events: [at], gates: at % 10 === 9 ? [at - 9, ...next] : next };
  });
  return { eventCount: count, gates };
}

/** Tiers of nine, eight of which are needed, over hosts that carry nine instances each; every tier calls the next. */
function tiers(count: number): Structure {
  const hosts = Math.ceil(count / 10);
  const gates: StructureGate[] = [];
  for (let tier = 0; tier < hosts; tier++) {
    const below = gates.length - 1;
    const instances = Array.from({ length: 9 }, (_, at) => {
      const events = [tier * 9 + at, hosts * 9 + ((tier + at * 3) % hosts)];
      return gates.push({ op: 'and', events, gates: tier === 0 ? [] : [below] }) - 1;
    });
    gates.push({ op: 'atleast', k: 8, events: [], gates: instances });
  }
  return { eventCount: hosts * 10, gates };
}

console.log('single points, by elements');
growth('one chain in rings of ten', [1_000, 10_000, 100_000], (size) => orderOneCuts(rings(size), [0]));
console.log('pairs, by elements');
growth('tiers over shared hosts', [75, 150, 300, 600], (size) => {
  const structure = tiers(size);
  orderTwoCuts(structure, [structure.gates.length - 1]);
});

function trees(name: string, seeds: number, make: (seed: number) => Made): void {
  const times: number[] = [];
  const widths: number[] = [];
  let complete = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { tree, probabilities } = make(seed);
    times.push(
      seconds(() => {
        const { exact, low, high, cutSetsComplete } = solve(tree, probabilities);
        if (!exact) widths.push((high - low) / high);
        if (cutSetsComplete) complete++;
      }),
    );
  }
  const width = widths.length === 0 ? '' : `, widest interval ${Math.max(...widths).toExponential(0)} of the value`;
  const sum = times.reduce((a, b) => a + b, 0);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `  ${name}: exact ${seeds - widths.length} of ${seeds}, all cut sets ${complete}${width}, ${(sum / seeds).toFixed(2)} s each, slowest ${Math.max(...times).toFixed(2)} s, at most ${memory} MB so far`,
  );
}

for (const size of [75, 150, 300]) {
  console.log(`random trees of ${size} events and ${size} gates`);
  for (const [name, make] of Object.entries(families)) trees(name, seedsOf(size), (seed) => make(seed, size));
}
console.log('ten tiers of twelve over 36 hosts in three zones');
for (const needed of [12, 9, 7, 4])
  trees(`${needed} of the twelve stop a tier`, 4, (seed) =>
    hostedTiers({ own: seed % 2 === 0, shared: seed % 3 === 0, needed, seed }),
  );
