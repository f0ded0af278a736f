// A world in memory for tests of commands: files by path, links, what was written where.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { main } from '../src/cli/main.js';
import { askGit } from '../src/cli/node-git.js';
import { files as nodeFiles } from '../src/cli/node-world.js';
import { Trouble, type Named, type World } from '../src/cli/world.js';

export interface Given {
  /** By absolute path; a folder exists when something stands in it. Nothing: it cannot be read. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** From path to path. */
  readonly links?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** What modules export, by absolute path; an error is thrown by their code. */
  readonly modules?: Readonly<Record<string, object>>;
  /** The files and the git of this machine instead. */
  readonly real?: boolean;
  /** stdout and stderr are a terminal of this many columns. */
  readonly columns?: number;
  /** What somebody writes or deletes while a command watches, one save after the other. */
  readonly saves?: readonly Readonly<Record<string, string | undefined>>[];
  /** So many milliseconds pass whenever somebody looks at the clock; else one. */
  readonly tick?: number;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly written: Readonly<Record<string, string>>;
  /** What was shown in a pager, by its command. */
  readonly paged: Readonly<Record<string, string>>;
}

export async function archlint(args: readonly string[], given: Given = {}): Promise<Outcome> {
  const files = new Map(Object.entries(given.files ?? {}));
  const saves = [...(given.saves ?? [])];
  const links = Object.entries(given.links ?? {});
  const written: Record<string, string> = {};
  let moment = 0;
  const paged: Record<string, string> = {};
  const shown = { stdout: '', stderr: '' };
  const real = (path: string): string => {
    const link = links.find(([from]) => path === from || path.startsWith(`${from}/`));
    return link ? real(link[1] + path.slice(link[0].length)) : path;
  };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string | Uint8Array) => {
      shown[name] += textOf(text);
    },
    terminal: () => given.columns !== undefined,
    columns: () => given.columns,
  });
  const kind = (path: string): 'file' | 'folder' | 'missing' => {
    const target = real(path);
    if (files.has(target)) return 'file';
    return [...files.keys()].some((each) => each.startsWith(target === '/' ? '/' : `${target}/`))
      ? 'folder'
      : 'missing';
  };
  const world: World = {
    args,
    folder: given.folder ?? '/project',
    environment: given.environment ?? {},
    version: '1.2.3',
    files: given.real
      ? nodeFiles
      : {
          kind,
          real,
          read: (path) => {
            const content = files.get(real(path));
            if (content === undefined || content === null)
              throw new Trouble(`cannot read \`${path}\`: permission denied`);
            return Buffer.from(content);
          },
          list: (folder) => {
            const named = new Map<string, Named>();
            for (const path of [...files.keys(), ...links.map(([from]) => from)]) {
              const rest = path.startsWith(folder === '/' ? '/' : `${folder}/`)
                ? path.slice(folder.length).replace(/^\//, '')
                : '';
              const [name = '', ...inner] = rest.split('/');
              if (name !== '' && (inner.length > 0 || kind(path) === 'file'))
                named.set(name, { name, kind: inner.length > 0 ? 'folder' : 'file' });
            }
            return [...named.values()];
          },
          stamp: (path) => `${kind(path)} ${String(files.get(real(path)))}`,
          write: (path, content) => {
            written[path] = textOf(content);
          },
        },
    stdin: () => Promise.resolve(Buffer.from(given.stdin ?? '')),
    stdout: output('stdout'),
    stderr: output('stderr'),
    today: () => '2026-05-01',
    clock: () => (moment += given.tick ?? 1),
    pager: (command, text) => {
      if (command.startsWith('missing')) return Promise.resolve(false);
      paged[command] = text;
      return Promise.resolve(true);
    },
    time: () => '12:00:00',
    // Somebody saves the next files; when all are saved, nothing can change any more.
    changed: (paths, differs) => {
      while (saves.length > 0) {
        for (const [path, content] of Object.entries(saves.shift() ?? {})) {
          if (content === undefined) files.delete(path);
          else files.set(path, content);
        }
        if (differs()) return Promise.resolve(true);
      }
      return Promise.resolve(false);
    },
    importModule: (name, from) => {
      const path = posix.resolve(posix.dirname(from), name.startsWith('.') ? name : `node_modules/${name}`);
      const found = given.modules?.[path];
      if (found instanceof Error) return Promise.reject(found);
      return Promise.resolve(found && { path, exports: found as Readonly<Record<string, unknown>> });
    },
    processors: () => 1,
    optimiseLate: () => undefined,
    thread: () => Promise.reject(new Error('threads are for the built program')),
    git: (args) => (given.real ? askGit(given.folder ?? '/', args) : 'missing'),
    page: (rule) => {
      const path = readdirSync('rules', { recursive: true }).find((each) => basename(String(each)) === `${rule}.md`);
      return path === undefined ? undefined : readFileSync(join('rules', String(path)), 'utf8');
    },
    rasteriser: () => readFileSync('node_modules/@resvg/resvg-wasm/index_bg.wasm'),
  };
  const status = await main(world);
  return { status, ...shown, written, paged };
}

/** Bytes as characters of one byte each. */
function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
}
