// What changed from one system to another, as plain data by ids: what `diff --format json` prints, and what texts and marks are made of.

import type { Diagnostic, SubjectId } from './diagnostic.js';
import type { JourneyComparison } from './figures.js';

export type Change = 'added' | 'removed' | 'changed';

export interface Difference {
  /** What the top of the file states: title, note. */
  readonly file: readonly PropertyChange[];
  /** Those that changed, in order of the new system; removed ones stand behind what is around them. */
  readonly nodes: readonly NodeChange[];
  /** Tiers with more, fewer or other instances. */
  readonly tiers: readonly TierChange[];
  readonly records: readonly RecordChange[];
  readonly connections: readonly ConnectionChange[];
  readonly findings: FindingChanges;
  /** Journeys of either system whose figures differ, or that only one of them has; `here` is the old one. */
  readonly journeys: readonly JourneyComparison[];
}

export interface NodeChange {
  readonly change: Change;
  readonly kind: string;
  /** Null where it is added. */
  readonly old: SubjectId | null;
  /** Null where it is removed. */
  readonly new: SubjectId | null;
  /** It has another name, or stands elsewhere. What only follows from a change of what is around it is none. */
  readonly identity: Identity | null;
  readonly properties: readonly PropertyChange[];
}

export interface Identity {
  readonly is: 'renamed' | 'moved';
  /** All else about it is the same. Otherwise most of it is, and nothing else comes near. */
  readonly certain: boolean;
}

/** `kind` and `label` are among the properties. A value as it is written, on one line; null where it is not stated. */
export interface PropertyChange {
  readonly property: string;
  readonly old: string | null;
  readonly new: string | null;
}

export interface TierChange {
  readonly change: Change;
  readonly kind: string;
  readonly old: string | null;
  readonly new: string | null;
  readonly oldInstances: readonly SubjectId[];
  readonly newInstances: readonly SubjectId[];
}

export interface RecordChange {
  readonly change: Change;
  /** Complete. */
  readonly name: string;
  readonly type: string;
  /** The ttl, if stated, and the data. */
  readonly old: string | null;
  readonly new: string | null;
}

export interface ConnectionChange {
  readonly change: Change;
  /** `haproxy -> nginx`: tiers, or nodes where it is about some of a tier, or records. */
  readonly old: string | null;
  readonly new: string | null;
  /** `https/8443 tls`, with label, words and properties. */
  readonly properties: readonly PropertyChange[];
}

/** By rule, subjects and proof, never by line; names that changed are the same subject. Accepted findings are none. */
export interface FindingChanges {
  readonly introduced: readonly Diagnostic[];
  readonly resolved: readonly Diagnostic[];
  /** The same rule about the same subjects, for another reason or with another severity. */
  readonly changed: readonly { readonly old: Diagnostic; readonly new: Diagnostic }[];
  /** Accepted now, and open or absent before; then accepted before, and open or absent now. */
  readonly accepted: readonly Diagnostic[];
  readonly noLongerAccepted: readonly Diagnostic[];
  /** How many stand as they stood. */
  readonly same: number;
}

export function isEmpty({ file, nodes, tiers, records, connections, findings, journeys }: Difference): boolean {
  const { introduced, resolved, changed, accepted, noLongerAccepted } = findings;
  const all = [
    file,
    nodes,
    tiers,
    records,
    connections,
    journeys,
    introduced,
    resolved,
    changed,
    accepted,
    noLongerAccepted,
  ];
  return all.every(({ length }) => length === 0);
}
