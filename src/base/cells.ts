// A line of text as a terminal shows it: cells with their columns, so that a mark stands under what it means.

/** What is shown together: a character with all that combines with it. Columns count from 0. */
export interface Cell {
  /** UTF-16 offset in the line. */
  readonly offset: number;
  readonly text: string;
  readonly column: number;
  readonly width: number;
}

const tabStop = 4;

const printableAscii = /^[\x20-\x7e]*$/;
/** Controls that would act on the terminal, and those that reorder what is read (CVE-2021-42574). */
const unsafe = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
const unsafeAll = new RegExp(unsafe.source, 'gu');
const joiner = '\u200d';
const emojiStyle = '\ufe0f';

/** First and last code point of the ranges that Unicode's East Asian width calls wide or full-width; emoji are known by their property. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

// In functions, so that they are made when a text needs them: a class of characters by its name takes V8 a third of a millisecond.

/** Marks that combine, format characters such as the zero-width joiner, Hangul vowels and finals. */
function isZeroWidth(character: string): boolean {
  return /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\u{1f3fb}-\u{1f3ff}]$/u.test(character);
}

function isPictograph(character: string): boolean {
  return /^\p{Extended_Pictographic}/u.test(character);
}

/** Two of them are a flag. */
function isRegional(character: string): boolean {
  return /^\p{Regional_Indicator}$/u.test(character);
}

function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x1100) return false;
  return (
    wideRanges.some(([first, last]) => code >= first && code <= last) || /^\p{Emoji_Presentation}$/u.test(character)
  );
}

/** A control as its picture (U+2400 and on), so that no text acts on the terminal. */
function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** The text with whatever would act on a terminal made visible; line ends and tabs become spaces. */
export function visible(text: string): string {
  return printableAscii.test(text) ? text : text.replace(/[\t\r\n]+/g, ' ').replace(unsafeAll, picture);
}

/** Whether each unit of the line is a cell of one column. */
export function isPlain(line: string): boolean {
  return printableAscii.test(line);
}

/** The cells of one line, which has no line end. */
export function cellsOf(line: string): readonly Cell[] {
  if (isPlain(line)) {
    return Array.from(line, (text, offset) => ({ offset, text, column: offset, width: 1 }));
  }
  const cells: Cell[] = [];
  let offset = 0;
  let column = 0;
  for (const character of line) {
    const last = cells.at(-1);
    if (last && joins(last.text, character)) {
      const width = character === emojiStyle || isRegional(character) ? 2 : last.width;
      cells[cells.length - 1] = { ...last, text: last.text + character, width };
      column = last.column + width;
    } else {
      const [text, width] = shown(character, column);
      cells.push({ offset, text, column, width });
      column += width;
    }
    offset += character.length;
  }
  return cells;
}

function joins(before: string, character: string): boolean {
  if (before.endsWith(joiner)) return isPictograph(character);
  if (isRegional(before)) return isRegional(character);
  return isZeroWidth(character) && !unsafe.test(character) && !unsafe.test(before);
}

function shown(character: string, column: number): [text: string, width: number] {
  if (character === '\t') {
    const width = tabStop - (column % tabStop);
    return [' '.repeat(width), width];
  }
  if (unsafe.test(character)) return [picture(character), 1];
  if (isWide(character)) return [character, 2];
  return [character, isZeroWidth(character) ? 0 : 1];
}

/** How many columns the cells take. */
export function widthOf(cells: readonly Cell[]): number {
  const last = cells.at(-1);
  return last ? last.column + last.width : 0;
}

/** The column at which the text from `offset` on begins; behind the end, the column after the last cell. */
export function columnFrom(cells: readonly Cell[], offset: number): number {
  return cells[cellAt(cells, offset)]?.column ?? widthOf(cells);
}

/** The column at which the text before `offset` ends: a cell that is begun counts whole. */
export function columnTo(cells: readonly Cell[], offset: number): number {
  const cell = offset <= 0 ? undefined : cells[cellAt(cells, offset - 1)];
  if (offset <= 0) return 0;
  return cell ? cell.column + cell.width : widthOf(cells);
}

/** The index of the cell that holds `offset`, or the number of cells. */
function cellAt(cells: readonly Cell[], offset: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const cell = cells[middle];
    if (cell && cell.offset + sourceLength(cells, middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** UTF-16 units of source text in a cell; the last cell takes all that follows. */
function sourceLength(cells: readonly Cell[], index: number): number {
  const here = cells[index];
  const next = cells[index + 1];
  if (!here) return 0;
  return next ? next.offset - here.offset : Math.max(1, here.text.trim() === '' ? 1 : here.text.length);
}
