// The tree: what a text says before anybody asks what it means. Forms only: whether `web nginx` declares a component or
// sets a property is decided by the tables of `src/model`, so keywords stay contextual.

import type { Diagnostic } from '../src/base/diagnostic.js';
import type { Location, Source } from '../src/base/source.js';

/** A whole file. Parsing never fails: what could not be read is `broken` and has a diagnostic. */
export interface Tree {
  readonly source: Source;
  readonly statements: readonly Statement[];
  /** In order of place; the printer puts them back. `text` includes the `#`. */
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

export type Statement = Entry | ConnectionStatement | Broken;

/**
 * `host a, b : web-server "Web" { … }`, `listen 80 http, 443 https`, `www 300 A 203.0.113.10`, `import "./x.infra"`, `managed`.
 * A head, values in comma-separated groups, and perhaps a template's name, a label and a block.
 */
export interface Entry {
  readonly form: 'entry';
  readonly at: Location;
  readonly head: Word;
  /** The values after the head, split at commas: `listen 80 http, 443 https` is `[[80, http], [443, https]]`. `[]` without values. */
  readonly groups: readonly (readonly Value[])[];
  /** The word after ` : `. */
  readonly template?: Word;
  /** The text after the template's name; without a template a label is the last of the values. */
  readonly label?: Text;
  /** Blocks in braces; more than one only where a zone of names has its flags apart: `dns x.y { private } { … }`. */
  readonly blocks: readonly Block[];
}

/** `a, b -> c | d -> e : http/8080 tls "label" { … }`: at least two members. */
export interface ConnectionStatement {
  readonly form: 'connection';
  readonly at: Location;
  readonly members: readonly Member[];
  /** The words after ` : `; the first is the protocol, with its port if stated. */
  readonly words: readonly Word[];
  readonly label?: Text;
  readonly block?: Block;
}

/** One member of a chain: a list of alternatives. `x | y, z` is `[[x, y], [z]]`. */
export interface Member {
  readonly at: Location;
  readonly choices: readonly (readonly Word[])[];
}

export interface Broken {
  readonly form: 'broken';
  readonly at: Location;
}

export interface Block {
  readonly at: Location;
  readonly statements: readonly Statement[];
}

export type Value = Word | Text;

/** A bare word, with its count if it declares several: `web[3]` has the text `web` and the count 3. */
export interface Word {
  readonly form: 'word';
  readonly at: Location;
  readonly text: string;
  readonly count?: Count;
}

export interface Count {
  readonly at: Location;
  readonly value: number;
}

/** A quoted text; `text` has the escapes resolved and no quotes. */
export interface Text {
  readonly form: 'text';
  readonly at: Location;
  readonly text: string;
}

export interface Comment {
  readonly at: Location;
  readonly text: string;
}
