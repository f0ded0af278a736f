// `archlint check`: files → a report and an exit status.

import { atLeast, unmeasured, type Diagnostic, type Measure, type Report } from '../../index.js';
import { judge, loaderOf, notIgnored, type Judged } from '../check/judge.js';
import { optionsOf, type Options } from '../check/options.js';
import { check as command } from '../commands/check.js';
import { flag, type Call } from '../command.js';
import { settingsFor } from '../config/settings.js';
import { deliver, targetsOf } from '../outputs.js';
import { namedPaths } from '../plan.js';

export async function run(call: Call): Promise<number> {
  if (!flag(call.arguments, 'timing')) return checkAll(call, unmeasured);
  const { stopwatch } = await import('./timing.js');
  const { measure, table } = stopwatch(call.world.clock);
  const status = await checkAll(call, measure);
  call.world.stderr.write(table());
  return status;
}

async function checkAll(call: Call, measure: Measure): Promise<number> {
  const { world, arguments: given } = call;
  const options = optionsOf(given);
  const targets = targetsOf(command, given);
  const named = namedPaths(world, given.operands, options);
  const settings = await settingsFor(call, command, named.paths);
  const paths = notIgnored(call, named, settings);
  const loader = await loaderOf(call, settings, options.stdinFilename);
  const judged = judge(call, loader, { paths, settings, today: options.today ?? world.today(), measure });
  for (const { message } of judged.troubles) world.stderr.write(`archlint: ${message}\n`);
  await deliver(call, targets, { shown: shownOf(judged, options), judged: judged.systems });
  if (judged.troubles.length > 0) return 2;
  return options.failOn !== undefined && judged.findings.some(counting(options)) ? 1 : 0;
}

/** Whether a finding is as grave as those that the run fails on. */
function counting({ failOn = 'error' }: Options): (finding: Diagnostic) => boolean {
  return ({ accepted, severity }) => !accepted && atLeast(severity, failOn);
}

function shownOf({ files, findings, unjudged }: Judged, options: Options): Report {
  const failOn = options.failOn ?? 'never';
  if (!options.quiet) return { files, findings, unjudged, summary: true, failOn };
  const grave = findings.filter(counting(options));
  return { files, findings: grave, unjudged: [], summary: grave.length > 0, failOn };
}
