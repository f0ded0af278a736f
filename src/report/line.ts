// One line of source text with its marks → the rows that a drawing shows of it: the text, the underlines, the labels.

import type { Brush } from './paint.js';
import { cellsOf, columnFrom, columnTo, isPlain, widthOf, type Cell } from '../base/cells.js';

/** Offsets are counted from the beginning of the line; an empty mark shows a gap and takes one column. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly primary: boolean;
}

export interface LineStyle {
  /** Columns that the text may take; longer lines are cut around their marks. */
  readonly columns: number;
  readonly ellipsis: string;
  readonly primary: Brush;
  readonly secondary: Brush;
}

/** A piece of the line, whole if it fits, with the rows under it. */
export interface Piece {
  readonly text: string;
  readonly rows: readonly string[];
}

/** A mark in columns of what is shown. */
interface Placed {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark;
}

/** At least one mark. A line that is too long comes in several pieces where its marks stand too far apart for one. */
export function drawLine(line: string, marks: readonly Mark[], style: LineStyle): readonly Piece[] {
  if (line.length <= style.columns && isPlain(line)) {
    const placed = inOrder(marks.map((mark) => placeInPlain(line, mark)));
    return [piece(line.trimEnd(), placed, style)];
  }
  const cells = cellsOf(line);
  const placed = inOrder(marks.map((mark) => place(cells, mark)));
  const total = widthOf(cells);
  if (total <= style.columns) return [piece(shownText(cells), placed, style)];
  return clusters(placed, style).map((cluster) => cut(cells, cluster, style));
}

/** A line that only stands between two marked ones: its beginning is enough. */
export function plainLine(line: string, style: LineStyle): string {
  const cells = cellsOf(line);
  if (widthOf(cells) <= style.columns) return shownText(cells);
  return slice(cells, 0, style.columns - style.ellipsis.length) + style.ellipsis;
}

/** Of marks that begin together, the one that was named first gets its label first: the labels are written from the right. */
function inOrder(placed: readonly Placed[]): readonly Placed[] {
  return placed.length < 2 ? placed : [...placed].reverse().sort((a, b) => a.from - b.from);
}

/** As `place`, where each unit takes one column. */
function placeInPlain(line: string, mark: Mark): Placed {
  const from = Math.min(mark.start, line.length);
  return { from, to: Math.max(from + 1, Math.min(mark.end, line.length)), mark };
}

function place(cells: readonly Cell[], mark: Mark): Placed {
  const from = columnFrom(cells, mark.start);
  return { from, to: Math.max(from + 1, columnTo(cells, mark.end)), mark };
}

function shownText(cells: readonly Cell[]): string {
  return cells
    .map((cell) => cell.text)
    .join('')
    .trimEnd();
}

/** Neighbours that fit into one piece together, with some text around them. */
function clusters(placed: readonly Placed[], style: LineStyle): readonly (readonly Placed[])[] {
  const room = style.columns - 2 * style.ellipsis.length;
  const result: Placed[][] = [];
  for (const next of placed) {
    const current = result.at(-1);
    const first = current?.[0];
    if (current && first && next.to - first.from <= room) current.push(next);
    else result.push([next]);
  }
  return result;
}

function cut(cells: readonly Cell[], cluster: readonly Placed[], style: LineStyle): Piece {
  const total = widthOf(cells);
  const begin = Math.min(...cluster.map(({ from }) => from));
  const end = Math.max(...cluster.map(({ to }) => to));
  const spare = Math.max(0, style.columns - (end - begin));
  const left = Math.max(0, Math.min(begin - (spare >> 1), Math.max(total, end) - style.columns));
  const dots = style.ellipsis.length;
  const from = left === 0 ? 0 : left + dots;
  const to = left + style.columns >= total ? Math.max(total, end) : left + style.columns - dots;
  const text = (left === 0 ? '' : style.ellipsis) + slice(cells, from, to) + (to < total ? style.ellipsis : '');
  const moved = cluster.map(({ from: a, to: b, mark }) => {
    const start = Math.max(from, a) - left;
    return { from: start, to: Math.max(start + 1, Math.min(to, b) - left), mark };
  });
  return piece(text.trimEnd(), moved, style);
}

/** The cells that lie wholly between two columns; spaces stand for what is cut in half. */
function slice(cells: readonly Cell[], from: number, to: number): string {
  let text = '';
  let column = from;
  for (const cell of cells) {
    if (cell.column < from) continue;
    if (cell.column + cell.width > to) break;
    text += ' '.repeat(cell.column - column) + cell.text;
    column = cell.column + cell.width;
  }
  return text + ' '.repeat(Math.max(0, Math.min(to, widthOf(cells)) - column));
}

/**
 * The underlines in one row, with the last label behind it if nothing stands there; every other label in a row of its own
 * below its mark, from right to left, with a bar down from each mark that still waits.
 */
function piece(text: string, placed: readonly Placed[], style: LineStyle): Piece {
  const brush = (mark: Mark): Brush => (mark.primary ? style.primary : style.secondary);
  const end = Math.max(...placed.map(({ to }) => to));
  const waiting = placed.filter(({ mark }) => mark.label !== '');
  const last = placed.at(-1);
  const inline = last && last.to === end && last.mark.label !== '' ? waiting.pop() : undefined;
  const underline = underlines(placed, style);
  const rows = [inline ? `${underline} ${brush(inline.mark)(inline.mark.label)}` : underline];
  const bars = (of: readonly Placed[]): Segment[] =>
    of
      .filter((each, index) => each.from !== of[index + 1]?.from)
      .map((each) => ({ column: each.from, text: '|', brush: brush(each.mark) }));
  if (waiting.length > 0) rows.push(row(bars(waiting)));
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    const { from, mark } = each;
    const before = waiting.filter((other) => other.from < from);
    rows.push(row([...bars(before), { column: from, text: mark.label, brush: brush(mark) }]));
  }
  return { text, rows };
}

interface Segment {
  readonly column: number;
  readonly text: string;
  readonly brush: Brush;
}

/** Segments from left to right; all but the last take one column for each unit of their text. */
function row(segments: readonly Segment[]): string {
  let text = '';
  let column = 0;
  for (const segment of segments) {
    text += ' '.repeat(segment.column - column) + segment.brush(segment.text);
    column = segment.column + segment.text.length;
  }
  return text;
}

/** `^^^^ ---`: where two marks meet, the primary one is seen. */
function underlines(placed: readonly Placed[], style: LineStyle): string {
  const only = placed[0];
  if (only && placed.length === 1) {
    const { from, to, mark } = only;
    const width = to - from;
    return ' '.repeat(from) + (mark.primary ? style.primary('^'.repeat(width)) : style.secondary('-'.repeat(width)));
  }
  const signs: string[] = [];
  const paintOver = (primary: boolean): void => {
    for (const { from, to, mark } of placed) {
      if (mark.primary === primary) for (let column = from; column < to; column++) signs[column] = primary ? '^' : '-';
    }
  };
  paintOver(false);
  paintOver(true);
  return Array.from(signs, (sign: string | undefined) => sign ?? ' ')
    .join('')
    .replace(/\^+|-+/g, (run) => (run.startsWith('^') ? style.primary(run) : style.secondary(run)));
}
