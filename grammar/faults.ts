// What is wrong with a text, in the reader's words: one function for each fault that is larger or smaller than a statement's form.

import type { IToken } from 'chevrotain';
import { diagnostic, type Diagnostic, type DiagnosticParts, type Related } from '../src/base/diagnostic.js';
import { textAt, type Location, type Source } from '../src/base/source.js';
import { counted, quoted } from '../src/base/words.js';
import { Colon, endOf, Open } from './tokens.js';

export function placeOf(source: Source, first: IToken, last: IToken = first): Location {
  return { source, start: first.startOffset, end: endOf(last) };
}

export function syntaxFault(parts: Omit<DiagnosticParts, 'code'>): Diagnostic {
  return diagnostic({ code: 'syntax', ...parts });
}

/** A `->`, `,`, `|`, `:` or `{` that begins a line. `last` is the token before it. */
export function lineBegins(source: Source, token: IToken, last: IToken): Diagnostic {
  if (token.tokenType === Open) return loneBlock(source, token, last);
  const mark = quoted(token.image);
  const at = placeOf(source, token);
  const related = [{ at: placeOf(source, last), message: `${mark} belongs after this` }];
  if (token.tokenType === Colon) {
    return syntaxFault({
      message: 'a line begins with `:`',
      at,
      label: 'a line end ends the statement',
      related,
      help: 'move `:` to the end of the line before, with what follows it',
    });
  }
  const help = `move ${mark} to the end of the line before: a line that ends in ${mark} goes on`;
  return syntaxFault({
    message: `a line begins with ${mark}`,
    at,
    label: 'a line end ends the statement',
    related,
    help,
  });
}

/** A `{` that begins a statement. `last`, if the block can be read as that of the statement before, is where this ends. */
export function loneBlock(source: Source, brace: IToken, last?: IToken): Diagnostic {
  return syntaxFault({
    message: last ? '`{` is not on the line of its statement' : '`{` opens a block that belongs to nothing',
    at: placeOf(source, brace),
    label: last ? 'this begins a new line' : 'no statement before it',
    related: last ? [{ at: placeOf(source, last), message: '`{` belongs after this' }] : [],
    help: last
      ? 'move `{` to the end of the line before'
      : 'write what the block describes before `{`, on the same line: `host a {`',
  });
}

/** Blocks that end together, outermost first, before the token `next` or with the file. */
export function missingClose(source: Source, braces: readonly IToken[], next: IToken | undefined): Diagnostic {
  const related: Related[] = braces
    .slice(0, -1)
    .map((brace) => ({ at: placeOf(source, brace), message: 'nor is this one' }));
  if (next) related.push({ at: placeOf(source, next), message: '`}` seems to be missing before this' });
  const [first] = braces;
  const brace = braces.at(-1) ?? first;
  if (!brace) throw new Error('a fault without a brace');
  return syntaxFault({
    message:
      braces.length === 1
        ? 'a block is not closed: `}` is missing'
        : `${counted(braces.length, 'block')} are not closed: \`}\` is missing`,
    at: placeOf(source, brace),
    label: 'this block has no `}`',
    related,
    help: next ? 'add `}` where the block ends' : 'add `}` where the block ends, at the end of the file at the latest',
  });
}

/** `last` is the end of the line on which the `{` was forgotten; `close` the brace that it would pair with. */
export function missingOpen(source: Source, last: IToken, close: IToken): Diagnostic {
  return syntaxFault({
    message: 'a block is not opened: `{` is missing',
    at: placeOf(source, last),
    label: '`{` belongs after this',
    related: [{ at: placeOf(source, close), message: 'the `}` that closes the block' }],
    help: 'add `{` at the end of the line',
  });
}

export function strayClose(source: Source, brace: IToken): Diagnostic {
  return syntaxFault({
    message: '`}` closes nothing',
    at: placeOf(source, brace),
    label: 'no open block here',
    help: 'remove it, or add the `{` that it should close',
  });
}

export function tooDeep(source: Source, brace: IToken, deepest: number): Diagnostic {
  return diagnostic({
    code: 'too-large',
    message: `blocks nest more than ${deepest} deep`,
    at: placeOf(source, brace),
    label: `block number ${deepest + 1}, counted from outside`,
    notes: [`the limit is ${deepest} blocks in one another; what is deeper is not read`],
    help: 'nest less deep; a path such as `eu/zone-1/web` also names what stands elsewhere',
  });
}

export function unclosedText(source: Source, token: IToken): Diagnostic {
  return syntaxFault({
    message: 'a text in quotes is not closed',
    at: { source, start: token.startOffset, end: token.startOffset + 1 },
    label: 'no `"` after this one on its line',
    help: 'add `"` where the text ends; a text cannot go on to the next line',
  });
}

export function unknownEscape(at: Location, escape: string): Diagnostic {
  return syntaxFault({
    message: `${quoted(escape)} means nothing in a text`,
    at,
    label: 'not known after a backslash',
    help: 'write `\\\\` for a backslash; besides it there are `\\"`, `\\n` and `\\t`',
  });
}

export function wrongCount(source: Source, token: IToken, fault: 'apart' | 'open' | 'value'): Diagnostic {
  const inside = token.image.replace(/^\[|\]$/g, '').trim();
  const [message, label] = {
    apart: ['a count stands directly after its name', 'a space before it'],
    open: ['a count is not closed: `]` is missing', 'no `]` after this'],
    value: [
      inside === '' ? 'a count is missing between `[` and `]`' : `${quoted(inside)} is not a count`,
      'not a whole number from 1',
    ],
  }[fault];
  return syntaxFault({
    message: message ?? '',
    at: placeOf(source, token),
    label: label ?? '',
    help: 'write the count as in `host web[3]`',
  });
}

export function notArrow(at: Location): Diagnostic {
  return syntaxFault({
    message: `${quoted(textAt(at))} is not an arrow`,
    at,
    label: 'between the two ends of a connection',
    help: 'write `->`; it points from the one who calls to the one who is called',
  });
}

export function secondBlock(source: Source, open: IToken): Diagnostic {
  return syntaxFault({
    message: 'a connection has one block',
    at: placeOf(source, open),
    label: 'a second one',
    help: 'write everything about the connection into one block',
  });
}

/** `U+0000` and the like: how a character is named that cannot be shown. */
export function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

export function unreadable(at: Location, text: string): Diagnostic {
  const invisible = /^[\u200b-\u206f]/.test(text);
  return syntaxFault({
    message: invisible ? `an invisible character (${codePoint(text)}) stands here` : 'this text cannot be read',
    at,
    label: invisible ? 'invisible' : `${codePoint(text)} has no place in a text`,
    help: invisible ? 'remove it' : 'remove it; the file must be plain text in UTF-8',
  });
}

export function binaryFile(source: Source): Diagnostic {
  const wide = /^.\0.\0|^\0.\0./s.test(source.text.replace(/^\ufeff|^\ufffd+/, ''));
  return syntaxFault({
    message: 'this is not a text file',
    at: { source, start: 0, end: Math.min(1, source.text.length) },
    label: 'unreadable from here',
    help: wide ? 'it seems to be text in UTF-16: save it in UTF-8' : 'name a file in UTF-8 that describes a system',
  });
}
