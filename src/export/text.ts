// Diagram → plain text for a terminal: one box a tier, from top to bottom; arrows to the next box below, all others at the right.

import { cellsOf, visible, widthOf } from '../base/cells.js';
import { bandsOf, type Band, type Link } from './bands.js';
import { newCanvas, type Canvas, type Stroke } from './canvas.js';
import { findingText, marksText, type Diagram } from './diagram.js';

export interface TextOptions {
  /** The most columns to take; at least 40. */
  readonly columns: number;
  readonly ascii: boolean;
}

const strokes: Readonly<Record<Link['look'], Stroke>> = { encrypted: 'double', open: 'single', quiet: 'dotted' };
/** Where the box of a band begins, and where the arrow to the next one comes down. */
const edge = 1;
const stem = 4;
const laneWidth = 3;
const longestLabel = 24;

export function text(diagram: Diagram, options: TextOptions): string {
  const columns = Math.max(40, options.columns);
  const { bands, links } = bandsOf(diagram);
  const heading = [diagram.title, diagram.note]
    .filter((words) => words !== '')
    .flatMap((words) => fill(words, columns));
  const drawing = bands.length > 0 ? draw(bands, links, columns).toLines(options.ascii) : [];
  const parts = [heading, drawing, keyOf(links, options.ascii), legendOf(diagram, columns)].filter(
    (part) => part.length > 0,
  );
  return `${parts.map((part) => part.map((line) => (options.ascii ? asciiOf(line) : line)).join('\n')).join('\n\n')}\n`;
}

function draw(bands: readonly Band[], links: readonly Link[], columns: number): Canvas {
  const canvas = newCanvas();
  const straight = new Map<Band, Link>();
  for (const link of links) {
    const next = link.to.index === link.from.index + 1 && !link.mutual;
    if (next && !straight.has(link.from)) straight.set(link.from, link);
  }
  const around = links.filter((link) => straight.get(link.from) !== link);
  const lanes = lanesOf(around);
  const labels = around.map(({ label }) => wide(shortened(label, longestLabel)));
  const gutter =
    around.length === 0 ? 0 : Math.max(0, ...labels) + 5 + laneWidth * (Math.max(0, ...lanes.values()) + 1);
  const room = Math.max(24, columns - edge - gutter - 1) - 4;
  const wrapped = bands.map((band) => ({
    title: fill(band.title, room - 2),
    rows: band.rows.flatMap((row) => fill(row, room)),
  }));
  const inner = Math.max(
    16,
    ...wrapped.flatMap(({ title, rows }) => [...title.map((line) => wide(line) + 2), ...rows.map(wide)]),
  );
  const right = edge + inner + 3;
  const laneAt = right + Math.max(0, ...labels) + 5;

  const doors = new Map<Link, { out: number; into: number }>();
  let row = 0;
  const into = new Map<Band, number>();
  const out = new Map<string, number>();
  for (const band of bands) {
    const { title = [], rows = [] } = wrapped[band.index] ?? {};
    const content = [...title.slice(1), ...rows];
    const calls = new Set(around.filter((link) => link.from === band).map(keyOfDoor));
    const called = around.some((link) => link.to === band);
    const height = Math.max(content.length, calls.size + (called ? 1 : 0), 1);
    box(canvas, { row, right, height });
    canvas.words(` ${title[0] ?? ''} `, { row, column: edge + 2 });
    content.forEach((line, index) => {
      canvas.words(line, { row: row + 1 + index, column: edge + 2 });
    });
    if (called) into.set(band, row + 1);
    [...calls].forEach((key, index) => out.set(key, row + 1 + index + (called ? 1 : 0)));
    row += height + 2;
    const link = straight.get(band);
    if (link) {
      const stroke = strokes[link.look];
      canvas.line({ row: row - 1, column: stem }, { row: row + 1, column: stem }, stroke);
      fill(link.label, columns - stem - 3)
        .slice(0, 1)
        .forEach((line) => canvas.words(line, { row, column: stem + 2 }));
      canvas.words('▼', { row: row + 1, column: stem });
      row += 2;
    }
  }
  for (const link of around) doors.set(link, { out: out.get(keyOfDoor(link)) ?? 0, into: into.get(link.to) ?? 0 });
  for (const [link, door] of doors) {
    const stroke = strokes[link.look];
    const column = laneAt + laneWidth * (lanes.get(link) ?? 0);
    canvas.line({ row: door.out, column: right }, { row: door.out, column }, stroke);
    canvas.line({ row: door.out, column }, { row: door.into, column }, stroke);
    canvas.line({ row: door.into, column }, { row: door.into, column: right + 1 }, stroke);
  }
  for (const [link, door] of doors) {
    if (link.label !== '')
      canvas.words(` ${shortened(link.label, longestLabel)} `, { row: door.out, column: right + 2 });
    canvas.words('◄', { row: door.into, column: right + 1 });
    if (link.mutual) canvas.words('◄', { row: door.out, column: right + 1 });
  }
  return canvas;
}

