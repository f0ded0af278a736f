// Tokens -> tokens in which every statement is on one line: line ends after `,`, `->` and `|` go, and those before them too, with
// a fault. Blank lines go as well.

import type { IToken } from 'chevrotain';
import type { Diagnostic } from '../src/base/diagnostic.js';
import type { Source } from '../src/base/source.js';
import { lineBegins, unclosedText } from './faults.js';
import { Arrow, Bar, Close, Colon, Comma, Count, End, isLineEnd, Open, Text, Word } from './tokens.js';

export interface Lines {
  readonly tokens: readonly IToken[];
  readonly faults: readonly Diagnostic[];
}

/** What the statement that is being read has had so far, outside its blocks. */
interface Progress {
  arrow: boolean;
  /** Two words without a comma between them: no list of names. */
  phrase: boolean;
  /** After a `:` or a text, nothing can be added at the beginning of the next line. */
  closed: boolean;
}

export function joinLines(tokens: readonly IToken[], source: Source): Lines {
  const joined: IToken[] = [];
  const faults: Diagnostic[] = [];
  const progress: Progress = { arrow: false, phrase: false, closed: false };
  let last: IToken | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    if (token.tokenType === End) {
      const first = token;
      let lineEndsOnly = isLineEnd(token);
      while (tokens[index + 1]?.tokenType === End) {
        index++;
        lineEndsOnly &&= isLineEnd(tokens[index] ?? token);
      }
      const next = tokens[index + 1];
      if (!last || last.tokenType === Open || !next) continue;
      if (lineEndsOnly) {
        if (goesOn(last, next, tokens[index + 2], progress)) continue;
        if (belongsToLineBefore(last, next, progress)) {
          faults.push(lineBegins(source, next, last));
          continue;
        }
      }
      joined.push(first);
      last = first;
      progress.arrow = progress.phrase = progress.closed = false;
      continue;
    }
    if (token.tokenType === Arrow) progress.arrow = true;
    else if (token.tokenType === Word && (last?.tokenType === Word || last?.tokenType === Count))
      progress.phrase = true;
    else if (token.tokenType === Colon || token.tokenType === Text) progress.closed = true;
    else if (token.tokenType === Open || token.tokenType === Close)
      progress.arrow = progress.phrase = progress.closed = false;
    if (token.payload === 'unclosed') faults.push(unclosedText(source, token));
    joined.push(token);
    last = token;
  }
  return { tokens: joined, faults };
}

function isConnector(token: IToken): boolean {
  return token.tokenType === Arrow || token.tokenType === Comma || token.tokenType === Bar;
}

/** Whether a line that ends in `last` goes on with `next`. Two words in a row begin a new statement where only names can follow. */
function goesOn(last: IToken, next: IToken, afterNext: IToken | undefined, progress: Progress): boolean {
  if (!isConnector(last) || next.tokenType === Close) return false;
  const namesOnly = progress.arrow || last.tokenType === Bar;
  return !(namesOnly && next.tokenType === Word && afterNext?.tokenType === Word);
}

/** Whether a line that begins with `next` was meant as the rest of the one before it. */
function belongsToLineBefore(last: IToken, next: IToken, progress: Progress): boolean {
  if (last.tokenType === Close) return false;
  if (next.tokenType === Open) return true;
  if (progress.closed) return false;
  if (next.tokenType === Arrow || next.tokenType === Bar) return !progress.phrase;
  return next.tokenType === Comma || next.tokenType === Colon;
}
