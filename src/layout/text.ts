// Text -> its width in px, its lines, and a form that any drawing can hold.

import { regular, semibold } from './metrics.gen.js';
import type { TextStyle } from './scene.js';

export const sizes: Readonly<Record<TextStyle, number>> = { heading: 18, name: 14, title: 12, detail: 12, label: 12 };
export const lineHeights: Readonly<Record<TextStyle, number>> = {
  heading: 24,
  name: 18,
  title: 16,
  detail: 16,
  label: 16,
};

export function isSemibold(style: TextStyle): boolean {
  return style === 'heading' || style === 'name' || style === 'title';
}

/** Room for fonts that stand in for ours: those named before `sans-serif` are all narrower, so this is for rounding alone. */
const reserve = 1.03;

type Advances = ReadonlyMap<number, number>;

function table(runs: readonly (readonly number[])[]): Advances {
  const advances = new Map<number, number>();
  for (const [first = 0, ...widths] of runs) widths.forEach((width, offset) => advances.set(first + offset, width));
  return advances;
}

const regularAdvances = table(regular);
const semiboldAdvances = table(semibold);

/** East Asian Wide and Fullwidth (Unicode Standard Annex 11), in the blocks where fonts draw a full em. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

const marks = /^[\p{M}\u200b-\u200d\u2060\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]$/u;
const pictograph = /^[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}]$/u;

/** In thousandths of the size. Scripts that our font lacks are taken as wide as their widest common letters. */
function advance(code: number, advances: Advances): number {
  const known = advances.get(code);
  if (known !== undefined) return known;
  const character = String.fromCodePoint(code);
  if (marks.test(character)) return 0;
  if (pictograph.test(character)) return 1400;
  if (wide.some(([from, to]) => code >= from && code <= to)) return 1030;
  return code < 0x2000 ? 850 : 1000;
}

/** The width in px, without rounding. */
export function measure(text: string, style: TextStyle): number {
  const advances = isSemibold(style) ? semiboldAdvances : regularAdvances;
  let sum = 0;
  for (const character of text) sum += advance(character.codePointAt(0) ?? 0, advances);
  return (sum / 1000) * sizes[style] * reserve;
}

/** Up to the next multiple of 8, so that a small change of a text mostly leaves the rest of the picture alone. */
export function onGrid(width: number): number {
  return Math.ceil(width / 8) * 8;
}

// What XML cannot hold (controls, lone surrogates, non-characters), and what turns the direction of the text around it.
// eslint-disable-next-line no-control-regex
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|\p{Cs}|[\ufffe\uffff]/gu;

/** What can stand in a drawing: line ends and tabs become spaces, and what no document may hold a replacement character. */
export function clean(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(unsafe, '\ufffd');
}

/** Characters with the marks that belong to them. */
function clusters(text: string): string[] {
  const result: string[] = [];
  for (const character of text) {
    const last = result.at(-1);
    const joined = last !== undefined && (marks.test(character) || last.endsWith('\u200d'));
    if (joined) result[result.length - 1] = last + character;
    else result.push(character);
  }
  return result;
}

/** Parts between which a line may break: after a space, `-`, `.`, `_` or `/`, and between wide characters. */
function parts(text: string): string[] {
  return text.match(/[^\s\-._/]*(?:[-._/]+|\s+|$)/gu)?.filter((part) => part !== '') ?? [];
}

/**
 * Lines of at most `width` px, broken where a reader would, else between characters. What is left after `most` lines ends in `…`.
 * An empty text has no lines.
 */
export function wrap(text: string, style: TextStyle, width: number, most = 6): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts(clean(text).trim())) {
    if (measure((line + part).trimEnd(), style) <= width) {
      line += part;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
    if (measure(part.trimEnd(), style) <= width) {
      line = part;
      continue;
    }
    for (const cluster of clusters(part)) {
      if (line !== '' && measure(line + cluster, style) > width) {
        lines.push(line);
        line = '';
      }
      line += cluster;
    }
  }
  if (line.trim() !== '') lines.push(line.trim());
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shorten(lines.slice(most - 1).join(''), style, width)];
}

/** One line of at most `width` px; what does not fit is left out behind `…`. */
export function shorten(text: string, style: TextStyle, width: number): string {
  const cleaned = clean(text).trim();
  if (measure(cleaned, style) <= width) return cleaned;
  let line = '';
  for (const cluster of clusters(cleaned)) {
    if (measure(`${line}${cluster}…`, style) > width) break;
    line += cluster;
  }
  return `${line.trimEnd()}…`;
}

/** The width of the widest. */
export function widest(lines: readonly string[], style: TextStyle): number {
  return lines.reduce((width, line) => Math.max(width, measure(line, style)), 0);
}
