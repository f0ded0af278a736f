// The road: text ─ parse ▶ tree ─ resolve ▶ system ─ lint ▶ findings ─ report ▶ text, and system ─ layout ▶ scene ─ render ▶ SVG.

import { catalogue } from '../rules/index.js';
import type { Diagnostic } from './base/diagnostic.js';
import { layout } from './layout/index.js';
import { unmeasured } from './base/measure.js';
import { lint, type LintSettings } from './lint/index.js';
import { resolve, type Project, type System } from './model/index.js';
import { pictureFindings, render, type RenderOptions } from './render/index.js';

export interface Checked {
  readonly system: System;
  /** By place, accepted ones among them. */
  readonly findings: readonly Diagnostic[];
  /** What parser and resolver found: part of `findings` unless a setting turns it off. */
  readonly reading: readonly Diagnostic[];
}

export function check(project: Project, settings: LintSettings = {}): Checked {
  const { measure = unmeasured } = settings;
  const { system, diagnostics } = measure({ of: 'stage', name: 'resolving' }, () => resolve(project));
  const lints = () => lint(system, diagnostics, catalogue, settings);
  return { system, findings: measure({ of: 'stage', name: 'putting findings together' }, lints), reading: diagnostics };
}

export async function draw(system: System, findings: readonly Diagnostic[], options: RenderOptions): Promise<string> {
  return render(await layout(system), pictureFindings(findings), options);
}
