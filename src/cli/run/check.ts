// `archlint check`: files → a report and an exit status.

import { atLeast, byPlace, check, report, type Diagnostic, type Format, type Report } from '../../index.js';
import { usage } from '../arguments.js';
import { check as command } from '../commands/check.js';
import { flag, valueOf, type Arguments, type Call } from '../command.js';
import { loaderFor } from '../load.js';
import { absolute } from '../paths.js';
import { plan } from '../plan.js';
import { fileStyle, styleFor } from '../style.js';
import { Trouble } from '../world.js';
import { todayOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const settings = settingsOf(given);
  const targets = targetsOf(given);
  const today = settings.today ?? world.today();
  const loader = await loaderFor(world, given.operands, settings.stdinFilename);
  const { mains, reported, troubles } = plan(world, loader, given.operands, {
    stdinFilename: settings.stdinFilename,
    mayBeEmpty: flag(given, 'no-error-on-unmatched'),
  });
  const found: Diagnostic[] = [];
  const unjudged: string[] = [];
  for (const main of mains) {
    const { system, findings } = check(loader.project(main), { today });
    const sources = system.sources.map(({ path }) => path);
    if (!sources.some((path) => reported.has(path))) continue;
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
  };
  for (const { message } of troubles) world.stderr.write(`archlint: ${message}\n`);
  for (const { format, file } of targets) {
    if (file !== undefined) {
      world.files.write(absolute(world.folder, file), report(shown, { ...fileStyle(call), format }));
    } else {
      world.stdout.write(report(shown, { ...(await styleFor(call, world.stdout)), format }));
    }
  }
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

interface Target {
  readonly format: Format;
  /** Nothing: stdout. */
  readonly file: string | undefined;
}

/** `json=out.json`: at most one format goes to stdout. */
function targetsOf(given: Arguments): readonly Target[] {
  const targets = (given.values.get('format') ?? ['full']).map((text) => {
    const [format = '', ...file] = text.split('=');
    if (file.length > 0 && file.join('=') === '') throw usage(command, `\`--format ${text}\` names no file`);
    return { format: format as Format, file: file.length > 0 ? file.join('=') : undefined };
  });
  const [first, second] = targets.filter(({ file }) => file === undefined);
  if (first && second) {
    throw usage(command, `two formats cannot both go to stdout; give one a file: \`--format ${second.format}=FILE\``);
  }
  const files = targets.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new Trouble(`two formats cannot both go to \`${twice}\``);
  return targets;
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
