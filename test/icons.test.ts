// The marks: a sheet of all of them, the page that shows it, and what tells a product.

import { expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { iconOf, products } from '../src/layout/icons.js';
import type { Box, Scene, Text } from '../src/layout/scene.js';
import { kindNames } from '../src/model/kinds.js';
import { projectOf, resolve } from '../src/model/index.js';
import { render } from '../src/render/index.js';
import { markNames, markOf } from '../src/render/marks.js';
import { expectFile, expectPart } from './generated.js';

const kinds = kindNames.map((kind) => ({ key: kind, name: kind }));
const columns = 10;
const cell = { width: 96, height: 80 };
const margin = 24;

/** A box without a frame: the mark as in a card, as in a title beside it, and the name below. */
function entry(mark: { readonly key: string; readonly name: string }, x: number, y: number): readonly Box[] {
  const middle = x + cell.width / 2;
  const box = (id: string, icon: number, left: number, texts: readonly Text[]): Box => ({
    id,
    subjects: [],
    kind: 'service',
    form: 'chip',
    depth: 0,
    ...cell,
    x,
    y,
    icon: { x: left, y: y + 10 + (28 - icon) / 2, width: icon, height: icon, key: mark.key },
    texts,
    states: [],
    count: 1,
    guards: [],
    title: mark.name,
  });
  const lines = mark.name.split(/ and the like|, /).filter((line) => line !== '');
  const names = lines.map((text, line): Text => ({
    x: middle,
    y: y + 56 + line * 16,
    text,
    style: 'label',
    anchor: 'middle',
  }));
  return [box(mark.key, 28, middle - 28, names), box(`small-${mark.key}`, 16, middle + 12, [])];
}

function sheet(): Scene {
  const heading: Text[] = [];
  const boxes: Box[] = [];
  let y = margin;
  const parts = [
    { title: 'Kinds', entries: kinds },
    {
      title: 'Products',
      entries: [...products].sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1)),
    },
  ];
  for (const { title, entries } of parts) {
    heading.push({ x: margin, y: y + 20, text: title, style: 'heading', anchor: 'start' });
    y += 36;
    entries.forEach((mark, index) => {
      boxes.push(
        ...entry(mark, margin + (index % columns) * cell.width, y + Math.floor(index / columns) * cell.height),
      );
    });
    y += Math.ceil(entries.length / columns) * cell.height + 12;
  }
  return {
    width: columns * cell.width + 2 * margin,
    height: y,
    name: 'The marks of kinds and products',
    description: `${kinds.length} kinds and ${products.length} products.`,
    heading,
    boxes,
    lines: [],
  };
}

test('the sheet of all marks', () => {
  expectFile('docs/icons.svg', render(sheet(), [], { theme: 'auto' }));
});

test('the page says what tells each product', () => {
  const rows = products.map(
    ({ name, words, kinds: of }) => `| ${name} | ${words.map((word) => `\`${word}\``).join(' ')} | ${of.join(', ')} |`,
  );
  expectPart('docs/icons.md', 'products', ['| mark | words | kinds |', '| --- | --- | --- |', ...rows].join('\n'));
});

test('every kind and product has a mark of its own, in strokes on the grid', () => {
  expect([...markNames].sort()).toEqual([...kinds, ...products].map(({ key }) => key).sort());
  expect(new Set(markNames.map(markOf)).size).toBe(markNames.length);
  for (const name of markNames) expect(markOf(name)).toMatch(/^M[MLHVCQAZ\d. ]+$/);
});

function iconIn(statement: string): string {
  const { system } = resolve(projectOf(parse({ path: 'a.infra', text: `${statement}\n` })));
  const [node] = system.nodes.values();
  return node ? iconOf(node) : '';
}

test.each(products.flatMap((product) => product.words.map((word) => ({ word, ...product }))))(
  '`$word` tells $key',
  ({ word, key, kinds: of }) => {
    for (const kind of of) expect(iconIn(`${kind} ${word}-1`)).toBe(key);
    expect(iconIn(`monitor a { software ${word} }`)).toBe(key);
  },
);

test.each([
  ['monitor postgres-exporter', 'monitor'],
  ['service javascript', 'service'],
  ['app db-nodes', 'app'],
  ['app cargo', 'app'],
  ['client nginx', 'client'],
  ['host redis { app a }', 'host'],
  ['storage vault', 'storage'],
  ['db postgres { software mariadb }', 'mariadb'],
  ['app shop { software "Java" }', 'java'],
  ['cache redis1', 'redis'],
  ['cache elasticache', 'cache'],
])('%s is shown as %s', (statement, key) => {
  expect(iconIn(statement)).toBe(key);
});
