// A rule's page → its examples, run: every ```infra block is read, resolved and linted, and what is found is held to the marks at the ends
// of its lines (`# error: spof`, `# warning: …, info: …`). A block without marks must be silent.

import type { Rule } from '../../rules/rule.js';
import { parse } from '../../grammar/index.js';
import type { Diagnostic } from '../base/diagnostic.js';
import { positionAt } from '../base/source.js';
import { projectOf, resolve } from '../model/index.js';
import { withoutGroups } from './grouping.js';
import { lint, type LintSettings } from './index.js';

export interface PageText {
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

export interface PageRun {
  /** All rules that marks may name. */
  readonly catalogue: readonly Rule[];
  /** The ids of the rules that the page is about: their findings count even where no mark names them. */
  readonly own: ReadonlySet<string>;
  readonly settings?: LintSettings;
}

/** What a page promises and what is not so, a sentence each; nothing if all is as marked. */
export function pageFaults(page: string, run: PageRun): readonly string[] {
  const { blocks } = readPageText(page);
  if (blocks.length === 0) return ['the page has no ```infra block'];
  return blocks.flatMap(({ line, text }) => {
    const [wanted, given] = [promised(text), found(text, run)];
    // `3 error: spof`, in the block → in the page.
    const place = (mark: string) => mark.replace(/^\d+ /, (number) => `line ${line + Number(number) - 1}: `);
    return [
      ...wanted.filter((mark) => !given.includes(mark)).map((mark) => `${place(mark)} is marked, and not found`),
      ...given.filter((mark) => !wanted.includes(mark)).map((mark) => `${place(mark)} is found, and not marked`),
    ];
  });
}

export function readPageText(text: string): PageText {
  const sections: string[] = [];
  const blocks: PageBlock[] = [];
  let open: { line: number; lines: string[] } | undefined;
  text.split(/\r?\n/).forEach((line, index) => {
    if (open && line.startsWith('```')) {
      blocks.push({ section: sections.at(-1) ?? '', line: open.line, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (line.trim() === '```infra') open = { line: index + 2, lines: [] };
    else if (line.startsWith('## ')) sections.push(line.slice(3).trim());
  });
  return { sections, blocks };
}

/** `3 error: spof`, by line: what the marks of a block promise. */
export function promised(text: string): readonly string[] {
  const marks = text.split('\n').flatMap((line, index) => {
    const comment = /#\s*((?:error|warning|info):[^#"]*)$/.exec(line)?.[1];
    return comment === undefined
      ? []
      : [...comment.matchAll(/(error|warning|info):\s*([a-z/-]+)/g)].map(
          ([, severity, code]) => `${index + 1} ${severity ?? ''}: ${code ?? ''}`,
        );
  });
  return [...new Set(marks)].sort();
}

/**
 * What is found in a block, in the same form: the findings of the page's own rules, of rules that are marked, and whatever reading it says.
 * Findings that are reported together count at each of their places; accepted ones do not count.
 */
export function found(text: string, { catalogue, own, settings }: PageRun): readonly string[] {
  const marked = new Set(promised(text).map((mark) => mark.split(': ')[1] ?? ''));
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'example.infra', text })));
  const findings = lint(system, diagnostics, catalogue.map(withoutGroups), { preset: 'strict', ...settings });
  const reading = new Set(diagnostics.map(({ code }) => code));
  const counted = findings.filter(
    (one) => !one.accepted && (own.has(one.code) || marked.has(one.code) || reading.has(one.code)),
  );
  return [...new Set(counted.map(markOf))].sort();
}

function markOf({ at, severity, code }: Diagnostic): string {
  return `${positionAt(at.source, at.start).line} ${severity}: ${code}`;
}
