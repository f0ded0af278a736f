// Findings of the rules about failing → one for each cause: of two with a cause in common the one of the stronger rule stands, and what
// the other adds becomes its note.

import type { Finding, Rule } from '../../rules/rule.js';

/** One finding on its way through the runner. */
export interface Raw {
  readonly rule: Rule;
  readonly finding: Finding;
}

/** Those that stand, in their order, with the notes they have won. A finding takes precedence whether or not it will be shown. */
export function settle<T extends Raw>(
  found: readonly T[],
): readonly { readonly raw: T; readonly notes: readonly string[] }[] {
  const strongest = new Map<string, T>();
  const notes = new Map<T, string[]>();
  const beaten = new Set<T>();
  const contenders = found.filter(({ rule, finding }) => rule.precedence !== undefined && finding.causes !== undefined);
  for (const raw of [...contenders].sort((a, b) => rank(a) - rank(b))) {
    const causes = raw.finding.causes ?? [];
    const winner = causes
      .map((cause) => strongest.get(cause))
      .find((one) => one !== undefined && rank(one) < rank(raw));
    if (winner) {
      beaten.add(raw);
      const note = raw.finding.asNote;
      if (note !== undefined) notes.set(winner, [...(notes.get(winner) ?? []), note]);
      continue;
    }
    for (const cause of causes) if (!strongest.has(cause)) strongest.set(cause, raw);
  }
  return found.flatMap((raw) => (beaten.has(raw) ? [] : [{ raw, notes: notes.get(raw) ?? [] }]));
}

function rank({ rule }: Raw): number {
  return rule.precedence ?? Infinity;
}
