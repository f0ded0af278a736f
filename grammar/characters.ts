// Characters -> the extents of words, texts and counts: the scanners below the tokens. Each looks at every character a bounded
// number of times, and none uses a regular expression that could backtrack.

const WORD = 0;
const SPACE = 1;
const MARK = 2;
const UNREADABLE = 3;

const classes = new Uint8Array(0x100);
for (let code = 0; code < 0x20; code++) classes[code] = UNREADABLE;
for (let code = 0x7f; code < 0xa0; code++) classes[code] = UNREADABLE;
for (const code of [9, 10, 11, 12, 13, 0x20, 0xa0]) classes[code] = SPACE;
for (const mark of '#"{};,|[]:') classes[mark.charCodeAt(0)] = MARK;

/** Spaces, and characters that nobody sees or that turn the line around, outside Latin-1. Words hold none of them. */
const spaces = /[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
const unseen = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufffd]/;

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** A lone surrogate is unreadable; half of a pair belongs to a word. */
function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0x100) return classes[code] ?? WORD;
  if (isHighSurrogate(code)) return isLowSurrogate(text.charCodeAt(at + 1)) ? WORD : UNREADABLE;
  if (isLowSurrogate(code)) return at > 0 && isHighSurrogate(text.charCodeAt(at - 1)) ? WORD : UNREADABLE;
  if (code < 0x1680 || (code > 0x3000 && code < 0xfeff)) return WORD;
  const character = text[at] ?? '';
  if (spaces.test(character)) return SPACE;
  return unseen.test(character) ? UNREADABLE : WORD;
}

/** Where a run of characters that no text has, such as NUL, ends; `start` if there is none. */
export function unreadableEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && classAt(text, at) === UNREADABLE) at++;
  return at;
}

/** Where the word that begins at `start` ends; `start` if none does. A word stops before `->`. */
export function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    if (classAt(text, at) !== WORD || isArrow(text, at)) break;
    at++;
  }
  return text[at] === ':' ? (addressEnd(text, start) ?? at) : at;
}

function isArrow(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x2d && text.charCodeAt(at + 1) === 0x3e;
}

/** Longer than any IPv6 address with an IPv4 tail, a range and a prefix; it bounds the time. */
const longestAddress = 100;

/** Where an IPv6 address ends (`2001:db8::1`, `fe80::/10`): hex digits, `:` and `.` with two `:` at least, then perhaps `/64`. */
function addressEnd(text: string, start: number): number | undefined {
  let colons = 0;
  let at = start;
  for (; at < text.length && at - start < longestAddress; at++) {
    const character = text[at] ?? '';
    if (character === ':') colons++;
    else if (!/[0-9a-fA-F.]/.test(character)) break;
  }
  if (colons < 2) return undefined;
  if (text[at] === '/')
    do at++;
    while (/\d/.test(text[at] ?? ''));
  const ends = at >= text.length || isArrow(text, at) || (classAt(text, at) !== WORD && text[at] !== ':');
  return ends ? at : undefined;
}

/** Where the text in quotes that begins at `start` ends, and whether it is closed on its line. */
export function textEnd(text: string, start: number): { readonly end: number; readonly closed: boolean } {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { end: at + 1, closed: true };
    if (code === 0x0a || code === 0x0d) break;
    if (code === 0x5c && !/[\r\n]/.test(text[at + 1] ?? '\n')) at++;
  }
  return { end: at, closed: false };
}

/** Where the count that begins with the `[` at `start` ends: after its `]`, else before whatever cannot be part of it. */
export function countEnd(text: string, start: number): number {
  const digits = wordEnd(text, blankEnd(text, start + 1));
  const close = blankEnd(text, digits);
  return text[close] === ']' ? close + 1 : digits;
}

function blankEnd(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** The first unreadable character of a text in quotes, tabs and byte order marks excepted; -1 if it has none. */
export function firstUnreadable(text: string): number {
  for (let at = 0; at < text.length; at++) if (classAt(text, at) === UNREADABLE) return at;
  return -1;
}

/** Whether this is no text at all: a picture, an archive, a text in UTF-16. */
export function isBinary(text: string): boolean {
  const suspects = /[\0-\x08\x0e-\x1f\x7f\ufffd]/g;
  let found = 0;
  while (suspects.exec(text)) found++;
  return found >= 4 && found * 20 >= text.length;
}
