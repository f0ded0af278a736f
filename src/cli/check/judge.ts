// Named files → the systems they belong to, and what is found in them.

import {
  byPlace,
  check,
  readingOptions,
  unmeasured,
  type Checked,
  type Diagnostic,
  type Measure,
} from '../../index.js';
import type { Call } from '../command.js';
import type { Settings } from '../config/settings.js';
import { loaderFor, type Loader } from '../load.js';
import { absolute, shownPath } from '../paths.js';
import { compared, type Baseline, type Compared, type Comparison } from './compare.js';
import { plan, type Named } from '../plan.js';
import { Trouble } from '../world.js';

export interface Judged {
  /** The paths of the sources whose findings are reported, by code unit. */
  readonly files: readonly string[];
  /** By place, each once, accepted ones among them. */
  readonly findings: readonly Diagnostic[];
  /** What they are findings of. */
  readonly systems: readonly Checked[];
  /** What each baseline knew of them; the findings that it knows are left out above. */
  readonly compared: readonly Compared[];
  /** What could not be judged and why, a sentence each. */
  readonly unjudged: readonly string[];
  /** What could not be done though the rest could: the run ends with status 2. */
  readonly troubles: readonly Trouble[];
}

export interface Judging {
  readonly settings: Settings;
  readonly today: string;
  readonly measure?: Measure;
  /** By main file, absolute. */
  readonly baseline?: (main: string) => Baseline | undefined;
}

export function judge(
  { world }: Call,
  loader: Loader,
  { paths, settings, today, measure = unmeasured, baseline }: Judging & { readonly paths: readonly string[] },
): Judged {
  const reading = { of: 'stage', name: 'reading' } as const;
  const ignored = (path: string): boolean => settings.ignoring(absolute(world.folder, path)) !== undefined;
  const planned = measure(reading, () => plan(world, paths, { loader, ignored }));
  const { mains, reported, troubles } = planned;
  const found: Diagnostic[] = [];
  const unjudged: string[] = [];
  const systems: Checked[] = [];
  const failures = new Map<string, Trouble>();
  const comparisons: Comparison[] = [];
  for (const main of mains) {
    const project = measure(reading, () => loader.project(main));
    const path = absolute(world.folder, main.source.path);
    const own = settings.of(path);
    const base = baseline?.(path);
    const checked = check(project, { ...own, ...(base ? { known: base.knows } : {}), today, measure });
    const { system } = checked;
    if (!system.sources.some(({ path }) => reported.has(path))) continue;
    for (const [rule, trouble] of failuresIn(checked.findings)) failures.set(rule, trouble);
    if (base) comparisons.push({ baseline: base, checked, settings: own });
    const findings = base ? checked.findings.filter(({ known }) => !known) : checked.findings;
    systems.push(base ? { ...checked, findings } : checked);
    found.push(...findings.filter(({ at }) => reported.has(at.source.path)));
    if (system.incomplete) {
      unjudged.push(`what follows from what \`${main.source.path}\` does not say, as not all of it is understood`);
    }
  }
  return {
    files: [...reported],
    findings: eachOnce(found, mains.length > 1),
    systems,
    compared: compared(world, planned, comparisons),
    unjudged,
    troubles: [...troubles, ...failures.values()],
  };
}

/** Rules of somebody's own that failed, wherever: what they would find is not known. */
function failuresIn(findings: readonly Diagnostic[]): readonly (readonly [string, Trouble])[] {
  return findings.flatMap(({ code, failed }) => {
    return failed === undefined ? [] : [[code, new Trouble(`the rule \`${code}\` of \`${failed}\` failed`)] as const];
  });
}

/** The loader for the files that operands name. */
export function loaderOf(call: Call, settings: Settings, stdinFilename: string | undefined): Promise<Loader> {
  return loaderFor(call.world, call.arguments.operands, {
    stdinFilename,
    nesting: (path) => readingOptions(settings.of(path)).nesting,
  });
}

/** Ignored files are left out; one that was named says so. */
export function notIgnored({ world }: Call, { paths, explicit }: Named, settings: Settings): readonly string[] {
  const left = paths.filter((path) => {
    const config = settings.ignoring(path);
    if (config !== undefined && explicit.has(path)) {
      world.stderr.write(`archlint: skipped \`${shownPath(world.folder, path)}\`, which \`${config}\` ignores\n`);
    }
    return config === undefined;
  });
  const [first] = paths;
  // Files that were named are skipped with a word; a folder of which nothing is left would be silent success.
  if (first !== undefined && left.length === 0 && explicit.size === 0) {
    throw new Trouble(`\`${settings.ignoring(first) ?? ''}\` ignores every file that was found`);
  }
  return left;
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
