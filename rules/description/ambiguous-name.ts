// Names that could mean several things. The resolver reports them, with the path of each.

import { rule } from '../rule.js';

export const ambiguousName = rule({
  id: 'ambiguous-name',
  category: 'the description itself',
  summary: 'a name could mean several things that are not one tier',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
});
