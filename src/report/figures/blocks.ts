// Blocks, what a report of figures is made of → text for a terminal, or Markdown.

import type { Change } from '../../base/difference.js';
import { said, wrap, type Style } from '../drawing.js';
import { cellsOf, widthOf } from '../../base/cells.js';

export type Block =
  | { readonly is: 'title' | 'heading'; readonly lines: readonly string[] }
  | { readonly is: 'paragraph'; readonly text: string }
  /** Several lines for one label stand below each other. */
  | { readonly is: 'facts'; readonly rows: readonly Fact[] }
  | { readonly is: 'changes'; readonly items: readonly Item[] }
  | { readonly is: 'table'; readonly columns: readonly string[]; readonly rows: readonly Cells[] };

/** What came, went or changed, in one line. */
export interface Item {
  readonly change: Change;
  readonly text: string;
}

const signs: Readonly<Record<Change, string>> = { added: '+', removed: '-', changed: '~' };

export type Fact = readonly [label: string, ...lines: readonly string[]];
/** The first cell is a list of names; the others are figures. */
export type Cells = readonly [names: readonly string[], ...figures: readonly string[]];

const usualColumns = 80;
const leastColumns = 40;
const leastNames = 16;

export function textOf(blocks: readonly Block[], style: Style): string {
  const columns = Math.max(leastColumns, style.columns ?? usualColumns);
  return `${blocks.map((block) => textBlock(block, style, columns)).join('\n\n')}\n`;
}

function textBlock(block: Block, style: Style, columns: number): string {
  const { paint } = style;
  switch (block.is) {
    case 'title':
    case 'heading':
      return block.lines
        .flatMap((line) => wrap(fitted(said(line, style), columns, style), columns))
        .map(paint.strong)
        .join('\n');
    case 'paragraph':
      return wrap(said(block.text, style), columns).join('\n');
    case 'facts':
      return factLines(block.rows, style, columns).join('\n');
    case 'changes':
      return block.items.flatMap((item) => changeLines(item, style, columns)).join('\n');
    case 'table':
      return tableLines(block, style, columns).join('\n');
  }
}

function changeLines({ change, text }: Item, style: Style, columns: number): readonly string[] {
  const { paint } = style;
  const brush = { added: paint.added, removed: paint.removed, changed: paint.secondary }[change];
  return wrap(fitted(said(text, style), columns - 4, style), columns - 4).map(
    (line, at) => `  ${brush(`${at === 0 ? signs[change] : ' '} ${line}`)}`,
  );
}

function factLines(rows: readonly Fact[], style: Style, columns: number): readonly string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  const room = columns - width - 4;
  return rows.flatMap(([label, ...texts]) => {
    const lines = texts.flatMap((text) => hung(fitted(said(text, style), room - 2, style), room));
    return lines.map((line, at) =>
      at === 0 ? `  ${style.paint.strong(label.padEnd(width))}  ${line}` : `${' '.repeat(width + 4)}${line}`,
    );
  });
}

/** What follows the first line of a point of a list stands under its text. */
function hung(text: string, room: number): readonly string[] {
  if (!text.startsWith('- ')) return wrap(text, room);
  return wrap(text.slice(2), room - 2).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
}

/** Single words that are wider than the room lose their middle. */
function fitted(text: string, room: number, style: Style): string {
  return text
    .split(' ')
    .map((word) => shortened(word, room, style))
    .join(' ');
}

/** `eu/zone-1/…/nginx`: what matters of a long name is where it begins and how it ends. */
export function shortened(text: string, columns: number, { ascii }: Pick<Style, 'ascii'>): string {
  if (displayed(text) <= columns) return text;
  const gap = ascii ? '...' : '…';
  const room = Math.max(2, columns - gap.length);
  const cells = cellsOf(text);
  const end: string[] = [];
  const begin: string[] = [];
  let used = 0;
  for (const cell of [...cells].reverse()) {
    if (used + cell.width > Math.ceil(room / 2)) break;
    end.unshift(cell.text);
    used += cell.width;
  }
  for (const cell of cells) {
    if (used + cell.width > room) break;
    begin.push(cell.text);
    used += cell.width;
  }
  return `${begin.join('')}${gap}${end.join('')}`;
}

function displayed(text: string): number {
  return widthOf(cellsOf(text));
}

/** Figures to the right; names take the room that is left, a list over several lines. */
function tableLines(
  { columns: titles, rows }: Extract<Block, { is: 'table' }>,
  style: Style,
  columns: number,
): readonly string[] {
  const { paint } = style;
  const [first = '', ...others] = titles;
  const widths = others.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => displayed(row[at + 1] as string))),
  );
  const figuresWidth = widths.reduce((sum, width) => sum + width + 2, 0);
  const room = Math.max(leastNames, columns - 2 - figuresWidth);
  const cells = rows.map(([names, ...figures]) => {
    const each = names.map((name) => shortened(said(name, style), room - 1, style));
    return { lines: wrapList(each, room), figures: figures.map((figure) => said(figure, style)) };
  });
  const width = Math.max(first.length, ...cells.flatMap(({ lines }) => lines.map(displayed)));
  const right = (figures: readonly string[]) =>
    figures
      .map((figure, at) => `  ${' '.repeat(Math.max(0, (widths[at] ?? 0) - displayed(figure)))}${figure}`)
      .join('');
  const left = (text: string) => `${text}${' '.repeat(Math.max(0, width - displayed(text)))}`;
  return [
    `  ${paint.strong(`${left(first)}${right(others)}`)}`,
    ...cells.flatMap(({ lines, figures }) =>
      lines.map((line, at) => (at === 0 ? `  ${left(line)}${right(figures)}`.trimEnd() : `  ${line}`)),
    ),
  ];
}

/** Names with commas, broken between names. */
function wrapList(names: readonly string[], room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  names.forEach((name, at) => {
    const word = at + 1 < names.length ? `${name},` : name;
    if (line !== '' && displayed(line) + 1 + displayed(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  });
  return [...lines, line];
}

export function markdownOf(blocks: readonly Block[], style: Pick<Style, 'ascii'>): string {
  return `${blocks.map((block) => markdownBlock(block, style)).join('\n\n')}\n`;
}

/** Coloured where Markdown is shown, and read as text where it is not. Nothing in a name ends it. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...lines, fence].join('\n');
}

function markdownBlock(block: Block, style: Pick<Style, 'ascii'>): string {
  const safe = (text: string) => escaped(said(text, style));
  switch (block.is) {
    case 'title':
      return `## ${block.lines.map(safe).join(', ')}`;
    case 'heading':
      return `### ${block.lines.map(safe).join(', ')}`;
    case 'paragraph':
      return safe(block.text);
    case 'changes':
      return fenced(
        block.items.map(({ change, text }) => `${change === 'changed' ? '!' : signs[change]} ${said(text, style)}`),
      );
    case 'facts':
      return markdownTable(
        ['', ''],
        block.rows.map(([label, ...lines]) => [safe(label), lines.map(safe).join('<br>')]),
        (at) => at > 1,
      );
    case 'table':
      return markdownTable(
        block.columns,
        block.rows.map(([names, ...figures]) => [names.map(safe).join(', '), ...figures.map(safe)]),
        (at) => at > 0,
      );
  }
}

function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  isRight: (at: number) => boolean,
): string {
  return [
    `| ${titles.join(' | ')} |`,
    `|${titles.map((_, at) => (isRight(at) ? '---:' : '---')).join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** What Markdown would read as its own. Names of the language hold only `_` of it; notes and labels may hold anything. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, (character) => (character === '<' ? '&lt;' : `\\${character}`));
}
