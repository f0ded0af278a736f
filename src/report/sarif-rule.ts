// A rule → what SARIF says of it: descriptions, help, default level, and how grave GitHub should take it where it is about security.

import type { Severity } from '../base/diagnostic.js';
import type { RuleText } from './index.js';
import { showPage } from './page.js';
import { plain } from './paint.js';
import { levels } from './sarif.js';

/** GitHub's scale: above 9 critical, from 7 high, from 4 medium, below that low. */
const gravity: Readonly<Record<Severity, string>> = { error: '7.5', warning: '5.0', info: '3.0' };

export function ruleDescriptor({ id, category, summary, severity, preset, page }: RuleText): object {
  const markdown = page === undefined ? summary : helpOf(page);
  const aboutSecurity = category === 'exposure' || category === 'encryption';
  return {
    id,
    shortDescription: { text: sentence(summary) },
    fullDescription: { text: page === undefined ? sentence(summary) : firstParagraph(page) },
    help: { text: showPage(markdown, { paint: plain, ascii: false }).trim(), markdown },
    defaultConfiguration: { enabled: preset === 'recommended', level: levels[severity] },
    properties: {
      tags: [category, ...(aboutSecurity ? ['security'] : [])],
      precision: 'very-high',
      ...(aboutSecurity ? { 'security-severity': gravity[severity] } : {}),
    },
  };
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** The page without links that lead nowhere outside its folder. */
function helpOf(page: string): string {
  return page.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1').trim();
}

/** What stands under the first heading of a section, without the marks of Markdown. */
function firstParagraph(page: string): string {
  const body = page
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .trim();
  const [first = ''] = body.split(/\n{2,}/);
  return helpOf(first)
    .replace(/\s+/g, ' ')
    .replace(/\*\*([^*]+)\*\*/g, '$1');
}
