// Accepts and findings → which findings the file accepts, and which accepts are useless, expired or of no rule.

import type { Rule } from '../../rules/rule.js';
import { append } from '../base/lists.js';
import type { Acceptance, Diagnostic, Fix } from '../base/diagnostic.js';
import { nearest } from '../base/nearest.js';
import { wholeComment, wholeStatement } from '../base/removal.js';
import { respelling } from '../base/spelling.js';
import type { Location } from '../base/source.js';
import { didYouMean, quoted } from '../base/words.js';
import type { Accept, AcceptOwner, Connection, System } from '../model/system.js';

/** What of a finding an accept goes by. */
export type Acceptable = Pick<Diagnostic, 'at' | 'subjects'>;

export interface Accepts {
  /** The acceptance of a finding, if one is in force. */
  of(rule: string, finding: Acceptable): Acceptance | undefined;
  /** The accepts that are themselves at fault; asked when all findings have been shown. `on` says whether a rule took part. */
  faults(on: (rule: string) => boolean): readonly AcceptFault[];
  /** What became of each, asked at the same time. */
  judged(on: (rule: string) => boolean): readonly JudgedAccept[];
}

export interface JudgedAccept {
  readonly accept: Accept;
  /** Not judged: the rule is off, or a part of the text could not be understood. */
  readonly state: 'in use' | 'unused' | 'expired' | 'unknown rule' | 'not judged';
}

/** A finding about an accept, before it gets its severity. */
export interface AcceptFault {
  readonly code: 'useless-accept' | 'expired-accept';
  readonly parts: Pick<Diagnostic, 'message' | 'at' | 'label' | 'help' | 'subjects'> & { readonly fix?: Fix };
}

export function readAccepts(system: System, catalogue: readonly Rule[], today: string | undefined): Accepts {
  const ids = new Map(
    catalogue.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])].map((name) => [name, rule.id] as const)),
  );
  const used = new Set<Accept>();
  const expired = (accept: Accept) => today !== undefined && accept.until !== undefined && accept.until < today;
  const index = indexOf(
    system,
    system.accepts.filter((accept) => !expired(accept)),
    ids,
  );

  const stateOf = (accept: Accept, on: (rule: string) => boolean): JudgedAccept['state'] => {
    const id = ids.get(accept.rule);
    if (expired(accept)) return 'expired';
    if (id === undefined) return 'unknown rule';
    if (used.has(accept)) return 'in use';
    return system.incomplete || !on(id) ? 'not judged' : 'unused';
  };
  const judged: Accepts['judged'] = (on) => system.accepts.map((accept) => ({ accept, state: stateOf(accept, on) }));

  return {
    of(rule, finding) {
      const found = index(rule, finding);
      for (const accept of found) used.add(accept);
      const [first] = found;
      return first && { reason: first.reason, ...(first.until === undefined ? {} : { until: first.until }) };
    },
    faults(on) {
      return judged(on).flatMap(({ accept, state }): AcceptFault[] => {
        if (state === 'expired') return [expiredAccept(accept)];
        if (state === 'unknown rule') return [unknownRule(accept, [...ids.keys()])];
        return state === 'unused' ? [uselessAccept(accept)] : [];
      });
    },
    judged,
  };
}

/** Rule and finding → the accepts that match, those nearest to a subject first. */
function indexOf(
  system: System,
  accepts: readonly Accept[],
  ids: ReadonlyMap<string, string>,
): (rule: string, finding: Acceptable) => readonly Accept[] {
  const bySubject = new Map<string, Accept[]>();
  const byRule = new Map<string, { accept: Accept; owner: AcceptOwner }[]>();
  for (const accept of accepts) {
    const rule = ids.get(accept.rule);
    if (rule === undefined) continue;
    for (const owner of accept.owners) {
      const names = subjectsOf(system, owner);
      for (const name of names) append(bySubject, `${rule} ${name}`, accept);
      if (names.length === 0) append(byRule, rule, { accept, owner });
    }
  }
  return (rule, finding) => {
    const own = finding.subjects.flatMap((subject) => bySubject.get(`${rule} ${subject}`) ?? []);
    const others = (byRule.get(rule) ?? []).filter(({ owner }) => concerns(owner, finding));
    return [...new Set([...own, ...others.map(({ accept }) => accept)])];
  };
}

