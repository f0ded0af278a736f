// Pictures wider than a page, in rows: what must hold of them, on systems made from numbers, and where they are cut.

import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { arrange } from '../src/layout/arrange.js';
import { bundlesOf } from '../src/layout/bundles.js';
import { cutsIn } from '../src/layout/cuts.js';
import type { Placement } from '../src/layout/engine.js';
import { faultsOf } from '../src/layout/faults.js';
import { folded } from '../src/layout/fold.js';
import { layout, type Scene } from '../src/layout/index.js';
import { placeLayered } from '../src/layout/layered/index.js';
import { outlineOf } from '../src/layout/pieces.js';
import { runsOf, withPlates } from '../src/layout/runs.js';
import { sceneOf } from '../src/layout/settle.js';
import { stacksOf } from '../src/layout/stacks.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { crossingsOf } from './bench/drawn.js';
import { large } from './random-picture.js';
import { archlint } from './world.js';

function systemOf(text: string): System {
  return resolve(projectOf(parse({ path: 'test.infra', text }))).system;
}

/** The picture in one row, and in rows of at most that width, whatever is wrong with them. */
async function both(system: System, width: number): Promise<{ plain: Scene; narrow?: Scene }> {
  const stacks = stacksOf(system, 'never');
  const bundles = bundlesOf(system, stacks);
  const outline = outlineOf(system, stacks, bundles);
  const runs = runsOf(bundles);
  const [pieces, wires] = [withPlates(outline.pieces, runs), runs.flatMap((run) => run.wires.map(({ wire }) => wire))];
  const placement = await arrange(pieces, wires, { engine: placeLayered, ordered: false });
  const scene = (where: Placement) => sceneOf({ system, stacks, outline, runs, placement: where });
  const inRows = folded(placement, pieces, wires, width);
  return { plain: scene(placement), ...(inRows ? { narrow: scene(inRows) } : {}) };
}

const endsOf = ({ lines }: Scene) => lines.map(({ id, branches }) => [id, branches.map(({ from, to }) => [from, to])]);
const boxesOf = ({ boxes }: Scene) => boxes.map(({ id, width, height }) => [id, width, height]);

