// `archlint analyze`: what it takes.

import type { Command } from '../command.js';
import { configOptions } from '../config/options.js';

export const analyze: Command = {
  name: 'analyze',
  summary: 'compute availability, single points, pairs, what to fix first and sustainable load',
  operands: '<file>',
  most: 1,
  options: [
    {
      name: 'fail',
      value: 'NAMES',
      many: true,
      summary: 'show what stops when these fail together: places, components or tiers, with commas between',
    },
    { name: 'compare', value: 'FILE', summary: 'the same figures of another file beside these, with the difference' },
    { name: 'json', summary: 'as JSON, for programs; the same as --format json' },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'json', 'markdown'],
      summary: 'how it is shown (default: text)',
    },
    { name: 'order', value: 'N', summary: 'list cut sets of up to N elements (default: 2); all are counted' },
    { name: 'today', value: 'DATE', summary: 'the day that acceptances are compared with; without it none has ended' },
    {
      name: 'stdin-filename',
      value: 'FILE',
      summary: 'what messages call the text of `-`, and where its imports are looked for',
    },
    ...configOptions,
  ],
  examples: [
    ['archlint analyze shop.infra', 'how available each journey is, and what to fix first'],
    ['archlint analyze shop.infra --fail a,b/nginx', 'what stops when host a and the nginx on b fail'],
    ['archlint analyze shop.infra --compare planned.infra', 'what a change would win'],
  ],
  load: () => import('../run/analyze.js'),
};
