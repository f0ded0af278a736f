// The options about the baseline that commands share.

import type { Option } from './command.js';

export const baselineName = 'archlint.baseline.json';

export const baselineOptions: readonly Option[] = [
  {
    name: 'baseline',
    value: 'FILE',
    summary: `the known findings, instead of those of the config or of the nearest ${baselineName}`,
  },
  { name: 'no-baseline', summary: 'show known findings, too' },
];
