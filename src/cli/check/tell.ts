// What baselines hide, and what of them is out of date → the report, and lines on stderr.

import { hiddenText, type Report } from '../../index.js';
import { counted, listed, quoted } from '../../base/words.js';
import type { Call } from '../command.js';
import type { Target } from '../outputs.js';
import type { Compared } from './compare.js';
import type { Judged } from './judge.js';

/** Nothing without a baseline. */
export function reportOf({ compared }: Judged): Pick<Report, 'baseline'> {
  if (compared.length === 0) return {};
  return { baseline: { hidden: hiddenBy(compared), stale: compared.flatMap(({ stale }) => stale) } };
}

function hiddenBy(compared: readonly Compared[]): number {
  return compared.reduce((sum, { hidden }) => sum + hidden, 0);
}

/** What no longer occurs is always said; what is hidden only where nothing on stdout says it. */
export function tellOfBaselines({ world }: Call, targets: readonly Target[], { compared }: Judged): void {
  const hidden = hiddenBy(compared);
  const concise = targets.some(({ format, file }) => format === 'concise' && file === undefined);
  if (concise && hidden > 0) world.stderr.write(`archlint: ${hiddenText(hidden)}\n`);
  for (const one of compared) if (one.stale.length > 0) world.stderr.write(staleText(one));
}

function staleText({ baseline, stale }: Compared): string {
  const bySubject = new Map<string, string[]>();
  for (const { file, rule, subject } of stale) {
    const key = `${file}: ${rule}`;
    const subjects = bySubject.get(key) ?? [];
    if (subject !== '' && !subjects.includes(quoted(subject))) subjects.push(quoted(subject));
    bySubject.set(key, subjects);
  }
  const occur = stale.length === 1 ? 'occurs' : 'occur';
  const lines = Array.from(bySubject, ([key, names]) => `  ${key}${names.length > 0 ? ` of ${listed(names)}` : ''}\n`);
  return [
    `archlint: ${counted(stale.length, 'known finding')} of ${quoted(baseline.file)} no longer ${occur}:\n`,
    ...lines,
    '`archlint baseline --prune` drops what no longer occurs\n',
  ].join('');
}
