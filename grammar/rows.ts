// Tree -> the rows of its canonical form: what stands on each line, in which columns, with the comments put back where they belong.

import { cellsOf, widthOf } from '../src/base/cells.js';
import { blocksOf, piecesOf, type Piece } from './heads.js';
import type { Block, Comment, ConnectionStatement, Entry, Statement, Tree } from './tree.js';

/** The columns that a line keeps within where it can be broken; comments behind it do not count. */
export const fullWidth = 100;
const step = 2;

export interface Row {
  readonly indent: number;
  /** One cell, or those that neighbours of the same form are aligned by. */
  readonly cells: readonly string[];
  readonly form: 'plain' | 'connection' | 'record' | 'comment';
  /** A blank line stands before it. */
  readonly gap: boolean;
  /** The comment behind it. */
  readonly comment?: string;
  /** What of the source it holds. */
  readonly start: number;
  readonly end: number;
}

interface Page {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly rows: Row[];
  /** The first comment that is not placed yet. */
  next: number;
  /** How far the source is placed. */
  placed: number;
}

type Sound = Entry | ConnectionStatement;

/** The tree has no fault. */
export function rowsOf(tree: Tree): readonly Row[] {
  const page: Page = { text: tree.source.text, comments: tree.comments, rows: [], next: 0, placed: 0 };
  place(page, tree.statements, { indent: 0, inZone: false });
  placeComments(page, page.text.length + 1, 0);
  return page.rows;
}

interface Where {
  readonly indent: number;
  /** In a zone of names, where entries are records. */
  readonly inZone: boolean;
}

function place(page: Page, statements: readonly Statement[], where: Where): void {
  const sound = statements.filter((one): one is Sound => one.form !== 'broken');
  for (let index = 0; index < sound.length;) {
    const shared = sound.slice(index, sharedUntil(page, sound, index));
    const [first] = shared;
    const last = shared.at(-1);
    if (!first || !last) break;
    placeComments(page, first.at.start, where.indent);
    // Any of those that share a line with a comment may be what it is about: they stay together.
    if (first !== last && (isFollowed(page, last.at.end) || isDirected(page))) {
      const cells = [shared.map(inOneLine).join('; ')];
      put(page, { indent: where.indent, cells, form: 'plain', start: first.at.start, end: last.at.end });
    } else {
      for (const statement of shared) {
        placeComments(page, statement.at.start, where.indent);
        placeStatement(page, statement, where);
      }
    }
    index += shared.length;
  }
}

/** The index behind the last of the statements from `from` on that stand whole on one line; at least one further. */
function sharedUntil(page: Page, statements: readonly Sound[], from: number): number {
  let to = from;
  let placed = statements[from]?.at.start ?? 0;
  for (let next = statements[to]; next && isOneLine(page, placed, next.at.end); next = statements[to]) {
    placed = next.at.end;
    to++;
  }
  return Math.max(to, from + 1);
}

function placeStatement(page: Page, statement: Sound, where: Where): void {
  const { indent, inZone } = where;
  const pieces = piecesOf(statement);
  const blocks = blocksOf(statement);
  const { start, end } = statement.at;
  const headEnd = pieces.at(-1)?.end ?? start;
  const opened = blocks.findIndex((block) => mustOpen(page, block));
  const held = isDirected(page) || isFollowed(page, end);
  if (opened < 0 && !isCommented(page, start, headEnd)) {
    const wide = indent + columns(inOneLine(statement)) > fullWidth;
    // A block without statements becomes `{}`, over however many lines it stands.
    const until = blocks.every(({ statements }) => statements.length === 0) ? headEnd : end;
    if (isOneLine(page, start, until) ? held || !wide : !held && !wide) {
      put(page, { indent, ...cellsFor(statement, pieces, inZone), start, end });
      return;
    }
  }
  // The last block gives room, unless all stays on the line that it is on.
  const open = opened >= 0 ? opened : held ? -1 : blocks.findLastIndex(({ statements }) => statements.length > 0);
  const before = blocks.slice(0, open < 0 ? blocks.length : open).map((block) => ` ${blockInOneLine(block)}`);
  const first = blocks[open];
  placeHead(page, pieces, {
    indent,
    rest: before.join('') + (first ? ' {' : ''),
    end: first ? first.at.start + 1 : end,
  });
  for (let index = open; first && index < blocks.length; index++) {
    const block = blocks[index];
    if (!block) break;
    place(page, block.statements, { indent: indent + step, inZone: isZone(statement) });
    const close = block.at.end - 1;
    placeComments(page, close, indent + step);
    const next = blocks[index + 1];
    put(page, {
      indent,
      cells: [next ? '} {' : '}'],
      form: 'plain',
      start: close,
      end: next ? next.at.start + 1 : close + 1,
    });
  }
}

/** A head over as many lines as it needs; or, with comments in it or behind it, as it was. `rest` stands behind its last piece. */
function placeHead(
  page: Page,
  pieces: readonly Piece[],
  { indent, rest, end }: { indent: number; rest: string; end: number },
): void {
  const start = pieces[0]?.start ?? end;
  const asItWas = isCommented(page, start, end) || isFollowed(page, end) || isDirected(page);
  let line = '';
  let from = start;
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1];
    line += line === '' ? piece.text : ` ${piece.text}`;
    if (!next) {
      put(page, {
        indent: from === start ? indent : indent + 2 * step,
        cells: [line + rest],
        form: 'plain',
        start: from,
        end,
      });
      return;
    }
    if (!piece.breaks) return;
    const ahead = untilBreak(pieces, index + 1, rest);
    const room = fullWidth - (from === start ? indent : indent + 2 * step);
    if (asItWas ? isOneLine(page, piece.end, next.start) : columns(`${line} ${ahead}`) <= room) return;
    put(page, {
      indent: from === start ? indent : indent + 2 * step,
      cells: [line],
      form: 'plain',
      start: from,
      end: piece.end,
    });
    placeComments(page, next.start, indent + 2 * step);
    page.placed = next.start;
    line = '';
    from = next.start;
  });
}