describe('a picture in rows', () => {
  test('has the same boxes and lines, no fault, no crossing more, and is narrower', async () => {
    let folds = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const text = large(seed, [6, 12, 20][seed % 3] ?? 6);
      const { plain, narrow } = await both(systemOf(text), 700);
      if (!narrow) continue;
      folds += 1;
      expect({ text, faults: faultsOf(narrow) }).toEqual({ text, faults: [] });
      expect([boxesOf(narrow), endsOf(narrow)]).toEqual([boxesOf(plain), endsOf(plain)]);
      expect(crossingsOf(narrow)).toBeLessThanOrEqual(crossingsOf(plain));
      expect(narrow.width).toBeLessThan(0.9 * plain.width);
    }
    expect(folds).toBeGreaterThan(30);
  }, 30_000);

  const names = 'abcdefghijkl'.split('').map((letter) => `part-${letter}`);
  const calls = names.slice(1).map((name, index) => `${names[index] ?? ''} -> ${name} : https`);
  const chain = `${[...names.map((name) => `app ${name}`), ...calls].join('\n')}\n`;

  test('is read as text is: from left to right, then below', async () => {
    const system = systemOf(chain);
    const { boxes, lines, width } = await layout(system, { width: 900 });
    expect(width).toBeLessThanOrEqual(900);
    const rows = [...new Set(boxes.map(({ y }) => y))];
    expect(rows.length).toBeGreaterThan(1);
    const read = [...boxes].sort((a, b) => a.y - b.y || a.x - b.x).map(({ id }) => id);
    expect(read).toEqual(names);
    for (const { branches } of lines)
      for (const { points } of branches) expect(points.length === 2 || points.length === 6).toBe(true);
  });

  test('has as many rows as it takes, in little time', async () => {
    const many = Array.from(
      { length: 400 },
      (_, index) => `part-${index.toString(36).replace(/./g, (one) => `${one}-`)}x`,
    );
    const text = [
      ...many.map((name) => `app ${name}`),
      ...many.slice(1).map((name, at) => `${many[at] ?? ''} -> ${name} : https`),
    ];
    const system = systemOf(`${text.join('\n')}\n`);
    const started = performance.now();
    const scene = await layout(system);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(scene.width).toBeLessThanOrEqual(1600);
    expect(faultsOf(scene)).toEqual([]);
  });

  test('is asked for by its width, and is left as it is within it', async () => {
    const files = { '/project/chain.infra': chain };
    const widthOf = async (...options: string[]) => {
      const { stdout } = await archlint(['render', 'chain.infra', '-o', '-', ...options], { files });
      return Number(/viewBox="0 0 (\d+)/.exec(stdout)?.[1]);
    };
    const plain = await widthOf('--width', 'none');
    expect(plain).toBeGreaterThan(1600);
    expect(await widthOf('--width', String(plain))).toBe(plain);
    expect(await widthOf()).toBeLessThanOrEqual(1600);
    expect(await widthOf('--width', '800')).toBeLessThanOrEqual(800);
    const narrow = await archlint(['render', 'chain.infra', '-o', 'a.svg', '--width', '100'], { files });
    expect(narrow.status).toBe(0);
    expect(narrow.stderr).toMatch(/the picture stays \d+ px wide: for 100, a box or many lines would have to be cut/);
    for (const wrong of ['5', '48', '9999999', '12px', '-800', 'nine']) {
      const { status, stderr } = await archlint(['render', 'chain.infra', `--width=${wrong}`], { files });
      expect({ wrong, status }).toEqual({ wrong, status: 2 });
      expect(stderr).toContain('a number of px from 100 to 999999, such as 1200, or `none`');
    }
    const text = await archlint(['render', 'chain.infra', '--width', '800', '--format', 'text'], { files });
    expect(text.stderr).toContain('`--width` is for pictures that are drawn');
  });

  test('keeps a label that no line goes on from with the copies that it stands beside', async () => {
    const text = [
      'app caller',
      'host a { db kept { role primary } }',
      'host b { db kept { role replica } }',
      'storage away',
      'caller -> kept : mysql tls',
      'kept -> kept : replication tls "all that is kept here"',
      'kept -> away : backup',
    ];
    const system = systemOf(`${text.join('\n')}\n`);
    const plain = await layout(system, { width: Infinity });
    const narrows = await Promise.all([300, 500, 700].map((width) => layout(system, { width })));
    expect(narrows.some(({ width }) => width < plain.width)).toBe(true);
    const shapeOf = ({ lines }: Scene) =>
      lines.flatMap(({ title, branches }) =>
        title.includes('all that is kept') ? branches.map(({ points }) => points.length) : [],
      );
    for (const narrow of narrows) expect(shapeOf(narrow)).toEqual(shapeOf(plain));
    expect(shapeOf(plain)).not.toEqual([]);
  });
});

describe('a cut', () => {
  const area = (x: number) => ({ x, y: 0, width: 100, height: 100 });
  const line = (...points: (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));
  const placement = (routes: Record<string, ReturnType<typeof line>>): Placement => ({
    width: 300,
    height: 100,
    areas: new Map(),
    routes: new Map(Object.entries(routes)),
  });

  test('is where the fewest lines pass, and does without their turns in the gap', () => {
    const fork = {
      a: line([100, 50], [130, 50], [130, 20], [200, 20]),
      b: line([100, 50], [130, 50], [130, 80], [200, 80]),
    };
    const cuts = cutsIn(placement(fork), [area(0), area(200)]);
    // Behind the fork the turns are needed; before it, nothing is.
    expect(cuts).toEqual([{ at: 115, left: 100, right: 115, lines: [{ height: 50, before: 50, after: 50 }] }]);
    const step = { a: line([100, 50], [130, 50], [130, 20], [200, 20]) };
    expect(cutsIn(placement(step), [area(0), area(200)])).toEqual([
      { at: 115, left: 100, right: 200, lines: [{ height: 50, before: 50, after: 20 }] },
    ]);
  });

  test('is not through what stands above something else', () => {
    expect(cutsIn(placement({}), [area(0), area(80), area(200)])).toHaveLength(1);
    expect(cutsIn(placement({}), [])).toEqual([]);
  });
});
