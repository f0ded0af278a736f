// The rules of this house: who may import whom and which library, who may touch the outside world, how long a file may be.

import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import ts from 'typescript';

/** What each folder may import, types and values; and the libraries that it alone knows. `types` may be imported as types only. */
interface Row {
  readonly from: readonly string[];
  readonly types?: readonly string[];
  readonly libraries: readonly string[];
}

const house: Readonly<Record<string, Row>> = {
  'src/base': { from: [], libraries: [] },
  grammar: { from: ['src/base'], libraries: ['chevrotain'] },
  'src/model': { from: ['src/base', 'grammar'], libraries: ['ipaddr.js', 'tldts-icann'] },
  'src/analysis': { from: ['src/base', 'src/model'], libraries: [] },
  rules: { from: ['src/base', 'src/model', 'src/analysis'], libraries: [] },
  'src/lint': { from: ['src/base', 'grammar', 'src/model', 'src/analysis'], types: ['rules'], libraries: [] },
  'src/config': {
    from: ['src/base', 'src/model', 'src/lint'],
    types: ['rules'],
    libraries: ['picomatch', '@humanwhocodes/momoa'],
  },
  'src/baseline': { from: ['src/base', 'src/config'], libraries: [] },
  'src/layout': { from: ['src/base', 'src/model'], libraries: ['elkjs'] },
  'src/render': {
    from: ['src/base'],
    types: ['src/layout'],
    libraries: ['@svgdotjs/svg.js', 'svgdom', '@resvg/resvg-wasm'],
  },
  'src/report': { from: ['src/base'], libraries: ['diff'] },
  'src/export': { from: ['src/base', 'src/model', 'src/layout'], libraries: [] },
  'src/diff': { from: ['src/base', 'src/model', 'src/analysis'], libraries: [] },
  'src/cli': {
    from: ['src/base', 'src/config', 'src/baseline', 'src/index.ts'],
    libraries: ['yargs', 'chalk', 'node:'],
  },
};

/** Where the stages are joined. */
const joints = ['src/index.ts', 'src/pipeline.ts'];

interface File {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

function filesBelow(folder: string, ends: RegExp): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, ends);
    return ends.test(entry.name) ? [path] : [];
  });
}

function folderOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? `${first}/${second}` : first;
}

const files: readonly File[] = ['src', 'grammar', 'rules']
  .flatMap((folder) => filesBelow(folder, /(?<!\.d)\.ts$/))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    const tree = ts.createSourceFile(path, path.endsWith('.gen.ts') ? '' : text, ts.ScriptTarget.ES2022, true);
    return { path, folder: folderOf(path), text, tree };
  });

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Static and dynamic imports, and re-exports. */
function importsOf({ tree }: File): readonly Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const target = (node.moduleSpecifier as ts.StringLiteral).text;
      found.push({ target, typeOnly: onlyTypes(node) });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) found.push({ target: argument.text, typeOnly: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({ target: (node.argument.literal as ts.StringLiteral).text, typeOnly: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function onlyTypes(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    !clause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every((element) => element.isTypeOnly)
  );
}

/** The folder, or the joint, that a relative import leads to. */
function reached(file: File, target: string): string {
  const path = posix.join(dirname(file.path), target).replace(/\.js$/, '.ts');
  return joints.includes(path) ? path : folderOf(path);
}

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(importsOf).length).toBeGreaterThan(100);
});

describe('imports', () => {
  test('go up the table only', () => {
    const wrong = files.flatMap((file) => {
      if (joints.includes(file.path)) return [];
      const row = house[file.folder];
      if (!row) return [`${file.path} stands in a folder that the table does not know`];
      return importsOf(file).flatMap(({ target, typeOnly }) => {
        if (!target.startsWith('.')) return [];
        const to = reached(file, target);
        const allowed = to === file.folder || row.from.includes(to) || (typeOnly && row.types?.includes(to));
        return allowed ? [] : [`${file.path} imports ${target}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('of values form no circle of folders', () => {
    const edges = new Map<string, Set<string>>();
    for (const file of files) {
      for (const { target, typeOnly } of importsOf(file)) {
        if (typeOnly || !target.startsWith('.') || joints.includes(file.path)) continue;
        const to = reached(file, target);
        if (to !== file.folder) edges.set(file.folder, (edges.get(file.folder) ?? new Set()).add(to));
      }
    }
    const below = (folder: string, seen: Set<string>): Set<string> => {
      for (const next of edges.get(folder) ?? []) if (!seen.has(next)) below(next, seen.add(next));
      return seen;
    };
    for (const folder of edges.keys()) expect([folder, below(folder, new Set()).has(folder)]).toEqual([folder, false]);
  });

  test('of a library stand in the one folder that knows it', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file).flatMap(({ target }) => {
        if (target.startsWith('.')) return [];
        const libraries = house[file.folder]?.libraries ?? [];
        const known = libraries.some(
          (library) => target === library || target.startsWith(library.endsWith(':') ? library : `${library}/`),
        );
        return known ? [] : [`${file.path} imports ${target}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

test('a library outside the table of the design has its reason in the README of its folder', () => {
  expect(readFileSync('src/model/README.md', 'utf8')).toMatch(/ipaddr\.js.*tldts-icann/s);
  expect(readFileSync('src/report/README.md', 'utf8')).toContain('jsdiff');
  expect(readFileSync('src/config/README.md', 'utf8')).toMatch(/picomatch.*momoa/s);
});

test('what is bundled is no dependency of the package', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).not.toHaveProperty('dependencies');
});

test('`npm pack` prints the name of the package alone: pre-commit takes what it prints for that name', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^foreground-scripts=false$/m);
});

test('only src/cli touches the outside world; nothing asks for locale or chance', () => {
  const wrong = files.flatMap((file) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && isForbidden(node, file.folder)) found.push(`${file.path} uses ${node.text}`);
      ts.forEachChild(node, visit);
    };
    visit(file.tree);
    return found;
  });
  expect(wrong).toEqual([]);
});

const outside = new Set([
  'process',
  'Date',
  'console',
  'globalThis',
  'setTimeout',
  'setInterval',
  'fetch',
  'performance',
]);
const whims = new Set(['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase', 'random', 'Intl']);

function isForbidden(node: ts.Identifier, folder: string): boolean {
  const { parent } = node;
  if (whims.has(node.text)) return node.text === 'Intl' || ts.isPropertyAccessExpression(parent);
  if (folder === 'src/cli' || !outside.has(node.text)) return false;
  // A given day may be reckoned with; the present one may not be asked for.
  if (node.text === 'Date' && !ts.isCallExpression(parent)) {
    const asksForNow = ts.isPropertyAccessExpression(parent) && parent.name.text === 'now';
    return asksForNow || (ts.isNewExpression(parent) && (parent.arguments?.length ?? 0) === 0);
  }
  const isName =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent);
  return !isName;
}

test('every stage has a README', () => {
  const folders = Object.keys(house).filter((folder) => existsSync(folder));
  expect(folders.filter((folder) => !existsSync(`${folder}/README.md`))).toEqual([]);
});

test('no file is longer than 400 lines, and each begins by saying what it is', () => {
  const all = ['src', 'grammar', 'rules', 'test']
    .flatMap((folder) => filesBelow(folder, /\.(?:ts|mjs)$/))
    .filter((path) => !path.endsWith('.gen.ts'));
  const lines = all.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  expect(lines.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path)).toEqual([]);
  expect(lines.filter(({ text }) => !/^(?:#!.*\n)?(?:\/\/ |\/\*\* )\S/.test(text)).map(({ path }) => path)).toEqual([]);
});
