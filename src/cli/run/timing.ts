// `--timing`: what a check tells of its parts, and a clock → where the time went, as a table. Loaded when it is asked for.

import type { Measure, Part } from '../../index.js';

export interface Stopwatch {
  readonly measure: Measure;
  /** Where the time went since it was made. */
  readonly table: () => string;
}

interface Row {
  readonly name: string;
  readonly milliseconds: number;
}

/** What is below this share of the whole is one line together. */
const SMALL = 0.001;

/** `clock` is in milliseconds. Time goes to the innermost part at work; to `reporting and the rest` while there is none. */
export function stopwatch(clock: () => number): Stopwatch {
  const start = clock();
  const rest: Part = { of: 'stage', name: 'reporting and the rest' };
  const spent = new Map<Part['of'], Map<string, number>>();
  const open: Part[] = [];
  let since = start;
  const lap = (): void => {
    const now = clock();
    const { of, name } = open.at(-1) ?? rest;
    const times = spent.get(of) ?? new Map<string, number>();
    times.set(name, (times.get(name) ?? 0) + now - since);
    spent.set(of, times);
    since = now;
  };
  return {
    measure: (part, work) => {
      lap();
      open.push(part);
      try {
        return work();
      } finally {
        lap();
        open.pop();
      }
    },
    table: () => {
      lap();
      const rows = (of: Part['of']) =>
        Array.from(spent.get(of) ?? [], ([name, milliseconds]) => ({ name, milliseconds }));
      return tableOf(rows, since - start);
    },
  };
}

function tableOf(rows: (of: Part['of']) => readonly Row[], total: number): string {
  const line = (name: string, milliseconds: number) =>
    `  ${name.padEnd(34)} ${milliseconds.toFixed(1).padStart(9)} ms ${share(milliseconds, total).padStart(7)} %`;
  const group = (title: string, of: Part['of']) => {
    const sorted = [...rows(of)].sort((a, b) => b.milliseconds - a.milliseconds);
    const large = sorted.filter(({ milliseconds }) => milliseconds >= total * SMALL);
    const small = sorted.slice(large.length);
    return [
      line(title, sum(sorted)),
      ...large.map(({ name, milliseconds }) => line(`  ${name}`, milliseconds)),
      ...(small.length > 0 ? [line(`  ${small.length} more, each below 0.1 %`, sum(small))] : []),
    ];
  };
  const stages = [...rows('stage')].sort((a, b) => b.milliseconds - a.milliseconds);
  return [
    `where the time went, of ${total.toFixed(1)} ms since the command began:`,
    ...stages.map(({ name, milliseconds }) => line(name, milliseconds)),
    ...group('analyses that rules share', 'analysis'),
    ...group('rules', 'rule'),
    '',
  ].join('\n');
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((total, { milliseconds }) => total + milliseconds, 0);
}

function share(part: number, whole: number): string {
  return (whole > 0 ? (100 * part) / whole : 0).toFixed(1);
}
