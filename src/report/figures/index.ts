// figures ── reportFigures ──▶ text, JSON or Markdown

import type { Analysis, JointCapacity, WhatIf } from '../../base/figures.js';
import { plain } from '../paint.js';
import type { Style } from '../drawing.js';
import { markdownOf, textOf, type Block, type Fact } from './blocks.js';
import { comparisonBlocks, type Comparison } from './comparison.js';
import {
  arrow,
  assumes,
  elementsOf,
  journeysBlocks,
  limitedBy,
  tooLarge,
  withoutLines,
  type Elements,
} from './journey.js';
import { percent, rate, significant } from './numbers.js';
import { whatIfBlocks } from './what-if.js';

export type { Comparison } from './comparison.js';

export interface FiguresReport {
  /** What the file is called, for comparisons. */
  readonly file: string;
  readonly analysis: Analysis;
  /** Then the text is about what stops, and not about availability. */
  readonly whatIf?: WhatIf;
  readonly comparison?: Comparison;
}

const formats = { text: textFigures, json: jsonFigures, markdown: markdownFigures };

export type FiguresFormat = keyof typeof formats;

export function reportFigures(run: FiguresReport, options: Partial<Style> & { format?: FiguresFormat } = {}): string {
  return formats[options.format ?? 'text'](run, { paint: plain, ascii: false, ...options });
}

function textFigures(run: FiguresReport, style: Style): string {
  return textOf(blocksOf(run), style);
}

function markdownFigures(run: FiguresReport, style: Style): string {
  return markdownOf(blocksOf(run), style);
}

/** The shape is a contract (`schema/analyze.json`): fields may be added, never changed within a version. */
function jsonFigures({ analysis, whatIf, comparison }: FiguresReport): string {
  const document = {
    version: 1,
    ...analysis,
    whatIf: whatIf ?? null,
    comparison: comparison
      ? {
          file: comparison.file,
          ...comparison.analysis,
          differences: comparison.journeys.map(({ id, there, difference }) => {
            return { journey: id, other: there?.id ?? null, difference };
          }),
        }
      : null,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function blocksOf({ file, analysis, whatIf, comparison }: FiguresReport): readonly Block[] {
  const title: Block = { is: 'title', lines: [analysis.title ?? file] };
  if (analysis.journeys.length === 0 && !whatIf && !comparison) {
    return [title, { is: 'paragraph', text: 'No client calls anything here, so there is no journey that could stop.' }];
  }
  const elements = elementsOf(analysis);
  if (whatIf)
    return [
      title,
      ...whatIfBlocks(whatIf, elements),
      ...(comparison ? comparisonBlocks(file, comparison, elements) : []),
    ];
  if (comparison) return [title, ...comparisonBlocks(file, comparison, elements)];
  return [
    title,
    ...journeysBlocks(analysis.journeys, elements),
    ...(analysis.capacity ? togetherBlocks(analysis.capacity, elements) : []),
    ...notes(analysis),
  ];
}

function notes(analysis: Analysis): readonly Block[] {
  const texts: string[] = [];
  const { rounds, commonCauses } = analysis;
  if (analysis.journeys.some(({ importance }) => importance.length > 0)) {
    texts.push(
      'What to fix first: the downtime a year that would be saved if that element alone never failed, its share of the whole, ' +
        'how many times likelier the journey is down while it is, and its own availability.',
    );
  }
  if (assumes(analysis)) {
    texts.push(
      'Assumed figures are those of the kind of element; `availability`, `mtbf` with `mttr`, or `sla` states your own.',
    );
  }
  for (const { tier, share, instances } of commonCauses) {
    texts.push(
      `${percent(share)} of the failures of ${tier} strike all ${instances.length} instances at once, as stated.`,
    );
  }
  if (rounds.length > 0) {
    texts.push(`Loads leave out needs that lead back to where a request came from: of ${rounds.join(', ')}.`);
  }
  return texts.map((text) => ({ is: 'paragraph', text }));
}

function togetherBlocks(capacity: JointCapacity, elements: Elements): readonly Block[] {
  const { factor, stated, loads, bottleneck, withoutHost } = capacity;
  const times = (value: number | null) =>
    value === null ? 'no limit' : stated ? `${significant(value)} times the stated load` : `${rate(value)} each`;
  const facts: Fact[] = [
    ['carry', capacity.computed ? `${times(factor)}${limitedBy(bottleneck, elements)}` : tooLarge('load')],
  ];
  if (capacity.computed)
    facts.push(['that is', ...loads.map(({ journey, load }) => `${arrow(journey)}: ${rate(load)}`)]);
  const lines = withoutLines(withoutHost, elements, ({ factor: left, bottleneck: there }) => {
    return left === 0 ? 'nothing' : left === factor ? '' : `${times(left)}${limitedBy(there, elements, 'counted')}`;
  });
  if (lines.length > 0) facts.push(['with one host lost', ...lines]);
  if (capacity.computed && !capacity.hostsComputed)
    facts.push(['with one host lost', tooLarge('load without each host')]);
  return [
    { is: 'heading', lines: [`All at the same time${stated ? '' : ', with equal loads'}`] },
    { is: 'facts', rows: facts },
  ];
}
