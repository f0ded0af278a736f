// A revision in git → files as the loader reads them, so that imports are those of that revision.

import { absolute, isInside, parentOf, shownPath } from './paths.js';
import { Trouble, type Files, type Named, type World } from './world.js';

export interface Range {
  readonly old: string;
  /** Nothing: the working folder. */
  readonly new: string | undefined;
}

/** `A..B`, `A...B`, `A`; an end that is left out is HEAD, as git has it. */
export function readRange(world: World, text: string): Range {
  const [, old = '', dots = '', now = ''] = /^(.*?)(\.{2,3})(.*)$/.exec(text) ?? [];
  if (dots === '') return { old: text, new: undefined };
  const [first, last] = [old === '' ? 'HEAD' : old, now === '' ? 'HEAD' : now];
  if (dots === '..') return { old: first, new: last };
  const base = git(world, ['merge-base', commitOf(world, first), commitOf(world, last)]);
  if (base.status !== 0) throw new Trouble(`\`${first}\` and \`${last}\` have no common ancestor`);
  return { old: base.stdout.toString().trim(), new: last };
}

/** The world as it was at a revision: its files alone, those of the repository that the working folder lies in. */
export function worldAt(world: World, revision: string): World {
  const top = git(world, ['rev-parse', '--show-toplevel'])
    .stdout.toString()
    .replace(/\r?\n$/, '');
  const commit = commitOf(world, revision);
  const listed = git(world, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (listed.status !== 0)
    throw new Trouble(`git cannot list the files of \`${revision}\`: ${firstLine(listed.stderr)}`);
  const entries = new Map<string, Entry>();
  const folders = new Map<string, Map<string, Named>>([[top, new Map()]]);
  for (const line of listed.stdout.toString().split('\0')) {
    const [, mode, hash = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    // 160000 is another repository, whose files git does not have.
    if (path === '' || mode === '160000') continue;
    const full = absolute(top, path);
    entries.set(full, { hash, link: mode === '120000' });
    for (
      let inner = full, kind: Named['kind'] = 'file';
      inner !== top && isInside(inner, top);
      inner = parentOf(inner), kind = 'folder'
    ) {
      const folder = parentOf(inner);
      const named = folders.get(folder) ?? new Map<string, Named>();
      folders.set(folder, named.set(inner.slice(folder.length + 1), { name: inner.slice(folder.length + 1), kind }));
    }
  }
  return { ...world, files: filesOf({ world, revision, top, entries, folders }) };
}

interface Entry {
  readonly hash: string;
  readonly link: boolean;
}

interface Listing {
  readonly world: World;
  readonly revision: string;
  readonly top: string;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly folders: ReadonlyMap<string, ReadonlyMap<string, Named>>;
}

function filesOf({ world, revision, top, entries, folders }: Listing): Files {
  const blob = ({ hash }: Entry): Uint8Array => git(world, ['cat-file', 'blob', hash]).stdout;
  const real = (path: string, most = 32): string => {
    const entry = entries.get(path);
    if (!entry?.link || most === 0) return path;
    return real(absolute(parentOf(path), Buffer.from(blob(entry)).toString()), most - 1);
  };
  const where = `at \`${revision}\``;
  return {
    // The repository itself is what marks the root of a project, and is no file of its own.
    kind: (path) =>
      path === `${top}/.git` || folders.has(real(path)) ? 'folder' : entries.has(real(path)) ? 'file' : 'missing',
    real: (path) => real(path),
    read: (path) => {
      const entry = entries.get(real(path));
      if (!entry) throw new Trouble(`\`${shownPath(world.folder, path)}\` does not exist ${where}`);
      return blob(entry);
    },
    // A revision stays what it is.
    stamp: () => revision,
    list: (folder) => [...(folders.get(folder)?.values() ?? [])],
    write: () => {
      throw new Trouble(`nothing can be written ${where}`);
    },
  };
}

function commitOf(world: World, revision: string): string {
  const found = git(world, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (found.status !== 0)
    throw new Trouble(`git knows no revision \`${revision}\``, '`git branch -a` and `git tag` list their names');
  return found.stdout.toString().trim();
}

function git(world: World, args: readonly string[]): { status: number; stdout: Buffer; stderr: string } {
  const answer = world.git(args);
  if (answer === 'missing') throw new Trouble('`git` is not there to be asked', 'install git, or name two files');
  const stderr = answer.stderr.toString();
  if (answer.status !== 0 && /not a git repository/i.test(stderr))
    throw new Trouble('this folder is in no git repository', 'name two files instead of `--git`');
  if (answer.status !== 0 && /dubious ownership/.test(stderr))
    throw new Trouble('git does not trust this repository: it belongs to somebody else', firstLine(stderr));
  return { status: answer.status, stdout: Buffer.from(answer.stdout), stderr };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
