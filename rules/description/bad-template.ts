// Templates that cannot be used. The resolver reports them.

import { rule } from '../rule.js';

export const badTemplate = rule({
  id: 'bad-template',
  category: 'the description itself',
  summary: 'a template is unknown, contains itself or is not declared as one',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: true,
});
