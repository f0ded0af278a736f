// `archlint init`: what it takes.

import type { Command } from '../command.js';

export const init: Command = {
  name: 'init',
  summary: 'write a first description, a config and a pre-commit hook; nothing that exists is touched',
  operands: '[folder]',
  most: 1,
  options: [],
  examples: [['archlint init', 'a first system in this folder']],
  load: () => import('../run/init.js'),
};
