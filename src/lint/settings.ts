// Settings and a rule → whether it runs, how severe its findings are, and with which options.

import type { Rule } from '../../rules/rule.js';
import type { Entry, Severity } from '../base/diagnostic.js';
import type { Measure } from '../base/measure.js';

export interface LintSettings extends RuleSettings {
  /** The day of the check, `2027-01-31`. Without it dates are left out. */
  readonly today?: string;
  /** Other severities for findings in some files, by the path of their source. Options are those of the system as a whole. */
  readonly at?: (source: string) => RuleSettings;
  /** Whether a baseline has an entry. Without it findings get no entries. */
  readonly known?: (entry: Entry) => boolean;
}

export interface RuleSettings {
  /** `recommended` unless stated. */
  readonly preset?: 'recommended' | 'strict';
  /** By id or alias. Severity or options that are stated turn a rule on. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Told of each rule and each analysis that rules share. */
  readonly measure?: Measure;
}

/** `on` is with the rule's own severity. */
export type RuleSeverity = 'off' | 'on' | Severity;

export type RuleSetting = RuleSeverity | { readonly severity?: RuleSeverity; readonly options?: object };

export interface Plan {
  readonly on: boolean;
  readonly severity: Severity;
  /** Whether a setting states the severity: only then does it go before the one that a reading diagnostic has of itself. */
  readonly stated: boolean;
  readonly options: object;
}

export function planFor(rule: Rule, settings: RuleSettings): Plan {
  const setting = [rule.id, ...(rule.aliases ?? [])]
    .map((name) => settings.rules?.[name])
    .find((one) => one !== undefined);
  const { severity, options } =
    typeof setting === 'string' ? { severity: setting, options: undefined } : (setting ?? {});
  const preset = rule.preset === 'recommended' || settings.preset === 'strict';
  const stated = severity !== undefined && severity !== 'off' && severity !== 'on';
  return {
    on: severity === undefined ? preset || setting !== undefined : severity !== 'off',
    severity: stated ? severity : rule.severity,
    stated,
    options: { ...rule.options, ...options },
  };
}

/** The plan of each rule for findings in each file. */
export interface Plans {
  /** For the system as a whole: `on` if it is on for any of its files. */
  readonly of: (rule: string) => Plan | undefined;
  /** For a finding in a file. */
  readonly in: (rule: string, source: string) => Plan | undefined;
}

export function plansFor(catalogue: readonly Rule[], settings: LintSettings, sources: readonly string[]): Plans {
  const { at } = settings;
  const whole = plansBy(catalogue, settings);
  if (!at) return { of: (rule) => whole.get(rule), in: (rule) => whole.get(rule) };
  const bySettings = new Map<RuleSettings, ReadonlyMap<string, Plan>>();
  const bySource = new Map<string, ReadonlyMap<string, Plan>>();
  for (const source of sources) {
    const own = at(source);
    const plans = bySettings.get(own) ?? plansBy(catalogue, own);
    bySettings.set(own, plans);
    bySource.set(source, plans);
  }
  const somewhere = (rule: string) => [...bySource.values()].some((plans) => plans.get(rule)?.on ?? false);
  const merged = new Map(Array.from(whole, ([rule, plan]) => [rule, { ...plan, on: somewhere(rule) }]));
  return { of: (rule) => merged.get(rule), in: (rule, source) => (bySource.get(source) ?? whole).get(rule) };
}

function plansBy(catalogue: readonly Rule[], settings: RuleSettings): ReadonlyMap<string, Plan> {
  return new Map(catalogue.map((rule) => [rule.id, planFor(rule, settings)]));
}
