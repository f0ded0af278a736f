// Descriptions above the limits. Parser and resolver report them before memory is spent.

import { rule } from '../rule.js';

export const tooLarge = rule({
  id: 'too-large',
  category: 'the description itself',
  summary: 'a count, nesting or expansion is above the limits',
  severity: 'error',
  preset: 'recommended',
  options: { instances: 100_000, nesting: 64 },
  // Reading goes down once a block; what is deeper than this would end the stack.
  ranges: { instances: [1, 10_000_000], nesting: [1, 200] },
  fixable: false,
});
