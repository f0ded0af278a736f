// A rule's page → its examples, run: every ```infra block is read, resolved and linted, and what is found is held to the marks at the
// ends of its lines (`# error: spof`, `# warning: …, info: …`).

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '../grammar/index.js';
import { catalogue } from '../rules/index.js';
import type { Finding, Rule } from '../rules/rule.js';
import type { Diagnostic } from '../src/base/diagnostic.js';
import { positionAt } from '../src/base/source.js';
import { lint, type LintSettings } from '../src/lint/index.js';
import { projectOf, resolve } from '../src/model/index.js';

export const rulesFolder = fileURLToPath(new URL('../rules', import.meta.url));

export interface Page {
  readonly id: string;
  readonly text: string;
  /** The words of the `##` headings. */
  readonly sections: readonly string[];
  readonly blocks: readonly PageBlock[];
}

export interface PageBlock {
  readonly section: string;
  /** The line in the page on which the block's text begins, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The ids of all files of one ending under `rules/`, each the name of a rule. */
export function filesOf(ending: '.md' | '.ts'): readonly string[] {
  return readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && path.replaceAll('\\', '/').includes('/'))
    .sort()
    .map((path) => join(rulesFolder, path));
}

export function readPage(path: string): Page {
  const text = readFileSync(path, 'utf8');
  const sections: string[] = [];
  const blocks: PageBlock[] = [];
  let open: { line: number; lines: string[] } | undefined;
  text.split('\n').forEach((line, index) => {
    if (open && line.startsWith('```')) {
      blocks.push({ section: sections.at(-1) ?? '', line: open.line, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (line.trim() === '```infra') open = { line: index + 2, lines: [] };
    else if (line.startsWith('## ')) sections.push(line.slice(3).trim());
  });
  return { id: basename(path, '.md'), text, sections, blocks };
}

/** `3 error: spof`, by line: what the marks of a block promise. */
export function promised(text: string): readonly string[] {
  const marks = text.split('\n').flatMap((line, index) => {
    const comment = /#\s*((?:error|warning|info):[^#"]*)$/.exec(line)?.[1];
    return comment === undefined
      ? []
      : [...comment.matchAll(/(error|warning|info):\s*([a-z-]+)/g)].map(
          ([, severity, code]) => `${index + 1} ${severity ?? ''}: ${code ?? ''}`,
        );
  });
  return [...new Set(marks)].sort();
}

/**
 * What is found in a block, in the same form: the findings of the page's own rule, of rules that are marked, and whatever reading it says.
 * Findings that are reported together count at each of their places; accepted ones do not count.
 */
export function found(text: string, own: string, settings: LintSettings = {}): readonly string[] {
  const marked = new Set(promised(text).map((mark) => mark.split(': ')[1] ?? ''));
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'example.infra', text })));
  const separate = catalogue.map(withoutGroups);
  const findings = lint(system, diagnostics, separate, { preset: 'strict', today: '2026-06-01', ...settings });
  const reading = new Set(diagnostics.map(({ code }) => code));
  const counted = findings.filter(
    (one) => !one.accepted && (one.code === own || marked.has(one.code) || reading.has(one.code)),
  );
  return [...new Set(counted.map(markOf))].sort();
}

function markOf({ at, severity, code }: Diagnostic): string {
  return `${positionAt(at.source, at.start).line} ${severity}: ${code}`;
}

function withoutGroups(rule: Rule): Rule {
  if (!rule.check) return rule;
  return {
    ...rule,
    *check(system, options, surroundings) {
      for (const finding of rule.check?.(system, options, surroundings) ?? []) {
        yield Object.fromEntries(Object.entries(finding).filter(([key]) => key !== 'group')) as unknown as Finding;
      }
    },
  };
}
