// Diagram → D2. https://d2lang.com

import { findingText, gravest, linesOf, marksText, type Arrow, type Diagram, type Shape } from './diagram.js';

const outlines: Partial<Record<Shape['kind'], string>> = {
  client: 'person',
  db: 'cylinder',
  storage: 'stored_data',
  queue: 'queue',
  cdn: 'cloud',
  lb: 'hexagon',
};

const colours = { error: '#b3261e', warning: '#8f5400', info: '#2558a8' } as const;

export function d2({ title, note, shapes, arrows, findings }: Diagram): string {
  const heading = [title, note].filter((words) => words !== '');
  const legend = findings.map((found) => `${marksText([found])} ${findingText(found)}`);
  const lines = ['direction: right'];
  if (heading.length > 0) lines.push(`archlint_title: ${text(heading)} {`, '  shape: text', '  near: top-center', '}');
  for (const shape of shapes) write(shape, '', lines);
  for (const arrow of arrows) writeArrow(arrow, lines);
  if (legend.length > 0)
    lines.push(`archlint_findings: ${text(legend)} {`, '  shape: text', '  near: bottom-center', '}');
  return `${lines.join('\n')}\n`;
}

function write(shape: Shape, indent: string, lines: string[]): void {
  const severity = gravest(shape.marks);
  const outline = shape.children.length > 0 ? undefined : outlines[shape.kind];
  const body = [
    ...(outline === undefined ? [] : [`shape: ${outline}`]),
    ...(shape.count > 1 ? ['style.multiple: true'] : []),
    ...(shape.states.includes('standby') || shape.kind === 'network' || severity === 'warning'
      ? ['style.stroke-dash: 4']
      : []),
    ...(severity === undefined ? [] : [`style.stroke: ${text([colours[severity]])}`, 'style.stroke-width: 3']),
    ...(shape.link === undefined ? [] : [`link: ${text([shape.link])}`]),
  ];
  const start = `${indent}${shape.key}: ${text(linesOf(shape))}`;
  if (body.length === 0 && shape.children.length === 0) {
    lines.push(start);
    return;
  }
  lines.push(`${start} {`, ...body.map((line) => `${indent}  ${line}`));
  for (const child of shape.children) write(child, `${indent}  `, lines);
  lines.push(`${indent}}`);
}

function writeArrow({ from, to, label, encryption, optional, upkeep, mutual, marks }: Arrow, lines: string[]): void {
  const words = [label, marksText(marks)].filter((word) => word !== '').join(' ');
  const start = `${pathOf(from)} ${mutual ? '<->' : '->'} ${pathOf(to)}${words === '' ? '' : `: ${text([words])}`}`;
  const style = upkeep
    ? ['style.stroke-dash: 3', 'style.opacity: 0.7']
    : [...(optional ? ['style.stroke-dash: 6'] : []), ...(encryption === 'yes' ? ['style.stroke-width: 4'] : [])];
  if (style.length === 0) lines.push(start);
  else lines.push(`${start}${words === '' ? ':' : ''} {`, ...style.map((line) => `  ${line}`), '}');
}

function pathOf(shape: Shape): string {
  return shape.parent ? `${pathOf(shape.parent)}.${shape.key}` : shape.key;
}

/** In double quotes, where lines can end; `$` would begin a substitution. */
function text(lines: readonly string[]): string {
  return `"${lines.map((line) => line.replace(/["\\$]/g, '\\$&')).join('\\n')}"`;
}
