// `archlint diff`: what it takes.

import type { Command } from '../command.js';
import { configOptions } from '../config/options.js';

export const diff: Command = {
  name: 'diff',
  summary: 'show what changed from one system to another: structure, findings, availability and capacity',
  operands: '<old> <new>',
  most: 2,
  options: [
    {
      name: 'git',
      value: 'RANGE',
      summary:
        'compare one file at two revisions: A..B, A...B (from where they parted), or A (with the working folder)',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'json', 'markdown'],
      summary: 'how it is shown (default: text)',
    },
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      summary: 'draw both in one picture as well, with what changed marked: FILE.svg',
    },
    {
      name: 'theme',
      value: 'THEME',
      choices: ['auto', 'light', 'dark', 'print'],
      summary: 'of the picture; auto follows whoever looks at it (default: auto)',
    },
    {
      name: 'fail-on',
      value: 'WHAT',
      choices: ['never', 'error', 'warning', 'introduced', 'change'],
      summary:
        'end with status 1 if a finding is introduced that is an error, at least a warning, or any; or if anything changed (default: never)',
    },
    {
      name: 'today',
      value: 'DATE',
      summary: 'the day that acceptances and certificates are compared with; without it none has ended',
    },
    ...configOptions,
    {
      name: 'stdin-filename',
      value: 'FILE',
      summary: 'what messages call the text of `-`, and where its imports are looked for',
    },
  ],
  examples: [
    ['archlint diff shop.infra planned.infra', 'what a change would do'],
    ['archlint diff --git main..HEAD shop.infra', 'what this branch does'],
    ['archlint diff --git main...HEAD shop.infra --format markdown', 'for a pull request'],
    ['archlint diff --git main...HEAD shop.infra --fail-on error', 'in CI: fail if it makes anything worse'],
    ['archlint diff --git HEAD shop.infra -o diff.svg', 'draw what is not committed yet'],
  ],
  load: () => import('../run/diff.js'),
};
