// What the build changes on the way: where bundles end, and one table that costs more than it gives.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Within the command line, a dynamic import is the border of a bundle. */
export const bundleBorders = {
  name: 'bundle-borders',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, kind, importer }) => {
      if (kind !== 'dynamic-import' || !/[\\/]src[\\/]cli[\\/]/.test(importer)) return undefined;
      return { path: `./${basename(path, '.js')}.cjs`, external: true };
    });
  },
};

/**
 * Chevrotain 11 fills a table of 65,536 numbers whenever the first lexer is made, two milliseconds of every start, so that characters
 * beyond Latin-1 need no division later. Here they are divided. The build fails where the library's text is not what it was.
 */
export const lexerWithoutTable = {
  name: 'lexer-without-table',
  setup(build) {
    build.onLoad({ filter: /chevrotain[\\/]lib[\\/]src[\\/]scan[\\/]lexer\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const looked = replaced(text, ': charCodeToOptimizedIdxMap[charCode];', ': 255 + ~~(charCode / 255);');
      return { contents: replaced(looked, 'if (isEmpty(charCodeToOptimizedIdxMap)) {', 'if (false) {'), loader: 'js' };
    });
  },
};

function replaced(text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`\`${from}\` is there ${parts.length - 1} times, not once: has the library changed?`);
  return parts.join(to);
}
