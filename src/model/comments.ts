// Comments that speak to archlint → the risks that they accept, each with what stands on the line that it is about.

import type { Comment, Tree } from '../../grammar/tree.js';
import { nearest } from '../base/nearest.js';
import { lineStarts, positionAt, type Location, type Source } from '../base/source.js';
import { quoted } from '../base/words.js';
import type { Faults } from './draft.js';
import type { Accept, AcceptOwner, System } from './system.js';
import { isDate } from './values.js';

/** What else can stand on a line. */
type Things = Pick<System, 'nodes' | 'zones' | 'connections'>;

type CommentAccept = Accept & { readonly owners: AcceptOwner[] };

/** Costs one look at each text that has no such comment. */
export function acceptsInComments(trees: readonly Tree[], things: Things, faults: Faults): readonly Accept[] {
  const accepts: CommentAccept[] = [];
  const byLine = new Map<string, CommentAccept[]>();
  for (const { source, comments } of trees) {
    if (!source.text.includes('archlint-')) continue;
    const ownLines = linesOfComments(source, comments);
    for (const comment of comments) {
      for (const at of directivesIn(comment)) {
        const read = readDirective(at, faults);
        if (!read) continue;
        const line = lineAbout(comment, ownLines);
        const accept = { ...read, owners: [{ of: 'line' as const, at: line }] };
        accepts.push(accept);
        const key = lineKey(line);
        byLine.set(key, [...(byLine.get(key) ?? []), accept]);
      }
    }
  }
  if (accepts.length > 0) addOwners(byLine, things);
  return accepts;
}

/** What is declared on the line accepts as its own block would. */
function addOwners(byLine: ReadonlyMap<string, readonly CommentAccept[]>, { nodes, zones, connections }: Things): void {
  const add = (at: Location, owner: AcceptOwner) => {
    for (const { owners } of byLine.get(lineKey(at)) ?? []) {
      if (owners.some((one) => one.of === 'line' && one.at.start <= at.start && at.start < one.at.end))
        owners.push(owner);
    }
  };
  for (const node of nodes.values()) add(node.at, { of: 'node', node });
  for (const record of zones.flatMap(({ records }) => records)) add(record.at, { of: 'record', record });
  for (const connection of connections) add(connection.at, { of: 'connection', connection });
}

function lineKey({ source, start }: Location): string {
  return `${positionAt(source, start).line} ${source.path}`;
}

