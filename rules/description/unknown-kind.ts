// Declarations of a kind that does not exist. The resolver reports them, with the nearest kinds.

import { rule } from '../rule.js';

export const unknownKind = rule({
  id: 'unknown-kind',
  category: 'the description itself',
  summary: 'a declaration begins with a word that is not a kind',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: true,
});
