// A main file → what is found in its system: data alone, which one thread may hand to another.

import { check, unmeasured, type Checked, type Diagnostic, type Location, type Measure } from '../../index.js';
import type { Call } from '../command.js';
import type { Settings } from '../config/settings.js';
import type { Loader } from '../load.js';
import { absolute } from '../paths.js';
import type { Baseline } from './compare.js';

export interface Verdict {
  /** The names of the files that the system stands in. */
  readonly sources: readonly string[];
  /** Not all of it is understood. */
  readonly incomplete: boolean;
  /** Those that a baseline knows among them. */
  readonly findings: readonly Diagnostic[];
  /** Where the steps of each finding's witness stand, in the order of the findings; empty where nobody asks. */
  readonly steps: readonly ReadonlyMap<string, Location>[];
}

export interface Judging {
  readonly settings: Settings;
  readonly today: string;
  readonly measure?: Measure;
  /** By main file, absolute. */
  readonly baseline?: (main: string) => Baseline | undefined;
  /** Whether it matters where the steps of witnesses stand. */
  readonly locates?: boolean;
}

/** By the name of a main file. */
export function verdictOf(
  { world }: Call,
  loader: Loader,
  { main, settings, today, measure = unmeasured, baseline, locates = false }: Judging & { readonly main: string },
): { readonly verdict: Verdict; readonly checked: Checked } {
  const path = absolute(world.folder, main);
  const project = measure({ of: 'stage', name: 'reading' }, () => loader.project(loader.tree(path)));
  const base = baseline?.(path);
  const known = base ? { known: base.knows } : {};
  const checked = check(project, { ...settings.of(path), ...known, today, measure });
  const { system, findings } = checked;
  const verdict = {
    sources: system.sources.map((source) => source.path),
    incomplete: system.incomplete,
    findings,
    steps: locates ? findings.map((finding) => stepsOf(checked, finding)) : [],
  };
  return { verdict, checked };
}

function stepsOf({ system }: Checked, { witness }: Diagnostic): ReadonlyMap<string, Location> {
  const recordOf = (node: string): Location | undefined =>
    system.zones.flatMap(({ records }) => records).find(({ name }) => name === node)?.at;
  return new Map(
    (witness?.steps ?? []).flatMap(({ node }) => {
      const at = system.nodes.get(node)?.at ?? recordOf(node);
      return at ? [[node, at] as const] : [];
    }),
  );
}
