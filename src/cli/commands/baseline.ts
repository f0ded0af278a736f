// `archlint baseline`: what it takes.

import { baselineName } from '../baselines.js';
import type { Command } from '../command.js';
import { configOptions, ruleOptions } from '../config/options.js';

export const baseline: Command = {
  name: 'baseline',
  summary: 'write down what is found now, so that `check` shows only what is new',
  operands: '[path…]',
  most: Infinity,
  options: [
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      summary: `where it goes (default: the baseline that \`check\` reads, else ${baselineName} beside the config or at the root)`,
    },
    { name: 'prune', summary: 'only drop what no longer occurs; add nothing' },
    {
      name: 'today',
      value: 'DATE',
      summary: 'the day that acceptances and certificates are compared with (default: the present one)',
    },
    { name: 'no-error-on-unmatched', summary: 'a folder without any .infra file is no fault' },
    ...configOptions,
    ...ruleOptions,
  ],
  examples: [
    ['archlint baseline', 'what is found below this folder is known from now on'],
    ['archlint baseline legacy', 'the same for one folder; what is known of others stays'],
    ['archlint baseline --prune', 'after mending: what is gone may not come back unseen'],
  ],
  load: () => import('../run/baseline.js'),
};
