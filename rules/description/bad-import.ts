// Imports that cannot be followed. The resolver reports them.

import { rule } from '../rule.js';

export const badImport = rule({
  id: 'bad-import',
  category: 'the description itself',
  summary: 'an import is missing, outside the project or circular',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
});
