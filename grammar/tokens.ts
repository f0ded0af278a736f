// Text -> tokens: the vocabulary of the language, in chevrotain's terms. Comments lie beside the stream, not in it.

import { createToken, Lexer, type CustomPatternMatcherReturn, type IToken, type TokenType } from 'chevrotain';
import { countEnd, textEnd, unreadableEnd, wordEnd } from './characters.js';

/** What chevrotain looks up by the first character; beyond Latin-1 it keeps buckets of 255 characters, of which one stands for all. */
const beyondLatin: number[] = [];
for (let code = 0x100; code <= 0xffff; code += 255) beyondLatin.push(code);
beyondLatin.push(0xffff);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}

function scanned(end: (text: string, start: number) => number) {
  return (text: string, start: number): [string] | null => {
    const stop = end(text, start);
    return stop > start ? [text.slice(start, stop)] : null;
  };
}

const Space = createToken({
  name: 'Space',
  pattern: /[^\S\r\n]+/,
  group: Lexer.SKIPPED,
  start_chars_hint: [9, 11, 12, 0x20, 0xa0, ...beyondLatin],
});
const Comment = createToken({
  name: 'Comment',
  pattern: /#[^\r\n]*/,
  group: 'comments',
  start_chars_hint: ['#'],
});

/** Ends a statement; the parser is given exactly one before each, the first included. */
export const End = createToken({
  name: 'End',
  label: 'end',
  pattern: /\r\n|[\r\n;]/,
  line_breaks: true,
  start_chars_hint: [10, 13, ';'],
});
export const Open = createToken({ name: 'Open', label: '{', pattern: '{' });
export const Close = createToken({ name: 'Close', label: '}', pattern: '}' });
export const Comma = createToken({ name: 'Comma', label: ',', pattern: ',' });
export const Bar = createToken({ name: 'Bar', label: '|', pattern: '|' });
export const Arrow = createToken({ name: 'Arrow', label: '->', pattern: '->' });
export const Colon = createToken({ name: 'Colon', label: ':', pattern: ':' });

export const Word = createToken({
  name: 'Word',
  label: 'word',
  pattern: scanned(wordEnd),
  line_breaks: false,
  start_chars_hint: [...range(0x21, 0x7e), ...range(0xa1, 0xff), ...beyondLatin],
});
/** A text in quotes; its payload is `unclosed` if its line ends first. */
export const Text = createToken({
  name: 'Text',
  label: 'text',
  pattern: scanText,
  line_breaks: false,
  start_chars_hint: ['"'],
});
/** `[3]`, well formed or not. */
export const Count = createToken({
  name: 'Count',
  label: 'count',
  pattern: scanned((text, start) => (text[start] === '[' ? countEnd(text, start) : start)),
  line_breaks: false,
  start_chars_hint: ['['],
});
/** What no statement has: the grammar does not mention it, so that it is a fault wherever it stands. */
const Bracket = createToken({ name: 'Bracket', label: ']', pattern: ']' });
export const Unreadable = createToken({
  name: 'Unreadable',
  label: 'unreadable',
  pattern: scanned(unreadableEnd),
  line_breaks: false,
  start_chars_hint: [...range(0, 0x1f), ...range(0x7f, 0x9f), ...beyondLatin],
});

export const vocabulary: TokenType[] = [
  Space, End, Comment, Arrow, Word, Comma, Open, Close, Colon, Text, Bar, Count, Bracket, Unreadable,
]; // prettier-ignore

/** An unclosed text takes the rest of its line, but not the braces at the end that open or close a block there. */
function scanText(text: string, start: number, before: IToken[]): CustomPatternMatcherReturn | null {
  if (text[start] !== '"') return null;
  const { end, closed } = textEnd(text, start);
  if (closed) return [text.slice(start, end)];
  const rest = text.slice(start, end);
  const trimmed = rest.trimEnd();
  let stop = trimmed.length;
  if (trimmed.endsWith('{')) stop--;
  else
    for (let open = openOnLine(before); open > 0 && trimmed.slice(0, stop).trimEnd().endsWith('}'); open--)
      stop = trimmed.lastIndexOf('}', stop - 1);
  const match: CustomPatternMatcherReturn = [rest.slice(0, stop).trimEnd()];
  match.payload = 'unclosed';
  return match;
}

/** How many blocks the line has opened so far. */
function openOnLine(before: readonly IToken[]): number {
  let open = 0;
  let closed = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    const token = before[index];
    if (!token || isLineEnd(token)) break;
    if (token.tokenType === Close) closed++;
    else if (token.tokenType === Open && closed-- <= 0) open++;
    closed = Math.max(closed, 0);
  }
  return open;
}

/** `;` ends a statement, but no line. */
export function isLineEnd(token: IToken): boolean {
  return token.tokenType === End && token.image !== ';';
}

/** A token that nobody wrote: it stands at `offset` and has no extent. Its fields are in the order of those that chevrotain makes, so that V8 takes them for one kind. */
export function emptyToken(tokenType: TokenType, offset: number): IToken {
  return { image: '', startOffset: offset, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0, tokenType };
}

/** One past the last unit of a token; chevrotain's `endOffset` is the last unit. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

export const lexerSettings = { positionTracking: 'onlyOffset', ensureOptimizations: false } as const;

let lexer: Lexer | undefined;

export function tokenize(text: string): { readonly tokens: readonly IToken[]; readonly comments: readonly IToken[] } {
  // The definition is checked by a test; checking it again at every start would double the start.
  lexer ??= new Lexer(vocabulary, { ...lexerSettings, skipValidations: true });
  const { tokens, groups } = lexer.tokenize(text);
  return { tokens, comments: groups['comments'] ?? [] };
}
