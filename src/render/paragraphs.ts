// The headline of a finding -> lines of runs that fit: names stand out instead of their backticks.

import type { Run } from './drawing.js';
import { clusters, widthOf } from '../base/letters.js';

interface Word extends Run {
  /** Is there a space before it? */
  readonly apart: boolean;
}

export const paragraphSize = 14;

/** `rule — message`, in lines of at most `width` px. */
export function paragraph(rule: string, message: string, width: number): Run[][] {
  const words: Word[] = [
    { text: rule, strong: true, apart: false },
    { text: '—', strong: false, apart: true },
  ];
  let apart = true;
  message.split('`').forEach((stretch, index) => {
    for (const part of stretch.split(/(\s+)/)) {
      if (part === '') continue;
      if (part.trim() === '') apart = true;
      else {
        words.push({ text: part, strong: index % 2 === 1, apart });
        apart = false;
      }
    }
  });
  return fill(words, width);
}

function fill(words: readonly Word[], width: number): Run[][] {
  const lines: Run[][] = [[]];
  let used = 0;
  for (const { text, strong, apart } of words) {
    wordParts(text, width, paragraphSize, strong).forEach((part, index) => {
      const space = apart && index === 0 && used > 0 ? ' ' : '';
      const length = widthOf(space + part, paragraphSize, strong);
      if (used > 0 && used + length > width) {
        lines.push([{ text: part, strong }]);
        used = widthOf(part, paragraphSize, strong);
        return;
      }
      const line = lines.at(-1);
      line?.push(...spaced(line, { text: part, strong }, space));
      used += length;
    });
  }
  return lines.filter((line) => line.length > 0).map(merged);
}

/** The run with the space before it, outside of what stands out: some readers drop spaces at the ends of such stretches. */
function spaced(line: readonly Run[], run: Run, space: string): Run[] {
  const last = line.at(-1);
  if (space === '' || !last) return [run];
  if (!run.strong || last.strong) return [{ ...run, text: space + run.text }];
  return [{ text: space, strong: false }, run];
}

function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.strong === run.strong) result[result.length - 1] = { ...last, text: last.text + run.text };
    else result.push(run);
  }
  return result;
}

/** A word as it is, or cut into parts that fit. */
function wordParts(word: string, width: number, size: number, strong: boolean): string[] {
  const parts: string[] = [];
  let part = '';
  for (const cluster of clusters(word)) {
    if (part !== '' && widthOf(part + cluster, size, strong) > width) {
      parts.push(part);
      part = '';
    }
    part += cluster;
  }
  return part === '' ? parts : [...parts, part];
}
