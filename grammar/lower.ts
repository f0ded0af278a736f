// Concrete tree -> tree: typed functions over what the parser read, one statement at the top after the other, so that the concrete tree is
// never there as a whole. After a fault any child may be missing, so that all are optional.
//
// A tree is what a large description takes most memory for. Lists are therefore made with their elements: V8 reserves room for 17 when the
// first is pushed onto an empty one.

import type { CstNode, IRecognitionException, IToken } from 'chevrotain';
import type { Diagnostic } from '../src/base/diagnostic.js';
import { spanning, type Location, type Source } from '../src/base/source.js';
import type { Writable } from '../src/base/writable.js';
import { firstUnreadable } from './characters.js';
import { notArrow, placeOf, secondBlock, unknownEscape, unreadable, wrongCount } from './faults.js';
import { isArrowLike, misfit, type Stumble } from './misfits.js';
import { Comma, Count as CountToken, endOf, Text as TextToken, Unreadable, Word as WordToken } from './tokens.js';
import { endsHead, parseTokens } from './parser.js';
import type { Block, ConnectionStatement, Count, Entry, Member, Statement, Text, Value, Word } from './tree.js';

type Children = Readonly<Partial<Record<string, readonly (CstNode | IToken)[]>>>;

const none: readonly never[] = [];

/** Children by the name of their rule or label. */
function nodes(parent: CstNode, name: string): readonly CstNode[] {
  return ((parent.children as Children)[name] ?? none) as readonly CstNode[];
}

function tokensOf(parent: CstNode, name: string): readonly IToken[] {
  return ((parent.children as Children)[name] ?? none) as readonly IToken[];
}

/** What the parser reads. */
export interface Prepared {
  readonly source: Source;
  /** Its list to keep. */
  readonly tokens: IToken[];
  /** Faults found before parsing, in the order of the text: they explain the error of the head they lie in. */
  readonly earlier: readonly Diagnostic[];
}

export interface Lowered {
  readonly statements: readonly Statement[];
  readonly faults: readonly Diagnostic[];
}

interface Walk extends Prepared {
  readonly faults: Diagnostic[];
  /** One for each head that was not read so far, in the order of the text. */
  errors: readonly IRecognitionException[];
  nextError: number;
  nextEarlier: number;
  nextToken: number;
  /** The last statement was unreadable text, of which one fault is enough. */
  unreadable: boolean;
}

export function lower(prepared: Prepared): Lowered {
  const walk: Walk = {
    ...prepared,
    faults: [],
    errors: [],
    nextError: 0,
    nextEarlier: 0,
    nextToken: 0,
    unreadable: false,
  };
  const statements: Statement[] = [];
  parseTokens(prepared.tokens, (node, errors) => {
    walk.errors = errors;
    statements.push(statement(walk, node));
  });
  return { statements, faults: walk.faults };
}

function statement(walk: Walk, node: CstNode): Statement {
  const head = nodes(node, 'head')[0];
  if (!head) throw new Error('the parser read a statement without a head');
  if (head.recoveredNode) return recovered(walk, node, head);
  walk.unreadable = false;
  const entryNode = nodes(head, 'entry')[0];
  if (entryNode) return entry(walk, entryNode, node);
  const connectionNode = nodes(head, 'connection')[0];
  if (connectionNode) return connection(walk, connectionNode, node);
  throw new Error('the parser read a head of an unknown form');
}

/** A head with a fault. An entry whose values were read keeps its block, so that others know what stands in it. */
function recovered(walk: Walk, node: CstNode, head: CstNode): Statement {
  const error = walk.errors[walk.nextError++];
  if (!error) throw new Error('the parser recovered without an error');
  const { first, before, last } = headOf(walk, error.token);
  const at = placeOf(walk.source, first, last);
  report(walk, at, { token: error.token, before, inConnection: nodes(head, 'connection').length > 0 });
  const [partial] = nodes(head, 'entry');
  if (partial && tokensOf(partial, 'part').length > 1 && nodes(node, 'block').length > 0)
    return entry(walk, partial, node);
  return { form: 'broken', at: spanning(at, blocksOf(walk, node).at(-1)?.at ?? at) };
}

