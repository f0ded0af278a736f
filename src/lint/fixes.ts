// Findings → the texts that their fixes make of the sources.

import type { Diagnostic, Edit, Fix } from '../base/diagnostic.js';
import type { Source } from '../base/source.js';

/** Which fixes are wanted. */
export interface Wanted {
  readonly safe: boolean;
  /** Changes of fact, of all rules. */
  readonly suggestions: boolean;
  /** Whatever these rules offer. */
  readonly rules: ReadonlySet<string>;
}

export interface Mended {
  /** Of each source that changes, the whole text. */
  readonly texts: ReadonlyMap<Source, string>;
  /** Whose fixes were applied, in order of the findings. */
  readonly findings: readonly Diagnostic[];
}

/**
 * A fix is applied whole or not at all; one that touches what another has changed waits for the next round, since its reason may be gone.
 * Accepted findings are left alone. `mayChange` says whether a source is one to write to.
 */
export function mend(findings: readonly Diagnostic[], wanted: Wanted, mayChange: (source: Source) => boolean): Mended {
  const taken = new Map<Source, Edit[]>();
  const mended = findings.filter((finding) => {
    const { fix, accepted } = finding;
    if (!fix || accepted || !isWanted(finding.code, fix, wanted)) return false;
    const fits = fix.edits.every(
      (edit) => mayChange(edit.at.source) && !(taken.get(edit.at.source) ?? []).some((other) => meet(edit, other)),
    );
    if (!fits || fix.edits.length === 0) return false;
    for (const edit of fix.edits) taken.set(edit.at.source, [...(taken.get(edit.at.source) ?? []), edit]);
    return true;
  });
  return {
    texts: new Map([...taken].map(([source, edits]) => [source, edited(source.text, edits)])),
    findings: mended,
  };
}

function isWanted(code: string, { safety }: Fix, { safe, suggestions, rules }: Wanted): boolean {
  return rules.has(code) || (safety === 'safe' ? safe : suggestions);
}

/** Overlapping, or at one place: two insertions there would depend on their order. */
function meet(a: Edit, b: Edit): boolean {
  return a.at.start === b.at.start || (a.at.start < b.at.end && b.at.start < a.at.end);
}

/** The edits do not overlap. */
function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.at.start - b.at.start)) {
    parts.push(text.slice(from, edit.at.start), edit.text);
    from = edit.at.end;
  }
  return parts.join('') + text.slice(from);
}
