// One declaration → drafts: its names and counts checked, its home found, its nodes made.

import type { Entry, Value, Word } from '../../grammar/tree.js';
import { textAt, type Location } from '../base/source.js';
import { quoted } from '../base/words.js';
import type { Accepts, Copy, Draft, Faults, PlacedConnection, TemplateDeclaration } from './draft.js';
import { ownerText } from './facts.js';
import { groupOf, type KindName } from './kinds.js';
import type { Limits } from './project.js';
import { isDomainName } from './values.js';

export interface Work {
  readonly drafts: Map<string, Draft>;
  readonly roots: Draft[];
  readonly rootsByName: Map<string, Draft>;
  readonly connections: PlacedConnection[];
  readonly templates: Map<string, TemplateDeclaration>;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly accepts: Accepts;
  readonly unread: string[];
  /** Set when a limit is passed: nothing more is declared. */
  full: boolean;
}

/** Where statements stand: in which node, which copy of it, and in which block (a second block overrides the first). */
export interface Scope {
  readonly node: Draft | undefined;
  readonly copy: Copy;
  readonly by: object;
  /** Templates being written out, to find one that contains itself. */
  readonly templates: readonly string[];
}

export function mayContain(kind: KindName): boolean {
  const group = groupOf(kind);
  return group === 'place' || group === 'boundary' || group === 'caller';
}

/** The names of a declaration with their labels and counts; anything else among its values is a fault. */
export function declaredNames(entry: Entry, work: Work): readonly { word: Word; label?: string }[] {
  const names: { word: Word; label?: string }[] = [];
  for (const [word, label, extra] of entry.groups) {
    if (word?.form !== 'word') {
      const at = word?.at ?? entry.head.at;
      work.faults.add({ code: 'syntax', message: `${quoted(entry.head.text)} needs a name before its label`, at });
      continue;
    }
    const surplus: Value | undefined = label?.form === 'word' ? label : extra;
    if (surplus) {
      work.faults.add({
        code: 'syntax',
        message: `${quoted(surplus.text)} cannot follow the name ${quoted(word.text)}`,
        at: surplus.at,
        help: 'put a comma between names, and a label in quotes',
      });
    }
    const text = label?.form === 'text' ? label.text : entry.label?.text;
    names.push({ word, ...(text === undefined ? {} : { label: text }) });
  }
  if (entry.groups.length === 0) {
    work.faults.add({
      code: 'syntax',
      message: `${quoted(entry.head.text)} needs a name`,
      at: entry.head.at,
      help: `write it as \`${entry.head.text} ${entry.head.text === 'dns' ? 'foobar.com' : 'name'}\``,
    });
  }
  return names;
}

/** How deep a node stands that is declared in `parent`: 1 at the top of a file. */
export function depthIn(parent: Draft | undefined): number {
  let depth = 1;
  for (let around = parent; around; around = around.parent) depth += 1;
  return depth;
}

export function tooLarge(total: number, depth: number, context: { at: Location; work: Work }): boolean {
  const { at, work } = context;
  const { instances, nesting } = work.limits;
  if (work.drafts.size + total > instances) {
    work.full = true;
    work.faults.add({
      code: 'too-large',
      message: `the description declares more than ${instances} nodes`,
      at,
      label: 'the limit is passed here',
      help: 'describe fewer copies; two or three show every single point of failure that a thousand do',
    });
    return true;
  }
  if (depth > nesting) {
    work.faults.add({ code: 'too-large', message: `blocks are nested more than ${nesting} deep`, at });
    return true;
  }
  return false;
}

/** The node that holds the new one: the block it stands in, or the next around it that may hold others. */
export function homeFor(entry: Entry, kind: KindName, scope: Scope, work: Work): Draft | undefined {
  let home = scope.node;
  if (home && !mayContain(home.kind)) {
    work.faults.add({
      code: 'unknown-property',
      message: `${ownerText(kind)} cannot stand inside ${ownerText(home.kind)}`,
      at: entry.head.at,
      related: [{ at: home.at, message: `the block of ${quoted(home.id)}` }],
      help: 'close the block before it; blocks nest in places, networks and clients',
    });
  }
  while (home && !mayContain(home.kind)) home = home.parent;
  return home;
}

export function checkName(word: Word, kind: KindName, work: Work): void {
  const fits =
    kind === 'dns'
      ? isDomainName(word.text)
      : /^\w[\w-]*$/.test(word.text) || /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*$/u.test(word.text);
  if (fits) return;
  work.faults.add({
    code: 'wrong-value',
    message: `${quoted(word.text)} cannot be a name`,
    at: word.at,
    help:
      kind === 'dns'
        ? 'the name of a zone is a domain name such as `foobar.com`'
        : 'a name is made of letters, digits, `-` and `_`; put anything else in a label',
  });
}

export function declareOne(
  one: { entry: Entry; kind: KindName; word: Word; name: string; stem: string; label?: string },
  scope: Scope,
  work: Work,
): Draft | undefined {
  const { entry, kind, word, name, stem, label } = one;
  const parent = scope.node;
  const siblings = parent ? (parent.childrenByName ??= new Map<string, Draft>()) : work.rootsByName;
  const known = siblings.get(name);
  if (known && known.kind === kind && known.declaredBy !== scope.by) {
    if (label !== undefined) known.label = label;
    return known;
  }
  // A zone may be split: the public names in one block, the private ones in another.
  const split = known?.kind === 'dns' && kind === 'dns';
  if (known && !split) {
    reportDuplicate(name, { at: word.at, first: known.at, faults: work.faults });
    // Another block of the same kind adds to the first, so that what it declares is known; anything else is left out.
    if (known.kind === kind && known.extent !== entry.at) return known;
    work.unread.push(textAt(entry.at));
    return undefined;
  }
  const ownName = known ? `${name} (${siblings.size + 1})` : name;
  let id = parent ? `${parent.id}/${ownName}` : ownName;
  // A name with a `/`, which is reported, may look like the path of another.
  while (work.drafts.has(id)) id += ' (2)';
  const draft: Draft = {
    id,
    index: work.drafts.size,
    kind,
    name,
    at: word.at,
    extent: entry.at,
    children: [],
    places: [],
    facts: {},
    managed: false,
    external: false,
    stem,
    childrenByName: undefined,
    enter: 0,
    exit: 0,
    declaredBy: scope.by,
    statedBy: undefined,
    recordEntries: [],
  };
  if (label !== undefined) draft.label = label;
  if (parent) {
    draft.parent = parent;
    // Siblings share the list.
    draft.places =
      parent.children[0]?.places ?? (groupOf(parent.kind) === 'place' ? [parent, ...parent.places] : parent.places);
    const host = parent.kind === 'host' ? parent : parent.host;
    const caller = parent.kind === 'client' ? parent : parent.caller;
    if (host) draft.host = host;
    if (caller) draft.caller = caller;
    parent.children.push(draft);
  } else work.roots.push(draft);
  siblings.set(ownName, draft);
  work.drafts.set(id, draft);
  return draft;
}

export function reportDuplicate(name: string, context: { at: Location; first: Location; faults: Faults }): void {
  const { at, first, faults } = context;
  faults.add({
    code: 'duplicate-name',
    message: `${quoted(name)} is declared twice`,
    subjects: [name],
    at,
    label: 'declared again here',
    related: [{ at: first, message: 'declared first here' }],
    help: 'give one of them another name',
  });
}
