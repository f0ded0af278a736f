// How pictures look: what a careful hand would not leave, over the examples.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { layout } from '../src/layout/index.js';
import { projectOf, resolve } from '../src/model/index.js';
import { render } from '../src/render/index.js';

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.infra'))
  .sort();

function sceneOf(name: string) {
  const text = readFileSync(`examples/${name}`, 'utf8');
  return layout(resolve(projectOf(parse({ path: name, text }))).system);
}

test.each(['scaled-up', 'two-zones', 'secured-and-monitored'])(
  'the replication of %s has its label on the upright stretch of its line',
  async (name) => {
    const { lines, width } = await sceneOf(`${name}.infra`);
    const line = lines.find(({ plate }) => plate?.texts.some(({ text }) => text.startsWith('replication')));
    const plate = line?.plate ?? { x: 0, y: 0, width: 0, height: 0 };
    const middle = plate.x + plate.width / 2;
    for (const { points } of line?.branches ?? []) {
      const way = points[0]?.x === middle ? [...points].reverse() : points;
      expect(way.at(-2)?.x).toBe(middle);
      expect(way.at(-2)?.y).not.toBe(way.at(-1)?.y);
    }
    expect(line?.branches).toHaveLength(2);
    expect(width - (plate.x + plate.width)).toBeLessThanOrEqual(24);
  },
);

test('what only watches stands on the side of what it watches, its line not around everything', async () => {
  const { boxes, lines } = await sceneOf('systems/kubernetes-external-etcd.infra');
  const cluster = boxes.find(({ id }) => id === 'cluster');
  const metrics = lines.find(({ from }) => from.some((id) => id.endsWith('prometheus')));
  expect(metrics?.branches.length).toBeGreaterThan(0);
  const points = metrics?.branches.flatMap((branch) => branch.points) ?? [];
  const bottom = (cluster?.y ?? 0) + (cluster?.height ?? 0);
  expect(Math.max(...points.map(({ y }) => y))).toBeLessThan(bottom);
});

test('no line has a step at a box that is too small to be meant', async () => {
  const small = [];
  for (const name of examples) {
    const { boxes, lines } = await sceneOf(name);
    const cards = new Set(boxes.filter(({ form }) => form === 'card').map(({ id }) => id));
    for (const { branches, id } of lines)
      for (const { from, points } of branches) {
        const [first, corner, next, after] = points;
        const step = Math.abs((next?.y ?? NaN) - (first?.y ?? NaN));
        if (after && corner?.x === next?.x && cards.has(from ?? '') && step <= 4) small.push(`${name}: ${id}`);
      }
  }
  expect(small).toEqual([]);
});

test('what dashed branches share is drawn once, since they would fill the gaps of each other', async () => {
  const scene = await sceneOf('systems/content-site-cdn.infra');
  const svg = render(scene, [], { theme: 'light' });
  const paths = [...svg.matchAll(/<path class="secure" d="([^"]*)"[^>]*stroke-dasharray/g)].map(([, d = '']) => d);
  const plate = scene.lines.find(({ plate }) => plate?.texts.some(({ text }) => text.includes('async')))?.plate;
  const middle = `L${(plate?.x ?? 0) + (plate?.width ?? 0) / 2} `;
  const shared = paths.find((path) => path.includes(middle));
  expect(shared?.split('M')).toHaveLength(4);
  expect(shared?.split(middle)).toHaveLength(2);
});
