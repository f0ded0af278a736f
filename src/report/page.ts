// A rule's page in Markdown → text for the terminal: headings stand out, code is coloured, paragraphs follow the width.

import { wrap, type Style } from './drawing.js';
import { visible } from '../base/cells.js';

/** Reads only what such pages use: headings, paragraphs, lists, fenced code, tables (left as they are) and inline code. */
export function showPage(markdown: string, style: Style): string {
  const { paint } = style;
  const lines: string[] = [];
  let paragraph = '';
  let fenced = false;
  const flush = (): void => {
    if (paragraph === '') return;
    const indent = /^\s*(?:[-*]|\d+\.)\s+/.exec(paragraph)?.[0].length ?? 0;
    const wrapped = wrap(paragraph, (style.columns ?? Infinity) - indent);
    lines.push(...wrapped.map((line, index) => inline(index === 0 ? line : ' '.repeat(indent) + line, style)));
    paragraph = '';
  };
  for (const raw of markdown.split(/\r\n|\r|\n/)) {
    const line = visible(raw.replaceAll('\t', '    '));
    if (/^\s*```/.test(line)) {
      flush();
      fenced = !fenced;
    } else if (fenced) {
      lines.push(line === '' ? '' : `    ${paint.code(line)}`);
    } else if (line.trim() === '' || line.startsWith('|')) {
      flush();
      lines.push(inline(line, style));
    } else if (/^#+ /.test(line)) {
      flush();
      lines.push(paint.strong(line.replace(/^#+ /, '')));
    } else if (/^\s*(?:[-*]|\d+\.)\s/.test(line)) {
      flush();
      paragraph = line;
    } else {
      paragraph = paragraph === '' ? line : `${paragraph} ${line.trim()}`;
    }
  }
  flush();
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Inline code keeps its backticks: without colour they are what tells it apart. Links show their text, strong text its words. */
function inline(line: string, { paint }: Style): string {
  return line
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, (_, text: string) => paint.strong(text))
    .replace(/`[^`]+`/g, (code) => paint.code(code));
}
