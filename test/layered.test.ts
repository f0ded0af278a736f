// The layered engine: its steps, each against what it should do by definition, and the whole, on systems of all sizes and against ELK.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { textAt } from '../src/base/source.js';
import { placeByElk } from '../src/layout/elk.js';
import { faultsOf } from '../src/layout/faults.js';
import { layout } from '../src/layout/index.js';
import { blockOf, insert, joined, placeOf } from '../src/layout/layered/blocks.js';
import { inversions } from '../src/layout/layered/crossings.js';
import { earliest, tightest, type Tie } from '../src/layout/layered/simplex.js';
import { sortBy } from '../src/layout/layered/stable.js';
import { crossingOf, setTracks, type Crossing } from '../src/layout/layered/tracks.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { bendsOf, crossingsOf } from './bench/drawn.js';
import { large, missing } from './random-picture.js';

function systemOf(text: string): System {
  return resolve(projectOf(parse({ path: 'test.infra', text }))).system;
}

/** Ties from lower to higher numbers, all of which are joined to the first. */
const ties = fc.integer({ min: 2, max: 5 }).chain((count) => {
  const one = fc
    .record({
      a: fc.nat(count - 1),
      b: fc.nat(count - 1),
      least: fc.integer({ min: 0, max: 2 }),
      weight: fc.nat(4),
    })
    .filter(({ a, b }) => a !== b)
    .map(({ a, b, least, weight }): Tie => ({ from: Math.min(a, b), to: Math.max(a, b), least, weight }));
  const all = Array.from({ length: count - 1 }, (_, index): Tie => ({ from: 0, to: index + 1, least: 0, weight: 0 }));
  return fc.array(one, { maxLength: 9 }).map((some) => ({ count, ties: [...all, ...some] }));
});

function kept(values: readonly number[], all: readonly Tie[]): boolean {
  return all.every(({ from, to, least }) => (values[to] ?? 0) - (values[from] ?? 0) >= least);
}

function costOf(values: readonly number[], all: readonly Tie[]): number {
  return all.reduce((sum, { from, to, weight }) => sum + weight * ((values[to] ?? 0) - (values[from] ?? 0)), 0);
}

/** Every choice of numbers from 0 to `most`. */
function* choices(count: number, most: number): Generator<number[]> {
  if (count === 0) yield [];
  else for (const rest of choices(count - 1, most)) for (let one = 0; one <= most; one++) yield [...rest, one];
}

describe('numbers held together by ties', () => {
  test('cost the least there is', () => {
    fc.assert(
      fc.property(ties, ({ count, ties: all }) => {
        const values = [...tightest(count, all)];
        expect(kept(values, all)).toBe(true);
        expect(Math.min(...values)).toBe(0);
        let least = Infinity;
        // The first is the lowest of all by the ties to it, so it can stay at 0; more than 8 is never needed.
        for (const rest of choices(count - 1, count < 5 ? 8 : 6)) {
          const some = [0, ...rest];
          if (kept(some, all)) least = Math.min(least, costOf(some, all));
        }
        expect(costOf(values, all)).toBeLessThanOrEqual(least);
      }),
      { numRuns: 60 },
    );
  });

  test('are as small as ties allow', () => {
    fc.assert(
      fc.property(ties, ({ count, ties: all }) => {
        const values = [...earliest(count, all)];
        expect(kept(values, all)).toBe(true);
        values.forEach((value, index) => {
          const lower = values.map((one, at) => (at === index ? value - 1 : one));
          expect(value === 0 || !kept(lower, all)).toBe(true);
        });
      }),
    );
  });
});

test('crossings are the pairs in the wrong order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 30 }), (list) => {
      let count = 0;
      list.forEach((one, at) => {
        for (const other of list.slice(at + 1)) if (one > other) count += 1;
      });
      expect(inversions(list, 13)).toBe(count);
    }),
  );
});

