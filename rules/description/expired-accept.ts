// Accepts whose date has passed. The runner of the rules reports them when it knows the day.

import { rule } from '../rule.js';

export const expiredAccept = rule({
  id: 'expired-accept',
  category: 'the description itself',
  summary: 'an `accept` has passed its date',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
});
