// Trees → drafts: files joined by imports, templates and copies written out, properties read. Names are not resolved yet.

import type { Block, Entry, Statement, Tree, Word } from '../../grammar/tree.js';
import { nearest } from '../base/nearest.js';
import { respelling } from '../base/spelling.js';
import { textAt, type Source } from '../base/source.js';
import { didYouMean, quoted } from '../base/words.js';
import {
  checkName,
  declaredNames,
  declareOne,
  depthIn,
  homeFor,
  mayContain,
  reportDuplicate,
  tooLarge,
  type Scope,
  type Work,
} from './declare.js';
import type { Accepts, Copy, Draft, Faults, PlacedConnection } from './draft.js';
import { emptyFacts, readAccept, stateProperty, unknownEntry, type FactsInProgress } from './facts.js';
import { readImports } from './imports.js';
import { reportRounds } from './rounds.js';
import { isKind, type KindName } from './kinds.js';
import type { Limits, Project } from './project.js';
import { propertyNamed, propertyRow, type PropertyKey } from './properties.js';
import { looksLikeRecord } from './records.js';
import { flag } from './values.js';

export interface Expansion {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly roots: readonly Draft[];
  readonly connections: readonly PlacedConnection[];
  readonly sources: readonly Source[];
  readonly fileFacts: FactsInProgress;
  /** A limit was passed, and not everything is declared. */
  readonly tooLarge: boolean;
  /** Statements that say nothing that is known; they may have declared what is named elsewhere. */
  readonly unread: readonly string[];
}

const once: Copy = { index: 0, of: 1 };

export function expand(project: Project, limits: Limits, report: { faults: Faults; accepts: Accepts }): Expansion {
  const trees = readImports(project, report.faults);
  const fileFacts = emptyFacts();
  const work: Work = {
    drafts: new Map(),
    roots: [],
    rootsByName: new Map(),
    connections: [],
    templates: new Map(),
    limits,
    full: false,
    unread: [],
    ...report,
  };
  for (const tree of trees) declareTemplates(tree, work);
  reportRounds(work.templates, work.faults);
  const root: Scope = { node: undefined, copy: once, by: work, templates: [] };
  trees.forEach((tree, index) => {
    const facts = index === 0 ? fileFacts : emptyFacts();
    for (const statement of tree.statements) expandAtTop(statement, { tree, root, facts, work });
  });
  work.faults.about(undefined);
  return {
    drafts: work.drafts,
    roots: work.roots,
    connections: work.connections,
    sources: trees.map((tree) => tree.source),
    fileFacts,
    tooLarge: work.full,
    unread: work.unread,
  };
}

function declareTemplates(tree: Tree, work: Work): void {
  for (const entry of tree.statements) {
    if (entry.form !== 'entry' || entry.head.text !== 'template') continue;
    const [name, extra] = entry.groups.flat();
    if (name?.form !== 'word' || extra || entry.blocks.length === 0) {
      work.faults.add({
        code: 'bad-template',
        message: 'a template needs one name and a block',
        at: extra?.at ?? name?.at ?? entry.head.at,
        help: 'write it as `template web-server { … }`',
      });
      continue;
    }
    const known = work.templates.get(name.text);
    if (known) reportDuplicate(name.text, { at: name.at, first: known.at, faults: work.faults });
    else work.templates.set(name.text, { name: name.text, at: name.at, entry, blocks: entry.blocks });
  }
}

function expandAtTop(
  statement: Statement,
  context: { tree: Tree; root: Scope; facts: FactsInProgress; work: Work },
): void {
  const { tree, root, facts, work } = context;
  if (statement.form !== 'entry' || isKind(statement.head.text)) return expandStatement(statement, root, work);
  const word = statement.head.text;
  if (word === 'import' || word === 'template') return;
  if (word === 'accept') {
    const accept = readAccept(statement, work.faults);
    if (accept) work.accepts.add(accept, { of: 'file', source: tree.source });
    return;
  }
  const state = (key: PropertyKey) => {
    stateProperty(statement, key, { into: facts, by: tree, copy: once, faults: work.faults });
  };
  const { key } = propertyNamed(word, 'file');
  if (key) return state(key);
  const { guess } = unknownEntry(statement, 'file', { contains: true, faults: work.faults });
  if (guess && isKind(guess)) declare(statement, guess, root, work);
  else work.unread.push(textAt(statement.at));
}

