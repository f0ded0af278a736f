// Files → projects: reads a main file and what it imports, each file once, never outside the project root.

import { isUtf8 } from 'node:buffer';
import type { Project, Tree, Unreadable } from '../index.js';
import { diagnostic, importsOf, parse, textAt } from '../index.js';
import { absolute, isInside, parentOf, shownPath } from './paths.js';
import { isTrouble, Trouble, type World } from './world.js';

/** Whichever of these stands in a folder makes it the root of a project. */
export const rootMarkers: ReadonlySet<string> = new Set(['archlint.config.json', 'package.json', '.git']);

export interface Root {
  readonly folder: string;
  /** False if no folder above has a marker: then it is the file's own folder, and nothing below it belongs to the project. */
  readonly marked: boolean;
}

/** Paths are absolute. Everything read is kept, so that files which several projects share are read and parsed once. */
export interface Loader {
  /** What messages call a file: its path as it was first named, as a link leads to a file that may have another. Throws `Trouble` if it cannot be read. */
  readonly name: (path: string) => string;
  /** Throws `Trouble` if it cannot be read. */
  readonly tree: (path: string) => Tree;
  /** The names of the files that one imports directly, of those that can be read. */
  readonly imported: (name: string) => readonly string[];
  readonly project: (main: Tree) => Project;
  readonly rootOf: (path: string) => Root;
  /** Whether the text of a file speaks of imports at all; does not parse it. */
  readonly mayImport: (path: string) => boolean;
  /** Where links lead to the names that files have: what another loader has to know to call them the same. */
  readonly linked: () => ReadonlyMap<string, string>;
  /** What a file holds. Throws `Trouble` if it cannot be read. */
  readonly bytes: (path: string) => Uint8Array;
  /** Whether a file begins with a byte order mark. */
  readonly marked: (path: string) => boolean;
}

export interface LoaderOptions {
  /** Texts that stand for files, such as what came through stdin, by absolute path. */
  readonly given?: ReadonlyMap<string, Uint8Array>;
  /** How deep the blocks of a file may nest, by absolute path. */
  readonly nesting?: (path: string) => number | undefined;
  /** The names that files have already, by real path. */
  readonly linked?: ReadonlyMap<string, string>;
}

export function openLoader(world: World, { given = new Map(), nesting, linked }: LoaderOptions = {}): Loader {
  const { files, folder } = world;
  const bytesOf = new Map<string, Uint8Array>();
  const names = new Map(linked);
  const trees = new Map<string, Tree>();
  const importsByName = new Map<string, readonly string[]>();
  const roots = new Map<string, Root>();

  const bytes = (path: string): Uint8Array => {
    const known = given.get(path) ?? bytesOf.get(path);
    if (known) return known;
    const content = files.read(path);
    bytesOf.set(path, content);
    return content;
  };

  /** By real path, so that a link and what it leads to are one file. */
  const nameOf = (path: string): string => {
    const real = given.has(path) ? path : files.real(path);
    const known = names.get(real);
    if (known !== undefined) return known;
    bytes(path);
    const name = shownPath(folder, path);
    names.set(real, name);
    return name;
  };

  const treeOf = (path: string): Tree => {
    const name = nameOf(path);
    const known = trees.get(name);
    if (known !== undefined) return known;
    const named = absolute(folder, name);
    const tree = read(name, bytes(named), nesting?.(named));
    trees.set(name, tree);
    return tree;
  };

  const rootOf = (path: string): Root => {
    const own = parentOf(path);
    const known = roots.get(own);
    if (known) return known;
    let root: Root = { folder: own, marked: false };
    for (let above = own; ; above = parentOf(above)) {
      if ([...rootMarkers].some((marker) => files.kind(`${above === '/' ? '' : above}/${marker}`) !== 'missing')) {
        root = { folder: above, marked: true };
        break;
      }
      if (parentOf(above) === above) break;
    }
    roots.set(own, root);
    return root;
  };

  const follow = <T>(path: string, root: Root, read: (target: string) => T): T | Unreadable => {
    const target = absolute(folder, path);
    if (!isInside(target, root.folder)) return 'outside';
    if (given.has(target)) return read(target);
    const kind = files.kind(target);
    if (kind === 'missing') return 'missing';
    if (kind === 'folder') return 'unreadable';
    if (!isInside(files.real(target), files.real(root.folder))) return 'outside';
    try {
      return read(target);
    } catch (error) {
      if (isTrouble(error)) return 'unreadable';
      throw error;
    }
  };

  const mayImport = (path: string): boolean => Buffer.from(bytes(path)).includes('import');

  /** The trees of files that import nothing are left for whoever judges them. */
  const importsOfName = (name: string): readonly string[] => {
    const path = absolute(folder, name);
    if (!mayImport(path)) return [];
    const root = rootOf(path);
    return importsOf(treeOf(path)).flatMap(({ path }) => {
      const found = follow(path, root, (target) => ({ name: nameOf(target) }));
      return typeof found === 'string' ? [] : [found.name];
    });
  };

  return {
    name: nameOf,
    tree: treeOf,
    imported: (name) => {
      const known = importsByName.get(name) ?? importsOfName(name);
      importsByName.set(name, known);
      return known;
    },
    project: (main) => {
      const root = rootOf(absolute(folder, main.source.path));
      const reached = new Map<string, Tree>([[main.source.path, main]]);
      const unreadable = new Map<string, Unreadable>();
      // A map iterates over what is added meanwhile.
      for (const tree of reached.values()) {
        for (const { path } of importsOf(tree)) {
          if (reached.has(path) || unreadable.has(path)) continue;
          const found = follow(path, root, treeOf);
          if (typeof found === 'string') unreadable.set(path, found);
          else reached.set(path, found).set(found.source.path, found);
        }
      }
      return { main: main.source.path, trees: reached, unreadable };
    },
    rootOf,
    mayImport,
    bytes,
    linked: () => new Map([...names].filter(([real, name]) => absolute(folder, name) !== real)),
    marked: (path) => bytes(path).subarray(0, 3).join() === '239,187,191',
  };
}

