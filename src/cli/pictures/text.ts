// System and findings → a text format: plain text for the terminal, or the language of another tool.

import { exportAs, type ExportFormat } from '../../index.js';
import { flag } from '../command.js';
import { styleFor } from '../style.js';
import type { Make } from './format.js';

const widest = 120;

export function maker(format: ExportFormat): Make {
  return async ({ call, system, findings, toFile }) => {
    // A file is the same whichever terminal it was made in.
    const { ascii, columns } = toFile
      ? { ascii: flag(call.arguments, 'ascii'), columns: undefined }
      : await styleFor(call, call.world.stdout);
    return exportAs(format, system, { findings, ascii, columns: Math.min(columns ?? 80, widest) });
  };
}
