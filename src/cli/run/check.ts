// `archlint check`: files → a report and an exit status.

import { unmeasured, type Measure } from '../../index.js';
import { baselinesFor, placesOf } from '../check/baselines.js';
import { finish, type Ending } from '../check/finish.js';
import { judge, loaderOf, planFor, together, type Judged } from '../check/judge.js';
import { optionsOf } from '../check/options.js';
import { verdictsFor } from '../check/share.js';
import { check as command } from '../commands/check.js';
import { flag, type Call } from '../command.js';
import { notIgnored } from '../config/ignored.js';
import { settingsFor } from '../config/settings.js';
import { targetsOf } from '../outputs.js';
import { namedPaths } from '../plan.js';

export { judgeShare } from '../check/share.js';

export async function run(call: Call): Promise<number> {
  if (flag(call.arguments, 'watch')) return (await import('./watch.js')).watchCheck(call, judgeAll);
  if (!flag(call.arguments, 'timing')) return checkAll(call, unmeasured);
  const { stopwatch } = await import('./timing.js');
  const { measure, table } = stopwatch(call.world.clock);
  const status = await checkAll(call, measure);
  call.world.stderr.write(table());
  return status;
}

async function checkAll(call: Call, measure: Measure): Promise<number> {
  const { arguments: given } = call;
  if (flag(given, 'fix') || flag(given, 'diff')) {
    const options = optionsOf(given);
    const [targets, named] = [targetsOf(command, given), namedPaths(call.world, given.operands, options)];
    return (await import('./fix.js')).fixAll(call, { options, targets, named });
  }
  const { judged, ...ending } = await judgeAll(call, measure);
  return finish(call, judged, ending);
}

async function judgeAll(call: Call, measure: Measure = unmeasured): Promise<Ending & { readonly judged: Judged }> {
  const { world, arguments: given } = call;
  const options = optionsOf(given);
  const targets = targetsOf(command, given);
  const named = namedPaths(world, given.operands, options);
  const settings = await settingsFor(call, command, named.paths);
  const paths = notIgnored(call, named, settings);
  const loader = await loaderOf(call, settings, options.stdinFilename);
  const today = options.today ?? world.today();
  const baseline = await baselinesFor(call, settings, { places: placesOf(call, command, settings), paths });
  const formats = new Set(targets.map(({ format }) => format));
  const judging = { paths, settings, today, measure, baseline, locates: formats.has('sarif') };
  if (formats.has('html') || formats.has('markdown')) {
    return { judged: judge(call, loader, judging), targets, options };
  }
  const planned = planFor(call, loader, judging);
  // A clock counts what one thread does, and stdin is read once.
  const alone = measure !== unmeasured || given.operands.includes('-');
  const threads = alone ? 1 : options.threads;
  const verdicts = await verdictsFor(call, loader, { mains: planned.mains, threads, ...judging });
  return { judged: { ...together(call, planned, { verdicts, ...judging }), systems: [] }, targets, options };
}
