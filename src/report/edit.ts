// A fix → how it reads in a report: the line as it would be, and how to have it written.

import type { Diagnostic, Fix } from '../base/diagnostic.js';
import { lineStarts, positionAt } from '../base/source.js';

/** Nothing where there is no fix. */
export function editOf({ code, fix }: Diagnostic): string | undefined {
  if (!fix) return undefined;
  const line = lineAfter(fix);
  const what = line === undefined || line === '' ? fix.title : `\`${line}\``;
  return `${what} with ${fix.safety === 'safe' ? '`--fix`' : `\`--fix=${code}\``}`;
}

/** The one line that it changes, without indentation and a comment behind; nothing if there are several. */
function lineAfter({ edits }: Fix): string | undefined {
  const sorted = [...edits].sort((a, b) => b.at.start - a.at.start);
  const [last] = sorted;
  if (!last) return undefined;
  const { source } = last.at;
  const { line } = positionAt(source, last.at.start);
  const starts = lineStarts(source);
  const start = starts[line - 1] ?? 0;
  const end = starts[line] ?? source.text.length;
  const text = source.text.slice(start, end).replace(/[\r\n]+$/, '');
  const inLine = ({ at }: (typeof edits)[number]) =>
    at.source === source && at.start >= start && at.end <= start + text.length;
  if (!sorted.every(inLine)) return undefined;
  const behind = text.slice(last.at.end - start);
  const comment = behind.includes('"') ? -1 : behind.indexOf('#');
  let after = comment < 0 ? text : text.slice(0, text.length - behind.length + comment);
  for (const { at, text: put } of sorted) after = after.slice(0, at.start - start) + put + after.slice(at.end - start);
  return after.trim();
}
