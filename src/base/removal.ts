// A statement or a comment → the stretch of text that goes when it is removed.

import type { Location } from './source.js';

/** With the line that it has for itself, or the `;` that parts it from its neighbour. */
export function wholeStatement({ source, start, end }: Location): Location {
  const { text } = source;
  const line = wholeLine({ source, start, end });
  if (line) return line;
  const parting = /^[ \t]*;[ \t]*/.exec(text.slice(end, end + 200));
  if (parting) return { source, start, end: end + parting[0].length };
  const left = /[ \t]*;[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start));
  return { source, start: start - (left?.[0].length ?? 0), end };
}

/** With the line that it has for itself, or the spaces that part it from what it shares its line with. */
export function wholeComment({ source, start, end }: Location): Location {
  const line = wholeLine({ source, start, end });
  if (line) return line;
  const left = /[^\r\n \t][ \t]*$/.exec(source.text.slice(Math.max(0, start - 200), start));
  if (left) return { source, start: start - left[0].length + 1, end };
  return { source, start, end: end + (/^[ \t]*/.exec(source.text.slice(end, end + 200))?.[0].length ?? 0) };
}

function wholeLine({ source, start, end }: Location): Location | undefined {
  const { text } = source;
  const before = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, start - 200), start));
  const after = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end, end + 200));
  return before && after ? { source, start: start - (before[1] ?? '').length, end: end + after[0].length } : undefined;
}
