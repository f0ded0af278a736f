// Values that cannot be read as what they should be. The resolver reports them.

import { rule } from '../rule.js';

export const wrongValue = rule({
  id: 'wrong-value',
  category: 'the description itself',
  summary: 'a value cannot be read as what its place needs',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: true,
});
