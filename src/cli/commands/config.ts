// `archlint config`: what it takes.

import type { Command } from '../command.js';
import { configOptions, ruleOptions } from '../config/options.js';

export const config: Command = {
  name: 'config',
  summary: 'show which settings hold for a file, and which line of which config set each',
  operands: '<file>',
  most: 1,
  options: [
    { name: 'print', summary: 'every value with its origin; without it the files that set them' },
    { name: 'json', summary: 'as JSON, for programs' },
    ...configOptions,
    ...ruleOptions,
  ],
  examples: [
    ['archlint config --print shop.infra', 'why a rule is off, or a warning'],
    ['archlint config shop.infra', 'which files that comes from'],
  ],
  load: () => import('../run/config.js'),
};
