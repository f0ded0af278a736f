// Strokes and words on a grid of characters → lines of text, with the box-drawing characters of Unicode or with ASCII.

import { cellsOf } from '../base/cells.js';

export type Stroke = 'single' | 'double' | 'dotted';

export interface Point {
  readonly row: number;
  readonly column: number;
}

/** A drawing in the making. Rows and columns count from 0. */
export interface Canvas {
  /** Between two points in one row or one column, both included. */
  line(from: Point, to: Point, stroke: Stroke): void;
  /** Covers what is there. A wide character takes two columns. */
  words(text: string, at: Point): void;
  toLines(ascii: boolean): string[];
}

interface Cell {
  /** Which ways strokes leave the cell: the sum of the values below. */
  ways: number;
  upright: Stroke;
  level: Stroke;
  /** Covers the strokes; empty behind a wide character. */
  text?: string;
}

const up = 1;
const right = 2;
const down = 4;
const left = 8;

/** By the sum of ways: `singles[up + right]` is `└`. */
const singles = ' │─└││┌├─┘─┴┐┤┬┼';
const doubles = ' ║═╚║║╔╠═╝═╩╗╣╦╬';
const asciis = ' |-+||++-+-+++++';

export function newCanvas(): Canvas {
  const rows: ((Cell | undefined)[] | undefined)[] = [];
  const cellAt = (row: number, column: number): Cell => {
    const line = (rows[row] ??= []);
    return (line[column] ??= { ways: 0, upright: 'single', level: 'single' });
  };
  return {
    line(from, to, stroke) {
      const upright = from.column === to.column;
      const [first, last] = upright ? ordered(from.row, to.row) : ordered(from.column, to.column);
      for (let at = first; at <= last; at++) {
        const cell = upright ? cellAt(at, from.column) : cellAt(from.row, at);
        const back = upright ? up : left;
        const on = upright ? down : right;
        cell.ways |= (at > first ? back : 0) | (at < last ? on : 0);
        if (upright) cell.upright = stroke;
        else cell.level = stroke;
      }
    },
    words(text, { row, column }) {
      for (const { text: shown, column: offset, width } of cellsOf(text)) {
        cellAt(row, column + offset).text = shown;
        for (let behind = 1; behind < width; behind++) cellAt(row, column + offset + behind).text = '';
      }
    },
    toLines: (ascii) =>
      Array.from(rows, (line) =>
        Array.from(line ?? [], (cell) => (cell ? (cell.text ?? glyph(cell, ascii)) : ' '))
          .join('')
          .trimEnd(),
      ),
  };
}

function ordered(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}

function glyph({ ways, upright, level }: Cell, ascii: boolean): string {
  const straight = (ways & (left | right)) === 0 ? upright : (ways & (up | down)) === 0 ? level : undefined;
  if (ascii) {
    if (straight === 'double') return ways & (left | right) ? '=' : '"';
    if (straight === 'dotted') return ways & (left | right) ? '.' : ':';
    return asciis[ways] ?? ' ';
  }
  if (straight === 'dotted') return ways & (left | right) ? '┄' : '┊';
  if (straight === 'double' || (upright === 'double' && level === 'double')) return doubles[ways] ?? ' ';
  if (ways === (up | down | left | right)) {
    if (upright === 'double') return '╫';
    if (level === 'double') return '╪';
  }
  return singles[ways] ?? ' ';
}
