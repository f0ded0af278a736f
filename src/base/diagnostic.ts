// What archlint has to say about a text: the one shape that parser, resolver and rules all report in.

import type { Location } from './source.js';

export type Severity = 'error' | 'warning' | 'info';

/** Full path of a place or component (`a/nginx`), or the name of a record (`www.foobar.com`). */
export type SubjectId = string;

/** The proof of a finding: a chain of failures, or a path through the system. `node` is a subject; `text` is how it reads in a line. */
export interface Witness {
  readonly kind: 'failure' | 'path';
  readonly steps: readonly { readonly node: SubjectId; readonly text: string }[];
}

/** A replacement of text. `safe` changes text only; a `suggestion` changes a fact and is applied on request. */
export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'suggestion';
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly at: Location;
  readonly text: string;
}

export interface Related {
  readonly at: Location;
  readonly message: string;
}

export interface Diagnostic {
  /** The rule's id, flat kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  /** The headline: lower case, no full stop, subject first. */
  readonly message: string;
  /** The smallest text that shows it. */
  readonly at: Location;
  /** What the mark under `at` says. */
  readonly label?: string;
  /** The facts that cause it, in whichever file. */
  readonly related: readonly Related[];
  readonly notes: readonly string[];
  /** An action. */
  readonly help?: string;
  readonly witness?: Witness;
  readonly fix?: Fix;
  readonly subjects: readonly SubjectId[];
  /** Set when this says nothing about the text: the rule of that module failed. Never accepted. */
  readonly failed?: string;
  /** Set when the file accepts the risk; the finding is then shown, and not counted. */
  readonly accepted?: Acceptance;
  /** What a baseline goes by; only of findings that were compared with one. */
  readonly entries?: readonly Entry[];
  /** Set when the baseline has all of its entries; the finding is then neither shown nor counted. */
  readonly known?: true;
}

/** What a finding says of one of its subjects, whatever line it stands on: the key of baselines. */
export interface Entry {
  /** The path of the source in which it stands. */
  readonly file: string;
  readonly rule: string;
  /** Empty for a finding about a file as a whole. */
  readonly subject: SubjectId;
  /** The nodes of its proof. */
  readonly witness: readonly SubjectId[];
}

export interface Acceptance {
  readonly reason: string;
  /** `2027-03-01`, if the acceptance ends. */
  readonly until?: string;
}

/** What makes a diagnostic, with everything that is often empty left out. */
export type DiagnosticParts = Pick<Diagnostic, 'code' | 'message' | 'at'> & Partial<Diagnostic>;

export function diagnostic(parts: DiagnosticParts): Diagnostic {
  return { severity: 'error', related: [], notes: [], subjects: [], ...parts };
}
