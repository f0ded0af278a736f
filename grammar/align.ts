// Rows -> lines of text: neighbours of one form in columns, and the comments of a paragraph below each other.

import { cellsOf, widthOf } from '../src/base/cells.js';
import type { Row } from './rows.js';

/** What is wider than this aligns with nothing, so that one long line does not push the others away. */
const widest = 60;

/** Between the columns of a record, and before a comment. */
const apart = '  ';

/** Without line ends; a blank line is empty. */
export function linesOf(rows: readonly Row[]): readonly string[] {
  const texts = new Map<Row, string>();
  for (const run of runsOf(rows)) {
    const gap = run[0]?.form === 'record' ? apart : ' ';
    const aligned = inColumns(
      run.map(({ cells, indent }) => [' '.repeat(indent) + (cells[0] ?? ''), ...cells.slice(1)]),
      gap,
    );
    run.forEach((row, index) => texts.set(row, aligned[index] ?? ''));
  }
  const lines: string[] = [];
  for (const paragraph of paragraphsOf(rows)) {
    if (lines.length > 0) lines.push('');
    const commented = paragraph.filter(({ comment }) => comment !== undefined);
    const withComments = inColumns(
      commented.map((row) => [texts.get(row) ?? '', row.comment ?? '']),
      apart,
    );
    for (const row of paragraph)
      lines.push(row.comment === undefined ? (texts.get(row) ?? '') : (withComments.shift() ?? ''));
  }
  return lines;
}

/** Rows one below the other whose cells align: connections, or records. A comment on a line of its own does not part them. */
function runsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const runs: Row[][] = [];
  let open: Row[] | undefined;
  for (const row of rows) {
    const before = open?.[0];
    if (row.form === 'comment') {
      runs.push([row]);
      if (row.gap) open = undefined;
    } else if (
      open &&
      before &&
      !row.gap &&
      row.form !== 'plain' &&
      row.form === before.form &&
      row.indent === before.indent
    ) {
      open.push(row);
    } else runs.push((open = [row]));
  }
  return runs;
}

function paragraphsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const paragraphs: Row[][] = [];
  for (const row of rows) {
    const last = paragraphs.at(-1);
    if (last && !row.gap) last.push(row);
    else paragraphs.push([row]);
  }
  return paragraphs;
}

/** Each cell but the last of its line is filled up to its column's width; a column that is empty everywhere is left out. */
function inColumns(lines: readonly (readonly string[])[], gap: string): string[] {
  const most = Math.max(0, ...lines.map(({ length }) => length));
  const widths = Array.from({ length: most }, (_, column) => {
    const inColumn = lines.flatMap((cells) => (column < cells.length - 1 ? [columnsOf(cells[column] ?? '')] : []));
    return Math.max(0, ...inColumn.filter((width) => width <= widest));
  });
  return lines.map((cells) => {
    const filled = cells.flatMap((cell, column) => {
      if (column === cells.length - 1) return [cell];
      const width = widths[column] ?? 0;
      return width === 0 && cell === '' ? [] : [cell + ' '.repeat(Math.max(0, width - columnsOf(cell)))];
    });
    return filled.join(gap);
  });
}

function columnsOf(text: string): number {
  return widthOf(cellsOf(text));
}
