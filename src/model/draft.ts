// What the resolver works on before a system is whole: nodes whose parts are still being filled in, and the faults found so far.

import type { Block, ConnectionStatement, Entry } from '../../grammar/tree.js';
import { diagnostic, type Diagnostic, type DiagnosticParts } from '../base/diagnostic.js';
import type { Location } from '../base/source.js';
import type { Writable } from '../base/writable.js';
import type { Accept, AcceptOwner, Node, Tier } from './system.js';
import type { PropertyKey, Stated } from './properties.js';

/** A node in the making. The last stage hands it out as a `Node` and nothing changes it after that. */
export interface Draft extends Writable<
  Omit<Node, 'parent' | 'children' | 'host' | 'places' | 'caller' | 'facts' | 'tier'>
> {
  parent?: Draft;
  children: Draft[];
  host?: Draft;
  places: Draft[];
  caller?: Draft;
  tier?: Tier;
  facts: Partial<Record<PropertyKey, Stated<never>>>;
  /** The group's name where several copies or a numbered series share one. */
  stem: string;
  /** Made for the first child, as most nodes have none. */
  childrenByName: Map<string, Draft> | undefined;
  /** In a walk through the tree: the numbers of the first and one past the last node inside. */
  enter: number;
  exit: number;
  /** The block that declared it, to tell a duplicate from what a block adds to a template. */
  declaredBy: object;
  /** The blocks that stated its properties, for the same reason. Made for the first property. */
  statedBy: Map<PropertyKey, object> | undefined;
  /** Records, if it is a zone of names, as entries to be read. */
  recordEntries: Entry[];
}

/** Which copy of a declaration this is: the second of three has the index 1 of 3. */
export interface Copy {
  readonly index: number;
  readonly of: number;
}

/** A connection as it stands in a copy of a block; without scope at the top of a file. */
export interface PlacedConnection {
  readonly statement: ConnectionStatement;
  readonly scope: Draft | undefined;
  readonly copy: Copy;
}

/** Collects diagnostics; the copies of one statement report a fault once. */
export class Faults {
  readonly #found = new Map<string, Diagnostic>();
  readonly #known = new Set<string>();
  #subject: string | undefined;

  add(parts: DiagnosticParts): void {
    const { source, start, end } = parts.at;
    const key = `${parts.code} ${start} ${end} ${source.path}`;
    if (this.#found.has(key)) return;
    this.#found.set(
      key,
      diagnostic({ ...(this.#subject === undefined ? {} : { subjects: [this.#subject] }), ...parts }),
    );
  }

  /** What the next faults are about, unless they say so themselves. */
  about(subject: string | undefined): void {
    this.#subject = subject;
  }

  /** Whether this was asked before: an unknown name is one fault, wherever it stands. */
  isKnown(key: string): boolean {
    const before = this.#known.has(key);
    this.#known.add(key);
    return before;
  }

  all(): readonly Diagnostic[] {
    return [...this.#found.values()];
  }
}

/** Collects accepts; one statement that is copied has several owners. */
export class Accepts {
  readonly #byPlace = new Map<string, Accept & { owners: AcceptOwner[] }>();

  add(accept: Omit<Accept, 'owners'>, owner: AcceptOwner): void {
    const key = `${accept.at.start} ${accept.at.source.path}`;
    const known = this.#byPlace.get(key);
    if (known) known.owners.push(owner);
    else this.#byPlace.set(key, { ...accept, owners: [owner] });
  }

  all(): readonly Accept[] {
    return [...this.#byPlace.values()];
  }
}

export interface TemplateDeclaration {
  readonly name: string;
  readonly at: Location;
  readonly entry: Entry;
  readonly blocks: readonly Block[];
}
