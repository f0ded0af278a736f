// Names that nothing is declared under. The resolver reports them, with the nearest candidates.

import { rule } from '../rule.js';

export const unknownName = rule({
  id: 'unknown-name',
  category: 'the description itself',
  summary: 'a name in the text means nothing that is declared',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: true,
});
