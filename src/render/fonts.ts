// The texts of a picture -> the rules that embed what they need of the font.

import { regular, regularExtended, semibold, semiboldExtended } from './font.gen.js';

/** Latin Extended-A is a file of its own, which most pictures do without. */
const extended = /[\u0100-\u017f]/;

export function fontRules(texts: string): string[] {
  const rules = [face(400, regular, 'U+0-FF,U+2000-22FF,U+FFFD'), face(600, semibold, 'U+0-FF,U+2000-22FF,U+FFFD')];
  if (!extended.test(texts)) return rules;
  return [...rules, face(400, regularExtended, 'U+100-17F'), face(600, semiboldExtended, 'U+100-17F')];
}

function face(weight: number, data: string, range: string): string {
  return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
}
