// Accepts that match no finding. The runner of the rules reports them when all rules have spoken.

import { rule } from '../rule.js';

export const uselessAccept = rule({
  id: 'useless-accept',
  category: 'the description itself',
  summary: 'an `accept` takes no finding away',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: true,
});
