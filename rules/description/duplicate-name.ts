// Names declared twice and properties stated twice. The resolver reports the second.

import { rule } from '../rule.js';

export const duplicateName = rule({
  id: 'duplicate-name',
  category: 'the description itself',
  summary: 'a name is declared twice, or a property stated twice, in one block',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
});
