// Text that cannot be read. The parser reports it and goes on behind it.

import { rule } from '../rule.js';

export const syntax = rule({
  id: 'syntax',
  category: 'the description itself',
  summary: 'the text cannot be read at this place; everything else still is',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
});
