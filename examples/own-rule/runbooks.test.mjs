// The page of the rule is its test: `node --test` runs it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkPage } from 'archlint';
import { rules } from './rules/runbooks.mjs';

test('the page of missing-runbook is as it is marked', () => {
  const page = readFileSync(new URL('rules/missing-runbook.md', import.meta.url), 'utf8');
  assert.deepEqual(checkPage(page, rules), []);
});
