// Findings → reviewdog's diagnostic format (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf). Its columns count bytes of UTF-8.
// Accepted findings are left out: whatever reviewdog reads it comments on.

import type { Diagnostic } from '../base/diagnostic.js';
import { lineStarts, positionAt, type Location, type Source } from '../base/source.js';
import { inRepository, openFindings, remarks } from './findings.js';
import type { Report } from './index.js';

const severities = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

export function rdjson(report: Report): string {
  const diagnostics = openFindings(report).map((finding) => {
    const placed = (at: Location) => ({ path: inRepository(report, at.source.path), range: rangeOf(at) });
    const suggestions = suggestionsOf(finding);
    const related = finding.related.map(({ at, message }) => ({ message, location: placed(at) }));
    return {
      message: [finding.message, ...remarks(finding)].join('\n'),
      location: placed(finding.at),
      severity: severities[finding.severity],
      code: { value: finding.code },
      ...(suggestions.length > 0 ? { suggestions } : {}),
      ...(related.length > 0 ? { related_locations: related } : {}),
    };
  });
  return `${JSON.stringify({ source: { name: 'archlint' }, diagnostics }, undefined, 2)}\n`;
}

/** A fix of several edits cannot be said: each suggestion stands for itself. */
function suggestionsOf({ at, fix }: Diagnostic): readonly object[] {
  const [edit, another] = fix?.edits ?? [];
  if (!edit || another || edit.at.source !== at.source) return [];
  return [{ range: rangeOf(edit.at), text: edit.text }];
}

function rangeOf({ source, start, end }: Location): object {
  return { start: bytePosition(source, start), end: bytePosition(source, end) };
}

function bytePosition(source: Source, offset: number): object {
  const { line } = positionAt(source, offset);
  const before = source.text.slice(lineStarts(source)[line - 1], offset);
  return { line, column: new TextEncoder().encode(before).length + 1 };
}
