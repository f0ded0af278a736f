// A statement that the parser could not read -> what is wrong with it. The parser knows the word it stumbled over, the one before,
// and what it was reading; a table of these says what the author most likely meant.

import type { IToken } from 'chevrotain';
import type { Diagnostic } from '../src/base/diagnostic.js';
import type { Source } from '../src/base/source.js';
import { quoted } from '../src/base/words.js';
import { notArrow, placeOf, syntaxFault, unreadable, wrongCount } from './faults.js';
import { endsHead } from './parser.js';
import { Arrow, Bar, Colon, Comma, Count, endOf, Text, Unreadable, Word } from './tokens.js';

/** What people write for an arrow. */
const arrowLike = /^(?:[-=~–—]+>?|<[-=]*|>|[→⟶⇒➔↔⇄])$/;

export function isArrowLike(word: string): boolean {
  return arrowLike.test(word);
}

/** Where the parser stumbled. */
export interface Stumble {
  readonly token: IToken;
  /** The one before it; absent if the statement begins with `token`. */
  readonly before: IToken | undefined;
  readonly inConnection: boolean;
}

export function misfit(source: Source, stumble: Stumble): Diagnostic {
  const { token, before, inConnection } = stumble;
  if (token.tokenType === Unreadable) return unreadable(placeOf(source, token), token.image);
  if (!before) return misplacedStart(source, token);
  if (before.tokenType === Arrow) return afterArrow(source, before, token);
  if (before.tokenType === Comma || before.tokenType === Bar) return afterSeparator(source, before, token);
  if (before.tokenType === Colon) return afterColon(source, before, token, inConnection);
  if (token.tokenType === Count) return wrongCountAfter(source, before, token);
  return surplus(source, before, stumble);
}

function misplacedStart(source: Source, token: IToken): Diagnostic {
  const at = placeOf(source, token);
  const mark = quoted(token.image);
  if (token.tokenType === Arrow) {
    return syntaxFault({
      message: '`->` has nothing before it',
      at,
      label: 'who calls is missing',
      help: 'write who calls before the arrow: `web -> app`',
    });
  }
  if (token.tokenType === Text) {
    return syntaxFault({
      message: 'a statement begins with a word, not with a text in quotes',
      at,
      help: 'write what the text is before it: `note "…"` or `title "…"`',
    });
  }
  if (token.tokenType === Count) {
    return syntaxFault({
      message: 'a count has no name before it',
      at,
      help: 'write the count directly after a name: `host web[3]`',
    });
  }
  return syntaxFault({
    message: `${mark} has nothing before it`,
    at,
    label: 'a statement cannot begin with this',
    help: `remove ${mark}, or write before it what is missing`,
  });
}

function afterArrow(source: Source, arrow: IToken, token: IToken): Diagnostic {
  if (token.tokenType === Arrow) {
    return syntaxFault({
      message: 'two arrows stand in a row',
      at: placeOf(source, token),
      label: 'nothing between the two',
      help: 'remove one, or write a name between them',
    });
  }
  if (token.tokenType === Text) {
    return syntaxFault({
      message: 'an arrow leads to a name, not to a text in quotes',
      at: placeOf(source, token),
      help: 'write the name without quotes; a label goes to the end of the statement',
    });
  }
  return syntaxFault({
    message: '`->` has nothing after it',
    at: placeOf(source, arrow),
    label: 'who is called is missing',
    help: 'write who is called after the arrow: `web -> app`',
  });
}

function afterSeparator(source: Source, separator: IToken, token: IToken): Diagnostic {
  const mark = quoted(separator.image);
  if (token.tokenType === separator.tokenType) {
    const name = separator.tokenType === Comma ? 'commas' : 'bars';
    return syntaxFault({
      message: `two ${name} stand in a row`,
      at: placeOf(source, token),
      label: 'nothing between the two',
      help: `remove one ${mark}, or write between them what is missing`,
    });
  }
  const help = endsHead(token.tokenType) ? `remove ${mark}, or write what follows it` : `write a name after ${mark}`;
  return syntaxFault({
    message: `${mark} has nothing after it`,
    at: placeOf(source, separator),
    label: 'the list ends here',
    help,
  });
}

function afterColon(source: Source, colon: IToken, token: IToken, inConnection: boolean): Diagnostic {
  const at = placeOf(source, colon);
  if (inConnection) {
    return syntaxFault({
      message: '`:` has no protocol after it',
      at,
      label: 'the protocol is missing',
      help: 'write the protocol after it, such as `: http`, or remove `:`',
    });
  }
  const help =
    token.tokenType === Text
      ? 'a label needs no `:` before it; remove `:`'
      : "write a template's name after it, or remove `:`";
  return syntaxFault({ message: '`:` has no name after it', at, label: 'the name of a template is missing', help });
}

function wrongCountAfter(source: Source, before: IToken, token: IToken): Diagnostic {
  if (before.tokenType === Word && endOf(before) < token.startOffset) return wrongCount(source, token, 'apart');
  return syntaxFault({
    message: `${quoted(token.image)} does not belong here`,
    at: placeOf(source, token),
    help: 'a count stands once, directly after the name of a new node: `host web[3]`',
  });
}

/** A whole statement, and then more. */
function surplus(source: Source, before: IToken, { token, inConnection }: Stumble): Diagnostic {
  const at = placeOf(source, token);
  const mark = quoted(token.image);
  const foreign = `${mark} does not belong here`;
  if (token.tokenType === Word && isArrowLike(token.image)) return notArrow(at);
  if (token.tokenType === Arrow) {
    return syntaxFault({
      message: '`->` stands after the names of the connection',
      at,
      label: 'the names ended before this',
      help: 'write the whole chain first, then `:` and the protocol: `a -> b -> c : http`',
    });
  }
  if (token.tokenType === Colon) {
    const help =
      before.tokenType === Text
        ? 'the label in quotes comes last: `a -> b : http "label"`'
        : 'a statement has one `:`; a port follows its protocol after `/`: `http/8080`';
    return syntaxFault({ message: foreign, at, help });
  }
  if (token.tokenType === Text) {
    return syntaxFault({
      message: 'a second text in quotes',
      at,
      label: 'one label is enough',
      help: 'join the two, or write one of them as a `note` in the block',
    });
  }
  if (token.tokenType === Bar) {
    return syntaxFault({ message: foreign, at, help: '`|` stands between alternatives of a connection: `a -> b | c`' });
  }
  if (token.tokenType === Comma) {
    return syntaxFault({ message: foreign, at, help: 'a comma separates names or values, and nothing else' });
  }
  if (token.tokenType !== Word) return syntaxFault({ message: foreign, at, help: `remove ${mark}` });
  const help =
    before.tokenType === Text
      ? 'the label in quotes comes last'
      : inConnection
        ? 'names are separated by commas; what is said about a connection follows `:`, as in `a, b -> c : http tls`'
        : 'after the name of a template come a label in quotes and a block, and nothing else';
  return syntaxFault({ message: foreign, at, label: `directly after ${quoted(before.image)}`, help });
}
