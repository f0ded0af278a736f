// Tree -> the one text that says the same: canonical spaces, lines and columns, with every comment and single blank lines kept.

import { linesOf } from './align.js';
import { rowsOf } from './rows.js';
import type { Tree } from './tree.js';

/**
 * Nothing for a tree with a fault: what was not understood cannot be written anew. Lines end as the first of the source does, with CRLF or LF;
 * the last one too, unless there is none.
 */
export function format(tree: Tree): string | undefined {
  if (tree.diagnostics.length > 0) return undefined;
  const lineEnd = /\r\n|\r|\n/.exec(tree.source.text)?.[0] === '\r\n' ? '\r\n' : '\n';
  return linesOf(rowsOf(tree))
    .map((line) => line + lineEnd)
    .join('');
}
