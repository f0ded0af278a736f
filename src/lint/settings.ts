// Settings and a rule → whether it runs, how severe its findings are, and with which options.

import type { Rule } from '../../rules/rule.js';
import type { Severity } from '../base/diagnostic.js';
import type { Measure } from '../base/measure.js';

export interface LintSettings {
  /** The day of the check, `2027-01-31`. Without it dates are left out. */
  readonly today?: string;
  /** `recommended` unless stated. */
  readonly preset?: 'recommended' | 'strict';
  /** By id or alias. Severity or options that are stated turn a rule on. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Told of each rule and each analysis that rules share. */
  readonly measure?: Measure;
}

export type RuleSetting = 'off' | Severity | { readonly severity?: 'off' | Severity; readonly options?: object };

export interface Plan {
  readonly on: boolean;
  readonly severity: Severity;
  readonly options: object;
}

export function planFor(rule: Rule, settings: LintSettings): Plan {
  const stated = [rule.id, ...(rule.aliases ?? [])]
    .map((name) => settings.rules?.[name])
    .find((one) => one !== undefined);
  const { severity, options } = typeof stated === 'string' ? { severity: stated, options: undefined } : (stated ?? {});
  const preset = rule.preset === 'recommended' || settings.preset === 'strict';
  return {
    on: severity === undefined ? preset || stated !== undefined : severity !== 'off',
    severity: severity === undefined || severity === 'off' ? rule.severity : severity,
    options: { ...rule.options, ...options },
  };
}