test('things are sorted by their keys, and equals stay as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 80 }), (keys) => {
      const things = Int32Array.from(keys, (_, index) => keys.length - 1 - index);
      const before = [...things];
      const wanted = [...things].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      const changed = sortBy(things, things.length, Float64Array.from(keys));
      expect([...things]).toEqual(wanted);
      expect(changed).toBe(wanted.some((thing, at) => thing !== before[at]));
    }),
  );
});

test('what touches stands where its weighted wishes are nearest', () => {
  const wishes = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(wishes, wishes, (upper, lower) => {
      const [one, other] = [upper, lower].map((some, place) => {
        const block = blockOf(place);
        for (const [at, weight] of some) insert(block, at, weight);
        return block;
      });
      if (!one || !other) return;
      const all = [...upper, ...lower];
      const cost = (place: number) => all.reduce((sum, [at, weight]) => sum + weight * Math.abs(at - place), 0);
      const best = Math.min(...all.map(([at]) => cost(at)));
      const block = joined(one, other);
      expect(cost(placeOf(block))).toBe(best);
      expect([block.first, block.last]).toEqual([0, 1]);
    }),
  );
});

describe('tracks', () => {
  interface Stretch {
    readonly of: number;
    readonly upright: boolean;
    readonly at: number;
    readonly from: number;
    readonly to: number;
  }

  /** What is drawn of it, between the columns at -1 and at `tracks`. */
  function stretchesOf(one: Crossing, of: number, tracks: number): Stretch[] {
    const drawn: Stretch[] = [];
    const upright = (at: number, ys: readonly number[]) =>
      drawn.push({ of, upright: true, at, from: Math.min(...ys), to: Math.max(...ys) });
    const level = (at: number, from: number, to: number) => drawn.push({ of, upright: false, at, from, to });
    if (one.top === one.bottom) {
      level(one.top, -1, tracks);
      return drawn;
    }
    const first = one.step?.first ?? one.track;
    for (const y of one.left) level(y, -1, first);
    for (const y of one.right) level(y, one.track, tracks);
    if (one.step) {
      level(one.step.y, first, one.track);
      upright(first, [...one.left, one.step.y]);
      upright(one.track, [one.step.y, ...one.right]);
    } else upright(one.track, [...one.left, ...one.right]);
    return drawn;
  }

  /** Each net comes in and goes out at heights of its own, which others may have on the other side. */
  const nets = fc
    .tuple(
      fc.shuffledSubarray([0, 20, 40, 60, 80, 100, 120, 140], { minLength: 8 }),
      fc.shuffledSubarray([0, 20, 40, 60, 80, 100, 120, 140], { minLength: 8 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })), {
        minLength: 1,
        maxLength: 8,
      }),
    )
    .map(([left, right, sizes]) => {
      const [lefts, rights] = [[...left], [...right]];
      return sizes.flatMap(([into, out]) => {
        const [some, others] = [lefts.splice(0, into), rights.splice(0, out)];
        return some.length > 0 && others.length > 0 ? [crossingOf(some, others)] : [];
      });
    });

  test('keep lines off each other', () => {
    fc.assert(
      fc.property(nets, (crossings) => {
        const tracks = setTracks(crossings);
        const all = crossings.flatMap((one, of) => stretchesOf(one, of, tracks));
        for (const one of all)
          for (const other of all) {
            if (one.of === other.of || one.upright !== other.upright || one.at !== other.at) continue;
            const shared = one.upright
              ? one.from <= other.to && other.from <= one.to
              : one.from < other.to && other.from < one.to;
            expect(shared ? [one, other] : []).toEqual([]);
          }
      }),
      { numRuns: 300 },
    );
  });

  test('let lines of one direction pass without crossing', () => {
    const down = [crossingOf([0], [60]), crossingOf([20], [80]), crossingOf([40], [100])];
    setTracks(down);
    expect(down.map((one) => one.track)).toEqual([2, 1, 0]);
    const up = [crossingOf([60], [0]), crossingOf([80], [20]), crossingOf([100], [40])];
    setTracks(up);
    expect(up.map((one) => one.track)).toEqual([0, 1, 2]);
  });

  test('are changed on the way by one of two that change places', () => {
    const swapped = [crossingOf([0], [60]), crossingOf([60], [0])];
    expect(setTracks(swapped)).toBe(3);
    expect(swapped.filter((one) => one.step)).toHaveLength(1);
  });
});

