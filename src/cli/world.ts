// The outside world as commands see it: everything they read, write or ask comes through this one value, so that a test can hand in another.

export interface World {
  /** What stands behind the program's name. */
  readonly args: readonly string[];
  /** The working folder, absolute, with `/`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly files: Files;
  readonly stdin: () => Promise<Uint8Array>;
  /** For results. */
  readonly stdout: Output;
  /** For everything else. */
  readonly stderr: Output;
  /** The present day here, `2027-01-31`. */
  readonly today: () => string;
  /** Milliseconds since some moment; never goes back. */
  readonly clock: () => number;
  /** The time of day here, `14:02:11`. */
  readonly time: () => string;
  /** Waits until something at one of these paths may be what it was not, and `differs` says so; false where nothing can change any more. */
  readonly changed: (paths: Iterable<string>, differs: () => boolean) => Promise<boolean>;
  /** Shows a text in a pager of that command on this terminal, and waits for its end; false where it cannot be started. */
  readonly pager: (command: string, text: string) => Promise<boolean>;
  /**
   * A plain ES module that the file `from` names; nothing where there is none. Throws what its own code throws. `again`: as it stands now, though
   * it was imported before.
   */
  readonly importModule: (name: string, from: string, again?: boolean) => Promise<OwnModule | undefined>;
  /** How many threads this machine runs at once. */
  readonly processors: () => number;
  /** For many small pieces of work: what compiles while the program runs does so later. */
  readonly optimiseLate: () => void;
  /** Gives a share of a check to a thread of its own, which begins at once; the task and the result are data alone. */
  readonly thread: (task: unknown) => Promise<unknown>;
  /** The Markdown page of a rule; pages are part of the program. */
  readonly page: (rule: string) => string | undefined;
  /** Runs git in the working folder; `missing` where there is none. */
  readonly git: (args: readonly string[]) => GitAnswer | 'missing';
  /** What makes pixels of pictures, as WebAssembly; it is part of the program too. */
  readonly rasteriser: () => Uint8Array;
}

/** A module of somebody's own. */
export interface OwnModule {
  /** Absolute. */
  readonly path: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface GitAnswer {
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** Writing never fails for a reader that has gone: what is written then is lost quietly. */
export interface Output {
  readonly write: (text: string | Uint8Array) => void;
  readonly terminal: () => boolean;
  /** The width of the terminal, if it is one and says so. */
  readonly columns: () => number | undefined;
}

/** Paths are absolute, with `/`. */
export interface Files {
  readonly kind: (path: string) => 'file' | 'folder' | 'missing';
  /** Throws a `Trouble` where it cannot be read. */
  readonly read: (path: string) => Uint8Array;
  /** In no particular order; a link is what it leads to, but links to folders are left out (they may lead round). */
  readonly list: (folder: string) => readonly Named[];
  /** Where a path really leads; the path itself if that cannot be told. */
  readonly real: (path: string) => string;
  /** A word that is another one when what stands at a path is; of a folder it says no more than that there is one. */
  readonly stamp: (path: string) => string;
  /** Whole or not at all. Throws a `Trouble`. */
  readonly write: (path: string, content: string | Uint8Array) => void;
}

export interface Named {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Why the run itself could not be done: status 2. The message names what it is about; `hint` is what to do. */
export class Trouble extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'Trouble';
    this.hint = hint;
  }
}

/** By its name: every bundle has a class of its own. */
export function isTrouble(error: unknown): error is Trouble {
  return error instanceof Error && error.name === 'Trouble';
}
