// A finding of a rule → what a baseline knows it by: one entry a subject, never a line, a count or a wording.

import type { Finding } from '../../rules/rule.js';
import type { Entry } from '../base/diagnostic.js';

/** Never none. Without a proof, the subjects together are what tells two findings about one subject apart. */
export function entriesOf(rule: string, { at, subjects, witness }: Finding): readonly Entry[] {
  const file = at.source.path;
  const nodes = witness?.steps.map(({ node }) => node) ?? [];
  const proof = [...new Set(nodes.length > 0 || subjects.length < 2 ? nodes : subjects)];
  return (subjects.length > 0 ? [...new Set(subjects)] : ['']).map((subject) => ({
    file,
    rule,
    subject,
    witness: proof,
  }));
}
