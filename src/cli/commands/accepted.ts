// `archlint accepted`: what it takes.

import type { Command } from '../command.js';
import { configOptions, ruleOptions } from '../config/options.js';

export const accepted: Command = {
  name: 'accepted',
  summary: 'list the risks that files accept, with their reasons, and whether each is still there',
  operands: '[path…]',
  most: Infinity,
  options: [
    { name: 'json', summary: 'as JSON, for programs' },
    { name: 'today', value: 'DATE', summary: 'the day that dates are compared with (default: the present one)' },
    {
      name: 'stdin-filename',
      value: 'FILE',
      summary: 'what messages call the text of `-`, and where its imports are looked for',
    },
    { name: 'no-error-on-unmatched', summary: 'a folder without any .infra file is no fault' },
    ...configOptions,
    ...ruleOptions,
  ],
  examples: [
    ['archlint accepted', 'every risk that is accepted below this folder'],
    ['archlint accepted shop.infra --today 2027-06-01', 'which of them will have expired by then'],
  ],
  load: () => import('../run/accepted.js'),
};
