// `archlint check`: files → a report and an exit status.

import {
  atLeast,
  byPlace,
  check,
  unmeasured,
  type Checked,
  type Diagnostic,
  type Measure,
  type Report,
} from '../../index.js';
import { check as command } from '../commands/check.js';
import { flag, valueOf, type Arguments, type Call } from '../command.js';
import { loaderFor } from '../load.js';
import { deliver, targetsOf } from '../outputs.js';
import { plan } from '../plan.js';
import { todayOf } from './shared.js';

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
  const settings = settingsOf(given);
  const targets = targetsOf(command, given);
  const today = settings.today ?? world.today();
  const loader = await loaderFor(world, given.operands, settings.stdinFilename);
  const reading = { of: 'stage', name: 'reading' } as const;
  const planned = () =>
    plan(world, loader, given.operands, {
      stdinFilename: settings.stdinFilename,
      mayBeEmpty: flag(given, 'no-error-on-unmatched'),
    });
  const { mains, reported, troubles } = measure(reading, planned);
  const found: Diagnostic[] = [];
  const unjudged: string[] = [];
  const judged: Checked[] = [];
  for (const main of mains) {
    const project = measure(reading, () => loader.project(main));
    const checked = check(project, { today, measure });
    const { system, findings } = checked;
    const sources = system.sources.map(({ path }) => path);
    if (!sources.some((path) => reported.has(path))) continue;
    judged.push(checked);
    found.push(...findings.filter(({ at }) => reported.has(at.source.path)));
    if (system.incomplete) {
      unjudged.push(`what follows from what \`${main.source.path}\` does not say, as not all of it is understood`);
    }
  }
  const all = eachOnce(found, mains.length > 1);
  const counts = (finding: Diagnostic): boolean =>
    !finding.accepted && atLeast(finding.severity, settings.failOn ?? 'error');
  const failed = settings.failOn !== undefined && all.some(counts);
  const shown: Report = {
    files: [...reported],
    findings: settings.quiet ? all.filter(counts) : all,
    unjudged: settings.quiet ? [] : unjudged,
    summary: !settings.quiet || all.some(counts),
    failOn: settings.failOn ?? 'never',
  };
  for (const { message } of troubles) world.stderr.write(`archlint: ${message}\n`);
  await deliver(call, targets, { shown, judged });
  return troubles.length > 0 ? 2 : failed ? 1 : 0;
}

interface Settings {
  /** Nothing: never. */
  readonly failOn: Diagnostic['severity'] | undefined;
  readonly quiet: boolean;
  readonly today: string | undefined;
  readonly stdinFilename: string | undefined;
}

function settingsOf(given: Arguments): Settings {
  const failOn = valueOf(given, 'fail-on') ?? 'error';
  const today = todayOf(command, given);
  return {
    failOn: failOn === 'never' ? undefined : (failOn as Diagnostic['severity']),
    quiet: flag(given, 'quiet'),
    today,
    stdinFilename: valueOf(given, 'stdin-filename'),
  };
}

/** A file that several systems import would have its findings reported by each. What one of them does not accept stays open. */
function eachOnce(findings: readonly Diagnostic[], several: boolean): readonly Diagnostic[] {
  if (!several) return findings;
  const byKey = new Map<string, Diagnostic>();
  for (const finding of findings) {
    const { code, message, at } = finding;
    const key = JSON.stringify([at.source.path, at.start, at.end, code, message]);
    if (byKey.get(key)?.accepted ?? !byKey.has(key)) byKey.set(key, finding);
  }
  return [...byKey.values()].sort((a, b) => byPlace(a.at, b.at));
}
