// A small change of a file → a small change of its picture; and what nothing connects is placed as if it were alone.

import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { layout, type Scene } from '../src/layout/index.js';
import { placeLayered } from '../src/layout/layered/index.js';
import { measure, onGrid } from '../src/layout/text.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { render } from '../src/render/index.js';
import { large, replicated, reshuffled } from './random-picture.js';

function systemOf(text: string): System {
  return resolve(projectOf(parse({ path: 'test.infra', text }))).system;
}

const regular = replicated(2, 12);

describe('one letter of a label', () => {
  test.each<[string, string, 'always' | 'never']>([
    ['a large regular system, stacked', replicated(2, 40), 'always'],
    ['a large regular system, each host drawn', replicated(2, 40), 'never'],
    ['a randomly wired system, stacked', large(2, 60), 'always'],
    ['a randomly wired system, each host drawn', large(2, 60), 'never'],
  ])('changes at most three lines of the picture of %s', async (_, text, stacks) => {
    const [label, other] = ['A visitor', 'A visiter'];
    expect(onGrid(measure(label, 'name'))).toBe(onGrid(measure(other, 'name')));
    const said = text.replace(/client visitor.*/, `client visitor "${label}"`);
    const draw = async (source: string) =>
      render(await layout(systemOf(source), { stacks }), [], { theme: 'auto' }).split('\n');
    const [before, after] = [await draw(said), await draw(said.replace(label, other))];
    expect(after).toHaveLength(before.length);
    const changed = before.filter((line, index) => line !== after[index]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThanOrEqual(3);
  });
});

describe('one more host', () => {
  const server = 'web nginx; app gunicorn; cache redis\nnginx -> gunicorn : unix\ngunicorn -> redis : redis';

  test.each<[string, string, string]>([
    ['at the end', regular, `${regular}host later { cache memory }\n`],
    [
      'that nothing connects, in the middle',
      regular,
      regular.replace('host d1 {', 'host later { cache memory }\nhost d1 {'),
    ],
    ['like the others, behind them', regular, regular.replace('host d1 {', `host w1x13 {\n${server}\n}\nhost d1 {`)],
    [
      'like the others, between them',
      regular,
      regular.replace('host w1x7 {', `host later {\n${server}\n}\nhost w1x7 {`),
    ],
    [
      'in a randomly wired system',
      large(4, 30),
      large(4, 30).replace('host h5 {', 'host later { cache memory }\nhost h5 {'),
    ],
  ])('keeps the order of the rest: %s', async (_, before, after) => {
    const [one, other] = [systemOf(before), systemOf(after)];
    expect(other.nodes.size).toBeGreaterThan(one.nodes.size);
    const scenes = [await layout(one, { stacks: 'never' }), await layout(other, { stacks: 'never' })] as const;
    expect(reshuffled(...scenes)).toEqual([]);
  });
});

describe('places without arrows between them', () => {
  /** A zone with so many hosts, each calling some of those after it. */
  const zone = (name: string, hosts: number): string => {
    const lines = Array.from({ length: hosts }, (__, at) => `host ${name}-host-${at}x { app ${name}-app-${at}x }`);
    const call = (from: number, to: number) => `${name}-app-${from}x -> ${name}-app-${to}x : http`;
    const calls = Array.from({ length: hosts - 1 }, (__, at) => [
      call(at, at + 1),
      ...(at + 3 < hosts ? [call(at, at + 3)] : []),
    ]).flat();
    return `zone ${name} {\n${[...lines, ...calls].join('\n')}\n}\n`;
  };
  const zones: readonly (readonly [string, number])[] = [
    ['alpha', 9],
    ['beta', 14],
    ['gamma', 5],
  ];
  const all = systemOf(zones.map(([name, hosts]) => zone(name, hosts)).join(''));

  /** Boxes and lines of a place, from its corner. */
  const placeIn = ({ boxes, lines }: Scene, name: string): object => {
    const own = boxes.find(({ id }) => id === name);
    const { x = NaN, y = NaN } = own ?? {};
    return {
      boxes: boxes
        .filter(({ id }) => id.startsWith(name))
        .map((box) => [box.id, box.x - x, box.y - y, box.width, box.height]),
      lines: lines
        .filter(({ id }) => id.startsWith(name))
        .map(({ id, branches }) => [id, branches.map(({ points }) => points.map((one) => [one.x - x, one.y - y]))]),
    };
  };

  test('look as each would alone', async () => {
    const scene = await layout(all, { stacks: 'never' });
    for (const [name, hosts] of zones) {
      const alone = placeIn(await layout(systemOf(zone(name, hosts)), { stacks: 'never' }), name);
      expect(placeIn(scene, name)).toEqual(alone);
    }
  });

  test('are placed one after the other, never together', async () => {
    const placed: number[] = [];
    await layout(all, {
      stacks: 'never',
      engine: (pieces, wires, ordered) => {
        const names = new Set(pieces.flatMap(({ id, plate }) => (plate ? [] : [id.split('/')[0]])));
        expect(names.size).toBe(1);
        placed.push(pieces.filter(({ plate }) => !plate).length);
        return placeLayered(pieces, wires, ordered);
      },
    });
    expect(placed).toEqual(zones.map(([, hosts]) => hosts));
  });
});
