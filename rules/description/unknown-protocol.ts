// Protocols that do not exist. The resolver reports them, with the nearest ones.

import { rule } from '../rule.js';

export const unknownProtocol = rule({
  id: 'unknown-protocol',
  category: 'the description itself',
  summary: 'a connection states a protocol that does not exist',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: true,
});