/** The first and the last token of the head in which the parser stumbled over `token`, and the one before it, if in the head. */
function headOf(
  walk: Walk,
  token: IToken,
): { readonly first: IToken; readonly before: IToken | undefined; readonly last: IToken } {
  const { tokens } = walk;
  while (walk.nextToken < tokens.length && tokens[walk.nextToken] !== token) walk.nextToken++;
  let from = walk.nextToken;
  while (from > 0 && !isOver(tokens[from - 1])) from--;
  let to = walk.nextToken;
  while (!isOver(tokens[to])) to++;
  const first = tokens[from];
  const last = tokens[to - 1];
  if (!first || !last) throw new Error('the parser stumbled over a token that it was not given');
  return { first, before: from < walk.nextToken ? tokens[walk.nextToken - 1] : undefined, last };
}

function isOver(token: IToken | undefined): boolean {
  return !token || endsHead(token.tokenType);
}

function report(walk: Walk, at: Location, stumble: Stumble): void {
  const earlierAt = () => walk.earlier[walk.nextEarlier]?.at.start ?? Infinity;
  while (earlierAt() < at.start) walk.nextEarlier++;
  const explained = earlierAt() < at.end;
  const isUnreadable = stumble.token.tokenType === Unreadable;
  const repeated = isUnreadable && walk.unreadable;
  if (!explained && !repeated) walk.faults.push(misfit(walk.source, stumble));
  walk.unreadable = isUnreadable;
}

function entry(walk: Walk, node: CstNode, parent: CstNode): Statement {
  const parts = tokensOf(node, 'part');
  const tail = tokensOf(node, 'tail');
  const [head] = parts;
  const last = tail.at(-1) ?? parts.at(-1);
  if (!head || !last) throw new Error('the parser read an entry without a head');
  const groups = valuesOf(walk, parts);
  // `:`, the template, the label
  const template = tail[1] && word(walk, tail[1]);
  const label = tail[2] && text(walk, tail[2]);
  const blocks = blocksOf(walk, parent);
  const at = { source: walk.source, start: head.startOffset, end: blocks.at(-1)?.at.end ?? endOf(last) };
  const first = groups[0]?.[0];
  if (first?.form === 'word' && isArrowLike(first.text)) {
    walk.faults.push(notArrow(first.at));
    return { form: 'broken', at };
  }
  const result: Writable<Entry> = { form: 'entry', at, head: word(walk, head), groups, blocks };
  if (template) result.template = template;
  if (label) result.label = label;
  return result;
}

/** The values after the head, which is the first of the parts. */
function valuesOf(walk: Walk, parts: readonly IToken[]): Value[][] {
  let groups: Value[][] | undefined;
  let group: Value[] | undefined;
  for (let index = 1; index < parts.length; index++) {
    const token = parts[index];
    if (!token || token.tokenType === Comma) {
      group = undefined;
    } else if (token.tokenType !== CountToken) {
      const value = token.tokenType === TextToken ? text(walk, token) : word(walk, token, parts[index + 1]);
      if (group) group.push(value);
      else {
        group = [value];
        if (groups) groups.push(group);
        else groups = [group];
      }
    }
  }
  return groups ?? [];
}

function connection(walk: Walk, node: CstNode, parent: CstNode): Statement {
  const members = nodes(node, 'member').map((one) => member(walk, one));
  const { words, label } = tailOf(walk, tokensOf(node, 'tail'));
  const blocks = blocksOf(walk, parent);
  const second = nodes(parent, 'block')[1];
  const open = second && tokensOf(second, 'Open')[0];
  if (open) walk.faults.push(secondBlock(walk.source, open));
  const start = members[0]?.at;
  const end = blocks.at(-1)?.at ?? label?.at ?? words.at(-1)?.at ?? members.at(-1)?.at;
  if (!start || !end) throw new Error('the parser read a connection without members');
  const result: Writable<ConnectionStatement> = { form: 'connection', at: spanning(start, end), members, words };
  if (label) result.label = label;
  if (blocks[0]) result.block = blocks[0];
  return result;
}

