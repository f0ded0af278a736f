// Ports on which two components could answer. The resolver reports the connection.

import { rule } from '../rule.js';

export const ambiguousListener = rule({
  id: 'ambiguous-listener',
  category: 'the description itself',
  summary: 'two components could answer on one port, and nothing says which',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
});
