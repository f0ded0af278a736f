// A statement → the stretch of text that goes when it is removed.

import type { Location } from './source.js';

/** With the line that it has for itself, or the `;` that parts it from its neighbour. */
export function wholeStatement({ source, start, end }: Location): Location {
  const { text } = source;
  const before = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, start - 200), start));
  const after = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end, end + 200));
  if (before && after) return { source, start: start - (before[1] ?? '').length, end: end + after[0].length };
  const parting = /^[ \t]*;[ \t]*/.exec(text.slice(end, end + 200));
  if (parting) return { source, start, end: end + parting[0].length };
  const left = /[ \t]*;[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start));
  return { source, start: start - (left?.[0].length ?? 0), end };
}
