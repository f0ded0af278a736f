// Diagram → Mermaid, as a flowchart. https://mermaid.js.org/syntax/flowchart.html

import { findingText, gravest, linesOf, marksText, type Arrow, type Diagram, type Shape } from './diagram.js';

const outlines: Partial<Record<Shape['kind'], readonly [string, string]>> = {
  client: ['([', '])'],
  db: ['[(', ')]'],
  storage: ['[(', ')]'],
  queue: ['[[', ']]'],
  cdn: ['{{', '}}'],
  lb: ['{{', '}}'],
  cache: ['(', ')'],
};

export function mermaid({ title, note, shapes, arrows, findings }: Diagram): string {
  const classes = new Map<string, string[]>();
  const lines: string[] = [];
  const write = (shape: Shape, indent: string): void => {
    const severity = gravest(shape.marks);
    const name = severity ?? (shape.states.includes('standby') ? 'standby' : undefined);
    if (name !== undefined) classes.set(name, [...(classes.get(name) ?? []), shape.key]);
    const label = text(linesOf(shape));
    if (shape.children.length > 0) {
      lines.push(`${indent}subgraph ${shape.key}["${label}"]`);
      for (const child of shape.children) write(child, `${indent}  `);
      lines.push(`${indent}end`);
    } else {
      const [left, right] = outlines[shape.kind] ?? ['[', ']'];
      lines.push(`${indent}${shape.key}${left}"${label}"${right}`);
    }
    if (shape.link !== undefined) lines.push(`${indent}click ${shape.key} href "${address(shape.link)}"`);
  };
  for (const shape of shapes) write(shape, '  ');
  for (const arrow of arrows) lines.push(`  ${arrowText(arrow)}`);
  if (findings.length > 0) {
    const legend = findings.map((found) => `${marksText([found])} ${findingText(found)}`);
    lines.push(`  findings["${text(legend)}"]`, '  style findings text-align:left');
  }
  const styles: Readonly<Record<string, string>> = {
    error: 'stroke:#b3261e,stroke-width:3px',
    warning: 'stroke:#8f5400,stroke-width:3px,stroke-dasharray:8 3',
    info: 'stroke:#2558a8,stroke-width:2px,stroke-dasharray:2 3',
    standby: 'stroke-dasharray:5 4',
  };
  for (const [name, keys] of [...classes].sort(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(`  classDef ${name} ${styles[name] ?? ''}`, `  class ${keys.join(',')} ${name}`);
  const heading = [title, note].filter((words) => words !== '').join(' — ');
  const front = heading === '' ? [] : ['---', `title: ${JSON.stringify(heading)}`, '---'];
  return `${[...front, 'flowchart LR', ...lines].join('\n')}\n`;
}

function arrowText({ from, to, label, encryption, optional, upkeep, mutual, marks }: Arrow): string {
  const stroke = optional || upkeep ? '-.->' : encryption === 'yes' ? '==>' : '-->';
  const words = [label, marksText(marks)].filter((word) => word !== '').join(' ');
  return `${from.key} ${mutual ? '<' : ''}${stroke}${words === '' ? '' : `|"${text([words])}"|`} ${to.key}`;
}

/** Every sign that means something to Mermaid, to its Markdown or to HTML, as `#code;`. */
function text(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/[^\p{L}\p{M}\p{N} _:/,()[\]×·—.`\-]|^[-.`]|(?<=^\d+)\.(?= )/gu, code))
    .join('<br>');
}

function code(character: string): string {
  return `#${character.codePointAt(0) ?? 0};`;
}

function address(link: string): string {
  return link.replace(/["\\]/g, (character) => encodeURIComponent(character));
}