/** What an owner is called among the subjects of findings; none where the place decides. */
function subjectsOf(system: System, owner: AcceptOwner): readonly string[] {
  switch (owner.of) {
    case 'node':
      return [owner.node.id];
    case 'zone': {
      const zones = system.zones.filter(({ node }) => node === owner.node);
      return [owner.node.id, ...zones.flatMap(({ records }) => records.map(({ name }) => name))];
    }
    case 'record':
      return [owner.record.name];
    case 'connection':
    case 'file':
    case 'line':
      return [];
  }
}

function concerns(owner: AcceptOwner, finding: Acceptable): boolean {
  switch (owner.of) {
    case 'file':
      return owner.source === finding.at.source;
    case 'connection':
      return isAbout(owner.connection, finding);
    case 'line':
      return (
        owner.at.source === finding.at.source && owner.at.start <= finding.at.start && finding.at.start < owner.at.end
      );
    case 'node':
    case 'zone':
    case 'record':
      return false;
  }
}

/** A finding about a hop names both ends, or marks the hop itself. */
function isAbout(connection: Connection, { at, subjects }: Acceptable): boolean {
  if ([connection.at, connection.protocolAt].some((hop) => hop && contains(hop, at))) return true;
  const near = new Set([...connection.from, ...connection.callers].map(({ id }) => id));
  if (connection.fromRecord !== undefined) near.add(connection.fromRecord);
  const far = new Set<string>();
  for (const choice of connection.choices) {
    if (choice.record !== undefined) far.add(choice.record);
    for (const node of [...choice.named, ...choice.nodes]) far.add(node.id);
  }
  return subjects.some((subject) => near.has(subject)) && subjects.some((subject) => far.has(subject));
}

function contains(outer: Location, inner: Location): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

function expiredAccept(accept: Accept): AcceptFault {
  const parts = {
    message: `the acceptance of ${quoted(accept.rule)} has expired`,
    at: accept.at,
    label: `was accepted until ${accept.until ?? ''}`,
    help: 'mend what it accepts, or accept it anew with a later date',
    subjects: ownersOf(accept),
  };
  return { code: 'expired-accept', parts };
}

function uselessAccept(accept: Accept): AcceptFault {
  const comment = isComment(accept);
  const at = comment ? wholeComment(accept.at) : wholeStatement(accept.at);
  const fix: Fix = { title: 'remove it', safety: 'safe', edits: [{ at, text: '' }] };
  const parts = {
    message: `${quoted(`${comment ? 'archlint-accept' : 'accept'} ${accept.rule}`)} matches no finding`,
    at: accept.at,
    label: `there is no ${quoted(accept.rule)} to accept here`,
    help: `remove it, or move it to ${comment ? 'the line' : 'a subject'} of the finding that it is meant for`,
    subjects: ownersOf(accept),
    fix,
  };
  return { code: 'useless-accept', parts };
}

function unknownRule(accept: Accept, names: readonly string[]): AcceptFault {
  const near = nearest(accept.rule, names);
  const parts = {
    message: `no rule is called ${quoted(accept.rule)}`,
    at: accept.ruleAt,
    label: 'so this accepts nothing',
    help: didYouMean(near) ?? '`archlint rules` lists the rules',
    subjects: ownersOf(accept),
    ...respelling(accept.ruleAt, near),
  };
  return { code: 'useless-accept', parts };
}

function isComment({ owners }: Accept): boolean {
  return owners.some(({ of }) => of === 'line');
}

function ownersOf(accept: Accept): readonly string[] {
  const ids = accept.owners.flatMap((owner) => {
    if (owner.of === 'record') return [owner.record.name];
    return owner.of === 'node' || owner.of === 'zone' ? [owner.node.id] : [];
  });
  return [...new Set(ids)];
}
