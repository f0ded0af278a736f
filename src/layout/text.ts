// Text -> its width in px, its lines, and a form that any drawing can hold.

import { clusters, widthOf } from '../base/letters.js';
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

/** The width in px, without rounding. */
export function measure(text: string, style: TextStyle): number {
  return widthOf(text, sizes[style], isSemibold(style));
}

/** Up to the next multiple of 8, so that a small change of a text mostly leaves the rest of the picture alone. */
export function onGrid(width: number): number {
  return Math.ceil(width / 8) * 8;
}

// What XML cannot hold (controls, lone surrogates, non-characters), and what turns the direction of the text around it.
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|\p{Cs}|[\ufffe\uffff]/gu;

/**
 * What can stand in a drawing: line ends and tabs become spaces, and what no document may hold a replacement character. Letters and
 * their marks are one character where there is one: our font has it, and cannot place a mark by itself.
 */
export function clean(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(unsafe, '\ufffd')
    .normalize('NFC');
}

/** Words between which a line breaks, each with the space behind it, and with the point between two addresses. */
function wordsOf(text: string): string[] {
  return text.match(/\S+(?:\s+·)?\s*/gu) ?? [];
}

/** Where a word that is longer than a line breaks: after `-`, `.`, `_`, `/` or `:`, and between wide characters. */
function partsOf(word: string): string[] {
  return word.match(/[^\s\-._/:]*(?:[-._/:]+|\s+|$)/gu)?.filter((part) => part !== '') ?? [];
}

/**
 * Lines of at most `width` px, broken where a reader would, else between characters. What is left after `most` lines ends in `…`.
 * An empty text has no lines.
 */
export function wrap(text: string, style: TextStyle, width: number, most = 6): string[] {
  const fits = (word: string): boolean => measure(word.trimEnd(), style) <= width;
  const lines: string[] = [];
  let line = '';
  for (const part of wordsOf(clean(text).trim()).flatMap((word) => (fits(word) ? [word] : partsOf(word)))) {
    if (fits(line + part)) {
      line += part;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
    if (fits(part)) {
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
