// The findings on two systems → those introduced, resolved and changed: by rule, subjects and proof, never by line.

import type { FindingChanges } from '../base/difference.js';
import type { Diagnostic, SubjectId } from '../base/diagnostic.js';

/** `renamed` says what an old subject is called now. */
export function findingChanges(
  old: readonly Diagnostic[],
  now: readonly Diagnostic[],
  renamed: (subject: SubjectId) => SubjectId,
): FindingChanges {
  const same = (subject: SubjectId) => subject;
  const waiting = [...old];
  const take = (key: (one: Diagnostic, name: (subject: SubjectId) => SubjectId) => string) => {
    const byKey = new Map<string, Diagnostic[]>();
    for (const one of waiting) byKey.set(key(one, renamed), [...(byKey.get(key(one, renamed)) ?? []), one]);
    return (finding: Diagnostic): Diagnostic | undefined => {
      const found = byKey.get(key(finding, same))?.shift();
      if (found) waiting.splice(waiting.indexOf(found), 1);
      return found;
    };
  };
  const pairs: (readonly [Diagnostic, Diagnostic])[] = [];
  let left = now;
  for (const key of [exactly, roughly]) {
    const next = take(key);
    left = left.filter((finding) => {
      const found = next(finding);
      if (found) pairs.push([found, finding]);
      return !found;
    });
  }
  const isOpen = ({ accepted }: Diagnostic) => !accepted;
  const standing = pairs.filter(([one, other]) => isOpen(one) && isOpen(other));
  const changed = standing.filter(
    ([one, other]) => one.severity !== other.severity || exactly(one, renamed) !== exactly(other, same),
  );
  return {
    introduced: left.filter(isOpen),
    resolved: waiting.filter(isOpen),
    changed: changed.map(([one, other]) => ({ old: one, new: other })),
    accepted: [
      ...pairs.filter(([one, other]) => isOpen(one) && !isOpen(other)).map(([, other]) => other),
      ...left.filter((one) => !isOpen(one)),
    ],
    noLongerAccepted: [
      ...pairs.filter(([one, other]) => !isOpen(one) && isOpen(other)).map(([, other]) => other),
      ...waiting.filter((one) => !isOpen(one)),
    ],
    same: standing.length - changed.length,
  };
}

function exactly(finding: Diagnostic, name: (subject: SubjectId) => SubjectId): string {
  const steps = (finding.witness?.steps ?? []).map(({ node }) => name(node));
  return JSON.stringify([roughly(finding, name), steps]);
}

/** Without a subject, by its words. */
function roughly({ code, subjects, message }: Diagnostic, name: (subject: SubjectId) => SubjectId): string {
  return JSON.stringify([code, subjects.length > 0 ? subjects.map(name).sort() : message]);
}
