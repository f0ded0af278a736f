// Findings of one rule that say the same of several places → one finding with several places.

import {
  diagnostic,
  type Acceptance,
  type Diagnostic,
  type Entry,
  type Fix,
  type Related,
  type Severity,
} from '../base/diagnostic.js';
import { byPlace, type Location } from '../base/source.js';
import type { Finding, Rule } from '../../rules/rule.js';

/** A finding that stands, with all that the runner adds. */
export interface Settled {
  readonly code: string;
  readonly severity: Severity;
  readonly finding: Finding;
  readonly notes: readonly string[];
  readonly accepted?: Acceptance;
  readonly entries?: readonly Entry[];
  readonly known?: true;
}

/**
 * Joins by rule, key and file; what is accepted is joined with what is accepted for the same reason, and what the baseline knows with what it
 * knows, so that a finding over many subjects shrinks to the new ones.
 */
export function group(settled: readonly Settled[]): readonly Diagnostic[] {
  const groups = new Map<string, Settled[]>();
  settled.forEach((one) => {
    const { code, finding, accepted, known } = one;
    // Without a group, what copies of one declaration say in the same words at the same place is said once.
    const own = finding.group ? ['', finding.group.key] : [finding.message, finding.at.start];
    const apart = [accepted?.reason ?? '', accepted?.until ?? '', known ? 'known' : ''];
    const key = [code, ...apart, finding.at.source.path, ...own].join('\n');
    const list = groups.get(key);
    if (list) list.push(one);
    else groups.set(key, [one]);
  });
  return [...groups.values()].map(joined);
}

function joined(members: readonly Settled[]): Diagnostic {
  const sorted = [...members].sort((a, b) => byPlace(a.finding.at, b.finding.at));
  const [first, ...others] = sorted;
  if (!first) throw new Error('a group has a member');
  const { code, severity, finding, accepted, entries, known } = first;
  const subjects = unique(sorted.flatMap((one) => one.finding.subjects));
  const several = subjects.length > finding.subjects.length;
  const help = several ? (finding.group?.help ?? finding.help) : finding.help;
  const fix = joinedFix(sorted.map((one) => one.finding.fix));
  return diagnostic({
    code,
    severity,
    message: several && finding.group ? finding.group.message(subjects) : finding.message,
    at: finding.at,
    related: related(first, others),
    notes: unique(sorted.flatMap((one) => [...(one.finding.notes ?? []), ...one.notes])),
    subjects,
    ...(finding.label === undefined ? {} : { label: finding.label }),
    ...(help === undefined ? {} : { help }),
    ...(finding.witness ? { witness: finding.witness } : {}),
    ...(fix ? { fix } : {}),
    ...(accepted ? { accepted } : {}),
    ...(entries ? { entries: sorted.flatMap((one) => one.entries ?? []) } : {}),
    ...(known ? { known } : {}),
  });
}

/** The other places, then the facts behind each; the copies of one declaration share a place and are marked once. */
function related(first: Settled, others: readonly Settled[]): readonly Related[] {
  const places = others.map(({ finding }) => ({ at: finding.at, message: finding.label ?? finding.message }));
  const facts = [first, ...others].flatMap(({ finding }) => finding.related ?? []);
  const seen = new Set([placeOf(first.finding.at)]);
  const marks = places.filter(({ at }) => !seen.has(placeOf(at)) && seen.add(placeOf(at)));
  const said = new Set<string>();
  return [...marks, ...facts].filter(({ at, message }) => {
    const key = `${placeOf(at)} ${message}`;
    return !said.has(key) && said.add(key);
  });
}

function placeOf({ source, start, end }: Location): string {
  return `${start} ${end} ${source.path}`;
}

function joinedFix(fixes: readonly (Fix | undefined)[]): Fix | undefined {
  const [first] = fixes;
  if (!first || fixes.some((fix) => fix?.safety !== first.safety)) return undefined;
  const seen = new Set<string>();
  const edits = fixes
    .flatMap((fix) => fix?.edits ?? [])
    .filter(({ at }) => !seen.has(placeOf(at)) && seen.add(placeOf(at)));
  return { ...first, edits };
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}

/** The rule, each of whose findings then stands for itself. */
export function withoutGroups(rule: Rule): Rule {
  if (!rule.check) return rule;
  return {
    ...rule,
    *check(...given) {
      for (const finding of rule.check?.(...given) ?? [])
        yield Object.fromEntries(Object.entries(finding).filter(([key]) => key !== 'group')) as unknown as Finding;
    },
  };
}
