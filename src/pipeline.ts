// The road: text ─ parse ▶ tree ─ resolve ▶ system ─ lint ▶ findings ─ report ▶ text, and system ─ layout ▶ scene ─ render ▶ SVG.

import { tooLarge } from '../rules/description/too-large.js';
import { catalogue } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import type { Diagnostic } from './base/diagnostic.js';
import { layout } from './layout/index.js';
import { unmeasured } from './base/measure.js';
import { lint, planFor, type LintSettings } from './lint/index.js';
import {
  resolve,
  type Availabilities,
  type Limits,
  type Project,
  type ResolveOptions,
  type System,
} from './model/index.js';
import { pictureFindings, render, type RenderOptions } from './render/index.js';

export interface Checked {
  readonly system: System;
  /** By place, accepted ones among them. */
  readonly findings: readonly Diagnostic[];
  /** What parser and resolver found: part of `findings` unless a setting turns it off. */
  readonly reading: readonly Diagnostic[];
}

/** How a system is judged, by which rules, and what is assumed of it. */
export interface CheckSettings extends LintSettings {
  /** The rules of archlint, unless others are given. */
  readonly catalogue?: readonly Rule[];
  readonly assumed?: Availabilities;
}

export function check(project: Project, settings: CheckSettings = {}): Checked {
  const { measure = unmeasured, catalogue: rules = catalogue } = settings;
  const resolving = () => resolve(project, readingOptions(settings));
  const { system, diagnostics } = measure({ of: 'stage', name: 'resolving' }, resolving);
  const lints = () => lint(system, diagnostics, rules, settings);
  return { system, findings: measure({ of: 'stage', name: 'putting findings together' }, lints), reading: diagnostics };
}

/** What of the settings reading needs: the limits are the options of the rule that reports them. */
export function readingOptions({ assumed, ...settings }: CheckSettings): ResolveOptions {
  return { ...(planFor(tooLarge, settings).options as Limits), ...(assumed ? { assumed } : {}) };
}

export async function draw(system: System, findings: readonly Diagnostic[], options: RenderOptions): Promise<string> {
  return render(await layout(system), pictureFindings(findings), options);
}
