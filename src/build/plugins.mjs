// What the build changes on the way: where bundles end, and what libraries do that costs more than it gives.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

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

/**
 * Chevrotain copies the hundred and fifty methods of ten classes into one whenever it is loaded. Here the ten stand behind one another, the last
 * first, as the last copy would win.
 */
export const mixinsInARow = {
  name: 'mixins-in-a-row',
  setup(build) {
    build.onLoad(
      { filter: /chevrotain[\\/]lib[\\/]src[\\/]parse[\\/]parser[\\/]utils[\\/]apply_mixins\.js$/ },
      ({ path }) => {
        replaced(readFileSync(path, 'utf8'), 'derivedCtor.prototype[propName] = baseCtor.prototype[propName];', '');
        const contents = `export function applyMixins(derived, bases) {
        let last = Object.prototype;
        for (const { prototype } of bases) last = Object.setPrototypeOf(prototype, last);
        Object.setPrototypeOf(derived.prototype, last);
      }`;
        return { contents, loader: 'js' };
      },
    );
  },
};

/**
 * What chevrotain needs only to learn a grammar and to check tokens, which the tests do (`grammar/learned.ts`): a third of its text, and of the
 * time that reading it takes. In its place stand classes that nobody makes; to call one as a function throws.
 */
export const grammarIsLearned = {
  name: 'grammar-is-learned',
  setup(build) {
    const parts = [
      'chevrotain/lib/src/parse/grammar/(?:checks|first|follow|interpreter|llk_lookahead|lookahead|resolver|rest)',
      'chevrotain/lib/src/parse/grammar/gast/gast_resolver_public',
      'chevrotain/lib/src/(?:parse/errors_public|scan/lexer_errors_public|scan/reg_exp)',
      '@chevrotain/(?:gast|regexp-to-ast)/lib/src/.*',
    ];
    const filter = new RegExp(`node_modules/(?:${parts.join('|')})\\.js$`.replaceAll('/', '[\\\\/]'));
    build.onLoad({ filter }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const names = [...text.matchAll(/^export (?:function|class|const|let|var) (\w+)/gm)].map(([, name]) => name);
      if (names.length === 0) return undefined;
      return { contents: names.map((name) => `export class ${name} {}`).join('\n'), loader: 'js' };
    });
  },
};

/**
 * With svgdom come a reader of fonts, their compression and a reader of images: three quarters of a megabyte that pictures here have no use for,
 * as text is measured by a table and no image is loaded (`src/render`). In their place stand functions that throw.
 */
export const drawingWithoutFonts = {
  name: 'drawing-without-fonts',
  setup(build) {
    build.onResolve({ filter: /^(?:fontkit|image-size)$/ }, ({ path, importer }) =>
      /[\\/]svgdom[\\/]/.test(importer) ? { path, namespace: 'left-out' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => {
      const leftOut = `() => { throw new Error('${path} is no part of this program'); }`;
      return { contents: `export const openSync = ${leftOut};\nexport default ${leftOut};`, loader: 'js' };
    });
  },
};

/**
 * The public suffix list is a table of some thousand rows, which its library makes when it is loaded: 30 ms of every start. Here it is loaded from
 * `place` when the first name is asked about.
 */
export function suffixesWhenAsked(place) {
  return {
    name: 'suffixes-when-asked',
    setup(build) {
      build.onResolve({ filter: /^tldts-icann$/ }, ({ path, kind }) =>
        kind === 'import-statement' ? { path, namespace: 'when-asked' } : undefined,
      );
      build.onResolve({ filter: /^\.\/suffixes\.cjs$/ }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: 'when-asked' }, () => ({
        contents: `let library;
          export const getPublicSuffix = (name) => (library ??= require('${place}')).getPublicSuffix(name);`,
        resolveDir: root,
        loader: 'js',
      }));
    },
  };
}

function replaced(text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`\`${from}\` is there ${parts.length - 1} times, not once: has the library changed?`);
  return parts.join(to);
}
