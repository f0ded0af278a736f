// A rule's page in Markdown → text for the terminal: headings stand out, code is coloured, paragraphs and tables follow the width.

import { cellsOf, visible, widthOf } from '../base/cells.js';
import { said, wrap, type Style } from './drawing.js';

/** Lines longer than this are hard to read, however wide the terminal is. */
const widest = 100;

type Block =
  | { readonly is: 'heading'; readonly level: number; readonly text: string }
  /** `lead` is what an item of a list begins with; the lines below it are set in by as much. */
  | { readonly is: 'paragraph'; readonly lead: string; readonly text: string }
  | { readonly is: 'code'; readonly lines: readonly string[] }
  | { readonly is: 'table'; readonly rows: readonly (readonly string[])[] };

/** Reads only what such pages use: headings, paragraphs, lists, fenced code, tables and inline code. */
export function showPage(markdown: string, style: Style): string {
  const blocks = blocksOf(markdown);
  const parts = blocks.map((block, index) => {
    const before = blocks[index - 1];
    const close = block.is === 'paragraph' && block.lead !== '' && before?.is === 'paragraph' && before.lead !== '';
    const gap = index === 0 ? '' : close ? '\n' : '\n\n';
    return `${gap}${drawn(block, style).join('\n')}`;
  });
  return `${parts.join('')}\n`;
}

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split(/\r\n|\r|\n/).map((line) => visible(line.replaceAll('\t', '    ')));
  let open: { lead: string; text: string } | undefined;
  const close = () => {
    if (open) blocks.push({ is: 'paragraph', ...open });
    open = undefined;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const heading = /^(#+) +(.*)$/.exec(line);
    const item = /^(\s*(?:[-*]|\d+\.)\s+)(.*)$/.exec(line);
    if (/^\s*```/.test(line)) {
      close();
      const end = lines.findIndex((one, index) => index > at && /^\s*```/.test(one));
      const last = end < 0 ? lines.length : end;
      blocks.push({ is: 'code', lines: lines.slice(at + 1, last) });
      at = last;
    } else if (line.startsWith('|')) {
      close();
      const end = lines.findIndex((one, index) => index > at && !one.startsWith('|'));
      const rows = lines.slice(at, end < 0 ? undefined : end);
      blocks.push({ is: 'table', rows: rows.filter((row) => !/^\|[\s:|-]+$/.test(row)).map(cellsIn) });
      at += rows.length - 1;
    } else if (heading) {
      close();
      blocks.push({ is: 'heading', level: (heading[1] ?? '').length, text: heading[2] ?? '' });
    } else if (line.trim() === '') close();
    else if (item) {
      close();
      open = { lead: item[1] ?? '', text: item[2] ?? '' };
    } else open = open ? { ...open, text: `${open.text} ${line.trim()}` } : { lead: '', text: line.trim() };
  }
  close();
  return blocks;
}

/** `| a | b |`; a `\|` belongs to the text. */
function cellsIn(row: string): readonly string[] {
  return row
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function drawn(block: Block, style: Style): readonly string[] {
  const width = style.columns === undefined ? Infinity : Math.min(style.columns, widest);
  switch (block.is) {
    case 'heading':
      return [style.paint.strong(said(block.text, style))];
    case 'paragraph': {
      const inner = ' '.repeat(block.lead.length);
      const lines = wrap(said(linked(block.text), style), width - block.lead.length);
      return inline(lines, style).map((line, index) => (index === 0 ? block.lead : inner) + line);
    }
    case 'code':
      return block.lines.map((line) => (line.trim() === '' ? '' : `    ${code(said(line, style), style)}`));
    case 'table':
      return table(block.rows, { style, width });
  }
}

/** Links to other pages show their text; an address that can be visited stays. */
function linked(text: string): string {
  return text.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1');
}

/** Inline code keeps its backticks: without colour they are what tells it apart. What was wrapped is coloured line by line. */
function inline(lines: readonly string[], { paint }: Style): readonly string[] {
  const each = (text: string, brush: (line: string) => string) =>
    text
      .split('\n')
      .map((line) => (line === '' ? line : brush(line)))
      .join('\n');
  return lines
    .join('\n')
    .replace(/\*\*([^*]+)\*\*/g, (_, text: string) => each(text, paint.strong))
    .replace(/`[^`]+`/g, (text) => each(text, paint.code))
    .split('\n');
}

/** A line of a description: what its mark promises has the colour of findings, other comments stand back. */
function code(line: string, { paint }: Style): string {
  const start = commentIn(line);
  if (start < 0) return paint.code(line);
  const [text, comment] = [line.slice(0, start), line.slice(start)];
  const severity = /^#\s*(error|warning|info):/.exec(comment)?.[1];
  const brush = severity === 'error' || severity === 'warning' || severity === 'info' ? paint[severity] : paint.faint;
  return `${text === '' ? '' : paint.code(text)}${brush(comment)}`;
}

/** A `#` in a text is none. */
function commentIn(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"' && line[at - 1] !== '\\') quoted = !quoted;
    else if (line[at] === '#' && !quoted) return at;
  }
  return -1;
}

const gap = '  ';

/** Columns as wide as their longest cell; where that is too wide, the last column is wrapped. The first row is the heading. */
function table(
  rows: readonly (readonly string[])[],
  { style, width }: { style: Style; width: number },
): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => said(linked(cell), style)));
  const count = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + gap.length, 0);
  const line = (row: readonly string[]): readonly string[] => {
    const last = inline(wrap(row[count - 1] ?? '', width - before), style);
    const first = row
      .slice(0, count - 1)
      .map((cell, column) => inline([cell], style).join('') + padding(cell, widths[column] ?? 0));
    return last.map((text, index) => (index === 0 ? [...first, text].join(gap) : ' '.repeat(before) + text).trimEnd());
  };
  const [head = [], ...rest] = cells;
  const rule = style.ascii ? '-' : '─';
  const ruled = widths.map((one, column) =>
    rule.repeat(column === count - 1 ? Math.min(one, Math.max(8, width - before)) : one),
  );
  return [...line(head).map(style.paint.strong), style.paint.frame(ruled.join(gap)), ...rest.flatMap(line)];
}

function columnsOf(text: string): number {
  return widthOf(cellsOf(text));
}

function padding(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columnsOf(text)));
}