/** The pieces from one on that no line end can part, with `rest` where they are the last. */
function untilBreak(pieces: readonly Piece[], from: number, rest: string): string {
  let to = from;
  while (to < pieces.length - 1 && pieces[to]?.breaks === false) to++;
  return textOf(pieces.slice(from, to + 1)) + (to === pieces.length - 1 ? rest : '');
}

function cellsFor(statement: Sound, pieces: readonly Piece[], inZone: boolean): Pick<Row, 'cells' | 'form'> {
  const behind = blocksOf(statement)
    .map((block) => ` ${blockInOneLine(block)}`)
    .join('');
  if (statement.form === 'connection') {
    const colon = pieces.findIndex(({ text }) => text === ':');
    const cells =
      colon < 0 ? [textOf(pieces) + behind] : [textOf(pieces.slice(0, colon)), textOf(pieces.slice(colon)) + behind];
    return { cells, form: 'connection' };
  }
  const words = pieces.map(({ text }) => text);
  const typeAt = /^\d+[smhdw]?$/.test(words[1] ?? '') ? 2 : 1;
  const isRecord =
    inZone && !statement.template && behind === '' && words.length > typeAt + 1 && /^[A-Z]+$/.test(words[typeAt] ?? '');
  if (!isRecord) return { cells: [textOf(pieces) + behind], form: 'plain' };
  const data = words.slice(typeAt + 1).join(' ');
  return { cells: [words[0] ?? '', typeAt === 2 ? (words[1] ?? '') : '', words[typeAt] ?? '', data], form: 'record' };
}

/** The comments before `end`, each behind the line that it shares with something, else on one of its own. */
function placeComments(page: Page, end: number, indent: number): void {
  for (let comment = page.comments[page.next]; comment && comment.at.start < end; comment = page.comments[page.next]) {
    const { start } = comment.at;
    const text = comment.text.trimEnd();
    const last = page.rows.at(-1);
    if (last && isOneLine(page, last.end, start)) {
      const index = rowBefore(page, start);
      const row = page.rows[index] ?? last;
      page.rows[index] = { ...row, comment: text };
      page.placed = comment.at.end;
    } else put(page, { indent, cells: [text], form: 'comment', start, end: comment.at.end });
    page.next++;
  }
}

/** Of what shared a line with the comment at `start`, the last that is more than closing braces. */
function rowBefore({ rows, text }: Page, start: number): number {
  let lineStart = start;
  while (lineStart > 0 && !/[\r\n]/.test(text[lineStart - 1] ?? '')) lineStart--;
  for (let index = rows.length - 1; (rows[index]?.end ?? 0) > lineStart; index--) {
    if (rows[index]?.cells[0] !== '}') return index;
  }
  return rows.length - 1;
}

function put(page: Page, row: Omit<Row, 'gap'>): void {
  const last = page.rows.at(-1);
  const afterOpening = !last || (last.form !== 'comment' && last.cells.at(-1)?.endsWith('{') === true);
  const closes = row.cells[0]?.startsWith('}') === true;
  const gap = !afterOpening && !closes && lineEnds(page.text.slice(page.placed, row.start)) > 1;
  page.rows.push({ ...row, gap });
  page.placed = row.end;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function isOneLine({ text }: Page, start: number, end: number): boolean {
  return !/[\r\n]/.test(text.slice(start, end));
}

function isCommented({ comments, next }: Page, start: number, end: number): boolean {
  for (let index = next; index < comments.length; index++) {
    const at = comments[index]?.at.start ?? end;
    if (at >= end) return false;
    if (at >= start) return true;
  }
  return false;
}

/** Whether what ends at `end` is the last on its line, and a comment follows. Closing braces do not count: the comment is not theirs. */
function isFollowed({ text, comments, next }: Page, end: number): boolean {
  for (let index = next; index < comments.length; index++) {
    const start = comments[index]?.at.start ?? 0;
    if (start >= end) return /^[^\S\r\n]*(?:[;}][^\S\r\n]*)*$/.test(text.slice(end, start));
  }
  return false;
}

/** Whether one of the comments right above speaks to archlint, about the next line. */
function isDirected({ rows }: Page): boolean {
  for (let index = rows.length - 1; rows[index]?.form === 'comment'; index--) {
    if (/(?:^|\s)#\s*archlint-/.test(rows[index]?.cells[0] ?? '')) return true;
  }
  return false;
}

function mustOpen(page: Page, { at, statements }: Block): boolean {
  if (isCommented(page, at.start, at.end)) return true;
  return statements.length > 0 && !isOneLine(page, at.start, at.end);
}

/** Zones of names are the only nodes whose entries are records; a form is all that is asked of those. */
function isZone(statement: Sound): boolean {
  return statement.form === 'entry' && statement.head.text === 'dns';
}

function inOneLine(statement: Sound): string {
  return [textOf(piecesOf(statement)), ...blocksOf(statement).map(blockInOneLine)].join(' ');
}

function blockInOneLine({ statements }: Block): string {
  const sound = statements.filter((one): one is Sound => one.form !== 'broken');
  return sound.length === 0 ? '{}' : `{ ${sound.map(inOneLine).join('; ')} }`;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join(' ');
}

function columns(text: string): number {
  return widthOf(cellsOf(text));
}
