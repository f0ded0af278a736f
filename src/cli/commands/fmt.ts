// `archlint fmt`: what it takes.

import type { Command } from '../command.js';
import { configOptions } from '../config/options.js';

export const fmt: Command = {
  name: 'fmt',
  summary: 'write files in their canonical form; comments, blank lines and the meaning stay',
  operands: '[path…]',
  most: Infinity,
  options: [
    { name: 'check', summary: 'write nothing; name the files that would change, with status 1 if there are any' },
    {
      name: 'diff',
      summary: 'write nothing; show what would change as a unified diff, with status 1 if anything would',
    },
    {
      name: 'stdin-filename',
      value: 'FILE',
      summary: 'what messages call the text of `-`',
    },
    { name: 'no-error-on-unmatched', summary: 'a folder without any .infra file is no fault' },
    ...configOptions,
  ],
  examples: [
    ['archlint fmt', 'every .infra file below this folder'],
    ['archlint fmt --check', 'in CI: fail if somebody forgot it'],
    ['archlint fmt --diff | git apply', 'the same as archlint fmt, by way of a patch'],
    ['archlint fmt - < shop.infra', 'what an editor does: from stdin to stdout'],
  ],
  load: () => import('../run/fmt.js'),
};
