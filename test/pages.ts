// The pages of our own rules, and what is found in their examples.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from '../rules/index.js';
import type { LintSettings } from '../src/lint/index.js';
import { found as foundOn, readPageText, type PageText } from '../src/lint/page.js';

export { promised } from '../src/lint/page.js';

export const rulesFolder = fileURLToPath(new URL('../rules', import.meta.url));

export interface Page extends PageText {
  readonly id: string;
  readonly text: string;
}

/** The ids of all files of one ending under `rules/`, each the name of a rule. */
export function filesOf(ending: '.md' | '.ts'): readonly string[] {
  return readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && path.replaceAll('\\', '/').includes('/'))
    .sort()
    .map((path) => join(rulesFolder, path));
}

export function readPage(path: string): Page {
  const text = readFileSync(path, 'utf8');
  return { id: basename(path, '.md'), text, ...readPageText(text) };
}

export function found(text: string, own: string, settings: LintSettings = {}): readonly string[] {
  return foundOn(text, { catalogue, own: new Set([own]), settings: { today: '2026-06-01', ...settings } });
}