describe('a scene', () => {
  const examples = readdirSync('examples').filter((name) => name.endsWith('.infra'));

  // Most are small, where every kind of place and line meets every other; the largest has about 1,000 nodes.
  const sizes = [...Array.from({ length: 192 }, (_, seed) => 3 + ((seed * 7) % 17)), 30, 40, 50, 60, 80, 100, 150, 620];

  test(`of ${sizes.length} generated systems is sound and whole`, async () => {
    for (const [seed, size] of sizes.entries()) {
      const text = large(seed + 1, size);
      const system = systemOf(text);
      const scene = await layout(system, { stacks: seed % 2 === 0 ? 'always' : 'never' });
      const found = { faults: faultsOf(scene), missing: missing(system, scene) };
      if (found.faults.length + found.missing.length > 0)
        expect({ text, ...found }).toEqual({ text, faults: [], missing: [] });
    }
    expect(systemOf(large(sizes.length, sizes.at(-1) ?? 0)).nodes.size).toBeGreaterThan(950);
  }, 120_000);

  const everywhere = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.infra'),
  );

  test.each(['always', 'never'] as const)('shows every connection of every example, stacks: %s', async (stacks) => {
    for (const path of everywhere) {
      const system = systemOf(readFileSync(`examples/${path}`, 'utf8'));
      const { lines } = await layout(system, { stacks });
      const drawn = new Set(lines.flatMap(({ places }) => places.map(({ start, end }) => `${start} ${end}`)));
      const lost = system.connections.filter(({ at }) => !drawn.has(`${at.start} ${at.end}`));
      expect({ path, lost: lost.map(({ extent }) => textAt(extent)) }).toEqual({ path, lost: [] });
    }
  });

  test('says what the copies of a stack do to each other, or draws each of them', async () => {
    const text = ['a', 'b', 'c'].map((name) => `host ${name} { db etcd }`).join('\n');
    const system = systemOf(`${text}\netcd -> etcd : tcp/2380 tls\n`);
    const [stacked, each] = [await layout(system, { stacks: 'always' }), await layout(system, { stacks: 'never' })];
    expect(stacked.boxes.filter(({ kind }) => kind === 'host').map(({ count }) => count)).toEqual([3]);
    expect(each.boxes.filter(({ kind }) => kind === 'host').map(({ count }) => count)).toEqual([1, 1, 1]);
    const [line] = stacked.lines;
    expect(line?.plate?.texts.map((one) => one.text)).toEqual(['tcp/2380', 'to each other']);
    expect(line?.title).toContain('to each other');
    expect(line?.mutual).toBe(true);
    expect([line?.from, line?.to]).toEqual([
      ['a/etcd', 'b/etcd', 'c/etcd'],
      ['a/etcd', 'b/etcd', 'c/etcd'],
    ]);
    expect(faultsOf(stacked)).toEqual([]);
  });

  test.each(examples)('of %s has no more bends and crossings than ELK would make', async (name) => {
    const system = systemOf(readFileSync(`examples/${name}`, 'utf8'));
    const [ours, theirs] = [await layout(system), await layout(system, { engine: placeByElk })];
    expect(faultsOf(theirs)).toEqual([]);
    expect(crossingsOf(ours)).toBeLessThanOrEqual(crossingsOf(theirs));
    expect(bendsOf(ours)).toBeLessThanOrEqual(bendsOf(theirs));
    expect(ours.width).toBeLessThanOrEqual(theirs.width);
  });
});
