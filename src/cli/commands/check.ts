// `archlint check`: what it takes.

import type { Command } from '../command.js';
import { baselineOptions } from '../baselines.js';
import { configOptions, ruleOptions } from '../config/options.js';

export const check: Command = {
  name: 'check',
  summary: 'find what is wrong with the systems that files describe',
  operands: '[path…]',
  most: Infinity,
  options: [
    {
      name: 'format',
      value: 'FORMAT[=FILE]',
      choices: [
        'full',
        'concise',
        'json',
        'sarif',
        'junit',
        'github',
        'gitlab',
        'checkstyle',
        'rdjson',
        'markdown',
        'html',
      ],
      many: true,
      summary: 'how findings are shown; several at once if all but one go to files',
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      choices: ['error', 'warning', 'info', 'never'],
      summary: 'end with status 1 from this severity on (default: error)',
    },
    { name: 'quiet', short: 'q', summary: 'show only what --fail-on fails on, and nothing at all if there is none' },
    {
      name: 'today',
      value: 'DATE',
      summary: 'the day that acceptances and certificates are compared with (default: the present one)',
    },
    {
      name: 'stdin-filename',
      value: 'FILE',
      summary: 'what messages call the text of `-`, and where its imports are looked for',
    },
    { name: 'no-error-on-unmatched', summary: 'a folder without any .infra file is no fault' },
    {
      name: 'fix',
      value: 'WHICH',
      optional: true,
      summary:
        'write safe fixes into the files; with =suggestions what changes a fact as well, with =RULE,… those of rules',
    },
    { name: 'diff', summary: 'show what --fix would write, and write nothing' },
    { name: 'watch', short: 'w', summary: 'check again whenever a file changes, and show what came and what went' },
    { name: 'threads', value: 'COUNT', summary: 'how many to check files in (default: as many as pay, at most 8)' },
    { name: 'timing', summary: 'show on stderr where the time went: reading, resolving, shared analyses, each rule' },
    ...baselineOptions,
    ...configOptions,
    ...ruleOptions,
  ],
  examples: [
    ['archlint check', 'every .infra file below this folder'],
    ['archlint check shop.infra --fail-on warning', 'one file, more strictly'],
    ['archlint check --format json=findings.json --format full', 'for a program and for you'],
    ['archlint check --fix=missing-https --diff', 'what one rule suggests'],
    ['archlint check --watch', 'what a change brings, while you write'],
    ['git show :shop.infra | archlint check - --stdin-filename shop.infra', 'what is staged'],
  ],
  load: () => import('../run/check.js'),
};
