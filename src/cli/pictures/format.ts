// The formats of pictures: their names, the ends of file names that ask for them, and how to load what makes them.

import type { Diagnostic, ExportFormat, System, WhatIf } from '../../index.js';
import type { Call } from '../command.js';
import type { Progress } from '../progress.js';

export interface Request {
  readonly call: Call;
  readonly system: System;
  /** What the picture shows of them is decided: all of these. */
  readonly findings: readonly Diagnostic[];
  readonly progress: Progress;
  /** Not to stdout. */
  readonly toFile: boolean;
  /** With `--fail`: what stops, in place of findings. */
  readonly whatIf?: WhatIf;
}

export type Make = (request: Request) => Promise<string | Uint8Array>;

export interface PictureFormat {
  readonly name: string;
  /** The first is the one to recommend. */
  readonly extensions: readonly string[];
  /** A terminal shows it. */
  readonly readable: boolean;
  readonly load: () => Promise<{ readonly make: Make }>;
}

export const pictureFormats: readonly PictureFormat[] = [
  { name: 'svg', extensions: ['.svg'], readable: false, load: () => import('./svg.js') },
  { name: 'png', extensions: ['.png'], readable: false, load: () => import('./png.js') },
  { name: 'html', extensions: ['.html', '.htm'], readable: false, load: () => import('./html.js') },
  exported('text', ['.txt']),
  exported('mermaid', ['.mmd', '.mermaid']),
  exported('d2', ['.d2']),
  exported('dot', ['.dot', '.gv']),
];

function exported(name: ExportFormat, extensions: readonly string[]): PictureFormat {
  const load = async () => ({ make: (await import('./text.js')).maker(name) });
  return { name, extensions, readable: true, load };
}
