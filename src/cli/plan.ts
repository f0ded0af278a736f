// Operands of `check` → the main files to check, and whose findings to report.
//
// A file that another one imports is checked as part of its importers. Named alone (a hook hands over what changed), its importers below
// the project root are looked for, and only findings in what was named are reported.

import type { Tree } from '../index.js';
import type { Loader, Root } from './load.js';
import { pathOf, rootMarkers } from './load.js';
import { absolute } from './paths.js';
import { isTrouble, Trouble, type World } from './world.js';

export interface Plan {
  readonly mains: readonly Tree[];
  /** The paths of the sources whose findings are reported, by code unit. */
  readonly reported: ReadonlySet<string>;
  /** Whether all systems that a reported source is part of are among those of `mains`. */
  readonly whole: (path: string) => boolean;
  /** What could not be read, though others could: the run goes on and ends with status 2. */
  readonly troubles: readonly Trouble[];
}

export interface PlanOptions {
  readonly stdinFilename: string | undefined;
  /** A folder without files is no fault. */
  readonly mayBeEmpty: boolean;
}

/** What stands behind the operands, before anything is read. */
export interface Named {
  /** Absolute paths, each once, in order of the operands, those of a folder by code unit. */
  readonly paths: readonly string[];
  /** Those that were named themselves, and not found in a folder. */
  readonly explicit: ReadonlySet<string>;
}

const extension = '.infra';

/** Of the named files those that no config ignores; an ignored file is no importer that anybody asked for either. */
export function plan(
  world: World,
  paths: readonly string[],
  { loader, ignored }: { readonly loader: Loader; readonly ignored: (path: string) => boolean },
): Plan {
  const troubles: Trouble[] = [];
  const named = new Map<string, Tree>();
  for (const path of paths) {
    try {
      const tree = loader.tree(path);
      named.set(tree.source.path, tree);
    } catch (error) {
      if (!isTrouble(error)) throw error;
      troubles.push(error);
    }
  }
  const graph = importGraph(world, [...named.values()], { loader, ignored });
  const mains = mainsOf(named, graph);
  const reported = new Set(named.keys());
  for (const main of mains) if (named.has(main.source.path)) for (const path of graph.closure(main)) reported.add(path);
  const whole = (path: string): boolean => {
    const tree = named.get(path) ?? graph.tree(path);
    return tree !== undefined && topsOf(tree, graph).every((top) => mains.includes(top));
  };
  return { mains, reported: new Set([...reported].sort()), whole, troubles };
}

export function namedPaths(world: World, operands: readonly string[], options: PlanOptions): Named {
  const paths = new Set<string>();
  const explicit = new Set<string>();
  for (const operand of operands.length === 0 ? ['.'] : operands) {
    const path = pathOf(world, operand, options.stdinFilename);
    if (operand === '-') {
      paths.add(path);
      explicit.add(path);
      continue;
    }
    const kind = world.files.kind(path);
    if (kind === 'missing') throw new Trouble(`\`${operand}\` does not exist`);
    const found = kind === 'file' ? [path] : filesBelow(world, path, () => false);
    if (found.length === 0 && !options.mayBeEmpty) {
      throw new Trouble(`no ${extension} file in \`${operand}\``, '`--no-error-on-unmatched` makes this no fault');
    }
    for (const each of found) paths.add(each);
    if (kind === 'file') explicit.add(path);
  }
  return { paths: [...paths], explicit };
}

/** Every `.infra` file below a folder, by code unit; not in node_modules, nor in folders that a dot hides or `isForeign` refuses. */
function filesBelow(world: World, folder: string, isForeign: (names: readonly string[]) => boolean): readonly string[] {
  const found: string[] = [];
  const visit = (here: string, isFirst: boolean): void => {
    const entries = world.files.list(here);
    if (!isFirst && isForeign(entries.map(({ name }) => name))) return;
    for (const { name, kind } of entries) {
      const path = `${here === '/' ? '' : here}/${name}`;
      if (kind === 'file' && name.endsWith(extension)) found.push(path);
      else if (kind === 'folder' && !name.startsWith('.') && name !== 'node_modules') visit(path, false);
    }
  };
  visit(folder, true);
  return found.sort();
}

