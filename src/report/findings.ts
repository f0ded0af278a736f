// What machine-readable formats have in common: which findings are open, what is said about one, and where its file lies in the repository.

import type { Diagnostic } from '../base/diagnostic.js';
import type { Report } from './index.js';

/** Findings that nobody has accepted. */
export function openFindings({ findings }: Pick<Report, 'findings'>): readonly Diagnostic[] {
  return findings.filter(({ accepted }) => !accepted);
}

/** The findings of each checked file, in order; a file without any has none. */
export function byFile(report: Report, findings: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const lists = new Map<string, Diagnostic[]>(report.files.map((file) => [file, []]));
  for (const finding of findings) {
    const { path } = finding.at.source;
    const list = lists.get(path);
    if (list) list.push(finding);
    else lists.set(path, [finding]);
  }
  return lists;
}

/** Label, witness, notes and help, a line each: what stands below the headline. */
export function remarks({ label, witness, notes, help }: Diagnostic): readonly string[] {
  return [
    ...(label === undefined || label === '' ? [] : [label]),
    ...(witness ? [`path: ${witness.steps.map(({ text }) => text).join(' → ')}`] : []),
    ...notes.map((note) => `note: ${note}`),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ];
}

/** `accepted: fine until launch (until 2027-03-01)`. */
export function acceptanceOf({ accepted }: Diagnostic): string {
  const { reason = '', until } = accepted ?? {};
  return until === undefined ? reason : `${reason} (until ${until})`;
}

/** A path as a forge knows it, from the root of the repository. */
export function inRepository(report: Pick<Report, 'folder'>, path: string): string {
  if (report.folder === undefined || report.folder === '' || /^(?:\/|[A-Za-z]:)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of `${report.folder}/${path}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
