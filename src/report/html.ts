// Findings → one HTML page that needs nothing else: the picture, the summary, and every finding as a terminal shows it.

import type { Diagnostic } from '../base/diagnostic.js';
import { counted } from '../base/words.js';
import { draw, drawAccepted, type Style } from './drawing.js';
import { openFindings } from './findings.js';
import type { Picture, Report } from './index.js';
import type { Brush, Paint } from './paint.js';
import { summaryOf, summaryText } from './summary.js';
import { style as sheet } from './html-style.js';
import { visible } from '../base/cells.js';
import { escaped } from './xml.js';

export function html(report: Report, style: Style): string {
  const open = openFindings(report);
  const accepted = report.findings.filter((finding) => finding.accepted);
  const summary = summaryText(summaryOf(report.findings, report.baseline?.hidden), report.files.length);
  const painted: Style = { ...style, paint };
  const parts = [
    `<h1>${escaped(titleOf(report))}</h1>`,
    `<p class="summary">${escaped(summary)}</p>`,
    ...report.unjudged.map((text) => `<p>${inline(`not judged: ${text}`)}</p>`),
    ...(report.pictures ?? []).flatMap(figure),
    ...(open.length > 0 ? [`<h2>${counted(open.length, 'finding')}</h2>`] : []),
    ...open.map((finding, index) => section(finding, index, painted)),
    ...(accepted.length > 0 ? [`<h2>${counted(accepted.length, 'accepted finding')}</h2>`] : []),
    ...accepted.map((finding) => `<pre>${coloured(drawAccepted(finding, painted))}</pre>`),
  ];
  // The policy holds even if a name should ever get past the escapes: no script, nothing from elsewhere.
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(`${titleOf(report)}: ${summary}`)}</title>
<style>
${sheet}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
<footer>${escaped(report.version === undefined ? 'archlint' : `archlint ${report.version}`)}</footer>
</body>
</html>
`;
}

function titleOf({ pictures, files }: Report): string {
  const [only, another] = pictures ?? [];
  if (only && !another) return visible(only.title ?? only.file);
  const [file, more] = files;
  return file !== undefined && more === undefined ? visible(file) : counted(files.length, 'file');
}

/** As an image of its own, so that neither its styles nor its names reach the page. */
function figure({ file, title, svg }: Picture): readonly string[] {
  if (svg === undefined) return [];
  const name = visible(title ?? file);
  const caption = `<figcaption>${escaped(visible(file))}</figcaption>`;
  const alt = escaped(`the system in ${name}, its findings marked`);
  return [`<figure>\n<img alt="${alt}" src="${dataUrl(svg)}">\n${caption}\n</figure>`];
}

/** Percent signs, hashes and what HTML would read are encoded; everything else may stand as it is, and stays legible. */
function dataUrl(svg: string): string {
  const encoded = svg.replace(/[%#<>"&\r\n\t]/g, (character) => encodeURIComponent(character));
  return `data:image/svg+xml;charset=utf-8,${encoded}`;
}

function section(finding: Diagnostic, index: number, style: Style): string {
  const { severity, code, message } = finding;
  const id = `finding-${index + 1}`;
  const name = `<a href="#${id}" class="${severity}">${severity}</a> <code>${escaped(code)}</code>`;
  return [
    `<section id="${id}">`,
    `<h3>${name} ${inline(message)}</h3>`,
    `<pre tabindex="0">${coloured(withoutHeadline(draw(finding, style)))}</pre>`,
    '</section>',
  ].join('\n');
}

function withoutHeadline(drawing: string): string {
  return drawing.slice(drawing.indexOf('\n') + 1);
}

/** `` `a` `` → code. */
function inline(text: string): string {
  return escaped(visible(text)).replace(/`([^`]+)`/g, '<code>$1</code>');
}

// A drawing is painted before it is escaped: its parts are put between two control characters, which no text of a user's can contain
// (`visible` shows them as pictures).
const opening = '\u0001';
const closing = '\u0002';
const classes = ['error', 'warning', 'info', 'accepted', 'strong', 'frame', 'secondary', 'faint', 'code'] as const;

function brush(name: string): Brush {
  return (text) => `${opening}${name} ${text}${closing}`;
}

const paint = Object.fromEntries(classes.map((name) => [name, brush(name)])) as unknown as Paint;

function coloured(drawing: string): string {
  return drawing
    .split(new RegExp(`(${opening}[a-z]+ |${closing})`))
    .map((part) => {
      if (part === closing) return '</span>';
      return part.startsWith(opening) ? `<span class="${part.slice(1, -1)}">` : escaped(part);
    })
    .join('');
}
