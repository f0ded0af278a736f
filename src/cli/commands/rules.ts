// `archlint rules`: what it takes.

import type { Command } from '../command.js';
import { configOptions } from '../config/options.js';

export const rules: Command = {
  name: 'rules',
  summary: 'list all rules',
  operands: '',
  most: 0,
  options: [{ name: 'json', summary: 'as JSON, for programs' }, ...configOptions],
  examples: [['archlint rules --json', 'with options, aliases and presets']],
  load: () => import('../run/rules.js'),
};
