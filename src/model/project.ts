// The files of one description: trees by path, and the imports that join them. Reading the files is the caller's task.

import type { Entry, Tree } from '../../grammar/tree.js';
import type { Location } from '../base/source.js';

export interface Project {
  /** The path of the main file's source. */
  readonly main: string;
  /** By path of source; the main file among them. */
  readonly trees: ReadonlyMap<string, Tree>;
  /** Imports that could not be read, by path. */
  readonly unreadable: ReadonlyMap<string, Unreadable>;
}

export type Unreadable = 'missing' | 'outside' | 'unreadable';

/** The limits beyond which a description is refused before memory is spent. */
export interface Limits {
  readonly instances: number;
  readonly nesting: number;
}

export const defaultLimits: Limits = { instances: 100_000, nesting: 64 };

export interface Import {
  /** Relative like the path of the importing source, with `/` and without `.` and inner `..`. */
  readonly path: string;
  /** The quoted text. */
  readonly at: Location;
  readonly entry: Entry;
}

/** The files that a tree imports, in order. An import without exactly one text is none here; the resolver reports it. */
export function importsOf(tree: Tree): readonly Import[] {
  const found: Import[] = [];
  for (const statement of tree.statements) {
    if (statement.form !== 'entry' || statement.head.text !== 'import') continue;
    const [value, extra] = statement.groups.flat();
    if (value?.form !== 'text' || extra || value.text.trim() === '') continue;
    found.push({ path: joined(tree.source.path, value.text), at: value.at, entry: statement });
  }
  return found;
}

/** The path of a file named in another, both as sources have them. */
function joined(from: string, target: string): string {
  const absolute = target.startsWith('/');
  const base = absolute ? [] : from.split('/').slice(0, -1);
  const parts: string[] = [];
  for (const part of [...base, ...target.replaceAll('\\', '/').split('/')]) {
    if (part === '.' || part === '') {
      if (part === '' && parts.length === 0 && from.startsWith('/')) parts.push('');
      continue;
    }
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return absolute ? `/${parts.filter((part) => part !== '').join('/')}` : parts.join('/');
}

/** A project of one file without imports, or with the trees that are given. */
export function projectOf(tree: Tree, others: readonly Tree[] = []): Project {
  const trees = new Map([tree, ...others].map((one) => [one.source.path, one]));
  return { main: tree.source.path, trees, unreadable: new Map() };
}
