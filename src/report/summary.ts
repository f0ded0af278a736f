// Findings → how many there are of each kind, and the sentence that says so.

import type { Diagnostic, Severity } from '../base/diagnostic.js';
import { counted, listed } from '../base/words.js';

export interface Summary extends Readonly<Record<Severity, number>> {
  /** Accepted findings count here alone. */
  readonly accepted: number;
}

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Whether a severity is as grave as another, or graver. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return rank[severity] >= rank[threshold];
}

export function summaryOf(findings: readonly Diagnostic[]): Summary {
  const summary = { error: 0, warning: 0, info: 0, accepted: 0 };
  for (const finding of findings) summary[finding.accepted ? 'accepted' : finding.severity]++;
  return summary;
}

/** `2 errors and 1 warning in 3 files; 1 finding is accepted`, without a full stop. */
export function summaryText(summary: Summary, files: number): string {
  const found = [
    ...(summary.error > 0 ? [counted(summary.error, 'error')] : []),
    ...(summary.warning > 0 ? [counted(summary.warning, 'warning')] : []),
    ...(summary.info > 0 ? [counted(summary.info, 'info', 'infos')] : []),
  ];
  const text = `${found.length > 0 ? listed(found) : 'nothing to report'} in ${counted(files, 'file')}`;
  if (summary.accepted === 0) return text;
  return `${text}; ${counted(summary.accepted, 'finding')} ${summary.accepted === 1 ? 'is' : 'are'} accepted`;
}
