// The systems of the comparison, and each in the languages of the tools that it compares, with the same boxes, lines and words.

import { readFileSync } from 'node:fs';
import { parse } from '../../grammar/index.js';
import { exportAs } from '../../src/export/index.js';
import { diagramOf, linesOf, type Shape } from '../../src/export/diagram.js';
import { layout } from '../../src/layout/index.js';
import { projectOf, resolve, type System } from '../../src/model/index.js';
import { render } from '../../src/render/index.js';
import type { Measures } from './measured.js';

export const folder = 'docs/comparison';
/** How many nodes each has, about. */
export const sizes = [10, 20, 50, 100, 200] as const;

export function systemOf(size: number): System {
  const path = `${folder}/${size}.infra`;
  return resolve(projectOf(parse({ path, text: readFileSync(path, 'utf8') }))).system;
}

/** By the end of the file's name. */
export function sourcesOf(size: number): Readonly<Record<'dot' | 'd2' | 'mmd' | 'puml', string>> {
  const system = systemOf(size);
  const options = { findings: [], columns: 80, ascii: false };
  return {
    dot: exportAs('dot', system, options),
    d2: exportAs('d2', system, options),
    mmd: exportAs('mermaid', system, options),
    puml: plantUml(system),
  };
}

export async function drawn(size: number): Promise<string> {
  return render(await layout(systemOf(size)), [], { theme: 'auto', findings: false });
}

/** What the table says of a picture, up to its size and time. */
export function rowOf(size: number, tool: string, found: Measures): string {
  const { crossings, bends, overlaps, collisions, contrast, faint } = found;
  return `| ${[size, tool, crossings, bends, overlaps, collisions, contrast.toFixed(1), faint].join(' | ')} |`;
}

const forms: Partial<Record<Shape['kind'], string>> = { client: 'actor', db: 'database', queue: 'queue' };

/** archlint writes no PlantUML; this is enough to time it. */
function plantUml(system: System): string {
  const { title, shapes, arrows } = diagramOf(system, []);
  const lines = ['@startuml', `title ${title}`, 'left to right direction'];
  const write = (shape: Shape, indent: string): void => {
    const form = shape.children.length > 0 ? 'rectangle' : (forms[shape.kind] ?? 'rectangle');
    const start = `${indent}${form} "${linesOf(shape).join('\\n')}" as ${shape.key}`;
    if (shape.children.length === 0) lines.push(start);
    else {
      lines.push(`${start} {`);
      for (const child of shape.children) write(child, `${indent}  `);
      lines.push(`${indent}}`);
    }
  };
  for (const shape of shapes) write(shape, '');
  for (const { from, to, label } of arrows) lines.push(`${from.key} --> ${to.key}${label === '' ? '' : ` : ${label}`}`);
  return `${[...lines, '@enduml'].join('\n')}\n`;
}
