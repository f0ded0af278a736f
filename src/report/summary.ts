// Findings → how many there are of each kind, and the sentence that says so.

import type { Diagnostic, Severity } from '../base/diagnostic.js';
import { counted, listed } from '../base/words.js';

export interface Summary extends Readonly<Record<Severity, number>> {
  /** Accepted findings count here alone. */
  readonly accepted: number;
  /** What a baseline hides, in entries of it; only where there is one. */
  readonly hidden?: number;
}

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Whether a severity is as grave as another, or graver. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return rank[severity] >= rank[threshold];
}

export function summaryOf(findings: readonly Diagnostic[], hidden?: number): Summary {
  const summary = { error: 0, warning: 0, info: 0, accepted: 0 };
  for (const finding of findings) summary[finding.accepted ? 'accepted' : finding.severity]++;
  return hidden === undefined ? summary : { ...summary, hidden };
}

/** `2 errors and 1 warning in 3 files; 1 finding is accepted`, without a full stop. */
export function summaryText(summary: Summary, files: number): string {
  const found = [
    ...(summary.error > 0 ? [counted(summary.error, 'error')] : []),
    ...(summary.warning > 0 ? [counted(summary.warning, 'warning')] : []),
    ...(summary.info > 0 ? [counted(summary.info, 'info', 'infos')] : []),
  ];
  const text = `${found.length > 0 ? listed(found) : 'nothing to report'} in ${counted(files, 'file')}`;
  const { accepted, hidden = 0 } = summary;
  return [
    text,
    ...(accepted > 0 ? [`${counted(accepted, 'finding')} ${accepted === 1 ? 'is' : 'are'} accepted`] : []),
    ...(hidden > 0 ? [hiddenText(hidden)] : []),
  ].join('; ');
}

/** Entries and not findings, as a finding about forty hosts has forty of them. */
export function hiddenText(hidden: number): string {
  return `${counted(hidden, 'known finding')} ${hidden === 1 ? 'is' : 'are'} hidden by the baseline`;
}
