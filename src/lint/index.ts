// The stage `lint`: system, what reading found, and a catalogue of rules → findings.

import type { Finding, Rule } from '../../rules/rule.js';
import { measureAnalyses } from '../analysis/shared.js';
import { diagnostic, type Acceptance, type Diagnostic, type Severity } from '../base/diagnostic.js';
import { unmeasured } from '../base/measure.js';
import { byPlace, byStart } from '../base/source.js';
import { byCodeUnit } from '../base/words.js';
import type { System } from '../model/system.js';
import { readAccepts, type Accepts, type JudgedAccept } from './accepts.js';
import { runForeign } from './foreign.js';
import { entriesOf } from './entries.js';
import { group } from './grouping.js';
import { settle } from './precedence.js';
import { plansFor, type LintSettings, type Plan, type Plans } from './settings.js';

export type { JudgedAccept } from './accepts.js';
export type { LintSettings, RuleSetting, RuleSettings, RuleSeverity } from './settings.js';
export { planFor } from './settings.js';

interface Found {
  readonly rule: Rule;
  readonly finding: Finding;
  readonly accepted: Acceptance | undefined;
}

/** By file and place; accepted risks among them, marked as such. `reading` is what parser and resolver reported. */
export function lint(
  system: System,
  reading: readonly Diagnostic[],
  catalogue: readonly Rule[],
  settings: LintSettings = {},
): readonly Diagnostic[] {
  return lintAll(system, { reading, catalogue, settings }).findings;
}

/** The same, with what became of each accept. */
export function lintAll(
  system: System,
  {
    reading,
    catalogue,
    settings,
  }: { reading: readonly Diagnostic[]; catalogue: readonly Rule[]; settings: LintSettings },
): { readonly findings: readonly Diagnostic[]; readonly accepts: readonly JudgedAccept[] } {
  const plans = plansFor(
    catalogue,
    settings,
    system.sources.map(({ path }) => path),
  );
  if (settings.measure) measureAnalyses(system, settings.measure);
  const accepts = readAccepts(system, catalogue, settings.today);
  const failures: Diagnostic[] = [];
  const found = catalogue.flatMap((rule) => {
    return run(rule, { system, settings, plan: plans.of(rule.id), accepts, failures });
  });
  const settled = settle(found).flatMap(({ raw, notes }) => {
    const { rule, finding, accepted } = raw;
    const plan = plans.in(rule.id, finding.at.source.path);
    if (!plan?.on) return [];
    const one = { code: rule.id, severity: plan.severity, finding, notes };
    return [accepted ? { ...one, accepted } : { ...one, ...comparison(rule.id, finding, settings) }];
  });
  const read = reading.flatMap((one) => withSettings(one, plans, accepts));
  const on = (rule: string) => plans.of(rule)?.on ?? false;
  const faults = accepts.faults(on).flatMap(({ code, parts }) => {
    const plan = plans.in(code, parts.at.source.path);
    const severity = plan?.severity ?? (code === 'useless-accept' ? 'warning' : 'error');
    return plan?.on === false ? [] : [diagnostic({ code, severity, ...parts })];
  });
  const findings = [...read, ...group(settled), ...faults, ...failures].sort(inOrder);
  return { findings, accepts: accepts.judged(on) };
}

/** By place; what begins at the same place the graver first. */
function inOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    byStart(a.at, b.at) ||
    gravity[a.severity] - gravity[b.severity] ||
    byPlace(a.at, b.at) ||
    byCodeUnit(a.code, b.code)
  );
}

const gravity: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** A rule that is off runs all the same if it takes precedence over others: turning one off never makes another louder. */
function run(
  rule: Rule,
  around: {
    system: System;
    settings: LintSettings;
    plan: Plan | undefined;
    accepts: Accepts;
    failures: Diagnostic[];
  },
): readonly Found[] {
  const { system, settings, plan, accepts, failures } = around;
  if (!rule.check || !plan || (!plan.on && rule.precedence === undefined)) return [];
  if (rule.absence && system.incomplete) return [];
  const surroundings = settings.today === undefined ? {} : { today: settings.today };
  const { measure = unmeasured } = settings;
  const { options } = plan;
  const checked = (): readonly Finding[] =>
    rule.module === undefined
      ? [...(rule.check?.(system, options, surroundings) ?? [])]
      : runForeign(rule, { system, options, surroundings, failed: (one) => failures.push(one) });
  return measure({ of: 'rule', name: rule.id }, checked).map((finding) => ({
    rule,
    finding,
    accepted: accepts.of(rule.id, finding),
  }));
}

/** What is accepted needs no baseline; what reading reports is never hidden by one. */
function comparison(rule: string, finding: Finding, { known }: LintSettings): Pick<Diagnostic, 'entries' | 'known'> {
  if (!known) return {};
  const entries = entriesOf(rule, finding);
  return entries.every(known) ? { entries, known: true } : { entries };
}

/** A text that cannot be read is no risk that anybody could accept. */
function withSettings(one: Diagnostic, plans: Plans, accepts: Accepts): readonly Diagnostic[] {
  const plan = plans.in(one.code, one.at.source.path);
  if (plan?.on === false) return [];
  const accepted = one.code === 'syntax' ? undefined : accepts.of(one.code, one);
  return [{ ...one, ...(plan?.stated ? { severity: plan.severity } : {}), ...(accepted ? { accepted } : {}) }];
}
