// What was found, and the baselines it was compared with → which of their entries occur, and which no longer do.

import { planFor, type CheckSettings, type Entry, type Rule } from '../../index.js';
import { absolute } from '../paths.js';
import type { Plan } from '../plan.js';
import type { World } from '../world.js';
import type { Verdict } from './verdict.js';

/** One baseline file. */
export interface Baseline {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly file: string;
  /** Whether it has an entry, whose file is named as sources are. */
  readonly knows: (entry: Entry) => boolean;
  /** All that it has, its files named as sources are. */
  readonly entries: readonly Entry[];
}

/** A system that was judged with a baseline. */
export interface Comparison {
  readonly baseline: Baseline;
  readonly verdict: Verdict;
  readonly settings: CheckSettings;
}

export interface Compared {
  readonly baseline: Baseline;
  /** Of all that was found, known or not. */
  readonly present: readonly Entry[];
  readonly hidden: number;
  /** Entries that would have been found, and were not. What was not judged, wholly and with their rule, is not among them. */
  readonly stale: readonly Entry[];
}

export function compared(
  world: World,
  plan: Pick<Plan, 'reported' | 'whole'>,
  comparisons: readonly Comparison[],
): readonly Compared[] {
  return [...new Set(comparisons.map(({ baseline }) => baseline))].map((baseline) => {
    const own = comparisons.filter((one) => one.baseline === baseline);
    const found = own.flatMap(({ verdict }) => verdict.findings).flatMap(({ entries }) => entries ?? []);
    const present = new Map(found.filter(({ file }) => plan.reported.has(file)).map((entry) => [nameOf(entry), entry]));
    const missing = baseline.entries.filter((entry) => !present.has(nameOf(entry)));
    const wasJudged = remembered((file) => plan.reported.has(file) && plan.whole(file) && understood(own, file));
    const isGone = remembered((file) => world.files.kind(absolute(world.folder, file)) === 'missing');
    const rules = new Map(own.flatMap(({ settings }) => settings.catalogue ?? []).map((rule) => [rule.id, rule]));
    return {
      baseline,
      present: [...present.values()],
      hidden: [...present.values()].filter(baseline.knows).length,
      stale: missing.filter(({ file, rule }) =>
        wasJudged(file) ? tookPart(around(own, file), file, rules.get(rule)) : isGone(file),
      ),
    };
  });
}

function nameOf({ file, rule, subject, witness }: Entry): string {
  return JSON.stringify([file, rule, subject, witness]);
}

function understood(comparisons: readonly Comparison[], file: string): boolean {
  return around(comparisons, file).every(({ verdict }) => !verdict.incomplete);
}

/** A rule that does not exist any more finds nothing, and a rule that is off for this run may find it again in the next. */
function tookPart(comparisons: readonly Comparison[], file: string, rule: Rule | undefined): boolean {
  return !rule || comparisons.some(({ settings }) => planFor(rule, settings.at?.(file) ?? settings).on);
}

function around(comparisons: readonly Comparison[], file: string): readonly Comparison[] {
  return comparisons.filter(({ verdict }) => verdict.sources.includes(file));
}

function remembered<T>(ask: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const answer = known.has(key) ? (known.get(key) as T) : ask(key);
    known.set(key, answer);
    return answer;
  };
}
