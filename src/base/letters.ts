// Text → its width, by the advances of the font that pictures embed: layout measures with it what stands in boxes, render its legend.

import { regular, semibold } from './advances.gen.js';

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

/** Does the font that pictures embed have the character? */
export function isOurs(character: string): boolean {
  return regularAdvances.has(character.codePointAt(0) ?? 0);
}

/** The width in px at a size in px, without rounding. */
export function widthOf(text: string, size: number, strong = false): number {
  const advances = strong ? semiboldAdvances : regularAdvances;
  let sum = 0;
  for (const character of text) sum += advance(character.codePointAt(0) ?? 0, advances);
  return (sum / 1000) * size * reserve;
}

/** Characters with the marks that belong to them. */
export function clusters(text: string): string[] {
  const result: string[] = [];
  for (const character of text) {
    const last = result.at(-1);
    const joined = last !== undefined && (marks.test(character) || last.endsWith('\u200d'));
    if (joined) result[result.length - 1] = last + character;
    else result.push(character);
  }
  return result;
}
