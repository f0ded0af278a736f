// Entries → the text of a baseline: sorted, one entry a line, so that a change shows as the lines that came and went.

import type { Entry } from '../base/diagnostic.js';
import { byCodeUnit } from '../base/words.js';

/** Two entries that mean the same have the same key; it is also the line that stands for them. */
export function keyOf({ file, rule, subject, witness }: Entry): string {
  return JSON.stringify({ file, rule, subject, witness });
}

/** Each entry once, by file, rule, subject and witness. */
export function written(entries: Iterable<Entry>): string {
  const lines = new Map<string, Entry>();
  for (const entry of entries) lines.set(keyOf(entry), entry);
  const sorted = [...lines].sort(([keyA, a], [keyB, b]) => {
    return (
      byCodeUnit(a.file, b.file) ||
      byCodeUnit(a.rule, b.rule) ||
      byCodeUnit(a.subject, b.subject) ||
      byCodeUnit(keyA, keyB)
    );
  });
  const list = sorted.length === 0 ? '[]' : `[\n${sorted.map(([key]) => `    ${key}`).join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}