function expandStatement(statement: Statement, scope: Scope, work: Work): void {
  work.faults.about(scope.node?.id);
  switch (statement.form) {
    case 'broken':
      return;
    case 'connection':
      work.connections.push({ statement, scope: scope.node, copy: scope.copy });
      return;
    case 'entry':
      return expandEntry(statement, scope, work);
  }
}

function expandEntry(entry: Entry, scope: Scope, work: Work): void {
  const node = scope.node;
  const word = entry.head.text;
  if (isKind(word) && !(node?.kind === 'dns' && looksLikeRecord(entry))) return declare(entry, word, scope, work);
  if (!node) return;
  if (word === 'accept' && !(node.kind === 'dns' && looksLikeRecord(entry))) {
    const accept = readAccept(entry, work.faults);
    if (accept) work.accepts.add(accept, { of: node.kind === 'dns' ? 'zone' : 'node', node });
    return;
  }
  const state = (key: PropertyKey) => {
    stateProperty(entry, key, { into: node, by: scope.by, copy: scope.copy, faults: work.faults });
  };
  const { key } = propertyNamed(word, node.kind);
  if (node.kind === 'dns' && (!key || looksLikeRecord(entry))) {
    node.recordEntries.push(entry);
    return;
  }
  if (key) return state(key);
  if (word === 'import' || word === 'template') {
    work.faults.add({
      code: word === 'import' ? 'bad-import' : 'bad-template',
      message: `${quoted(word)} stands in the block of ${quoted(node.id)}`,
      at: entry.head.at,
      help: 'move it to the top of the file, outside every block',
    });
    return;
  }
  const contains = mayContain(node.kind);
  const { guess } = unknownEntry(entry, node.kind, { contains, faults: work.faults });
  if (guess && isKind(guess)) declare(entry, guess, scope, work);
  else if (!guess) work.unread.push(textAt(entry.at));
  else if (propertyRow(guess).type === flag && entry.groups.length === 0 && !node.facts[guess]) state(guess);
}

function declare(entry: Entry, kind: KindName, scope: Scope, work: Work): void {
  const names = declaredNames(entry, work);
  const total = names.reduce((sum, { word }) => sum + (word.count?.value ?? 1), 0);
  const parent = homeFor(entry, kind, scope, work);
  const depth = depthIn(parent);
  if (work.full || tooLarge(total, depth, { at: names[0]?.word.count?.at ?? entry.head.at, work })) return;
  let index = 0;
  for (const { word, label } of names) {
    checkName(word, kind, work);
    const copies = word.count?.value ?? 1;
    for (let number = 1; number <= copies; number++) {
      const name = kind === 'dns' ? word.text.toLowerCase().replace(/\.$/, '') : word.text;
      const copy = total === 1 ? scope.copy : { index, of: total };
      const node = declareOne(
        {
          entry,
          kind,
          word,
          name: word.count ? `${name}-${number}` : name,
          stem: name,
          ...(label === undefined ? {} : { label }),
        },
        { ...scope, node: parent, copy },
        work,
      );
      if (node) fill(node, entry, { ...scope, node, copy }, work);
      index += 1;
    }
  }
}

/** The template's block first, then the entry's own, which adds to it and overrides it. */
function fill(node: Draft, entry: Entry, scope: Scope, work: Work): void {
  if (entry.template) applyTemplate(entry.template, scope, work);
  for (const block of entry.blocks) fillFrom(block, scope, work);
  const added = entry.blocks[1];
  if (added && node.kind !== 'dns') {
    work.faults.add({
      code: 'syntax',
      message: `${quoted(node.name)} has two blocks`,
      at: { ...added.at, end: added.at.start + 1 },
      help: 'put all of it into one',
    });
  }
}

function fillFrom(block: Block, scope: Scope, work: Work): void {
  const inner: Scope = { ...scope, by: block };
  for (const statement of block.statements) expandStatement(statement, inner, work);
}

function applyTemplate(name: Word, scope: Scope, work: Work): void {
  const template = work.templates.get(name.text);
  if (!template) {
    const near = nearest(name.text, work.templates.keys());
    const help = didYouMean(near) ?? `declare it with \`template ${name.text} { … }\``;
    work.faults.add({
      code: 'bad-template',
      message: `there is no template ${quoted(name.text)}`,
      at: name.at,
      help,
      ...respelling(name.at, near),
    });
    return;
  }
  if (scope.templates.includes(name.text)) return;
  const inner: Scope = { ...scope, templates: [...scope.templates, name.text] };
  if (template.entry.template) applyTemplate(template.entry.template, inner, work);
  for (const block of template.blocks) fillFrom(block, inner, work);
}
