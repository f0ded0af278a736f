// Findings → Markdown for a pull request, a merge request or a job's summary: what is wrong in a table, the picture, every finding in full below.

import type { Diagnostic } from '../base/diagnostic.js';
import { counted } from '../base/words.js';
import { draw, placeOf, said, type Style } from './drawing.js';
import { acceptanceOf, openFindings } from './findings.js';
import type { Picture, Report } from './index.js';
import { summaryOf, summaryText } from './summary.js';
import { visible } from '../base/cells.js';

export function markdown(report: Report, style: Style): string {
  const open = openFindings(report);
  const accepted = report.findings.filter((finding) => finding.accepted);
  const summary = summaryText(summaryOf(report.findings, report.baseline?.hidden), report.files.length);
  const parts = [
    `### archlint: ${summary}`,
    ...report.unjudged.map((text) => `not judged: ${words(text)}`),
    ...(open.length > 0 ? [table(['severity', 'rule', 'finding', 'place'], open.map(row))] : []),
    ...(report.pictures ?? []).flatMap(picture),
    ...(open.length > 0
      ? [
          details(
            `${counted(open.length, 'finding')} in full`,
            open.map((one) => drawing(one, style)),
          ),
        ]
      : []),
    ...(accepted.length > 0
      ? [
          details(`${counted(accepted.length, 'finding')} accepted`, [
            table(['rule', 'finding', 'reason'], accepted.map(acceptedRow)),
          ]),
        ]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function row({ severity, code: rule, message, at }: Diagnostic): readonly string[] {
  return [severity === 'error' ? `**${severity}**` : severity, code(rule), words(message), code(placeOf(at))];
}

function acceptedRow(finding: Diagnostic): readonly string[] {
  return [code(finding.code), words(finding.message), words(acceptanceOf(finding))];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** GitHub and GitLab draw Mermaid themselves; an image would have to be put somewhere first. */
function picture({ mermaid }: Picture): readonly string[] {
  return mermaid === undefined ? [] : [fenced('mermaid', mermaid)];
}

function drawing(finding: Diagnostic, style: Style): string {
  return fenced('text', draw(finding, style));
}

function details(summary: string, parts: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, ...parts, '</details>'].join('\n\n');
}

/** Between fences that are longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** Names in backticks become code; what else Markdown or HTML would read is escaped, and nobody is called by `@`. */
function words(text: string): string {
  return said(text, { ascii: false })
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : references(part)))
    .join('');
}

/** A code span, or HTML's `code` where the text has what would end a span or a cell. */
function code(text: string): string {
  const shown = visible(text);
  return /^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/.test(shown) ? `\`${shown}\`` : `<code>${references(shown)}</code>`;
}

/** Whatever Markdown, its tables, HTML or a forge would read becomes a character reference. */
function references(text: string): string {
  return text
    .replace(/[@#](?=[\p{L}\p{N}])/gu, '$&\u200b')
    .replace(/[&<>|`*_~[\]()!\\$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/www\.|:\/\//g, (start) => start.replace(/[.:]/, (sign) => `&#${sign.charCodeAt(0)};`));
}
