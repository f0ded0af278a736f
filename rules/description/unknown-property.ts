// Properties that do not exist or stand in the wrong block. The resolver reports them.

import { rule } from '../rule.js';

export const unknownProperty = rule({
  id: 'unknown-property',
  category: 'the description itself',
  summary: 'a block states a property that its owner does not have',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: true,
});
