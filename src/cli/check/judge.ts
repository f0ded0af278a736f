// Named files → the systems they belong to, and what is found in them.

import { byPlace, readingOptions, unmeasured, type Checked, type Diagnostic, type Location } from '../../index.js';
import type { Call } from '../command.js';
import type { Settings } from '../config/settings.js';
import { loaderFor, type Loader } from '../load.js';
import { absolute } from '../paths.js';
import { plan, type Plan } from '../plan.js';
import { Trouble } from '../world.js';
import { compared, type Compared, type Comparison } from './compare.js';
import { verdictOf, type Judging, type Verdict } from './verdict.js';

export interface Judged {
  /** The names of the sources whose findings are reported, by code unit. */
  readonly files: readonly string[];
  /** By place, each once, accepted ones among them. */
  readonly findings: readonly Diagnostic[];
  /** What they are findings of; empty where nobody asks for it, as many systems take much memory. */
  readonly systems: readonly Checked[];
  /** Where a step of a finding's witness stands, by the system that the finding is about: another one may have a node of the same name. */
  readonly locate: (finding: Diagnostic, node: string) => Location | undefined;
  /** What each baseline knew of them; the findings that it knows are left out above. */
  readonly compared: readonly Compared[];
  /** What could not be judged and why, a sentence each. */
  readonly unjudged: readonly string[];
  /** What could not be done though the rest could: the run ends with status 2. */
  readonly troubles: readonly Trouble[];
}

/** One system after the other, each of which is kept. */
export function judge(
  call: Call,
  loader: Loader,
  { paths, ...judging }: Judging & { readonly paths: readonly string[] },
): Judged {
  const planned = planFor(call, loader, { paths, ...judging });
  const systems: Checked[] = [];
  const verdicts = planned.mains.map((main) => {
    const { verdict, checked } = verdictOf(call, loader, { main, ...judging });
    if (concerns(planned, verdict)) systems.push({ ...checked, findings: unknown(verdict.findings) });
    return verdict;
  });
  return { ...together(call, planned, { verdicts, ...judging }), systems };
}

export function planFor(
  { world }: Call,
  loader: Loader,
  { paths, settings, measure = unmeasured }: Judging & { readonly paths: readonly string[] },
): Plan {
  const ignored = (path: string): boolean => settings.ignoring(absolute(world.folder, path)) !== undefined;
  return measure({ of: 'stage', name: 'reading' }, () => plan(world, paths, { loader, ignored }));
}

/** The verdicts stand in the order of the planned main files. */
export function together(
  { world }: Call,
  planned: Plan,
  { verdicts, settings, baseline }: Judging & { readonly verdicts: readonly Verdict[] },
): Omit<Judged, 'systems'> {
  const { mains, reported, troubles } = planned;
  const found: Diagnostic[] = [];
  const unjudged: string[] = [];
  const failures = new Map<string, Trouble>();
  const comparisons: Comparison[] = [];
  const steps = new Map<Diagnostic, ReadonlyMap<string, Location>>();
  for (const [index, verdict] of verdicts.entries()) {
    if (!concerns(planned, verdict)) continue;
    const main = mains[index] ?? '';
    const path = absolute(world.folder, main);
    for (const [rule, trouble] of failuresIn(verdict.findings)) failures.set(rule, trouble);
    for (const [place, where] of verdict.steps.entries()) {
      const finding = verdict.findings[place];
      if (finding) steps.set(finding, where);
    }
    const base = baseline?.(path);
    if (base) comparisons.push({ baseline: base, verdict, settings: settings.of(path) });
    found.push(...unknown(verdict.findings).filter(({ at }) => reported.has(at.source.path)));
    if (verdict.incomplete)
      unjudged.push(`what follows from what \`${main}\` does not say, as not all of it is understood`);
  }
  return {
    files: [...reported],
    findings: eachOnce(found, mains.length > 1),
    locate: (finding, node) => steps.get(finding)?.get(node),
    compared: compared(world, planned, comparisons),
    unjudged,
    troubles: [...troubles, ...failures.values()],
  };
}

/** Whether findings in a system may be reported at all. */
function concerns({ reported }: Plan, { sources }: Verdict): boolean {
  return sources.some((source) => reported.has(source));
}

/** To any baseline. */
function unknown(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return findings.some(({ known }) => known) ? findings.filter(({ known }) => !known) : findings;
}

/** Rules of somebody's own that failed, wherever: what they would find is not known. */
function failuresIn(findings: readonly Diagnostic[]): readonly (readonly [string, Trouble])[] {
  return findings.flatMap(({ code, failed }) => {
    return failed === undefined ? [] : [[code, new Trouble(`the rule \`${code}\` of \`${failed}\` failed`)] as const];
  });
}

export function nestingFor(settings: Settings): (path: string) => number | undefined {
  return (path) => readingOptions(settings.of(path)).nesting;
}

/** The loader for the files that operands name. */
export function loaderOf(call: Call, settings: Settings, stdinFilename: string | undefined): Promise<Loader> {
  return loaderFor(call.world, call.arguments.operands, {
    stdinFilename,
    nesting: nestingFor(settings),
  });
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
