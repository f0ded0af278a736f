// The world as Node has it. Writing goes straight to the descriptors: `process.stdout` costs two milliseconds of start-up, loses what
// is in flight when a pipe closes, and is not needed.

import * as fs from 'node:fs';
import { askGit } from './node-git.js';
import { inThread, optimiseLate, processors } from './node-threads.js';
import { Trouble, type Files, type Named, type Output, type World } from './world.js';

declare const VERSION: string;

/** `program` is the folder that the program's own files stand in: bundles, the rules' pages, the rasteriser. */
export function nodeWorld(program: string): World {
  const stdout = output(1);
  const stderr = output(2);
  return {
    args: process.argv.slice(2),
    folder: slashed(process.cwd()),
    environment: process.env,
    version: VERSION,
    files,
    stdin,
    stdout,
    stderr,
    today,
    clock: () => performance.now(),
    pager,
    time: () => new Date().toTimeString().slice(0, 8),
    changed: async (paths, differs) => (await import('./node-changes.js')).changed(paths, differs),
    importModule: async (name, from, again) => {
      const { importModule } = await import('./modules.js');
      const found = await importModule(name, from, again);
      return found && { ...found, path: slashed(found.path) };
    },
    processors,
    optimiseLate,
    thread: (task) => inThread(`${program}/thread.cjs`, task, { stdout: stdout.write, stderr: stderr.write }),
    git: (args) => askGit(process.cwd(), args),
    page: (rule) => {
      const path = `${program}/pages/${rule}.md`;
      return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : undefined;
    },
    rasteriser: () => files.read(`${program}/resvg.wasm`),
  };
}

function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** In local time: an acceptance ends with the day of those who gave it. */
function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(now.getFullYear()).padStart(4, '0')}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EDQUOT: 'no space is left',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
};

function trouble(what: string, path: string, error: unknown): Trouble {
  const reason = reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
  return new Trouble(`cannot ${what} \`${path}\`: ${reason}`);
}

export const files: Files = {
  kind: (path) => {
    const stat = statOf(path);
    return stat === undefined ? 'missing' : stat.isDirectory() ? 'folder' : 'file';
  },
  read: (path) => {
    try {
      return fs.readFileSync(path);
    } catch (error) {
      throw trouble('read', path, error);
    }
  },
  list: (folder) => {
    const named: Named[] = [];
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      throw trouble('read', folder, error);
    }
    for (const entry of entries) {
      if (entry.isDirectory()) named.push({ name: entry.name, kind: 'folder' });
      else if (entry.isFile()) named.push({ name: entry.name, kind: 'file' });
      else if (entry.isSymbolicLink() && statOf(`${folder}/${entry.name}`)?.isFile()) {
        named.push({ name: entry.name, kind: 'file' });
      }
    }
    return named;
  },
  real: (path) => {
    try {
      return slashed(fs.realpathSync.native(path));
    } catch {
      return path;
    }
  },
  stamp: (path) => {
    const stat = statOf(path);
    if (stat === undefined) return 'missing';
    return stat.isDirectory() ? 'folder' : [stat.ino, stat.size, stat.mtimeMs].join();
  },
  write: writeWhole,
};

function statOf(path: string): fs.Stats | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

let isHolding = false;

/**
 * From here on an interruption waits until what is being written is whole and in its place. Node tells of a signal only when the program comes to
 * rest, so the hold goes on until then; after it, the signal itself ends the program again.
 */
function holdInterruptions(): void {
  if (isHolding) return;
  isHolding = true;
  const leave = (): void => process.exit(130);
  process.on('SIGINT', leave);
  setImmediate(() => {
    process.off('SIGINT', leave);
    isHolding = false;
  });
}

/** Beside the target first, then moved over it. What is no ordinary file (a pipe, a terminal) is written directly. */
function writeWhole(path: string, content: string | Uint8Array): void {
  const target = files.real(path);
  const stat = statOf(target);
  const part = `${target}.${process.pid}.part`;
  holdInterruptions();
  try {
    if (stat && !stat.isFile()) {
      fs.writeFileSync(target, content);
      return;
    }
    try {
      fs.writeFileSync(part, content, stat ? { mode: stat.mode } : {});
      if (stat) fs.chmodSync(part, stat.mode);
      fs.renameSync(part, target);
    } catch (error) {
      fs.rmSync(part, { force: true });
      throw error;
    }
  } catch (error) {
    throw trouble('write', path, codeOf(error) === 'ENOENT' ? new Error('its folder does not exist') : error);
  }
}

function output(descriptor: 1 | 2): Output {
  let closed = false;
  const terminal = (): boolean => {
    // Only a character device can be a terminal, and only then the module that tells is worth loading.
    try {
      const stat = fs.fstatSync(descriptor);
      if (!stat.isCharacterDevice()) return false;
      // On Linux the devices of class 1 are memory, `/dev/null` among them.
      if (process.platform === 'linux' && stat.rdev >> 8 === 1) return false;
    } catch {
      return false;
    }
    return process[descriptor === 1 ? 'stdout' : 'stderr'].isTTY;
  };
  return {
    write: (text) => {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      let written = 0;
      while (!closed && written < bytes.length) {
        try {
          written += fs.writeSync(descriptor, bytes, written);
        } catch (error) {
          const code = codeOf(error);
          if (code === 'EAGAIN') wait(2);
          else if (code === 'EPIPE' || code === 'EBADF' || code === 'EOF') closed = true;
          else throw trouble('write', descriptor === 1 ? 'stdout' : 'stderr', error);
        }
      }
    },
    terminal,
    // A terminal that nobody has given a size says 0.
    columns: () => (terminal() && process[descriptor === 1 ? 'stdout' : 'stderr'].columns) || undefined,
  };
}

/** A full pipe that does not block: the reader is given time. */
function wait(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

async function stdin(): Promise<Uint8Array> {
  // Waiting for somebody's input must end at once.
  process.once('SIGINT', () => process.exit(130));
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  } catch (error) {
    throw trouble('read', 'stdin', error);
  }
  return Buffer.concat(chunks);
}

/** By the shell, as the command may have arguments. `less` ends at once if all fits, keeps colours, and leaves the text on the screen. */
async function pager(command: string, text: string): Promise<boolean> {
  const { spawn } = await import('node:child_process');
  const environment = { LESS: 'FRX', LV: '-c', ...process.env };
  const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'pipe'], env: environment });
  // Ctrl-C is the pager's; a reader who has seen enough closes the pipe.
  const leave = (): void => undefined;
  process.on('SIGINT', leave);
  child.stdin.on('error', leave);
  child.stdin.end(text);
  const status = await new Promise<number | null>((resolve) => {
    child.on('error', () => {
      resolve(127);
    });
    child.on('close', resolve);
  });
  process.off('SIGINT', leave);
  // What a shell says of a command that does not exist (127) or is no program (126).
  return status !== 127 && status !== 126;
}
