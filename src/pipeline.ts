// The road: text ─ parse ▶ tree ─ resolve ▶ system ─ lint ▶ findings ─ report ▶ text, and system ─ layout ▶ scene ─ render ▶ SVG.

import { tooLarge } from '../rules/description/too-large.js';
import { catalogue } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import { analyze } from './analysis/analyze.js';
import type { Change } from './base/difference.js';
import type { Diagnostic } from './base/diagnostic.js';
import { unmeasured } from './base/measure.js';
import { changeAt, type Side, type Union } from './diff/index.js';
import { layout, recordId } from './layout/index.js';
import { lint, lintAll, planFor, type JudgedAccept, type LintSettings } from './lint/index.js';
import { withoutGroups } from './lint/grouping.js';
import { pageFaults } from './lint/page.js';
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
  /** What became of each risk that is accepted. */
  readonly accepts: readonly JudgedAccept[];
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
  const lints = () => lintAll(system, { reading: diagnostics, catalogue: rules, settings });
  return { system, ...measure({ of: 'stage', name: 'putting findings together' }, lints), reading: diagnostics };
}

/** What of the settings reading needs: the limits are the options of the rule that reports them. */
export function readingOptions({ assumed, ...settings }: CheckSettings): ResolveOptions {
  return { ...(planFor(tooLarge, settings).options as Limits), ...(assumed ? { assumed } : {}) };
}

export async function draw(system: System, findings: readonly Diagnostic[], options: RenderOptions): Promise<string> {
  return render(await layout(system), pictureFindings(findings), options);
}

/** One side of a difference, unless it is not understood. Findings are of single subjects: how they are grouped is no difference. */
export function sideOf(
  project: Project,
  settings: CheckSettings = {},
): { side?: Side; reading: readonly Diagnostic[] } {
  const { system, diagnostics } = resolve(project, readingOptions(settings));
  if (system.incomplete) return { reading: diagnostics };
  const findings = lint(system, diagnostics, (settings.catalogue ?? catalogue).map(withoutGroups), settings);
  return { side: { system, findings, analysis: analyze(system, settings) }, reading: diagnostics };
}

/** Both systems in one picture. Each copy of a host is drawn: one may change while another does not. */
export async function drawChanges({ system, nodes, records }: Union, options: RenderOptions): Promise<string> {
  const scene = await layout(system, { stacks: 'never' });
  const boxes = new Map<string, Change>(nodes);
  for (const zone of system.zones)
    records.get(zone.node.id)?.forEach((change, index) => {
      if (change) boxes.set(recordId(zone, index), change);
    });
  const lines = new Map<string, Change>();
  for (const { id, places } of scene.lines) {
    const changes = new Set(places.map(({ path }) => changeAt(path)));
    const [change] = changes;
    // Of several connections in one line, some of which change, the line changes.
    if (changes.size > 1) lines.set(id, 'changed');
    else if (change) lines.set(id, change);
  }
  return render(scene, [], { ...options, changes: { boxes, lines } });
}

/** The page of somebody's own rules, its examples run: what is not as it is marked, a sentence each. Marks may name rules of archlint, too. */
export function checkPage(page: string, rules: readonly Rule[], settings: LintSettings = {}): readonly string[] {
  const own = new Set(rules.map(({ id }) => id));
  return pageFaults(page, { catalogue: [...catalogue, ...rules], own, settings });
}
