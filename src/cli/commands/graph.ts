// `archlint graph`: what it takes.

import type { Command } from '../command.js';
import { configOptions } from '../config/options.js';

export const graph: Command = {
  name: 'graph',
  summary: 'show what a file was understood to mean: tiers, instances, connections, journeys',
  operands: '<file>',
  most: 1,
  options: [
    { name: 'json', summary: 'as JSON, for programs' },
    {
      name: 'stdin-filename',
      value: 'FILE',
      summary: 'what messages call the text of `-`, and where its imports are looked for',
    },
    ...configOptions,
  ],
  examples: [
    ['archlint graph shop.infra', 'which instances make one tier'],
    ['archlint graph shop.infra --json', 'the whole resolved model'],
  ],
  load: () => import('../run/graph.js'),
};
