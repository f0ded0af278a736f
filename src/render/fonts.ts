// The texts of a picture -> the rules that embed what they need of the font.

import * as font from './font.gen.js';

/** Files of their own, which most pictures do without. */
const scripts = [
  { letters: /[\u0100-\u017f]/, range: 'U+100-17F', regular: font.regularExtended, semibold: font.semiboldExtended },
  { letters: /[\u0370-\u03ff]/, range: 'U+370-3FF', regular: font.regularGreek, semibold: font.semiboldGreek },
  {
    letters: /[\u0400-\u045f\u0490\u0491\u2116]/,
    range: 'U+400-45F,U+490-491,U+2116',
    regular: font.regularCyrillic,
    semibold: font.semiboldCyrillic,
  },
  {
    letters: /[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u20ab]/,
    range: 'U+1A0-1A1,U+1AF-1B0,U+1EA0-1EF9,U+20AB',
    regular: font.regularVietnamese,
    semibold: font.semiboldVietnamese,
  },
];

export function fontRules(texts: string): string[] {
  const basic = 'U+0-FF,U+2000-20AA,U+20AC-2115,U+2117-22FF,U+FFFD';
  const more = scripts.filter(({ letters }) => letters.test(texts));
  return [
    face(400, font.regular, basic),
    face(600, font.semibold, basic),
    ...more.flatMap(({ regular, semibold, range }) => [face(400, regular, range), face(600, semibold, range)]),
  ];
}

function face(weight: number, data: string, range: string): string {
  return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
}
