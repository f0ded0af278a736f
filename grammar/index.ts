// Text -> tree: the language's front door.

import type { IToken } from 'chevrotain';
import { byPlace, type Source } from '../src/base/source.js';
import { pairBraces } from './braces.js';
import { isBinary } from './characters.js';
import { binaryFile, placeOf } from './faults.js';
import { joinLines } from './lines.js';
import { lower } from './lower.js';
import { tokenize } from './tokens.js';
import type { Comment, Tree } from './tree.js';

export { format } from './format.js';
export type * from './tree.js';

/** Never throws, whatever the text; takes time in proportion to its length. Blocks deeper than `nesting` are not read, and reported. */
export function parse(source: Source, nesting?: number): Tree {
  if (isBinary(source.text)) return { source, statements: [], comments: [], diagnostics: [binaryFile(source)] };
  const { tokens, comments } = tokenize(source.text);
  const lines = joinLines(tokens, source);
  const blocks = pairBraces(lines.tokens, source, nesting);
  const { statements, faults } = lower({ source, tokens: blocks.tokens, earlier: lines.faults });
  const diagnostics = [...lines.faults, ...blocks.faults, ...faults].sort((a, b) => byPlace(a.at, b.at));
  return { source, statements, comments: comments.map((token) => comment(source, token)), diagnostics };
}

function comment(source: Source, token: IToken): Comment {
  return { at: placeOf(source, token), text: token.image };
}
