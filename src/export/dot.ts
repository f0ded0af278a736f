// Diagram → DOT, the language of Graphviz. https://graphviz.org/doc/info/lang.html

import { findingText, gravest, linesOf, marksText, type Arrow, type Diagram, type Shape } from './diagram.js';

const outlines: Partial<Record<Shape['kind'], string>> = {
  client: 'shape=ellipse',
  db: 'shape=cylinder',
  storage: 'shape=cylinder',
  queue: 'shape=cds',
  cdn: 'shape=ellipse',
  lb: 'shape=hexagon',
};

const colours = { error: '#b3261e', warning: '#8f5400', info: '#2558a8' } as const;

export function dot({ title, note, shapes, arrows, findings }: Diagram): string {
  const heading = [title, note].filter((words) => words !== '');
  const legend = findings.map((found) => `${marksText([found])} ${findingText(found)}`);
  const lines = [
    `digraph ${quoted(title === '' ? 'archlint' : title)} {`,
    '  graph [rankdir=LR, compound=true, fontname="Inter,Helvetica,Arial,sans-serif", fontsize=14, nodesep=0.4, ranksep=0.9];',
    '  node [shape=box, style=rounded, fontname="Inter,Helvetica,Arial,sans-serif", fontsize=12];',
    '  edge [fontname="Inter,Helvetica,Arial,sans-serif", fontsize=10];',
    ...(heading.length > 0 ? [`  label=${label(heading, '\\n')};`, '  labelloc=t;'] : []),
  ];
  for (const shape of shapes) write(shape, '  ', lines);
  for (const arrow of arrows) lines.push(`  ${arrowText(arrow)}`);
  if (legend.length > 0) lines.push(`  findings [shape=plaintext, label=${label(legend, '\\l')}];`);
  return `${[...lines, '}'].join('\n')}\n`;
}

function write(shape: Shape, indent: string, lines: string[]): void {
  const severity = gravest(shape.marks);
  const look = [
    ...(severity === undefined ? [] : [`color=${quoted(colours[severity])}`, 'penwidth=2']),
    ...(shape.link === undefined ? [] : [`URL=${quoted(shape.link)}`]),
  ];
  if (shape.children.length > 0) {
    const style = shape.kind === 'network' || severity === 'warning' ? 'rounded,dashed' : 'rounded';
    lines.push(`${indent}subgraph ${quoted(`cluster_${shape.key}`)} {`);
    lines.push(
      `${indent}  graph [${[`label=${label(linesOf(shape), '\\n')}`, `style=${quoted(style)}`, ...look].join(', ')}];`,
    );
    for (const child of shape.children) write(child, `${indent}  `, lines);
    lines.push(`${indent}}`);
    return;
  }
  const outline = outlines[shape.kind];
  const standby = shape.states.includes('standby') ? ['style="rounded,dashed"'] : [];
  const attributes = [
    `label=${label(linesOf(shape), '\\n')}`,
    ...(outline === undefined ? [] : [outline]),
    ...standby,
    ...look,
  ];
  lines.push(`${indent}${shape.key} [${attributes.join(', ')}];`);
}

/** An end at a container is one at its first leaf, cut off at the container's edge. */
function arrowText({ from, to, label: words, encryption, optional, upkeep, mutual, marks }: Arrow): string {
  const text = [words, marksText(marks)].filter((word) => word !== '').join(' ');
  const attributes = [
    ...(text === '' ? [] : [`label=${label([text], '\\n')}`]),
    ...(upkeep
      ? ['style=dotted']
      : optional
        ? ['style=dashed']
        : encryption === 'yes'
          ? ['color="black:invis:black"']
          : []),
    ...(mutual ? ['dir=both'] : []),
    ...(from.children.length > 0 ? [`ltail=${quoted(`cluster_${from.key}`)}`] : []),
    ...(to.children.length > 0 ? [`lhead=${quoted(`cluster_${to.key}`)}`] : []),
  ];
  return `${leafOf(from).key} -> ${leafOf(to).key}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};`;
}

function leafOf(shape: Shape): Shape {
  const [first] = shape.children;
  return first ? leafOf(first) : shape;
}

/** A label: entities of HTML are read in it, and `\` leads to what the name of the node is. */
function label(lines: readonly string[], end: '\\n' | '\\l'): string {
  const escaped = lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return `"${end === '\\l' ? escaped.map((line) => `${line}\\l`).join('') : escaped.join('\\n')}"`;
}

/** A name or an address, where nothing is read but the quotes. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
