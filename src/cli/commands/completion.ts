// `archlint completion`: what it takes.

import type { Command } from '../command.js';

export const completion: Command = {
  name: 'completion',
  summary: 'print a script that completes commands, options and rules in bash or zsh',
  operands: '[shell]',
  most: 1,
  options: [],
  examples: [
    ['source <(archlint completion bash)', 'in this bash, or from ~/.bashrc in each'],
    ['archlint completion zsh > "${fpath[1]}/_archlint"', 'in zsh, from the next one on'],
  ],
  load: () => import('../run/completion.js'),
};
