// Statement -> the pieces of its head, as they are printed: words, texts and marks, and where a line may end between them.

import { textAt } from '../src/base/source.js';
import type { Block, ConnectionStatement, Entry, Member, Value } from './tree.js';

export interface Piece {
  readonly text: string;
  /** Where it stands in the source; a mark stands at the end of what it follows. */
  readonly start: number;
  readonly end: number;
  /** A line may end behind it: after `,`, `->` and `|` a statement goes on. */
  readonly breaks: boolean;
}

export function piecesOf(statement: Entry | ConnectionStatement): readonly Piece[] {
  return statement.form === 'entry' ? entryPieces(statement) : connectionPieces(statement);
}

export function blocksOf(statement: Entry | ConnectionStatement): readonly Block[] {
  return statement.form === 'entry' ? statement.blocks : statement.block ? [statement.block] : [];
}

function entryPieces({ head, groups, template, label }: Entry): readonly Piece[] {
  const values = groups.flatMap((group, index) => {
    const last = index === groups.length - 1;
    return group.map((value, at) => pieceOf(value, last || at < group.length - 1 ? '' : ','));
  });
  const pieces = [pieceOf(head), ...values];
  if (template) pieces.push(markAfter(pieces, ':'), pieceOf(template));
  if (label) pieces.push(pieceOf(label));
  return pieces;
}

function connectionPieces({ members, words, label }: ConnectionStatement): readonly Piece[] {
  const pieces: Piece[] = [];
  members.forEach((member, index) => {
    if (index > 0) pieces.push(markAfter(pieces, '->'));
    pieces.push(...memberPieces(member));
  });
  if (words.length > 0) pieces.push(markAfter(pieces, ':'), ...words.map((word) => pieceOf(word)));
  if (label) pieces.push(pieceOf(label));
  return pieces;
}

function memberPieces({ choices }: Member): readonly Piece[] {
  return choices.flatMap((choice, index) => {
    const pieces: Piece[] = [];
    choice.forEach((word, at) => {
      if (at > 0) pieces.push(markAfter(pieces, '|'));
      pieces.push(pieceOf(word, at === choice.length - 1 && index < choices.length - 1 ? ',' : ''));
    });
    return pieces;
  });
}

/** Words and texts as they are written, so that no escape is lost. */
function pieceOf(value: Value, mark: '' | ',' = ''): Piece {
  const count = value.form === 'word' && value.count ? value.count.at : undefined;
  const text = `${textAt(value.at)}${count ? textAt(count).replace(/\s/g, '') : ''}`;
  return { text: text + mark, start: value.at.start, end: (count ?? value.at).end, breaks: mark !== '' };
}

function markAfter(pieces: readonly Piece[], mark: ':' | '->' | '|'): Piece {
  const at = pieces.at(-1)?.end ?? 0;
  return { text: mark, start: at, end: at, breaks: mark !== ':' };
}
