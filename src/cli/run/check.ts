// `archlint check`: files → a report and an exit status.

import { unmeasured, type Measure } from '../../index.js';
import { baselinesFor, placesOf } from '../check/baselines.js';
import { finish } from '../check/finish.js';
import { judge, loaderOf, notIgnored } from '../check/judge.js';
import { optionsOf } from '../check/options.js';
import { check as command } from '../commands/check.js';
import { flag, type Call } from '../command.js';
import { settingsFor } from '../config/settings.js';
import { targetsOf } from '../outputs.js';
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
  if (flag(given, 'fix') || flag(given, 'diff'))
    return (await import('./fix.js')).fixAll(call, { options, targets, named });
  const settings = await settingsFor(call, command, named.paths);
  const paths = notIgnored(call, named, settings);
  const loader = await loaderOf(call, settings, options.stdinFilename);
  const baseline = await baselinesFor(call, settings, { places: placesOf(call, command, settings), paths });
  const judged = judge(call, loader, { paths, settings, today: options.today ?? world.today(), measure, baseline });
  return finish(call, judged, { targets, options });
}