/** A text in another encoding is read as far as it goes, with one fault at its first strange byte. A byte order mark is no part of it. */
function read(path: string, bytes: Uint8Array, nesting: number | undefined): Tree {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const byteOrderMark = whole.startsWith('\ufeff');
  const text = byteOrderMark ? whole.slice(1) : whole;
  const tree = parse({ path, text, ...(byteOrderMark ? { byteOrderMark } : {}) }, nesting);
  const start = text.indexOf('\ufffd');
  const isText = tree.statements.length > 0 || tree.diagnostics.length === 0;
  if (isUtf8(bytes) || !isText || start < 0) return tree;
  const strange = diagnostic({
    code: 'syntax',
    message: 'the file is not in UTF-8',
    at: { source: tree.source, start, end: start + 1 },
    label: 'this character is in another encoding',
    help: 'save the file in UTF-8',
  });
  const others = tree.diagnostics.filter(({ at }) => !textAt(at).includes('\ufffd'));
  return { ...tree, diagnostics: [strange, ...others] };
}

/** The source that stdin makes, and the loader that knows it. */
export async function loaderFor(
  world: World,
  operands: readonly string[],
  { stdinFilename, nesting }: LoadOptions,
): Promise<Loader> {
  const options = nesting ? { nesting } : {};
  if (!operands.includes('-')) {
    if (stdinFilename !== undefined)
      throw new Trouble('`--stdin-filename` names the text of `-`, which is not asked for');
    return openLoader(world, options);
  }
  return openLoader(world, { ...options, given: new Map([[stdinPath(world, stdinFilename), await world.stdin()]]) });
}

export interface LoadOptions extends Pick<LoaderOptions, 'nesting'> {
  readonly stdinFilename?: string | undefined;
}

/** The path that an operand stands for: a file's, or the one that the text of `-` has. */
export function pathOf(world: World, operand: string, stdinFilename: string | undefined): string {
  return operand === '-' ? stdinPath(world, stdinFilename) : absolute(world.folder, operand);
}

export function stdinPath(world: World, filename: string | undefined): string {
  return absolute(world.folder, filename ?? '<stdin>');
}

/** The one file that `render` and `graph` are about, `-` for stdin. */
export async function loadOne(world: World, operand: string, options: LoadOptions): Promise<Project> {
  const loader = await loaderFor(world, [operand], options);
  const path = pathOf(world, operand, options.stdinFilename);
  if (operand !== '-') {
    const kind = world.files.kind(path);
    if (kind === 'missing') throw new Trouble(`\`${operand}\` does not exist`);
    if (kind === 'folder') throw new Trouble(`\`${operand}\` is a folder`, 'name one file');
  }
  return loader.project(loader.tree(path));
}
