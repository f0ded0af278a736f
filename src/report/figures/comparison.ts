// The figures of two files → blocks that show them side by side, with the difference.

import type { Analysis, JourneyComparison, JourneyFigures } from '../../base/figures.js';
import type { Block, Cells, Fact } from './blocks.js';
import { arrow, elementsOf, nameOf, type Elements } from './journey.js';
import { plainRate, shown, signedDuration, significant } from './numbers.js';

export interface Comparison {
  /** What the other file is called. */
  readonly file: string;
  readonly analysis: Analysis;
  readonly journeys: readonly JourneyComparison[];
}

/** `elements` are those of the first file. */
export function comparisonBlocks(
  file: string,
  { file: other, journeys, analysis }: Comparison,
  elements: Elements,
): readonly Block[] {
  const there = elementsOf(analysis);
  return [
    { is: 'paragraph', text: `${file} (here) compared with ${other} (there)` },
    ...journeys.flatMap(({ id, here, there: second, difference }): readonly Block[] => {
      const only = here ?? second;
      const changed = second && second.id !== id ? [`there ${arrow(second.id)}`] : [];
      const heading: Block = { is: 'heading', lines: [arrow(id), ...changed] };
      if (!here || !second || !difference) {
        const figures = only ? `: ${shown(only).availability}${star(only)}` : '';
        return [heading, { is: 'paragraph', text: `only ${here ? file : other} has this journey${figures}` }];
      }
      const gone = difference.singlePointsRemoved.map((point) => nameOf(elements, point));
      const added = difference.singlePointsAdded.map((point) => nameOf(there, point));
      const facts: Fact[] = [
        ...(gone.length > 0 ? [['no longer single points', gone.join(', ')] as const] : []),
        ...(added.length > 0 ? [['new single points', added.join(', ')] as const] : []),
      ];
      const table: Block = {
        is: 'table',
        columns: ['', 'here', 'there', 'difference'],
        rows: comparedRows(here, second),
      };
      return [heading, table, ...(facts.length > 0 ? [{ is: 'facts', rows: facts } as const] : [])];
    }),
    ...(journeys.length === 0 ? [{ is: 'paragraph', text: 'Neither has a journey.' } as const] : []),
    ...(journeys.some(({ here, there: second }) => [here, second].some((one) => (one?.assumed.length ?? 0) > 0))
      ? [{ is: 'paragraph', text: '* rests on assumed figures' } as const]
      : []),
  ];
}

export function comparedRows(here: JourneyFigures, there: JourneyFigures): readonly Cells[] {
  const both = [here, there] as const;
  const exact = here.exact && there.exact;
  const row = (label: string, show: (journey: JourneyFigures) => string, difference: string): Cells => {
    return [[label], show(here), show(there), difference];
  };
  const count = (journey: JourneyFigures, order: number) => journey.cutSetCounts[order - 1] ?? '0';
  const change = (order: number) => signed(Number(count(there, order)) - Number(count(here, order)));
  const hours = there.downtimeHoursPerYear - here.downtimeHoursPerYear;
  const readHours = (there.readsAlone ?? there).downtimeHoursPerYear - (here.readsAlone ?? here).downtimeHoursPerYear;
  return [
    row('availability', (one) => `${shown(one).availability}${star(one)}`, ''),
    row(
      'unavailability',
      (one) => shown(one).unavailability,
      exact ? factor(here.unavailability, there.unavailability) : '',
    ),
    row('down a year', (one) => shown(one).downtime, exact ? signedDuration(hours) : ''),
    ...(both.some(({ readsAlone }) => readsAlone)
      ? [
          row(
            'reads down a year',
            (one) => shown(one.readsAlone ?? one).downtime,
            exact ? signedDuration(readHours) : '',
          ),
        ]
      : []),
    row('single points', (one) => count(one, 1), change(1)),
    row('pairs', (one) => count(one, 2), change(2)),
    ...(both.some(({ capacity }) => capacity)
      ? [
          row(
            'requests a second',
            (one) =>
              !one.capacity ? 'not stated' : one.capacity.computed ? plainRate(one.capacity.load) : 'not computed',
            loadChange(here, there),
          ),
        ]
      : []),
  ];
}

function loadChange({ capacity: here }: JourneyFigures, { capacity: there }: JourneyFigures): string {
  if (here?.load === undefined || there?.load === undefined || here.load === null || there.load === null) return '';
  return signed(Number((there.load - here.load).toPrecision(6)));
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}

function factor(here: number, there: number): string {
  if (here === 0 || there === 0) return '';
  return `× ${significant(there / here)}`;
}

export function star({ assumed }: JourneyFigures): string {
  return assumed.length > 0 ? ' *' : '';
}
