// Descriptions above the limits. Parser and resolver report them before memory is spent.

import { rule } from '../rule.js';

export const tooLarge = rule({
  id: 'too-large',
  category: 'the description itself',
  summary: 'a count, nesting or expansion is above the limits',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
});
