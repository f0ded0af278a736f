// `archlint explain`: what it takes.

import type { Command } from '../command.js';
import { configOptions } from '../config/options.js';

export const explain: Command = {
  name: 'explain',
  summary: "show a rule's page: what it finds, why, and what to do",
  operands: '<rule>',
  most: 1,
  options: [
    { name: 'no-pager', summary: 'on a terminal, too, show all at once (PAGER says what shows it page by page)' },
    ...configOptions,
  ],
  examples: [['archlint explain spof', 'single points of failure']],
  load: () => import('../run/explain.js'),
};