/** `: http tls "label"`; a list of one word, as most are, is made with it. */
function tailOf(walk: Walk, tail: readonly IToken[]): { words: Word[]; label?: Text } {
  let words: Word[] | undefined;
  let label: Text | undefined;
  for (const token of tail) {
    if (token.tokenType === TextToken) label ??= text(walk, token);
    if (token.tokenType !== WordToken) continue;
    const one = word(walk, token);
    if (words) words.push(one);
    else words = [one];
  }
  return label ? { words: words ?? [], label } : { words: words ?? [] };
}

/** `x | y, z` */
function member(walk: Walk, node: CstNode): Member {
  const parts = tokensOf(node, 'part');
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last) throw new Error('the parser read a member without a name');
  const name = word(walk, first, parts[1]);
  let choice: Word[] | undefined = [name];
  const choices = [choice];
  for (let index = 1; index < parts.length; index++) {
    const token = parts[index];
    if (token?.tokenType === Comma) choice = undefined;
    else if (token?.tokenType === WordToken) {
      const other = word(walk, token, parts[index + 1]);
      if (choice) choice.push(other);
      else choices.push((choice = [other]));
    }
  }
  return { at: first === last ? name.at : placeOf(walk.source, first, last), choices };
}

function blocksOf(walk: Walk, parent: CstNode): Block[] {
  return nodes(parent, 'block').map((node) => {
    const open = tokensOf(node, 'Open')[0];
    const close = tokensOf(node, 'Close')[0];
    if (!open || !close) throw new Error('the parser read a block without braces');
    const statements = nodes(node, 'statement').map((one) => statement(walk, one));
    return { at: placeOf(walk.source, open, close), statements };
  });
}

function word(walk: Walk, token: IToken, next?: IToken): Word {
  const at = placeOf(walk.source, token);
  const counted = next?.tokenType === CountToken ? count(walk, token, next) : undefined;
  return counted ? { form: 'word', at, text: token.image, count: counted } : { form: 'word', at, text: token.image };
}

function count(walk: Walk, name: IToken, token: IToken): Count | undefined {
  const digits = /^\[[ \t]*(\d+)[ \t]*\]$/.exec(token.image)?.[1];
  const value = Number(digits ?? 0);
  const fault = !token.image.endsWith(']')
    ? 'open'
    : value < 1
      ? 'value'
      : endOf(name) < token.startOffset
        ? 'apart'
        : undefined;
  if (fault) walk.faults.push(wrongCount(walk.source, token, fault));
  return value < 1 ? undefined : { at: placeOf(walk.source, token), value };
}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', t: '\t' };

function text(walk: Walk, token: IToken): Text {
  const { source } = walk;
  const inside = token.image.slice(1, token.payload === 'unclosed' ? undefined : -1);
  const start = token.startOffset + 1;
  const strange = firstUnreadable(inside);
  if (strange >= 0) {
    const character = String.fromCodePoint(inside.codePointAt(strange) ?? 0);
    walk.faults.push(
      unreadable({ source, start: start + strange, end: start + strange + character.length }, character),
    );
  }
  if (!inside.includes('\\')) return { form: 'text', at: placeOf(source, token), text: inside };
  const resolved = inside.replace(/\\([^]?)/g, (escape: string, letter: string, offset: number) => {
    const known = escapes[letter];
    if (known === undefined) {
      walk.faults.push(unknownEscape({ source, start: start + offset, end: start + offset + escape.length }, escape));
    }
    return known ?? escape;
  });
  return { form: 'text', at: placeOf(source, token), text: resolved };
}