function filesIn(world: World, folder: string): readonly string[] {
  return world.files
    .list(folder)
    .filter(({ name, kind }) => kind === 'file' && name.endsWith(extension))
    .map(({ name }) => `${folder === '/' ? '' : folder}/${name}`)
    .sort();
}

interface ImportGraph {
  readonly tree: (path: string) => Tree | undefined;
  readonly importers: (tree: Tree) => readonly Tree[];
  /** Paths of a tree's source and of all that it imports, directly or not. */
  readonly closure: (tree: Tree) => ReadonlySet<string>;
}

/** Over the named files and everything else below their roots that imports. */
function importGraph(
  world: World,
  named: readonly Tree[],
  { loader, ignored }: { readonly loader: Loader; readonly ignored: (path: string) => boolean },
): ImportGraph {
  const importers = new Map<string, Tree[]>();
  const seen = new Map<string, Tree>();
  const pending = [...named];
  const folders = new Map<string, boolean>();
  for (const { source } of named) {
    const root = loader.rootOf(absolute(world.folder, source.path));
    folders.set(root.folder, root.marked);
  }
  for (const [folder, marked] of folders) {
    pending.push(...candidates(world, loader, { folder, marked }).filter(({ source }) => !ignored(source.path)));
  }
  for (let tree = pending.shift(); tree; tree = pending.shift()) {
    if (seen.has(tree.source.path)) continue;
    seen.set(tree.source.path, tree);
    for (const target of loader.imported(tree)) {
      if (target !== tree) importers.set(target.source.path, [...(importers.get(target.source.path) ?? []), tree]);
      pending.push(target);
    }
  }
  return {
    tree: (path) => seen.get(path),
    importers: (tree) => importers.get(tree.source.path) ?? [],
    closure: (tree) => new Set(Array.from(closureOf(tree, loader.imported), ({ source }) => source.path)),
  };
}

/** Files that may import something. A nested project is not entered: its files reach nothing outside it. */
function candidates(world: World, loader: Loader, { folder, marked }: Root): readonly Tree[] {
  try {
    const paths = marked
      ? filesBelow(world, folder, (names) => names.some((name) => rootMarkers.has(name)))
      : filesIn(world, folder);
    return paths.flatMap((path) => {
      try {
        return loader.mayImport(path) ? [loader.tree(path)] : [];
      } catch (error) {
        // Nobody asked for this file: that it cannot be read is no trouble here.
        if (isTrouble(error)) return [];
        throw error;
      }
    });
  } catch (error) {
    if (isTrouble(error)) return [];
    throw error;
  }
}

/** Files that nothing imports, among the named ones and whatever imports them; of files that import one another, the first. */
function mainsOf(named: ReadonlyMap<string, Tree>, graph: ImportGraph): readonly Tree[] {
  const relevant = new Set<Tree>();
  for (const tree of named.values()) for (const each of closureOf(tree, graph.importers)) relevant.add(each);
  const mains = [...relevant].filter((tree) => graph.importers(tree).length === 0).sort(byPath);
  const covered = new Set(mains.flatMap((main) => [...graph.closure(main)]));
  for (const tree of [...named.values()].sort(byPath)) {
    if (covered.has(tree.source.path)) continue;
    mains.push(tree);
    for (const path of graph.closure(tree)) covered.add(path);
  }
  return mains.sort(byPath);
}

/** Whatever imports a file and is itself imported by none. */
function topsOf(tree: Tree, graph: ImportGraph): readonly Tree[] {
  return [...closureOf(tree, graph.importers)].filter((each) => graph.importers(each).length === 0);
}

function closureOf(start: Tree, next: (tree: Tree) => readonly Tree[]): ReadonlySet<Tree> {
  const reached = new Set([start]);
  for (const tree of reached) for (const other of next(tree)) reached.add(other);
  return reached;
}

function byPath(a: Tree, b: Tree): number {
  return a.source.path < b.source.path ? -1 : a.source.path > b.source.path ? 1 : 0;
}