/** The parts of a comment that speak to archlint; each ends where the next begins. */
function directivesIn({ at, text }: Comment): readonly Location[] {
  const starts = [...text.matchAll(/(?<=^|\s)#\s*archlint-/g)].map(({ index }) => index);
  return starts.map((from, index) => {
    const part = text.slice(from, starts[index + 1] ?? text.length).trimEnd();
    return { source: at.source, start: at.start + from, end: at.start + from + part.length };
  });
}

const directive =
  /^#\s*(?<word>archlint-[\w-]*)\s*(?<rule>[^\s:]*)(?:\s+(?<until>until)(?:\s+(?<date>[^\s:]+))?(?![^\s:]))?\s*(?<colon>:?)\s*(?<reason>.*)$/du;

/** `# archlint-accept RULE [until DATE]: reason`. */
function readDirective(at: Location, faults: Faults): Omit<Accept, 'owners'> | undefined {
  const match = directive.exec(at.source.text.slice(at.start, at.end));
  if (!match) return;
  const parts = match.groups ?? {};
  const placeOf = (part: string): Location => {
    const [start, end] = match.indices?.groups?.[part] ?? [0, at.end - at.start];
    return { source: at.source, start: at.start + start, end: at.start + end };
  };
  const { word = '', rule = '', date, reason = '' } = parts;
  if (word !== accepts && !looksMeant(word)) return;
  const wrong = faultIn(parts);
  if (wrong) {
    const help = 'write it as `# archlint-accept spof until 2027-03-01: one balancer is fine until launch`';
    faults.add({ code: 'wrong-value', message: wrong.message, at: placeOf(wrong.part), help });
    return;
  }
  return { rule, ruleAt: placeOf('rule'), reason, at, ...(date === undefined ? {} : { until: date }) };
}

/** What is wrong with the parts of a directive, and which of them is to be changed. */
function faultIn(parts: Readonly<Record<string, string | undefined>>): { part: string; message: string } | undefined {
  const { word = '', rule = '', until, date, colon = '', reason = '' } = parts;
  if (word !== accepts) return { part: 'word', message: `${quoted(word)} says nothing to archlint` };
  if (rule === '') return { part: 'word', message: `${quoted(word)} needs the id of a rule` };
  if (until !== undefined && date === undefined) return { part: 'until', message: '`until` needs a date' };
  if (date !== undefined && !isDate(date)) return { part: 'date', message: `${quoted(date)} is not a date` };
  if (colon !== '' && reason !== '') return undefined;
  return { part: 'rule', message: `${quoted(`${word} ${rule}`)} needs a \`:\` and a reason` };
}

const accepts = 'archlint-accept';

/** A misspelt word, or what another linter calls the same. Whatever else begins with `archlint-` is prose. */
function looksMeant(word: string): boolean {
  const own = word.slice('archlint-'.length);
  return /^(?:accept|allow|disable|ignore|suppress)/.test(own) || nearest(own, ['accept']).length > 0;
}

/** By the line's number: where its comment begins, if it has nothing else. */
function linesOfComments(source: Source, comments: readonly Comment[]): ReadonlySet<number> {
  const starts = lineStarts(source);
  const own = comments.flatMap(({ at }) => {
    const { line } = positionAt(source, at.start);
    return isBlank(source.text.slice(starts[line - 1], at.start)) ? [line] : [];
  });
  return new Set(own);
}

/** The line that a comment is behind; the next one with a statement if it has its own. */
function lineAbout({ at }: Comment, ownLines: ReadonlySet<number>): Location {
  const { source } = at;
  const starts = lineStarts(source);
  const lineAt = (line: number) => source.text.slice(starts[line - 1], starts[line] ?? source.text.length);
  const own = positionAt(source, at.start).line;
  const start = starts[own - 1] ?? 0;
  if (!ownLines.has(own)) return behind({ source, start, end: at.start });
  let line = own + 1;
  while (line <= starts.length && (ownLines.has(line) || isBlank(lineAt(line)))) line++;
  // At the end of a file there is nothing that it could be about.
  if (line > starts.length) return { source, start: at.start, end: at.start };
  const from = starts[line - 1] ?? 0;
  return before({ source, start: from, end: from + lineAt(line).length });
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/**
 * Of a line, what stands in the block in which it ends: behind `host a { web b` a comment is about `b`. That is what `archlint fmt`
 * leaves on one line with it. A brace at the very end changes nothing: behind `host a {` it is about `a`.
 */
function behind(line: Location): Location {
  const text = withoutTexts(line);
  const last = text.search(/[\s;{}]*$/);
  return { ...line, start: line.start + (unpaired(text).findLast((at) => at < last) ?? -1) + 1 };
}

/** The same for a comment on the line before: before `host a { web b`, which goes on below, it is about `a`. */
function before(line: Location): Location {
  const text = withoutTexts(line);
  const first = text.search(/[^\s;}]/);
  const end = unpaired(text).find((at) => at >= first);
  return { ...line, end: end === undefined ? line.end : line.start + end };
}

/** Where braces stand whose other half is on another line. */
function unpaired(text: string): readonly number[] {
  const closing: number[] = [];
  const open: number[] = [];
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === '{') open.push(index);
    else if (open.pop() === undefined) closing.push(index);
  }
  return [...closing, ...open].sort((a, b) => a - b);
}

/** As long as it was; quotes, and a comment behind it, hold no braces. */
function withoutTexts({ source, start, end }: Location): string {
  return source.text
    .slice(start, end)
    .replace(/"(?:[^"\\]|\\.)*"?|#.*/g, (quote) => (quote.startsWith('#') ? ' ' : '_').repeat(quote.length));
}
