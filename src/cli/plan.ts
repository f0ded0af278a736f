// Operands of `check` → the main files to check, and whose findings to report.
//
// A file that another one imports is checked as part of its importers. Named alone (a hook hands over what changed), its importers below
// the project root are looked for, and only findings in what was named are reported.

import type { Loader, Root } from './load.js';
import { pathOf, rootMarkers } from './load.js';
import { absolute } from './paths.js';
import { isTrouble, Trouble, type World } from './world.js';

export interface Plan {
  /** Main files and others go by their names as messages show them; only those that may import something are parsed for it. */
  readonly mains: readonly string[];
  /** Those whose findings are reported, by code unit. */
  readonly reported: ReadonlySet<string>;
  /** Whether all systems that a reported source is part of are among those of `mains`. */
  readonly whole: (name: string) => boolean;
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
  const named = new Set<string>();
  for (const path of paths) {
    try {
      named.add(loader.name(path));
    } catch (error) {
      if (!isTrouble(error)) throw error;
      troubles.push(error);
    }
  }
  const graph = importGraph(world, named, { loader, ignored });
  const mains = mainsOf(named, graph);
  const reported = new Set(named);
  for (const main of mains) if (named.has(main)) for (const name of graph.closure(main)) reported.add(name);
  const isMain = new Set(mains);
  const whole = (name: string): boolean => graph.knows(name) && topsOf(name, graph).every((top) => isMain.has(top));
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
  readonly knows: (name: string) => boolean;
  readonly importers: (name: string) => readonly string[];
  /** A file and all that it imports, directly or not. */
  readonly closure: (name: string) => ReadonlySet<string>;
}

/** Over the named files and everything else below their roots that imports. */
function importGraph(
  world: World,
  named: ReadonlySet<string>,
  { loader, ignored }: { readonly loader: Loader; readonly ignored: (path: string) => boolean },
): ImportGraph {
  const importers = new Map<string, string[]>();
  // A set iterates over what is added meanwhile.
  const seen = new Set(named);
  const folders = new Map<string, boolean>();
  for (const name of named) {
    const root = loader.rootOf(absolute(world.folder, name));
    folders.set(root.folder, root.marked);
  }
  for (const [folder, marked] of folders) {
    for (const name of candidates(world, loader, { folder, marked })) if (!ignored(name)) seen.add(name);
  }
  for (const name of seen) {
    for (const target of loader.imported(name)) {
      if (target !== name) importers.set(target, [...(importers.get(target) ?? []), name]);
      seen.add(target);
    }
  }
  return {
    knows: (name) => seen.has(name),
    importers: (name) => importers.get(name) ?? [],
    closure: (name) => closureOf(name, loader.imported),
  };
}

/** Files that may import something. A nested project is not entered: its files reach nothing outside it. */
function candidates(world: World, loader: Loader, { folder, marked }: Root): readonly string[] {
  try {
    const paths = marked
      ? filesBelow(world, folder, (names) => names.some((name) => rootMarkers.has(name)))
      : filesIn(world, folder);
    return paths.flatMap((path) => {
      try {
        return loader.mayImport(path) ? [loader.name(path)] : [];
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
function mainsOf(named: ReadonlySet<string>, graph: ImportGraph): readonly string[] {
  const relevant = new Set<string>();
  for (const name of named) for (const each of closureOf(name, graph.importers)) relevant.add(each);
  const mains = [...relevant].filter((name) => graph.importers(name).length === 0).sort();
  const covered = new Set(mains.flatMap((main) => [...graph.closure(main)]));
  for (const name of [...named].sort()) {
    if (covered.has(name)) continue;
    mains.push(name);
    for (const each of graph.closure(name)) covered.add(each);
  }
  return mains.sort();
}

/** Whatever imports a file and is itself imported by none. */
function topsOf(name: string, graph: ImportGraph): readonly string[] {
  return [...closureOf(name, graph.importers)].filter((each) => graph.importers(each).length === 0);
}

function closureOf(start: string, next: (name: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const name of reached) for (const other of next(name)) reached.add(other);
  return reached;
}
