// `archlint completion`: what it takes.

import type { Command } from '../command.js';

export const completion: Command = {
  name: 'completion',
  summary: 'print a script that completes archlint in bash or zsh',
  operands: '',
  most: 0,
  options: [],
  examples: [['archlint completion >> ~/.bashrc', 'from the next shell on']],
  load: () => import('../run/help.js').then(({ complete }) => ({ run: complete })),
};
