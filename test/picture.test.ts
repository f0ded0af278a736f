// Pictures: what must hold of every scene and every SVG, on the examples and on generated systems.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { parse } from '../grammar/index.js';
import { diagnostic } from '../src/base/diagnostic.js';
import { faultsOf } from '../src/layout/faults.js';
import { layout, type Scene } from '../src/layout/index.js';
import { measure, wrap } from '../src/layout/text.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { pictureFindings, render, type PictureFinding } from '../src/render/index.js';
import { dark, light, markPairs, print, textPairs, type Colours } from '../src/render/palette.js';
import { large, many } from './random-picture.js';

function systemOf(text: string, path = 'test.infra'): System {
  return resolve(projectOf(parse({ path, text }))).system;
}

const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.infra'))
  .sort();
const exampleText = (name: string) => readFileSync(`examples/${name}`, 'utf8');

/** Throws at the first thing that is not XML. */
function elementsOf(svg: string): { name: string; id?: string; line: number }[] {
  const elements: { name: string; id?: string; line: number }[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const id = attributes['id']?.value;
    elements.push({ name, line: parser.line, ...(id === undefined ? {} : { id }) });
  });
  parser.write(svg).close();
  return elements;
}

function findingsFor(system: System): PictureFinding[] {
  const nodes = [...system.nodes.values()];
  const [first] = nodes;
  if (!first) return [];
  const connection = system.connections.at(-1);
  return pictureFindings([
    diagnostic({
      code: 'spof',
      message: `\`${first.name}\` stops everything`,
      at: first.at,
      subjects: nodes.slice(0, 3).map((node) => node.id),
    }),
    diagnostic({
      code: 'clear-text',
      severity: 'warning',
      message: 'a call in clear text',
      at: connection?.at ?? first.at,
      subjects: [],
    }),
    diagnostic({
      code: 'watching',
      severity: 'info',
      message: 'nobody watches',
      at: first.at,
      subjects: nodes.map((node) => node.id),
      accepted: { reason: 'small' },
    }),
  ]);
}

/** Every declared node and record stands in the scene, in a stack with its copies. */
function missing(system: System, scene: Scene): string[] {
  const shown = new Set(scene.boxes.flatMap((box) => box.subjects));
  const declared = [
    ...system.nodes.keys(),
    ...system.zones.flatMap((zone) => zone.records.map((record) => record.name)),
  ];
  return declared.filter((subject) => !shown.has(subject));
}

describe('a scene', () => {
  test.each(examples)('of %s is sound and whole', async (name) => {
    const system = systemOf(exampleText(name), name);
    const scene = await layout(system);
    expect(faultsOf(scene)).toEqual([]);
    expect(missing(system, scene)).toEqual([]);
  });

  test('of generated systems is sound and whole', async () => {
    for (let seed = 1; seed <= many; seed++) {
      const text = large(seed, 5 + ((seed * 37) % 90));
      const system = systemOf(text);
      const scene = await layout(system, { stacks: 'never' });
      expect({ text, faults: faultsOf(scene), missing: missing(system, scene) }).toEqual({
        text,
        faults: [],
        missing: [],
      });
    }
  });
});
