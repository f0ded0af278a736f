// A text → what the rules say about it, in full and in brief.

import { parse } from '../grammar/index.js';
import { catalogue } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import { lint, type LintSettings } from '../src/lint/index.js';
import { projectOf, resolve } from '../src/model/index.js';

/** What is found in a text. */
export function check(text: string, settings: LintSettings = {}, rules: readonly Rule[] = catalogue) {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'site.infra', text })));
  return lint(system, diagnostics, rules, settings);
}

/** `spof a b`, accepted ones in brackets. */
export function brief(text: string, settings: LintSettings = {}, rules: readonly Rule[] = catalogue): string[] {
  return check(text, settings, rules)
    .map(({ code, subjects, accepted }) =>
      accepted ? `(${code} ${subjects.join(' ')})` : `${code} ${subjects.join(' ')}`,
    )
    .sort();
}

/** The rules about failing, and what accepts of theirs bring about. */
export const failing = catalogue.filter(({ id }) =>
  [
    'spof',
    'write-spof',
    'co-location',
    'maintenance-downtime',
    'not-scalable',
    'single-backend',
    'useless-accept',
    'expired-accept',
  ].includes(id),
);