/** Arrows that leave a band with the same words leave it together. */
function keyOfDoor({ from, label, look, mutual }: Link): string {
  return [from.index, look, mutual, label].join(' ');
}

function box(canvas: Canvas, { row, right, height }: { row: number; right: number; height: number }): void {
  const bottom = row + height + 1;
  canvas.line({ row, column: edge }, { row, column: right }, 'single');
  canvas.line({ row: bottom, column: edge }, { row: bottom, column: right }, 'single');
  canvas.line({ row, column: edge }, { row: bottom, column: edge }, 'single');
  canvas.line({ row, column: right }, { row: bottom, column: right }, 'single');
}

/** Short arrows near the boxes; two in one lane never share a row. */
function lanesOf(links: readonly Link[]): Map<Link, number> {
  const span = ({ from, to }: Link): [number, number] => [
    Math.min(from.index, to.index),
    Math.max(from.index, to.index),
  ];
  const length = (link: Link): number => span(link)[1] - span(link)[0];
  const lanes = new Map<Link, number>();
  const taken: [number, number][][] = [];
  for (const link of links.toSorted((a, b) => length(a) - length(b))) {
    const [first, last] = span(link);
    let lane = 0;
    while (taken[lane]?.some(([from, to]) => first <= to && from <= last)) lane += 1;
    (taken[lane] ??= []).push([first, last]);
    lanes.set(link, lane);
  }
  return lanes;
}

function keyOf(links: readonly Link[], ascii: boolean): string[] {
  const samples: Readonly<Record<Link['look'], string>> = ascii
    ? { encrypted: '==', open: '--', quiet: '..' }
    : { encrypted: '══', open: '──', quiet: '┄┄' };
  const words = { encrypted: 'encrypted', open: 'clear text, or not known', quiet: 'optional, or upkeep' };
  const looks = (['encrypted', 'open', 'quiet'] as const).filter((look) => links.some((link) => link.look === look));
  return looks.length === 0 ? [] : [` ${looks.map((look) => `${samples[look]} ${words[look]}`).join('    ')}`];
}

function legendOf({ findings }: Diagram, columns: number): string[] {
  const marks = findings.map((found) => marksText([found]));
  const indent = Math.max(0, ...marks.map((mark) => mark.length)) + 2;
  return findings.flatMap((found, index) =>
    fill(findingText(found), columns - indent - 1).map(
      (line, at) => ` ${(at === 0 ? (marks[index] ?? '') : '').padEnd(indent - 1)} ${line}`,
    ),
  );
}

function wide(words: string): number {
  return widthOf(cellsOf(words));
}

/** Lines of at most `columns`, broken at spaces, else anywhere. */
function fill(words: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of visible(words).split(/(?<=\s)/)) {
    if (wide((line + word).trimEnd()) <= columns) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    for (const { text: cell } of cellsOf(word)) {
      if (wide(line + cell) > columns) {
        lines.push(line);
        line = '';
      }
      line += cell;
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

function shortened(words: string, columns: number): string {
  const [first = '', ...rest] = fill(words, columns - 1);
  return rest.length > 0 ? `${first}…` : first;
}

const replacements: Readonly<Record<string, string>> = { '▼': 'v', '◄': '<', '×': 'x', '·': '-', '—': '-', '…': '~' };

/** Names keep their characters: only our own signs have others in ASCII. */
function asciiOf(line: string): string {
  return line.replace(/[▼◄×·—…]/g, (sign) => replacements[sign] ?? sign);
}
