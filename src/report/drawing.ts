// One finding → the lines that show it: headline, source text with its marks, and what is to be said about it.

import type { Diagnostic } from '../base/diagnostic.js';
import { append } from '../base/lists.js';
import { lineStarts, positionAt, type Location, type Source } from '../base/source.js';
import { drawLine, plainLine, type LineStyle, type Mark } from './line.js';
import { editOf } from './edit.js';
import type { Paint } from './paint.js';
import { visible } from '../base/cells.js';

export interface Style {
  readonly paint: Paint;
  /** No character beyond ASCII, but for what the file itself says. */
  readonly ascii: boolean;
  /** The width of the terminal; elsewhere absent: then texts are never wrapped, and only very long source lines cut. */
  readonly columns?: number;
}

/** Columns for a source line where no terminal says how wide it is. */
const usualColumns = 140;
const leastColumns = 30;

/** The characters that messages and drawings use beyond ASCII, and what stands for them. */
const fallbacks: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '…': '...',
  '–': '-',
  '—': '-',
  '×': 'x',
  '≥': '>=',
  '≤': '<=',
  '·': '*',
  '●': '*',
  '○': 'o',
  '’': "'",
  '“': '"',
  '”': '"',
  '≈': '~',
  '⌊': '[',
  '⌋': ']',
  '\u00a0': ' ',
};

/** What we say ourselves, fit for the terminal: nothing that acts on it, and in ASCII where nothing else can be shown. */
export function said(text: string, style: Pick<Style, 'ascii'>): string {
  const safe = visible(text);
  return style.ascii ? safe.replace(/[^\x20-\x7e]/gu, (character) => fallbacks[character] ?? character) : safe;
}

export function draw(finding: Diagnostic, style: Style): string {
  const { paint } = style;
  const blocks = blocksOf(finding);
  const gutter = String(Math.max(...blocks.flatMap((block) => block.lines.map(({ line }) => line)))).length;
  const margin = ' '.repeat(gutter);
  const bar = paint.frame(`${margin} |`);
  const name = paint[finding.severity](`${finding.severity}[${finding.code}]`);
  const lines = [`${name}${paint.strong(`: ${said(finding.message, style)}`)}`];
  for (const [index, block] of blocks.entries()) {
    if (index > 0) lines.push(bar);
    lines.push(`${margin}${paint.frame('-->')} ${placeOf(block.at)}`, bar, ...drawBlock(block, finding, gutter, style));
  }
  const remarks = remarksOf(finding);
  if (remarks.length > 0) lines.push(bar, ...remarks.flatMap((remark) => drawRemark(remark, margin, style)));
  return lines.join('\n');
}

/** An accepted finding in short: it is known, so neither the text nor its marks are shown. */
export function drawAccepted(finding: Diagnostic, style: Style): string {
  const { paint } = style;
  const { reason, until } = finding.accepted ?? { reason: '' };
  const margin = ' '.repeat(String(positionAt(finding.at.source, finding.at.start).line).length);
  return [
    `${paint.accepted(`accepted[${finding.code}]`)}: ${said(finding.message, style)}`,
    `${margin}${paint.frame('-->')} ${placeOf(finding.at)}`,
    ...drawRemark(['reason', until === undefined ? reason : `${reason} (until ${until})`], margin, style),
  ].join('\n');
}

/** `examples/shop.infra:14:6`. */
export function placeOf(at: Location): string {
  const { line, column } = positionAt(at.source, at.start);
  return `${visible(at.source.path)}:${line}:${column}`;
}

/** The marks in one source; `lines` in order, each with at least one mark. */
interface Block {
  readonly at: Location;
  readonly source: Source;
  readonly lines: readonly { readonly line: number; readonly marks: readonly Mark[] }[];
}

