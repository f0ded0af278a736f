// Files and parts of documents that are generated: `UPDATE=1 npm test` writes them, any other run compares.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

export const updating = process.env.UPDATE === '1';

/** A whole file. */
export function expectFile(path: string, content: string): void {
  if (updating) writeFileSync(path, content);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : '(missing: run `UPDATE=1 npm test`)').toBe(content);
}

/** What stands in a document between `<!-- mark -->` and `<!-- /end -->`, where `end` is the mark's first word without its colon. */
export function expectPart(path: string, mark: string, content: string): void {
  const end = (mark.split(' ')[0] ?? mark).replace(/:$/, '');
  const opening = `<!-- ${mark} -->`;
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf(opening);
  if (start < 0) throw new Error(`${path} has no mark ${opening}`);
  const from = start + opening.length;
  const to = text.indexOf(`<!-- /${end} -->`, from);
  if (to < 0) throw new Error(`${path} has no end of ${opening}`);
  const wanted = `\n\n${content.trim()}\n\n`;
  if (updating && text.slice(from, to) !== wanted) writeFileSync(path, text.slice(0, from) + wanted + text.slice(to));
  expect(readFileSync(path, 'utf8').slice(from, readFileSync(path, 'utf8').indexOf(`<!-- /${end} -->`, from))).toBe(
    wanted,
  );
}
