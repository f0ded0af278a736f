// What was found → reports where they go, and an exit status.

import { atLeast, type Diagnostic, type Report } from '../../index.js';
import type { Call } from '../command.js';
import { deliver, type Target } from '../outputs.js';
import type { Judged } from './judge.js';
import type { Options } from './options.js';
import { reportOf, tellOfBaselines } from './tell.js';

export interface Ending {
  readonly targets: readonly Target[];
  readonly options: Options;
}

export async function finish(call: Call, judged: Judged, { targets, options }: Ending): Promise<number> {
  tellOfTroubles(call, judged);
  await deliver(call, targets, { shown: shownOf(judged, options), judged });
  tellOfBaselines(call, targets, judged);
  return statusOf(judged, options);
}

export function tellOfTroubles({ world }: Call, { troubles }: Judged): void {
  for (const { message } of troubles) world.stderr.write(`archlint: ${message}\n`);
}

export function statusOf({ troubles, findings }: Judged, options: Options): number {
  if (troubles.length > 0) return 2;
  return options.failOn !== undefined && findings.some(counting(options)) ? 1 : 0;
}

/** Whether a finding is as grave as those that the run fails on. */
function counting({ failOn = 'error' }: Options): (finding: Diagnostic) => boolean {
  return ({ accepted, severity }) => !accepted && atLeast(severity, failOn);
}

/** What reports show of it. */
export function shownOf(judged: Judged, options: Options): Report {
  const { files, findings, unjudged } = judged;
  const about = { files, failOn: options.failOn ?? 'never', ...reportOf(judged) } as const;
  if (!options.quiet) return { ...about, findings, unjudged, summary: true };
  const grave = findings.filter(counting(options));
  return { ...about, findings: grave, unjudged: [], summary: grave.length > 0 };
}