/** The primary mark's source first, then others in the order in which the finding mentions them. */
function blocksOf(finding: Diagnostic): readonly Block[] {
  const primary = { at: finding.at, label: finding.label ?? '', primary: true };
  const seen: Seen = new Map();
  const bySource = new Map<Source, (typeof primary)[]>();
  const related = finding.related.map(({ at, message }) => ({ at, label: message, primary: false }));
  for (const each of [primary, ...related]) {
    if (isKnown(seen, each)) continue;
    append(bySource, each.at.source, each);
  }
  return Array.from(bySource, ([source, marks]) => {
    const byLine = new Map<number, Mark[]>();
    for (const { at, label, primary } of marks) {
      const { line, column } = positionAt(source, at.start);
      const start = column - 1;
      // A mark over several lines is shown on its first one.
      const mark = { start, end: Math.min(start + at.end - at.start, lineText(source, line).length), label, primary };
      append(byLine, line, mark);
    }
    const lines = Array.from(byLine, ([line, marks]) => ({ line, marks })).sort((a, b) => a.line - b.line);
    return { source, at: (marks[0] ?? primary).at, lines };
  });
}

interface Said {
  readonly at: Location;
  readonly label: string;
}

/** By where it begins. Mostly one thing is said there; of several, what each says. */
type Seen = Map<number, Said | Set<string>>;

function isKnown(seen: Seen, one: Said): boolean {
  const known = seen.get(one.at.start);
  if (!known) seen.set(one.at.start, one);
  if (!known) return false;
  const all = known instanceof Set ? known : new Set([keyOf(known)]);
  seen.set(one.at.start, all);
  const key = keyOf(one);
  if (all.has(key)) return true;
  all.add(key);
  return false;
}

function keyOf({ at, label }: Said): string {
  return `${at.end} ${at.source.path} ${label}`;
}

/** The text of a line, from 1, without its end. */
function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  return source.text.slice(starts[line - 1] ?? source.text.length, starts[line]).replace(/[\r\n]+$/, '');
}

function drawBlock(block: Block, finding: Diagnostic, gutter: number, style: Style): readonly string[] {
  const { paint } = style;
  const lineStyle: LineStyle = {
    columns: Math.max(leastColumns, (style.columns ?? usualColumns) - gutter - 3),
    ellipsis: style.ascii ? '...' : '…',
    primary: paint[finding.severity],
    secondary: paint.secondary,
  };
  const numbered = (line: number, text: string): string =>
    paint.frame(`${String(line).padStart(gutter)} |`) + (text === '' ? '' : ` ${text}`);
  const bar = paint.frame(`${' '.repeat(gutter)} |`);
  const result: string[] = [];
  let before: number | undefined;
  for (const { line, marks } of block.lines) {
    if (before !== undefined && line === before + 2) {
      result.push(numbered(line - 1, plainLine(lineText(block.source, line - 1), lineStyle)));
    } else if (before !== undefined && line > before + 2) {
      result.push(paint.frame('...'));
    }
    const shown = marks.map((mark) => ({ ...mark, label: said(mark.label, style) }));
    for (const piece of drawLine(lineText(block.source, line), shown, lineStyle)) {
      result.push(numbered(line, piece.text), ...piece.rows.map((row) => `${bar} ${row}`));
    }
    before = line;
  }
  return result;
}

type Remark = readonly [word: string, text: string];

function remarksOf(finding: Diagnostic): readonly Remark[] {
  const remarks: Remark[] = [];
  if (finding.witness) remarks.push(['path', finding.witness.steps.map(({ text }) => text).join(' → ')]);
  for (const note of finding.notes) remarks.push(['note', note]);
  if (finding.help !== undefined) remarks.push(['help', finding.help]);
  const edit = editOf(finding);
  if (edit !== undefined) remarks.push(['edit', edit]);
  return remarks;
}

/** `   = note: …`, wrapped to the terminal, what follows indented under the text. */
function drawRemark([word, text]: Remark, margin: string, style: Style): readonly string[] {
  const head = `${margin} ${style.paint.frame('=')} ${style.paint.strong(`${word}:`)} `;
  const indent = margin.length + word.length + 5;
  const lines = text
    .split(/\r\n|\r|\n/)
    .flatMap((line) => wrap(said(line, style), (style.columns ?? Infinity) - indent));
  return lines.map((line, index) => (index === 0 ? head : ' '.repeat(indent)) + line);
}

/** Breaks at spaces; a word that is longer than the line stays whole. */
export function wrap(text: string, columns: number): readonly string[] {
  const width = Math.max(leastColumns, columns);
  if (text.length <= width) return [text.trimEnd()];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line.trimEnd()];
}
