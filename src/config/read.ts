// The text of a config → its value, or the faults in it as diagnostics. Plain JSON is read by the engine; only a text with comments, or with
// a fault, is read again with positions.

import { parse, type DocumentNode, type ValueNode } from '@humanwhocodes/momoa';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { Location, Source } from '../base/source.js';
import { faultsOfShape, type Fault, type Path } from './check.js';
import type { Config } from './shape.js';

/** A text, and where in it the config begins: `archlint` within a package.json. */
export interface ConfigText {
  readonly source: Source;
  readonly within: Path;
}

export type Read = { readonly config: Config } | { readonly faults: readonly Diagnostic[] };

/** JSON with comments and trailing commas → its value, or the fault that keeps it from being read. */
export function readJson(source: Source): { readonly value: unknown } | { readonly fault: Diagnostic } {
  try {
    return { value: JSON.parse(source.text) as unknown };
  } catch {
    const document = documentOf(source);
    return 'fault' in document ? document : { value: plain(document.tree.body) };
  }
}

export function readConfig(text: ConfigText): Read {
  const whole = readJson(text.source);
  if ('fault' in whole) return { faults: [whole.fault] };
  const value = text.within.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], whole.value);
  const faults = faultsOfShape(value);
  return faults.length > 0 ? { faults: located(faults, text) } : { config: value as Config };
}

/** Faults that were told by path, at their places. */
export function located(faults: readonly Fault[], text: ConfigText): readonly Diagnostic[] {
  const document = documentOf(text.source);
  return faults.map(({ path, on, message, help }) => {
    const at =
      'fault' in document
        ? start(text.source)
        : placeIn(document.tree, { path: [...text.within, ...path], on }, text.source);
    return diagnostic({ code: 'config', message, at, ...(help === undefined ? {} : { help }) });
  });
}

/** Where a value stands, from the name of its member on; the whole text where the path leads nowhere. */
export function placeOf(path: Path, text: ConfigText): Location {
  const document = documentOf(text.source);
  if ('fault' in document) return start(text.source);
  return placeIn(document.tree, { path: [...text.within, ...path], on: 'name' }, text.source);
}

type Document = { readonly tree: DocumentNode } | { readonly fault: Diagnostic };

/** With comments and trailing commas, as editors allow them in settings. */
function documentOf(source: Source): Document {
  try {
    return { tree: parse(source.text, { mode: 'jsonc', allowTrailingCommas: true }) };
  } catch (error) {
    const { offset } = error as { offset?: number };
    return { fault: unreadable(source, offset ?? 0) };
  }
}

function unreadable(source: Source, offset: number): Diagnostic {
  const { text } = source;
  // An opening bracket that is never closed is reported where it stands, which is of no use: what is missing is missing at the end.
  const ends = text.slice(offset).trim() === '' || (offset === 0 && /^\s*[{[]/.test(text));
  const end = text.trimEnd().length;
  const at = ends ? end : offset;
  const word = /^(?:[\w$.+-]+|.)/su.exec(text.slice(at))?.[0] ?? '';
  return diagnostic({
    code: 'config',
    message: ends ? 'the text ends too early' : 'this is no JSON',
    at: { source, start: at, end: ends ? at : at + word.length },
    label: ends ? 'something is not closed' : `\`${word}\` cannot stand here`,
    help: ends
      ? 'close every `{`, `[` and `"`'
      : 'names and texts stand in double quotes, with commas between; comments are allowed',
  });
}

function plain(node: ValueNode): unknown {
  switch (node.type) {
    case 'Object':
      // As JSON.parse does it: `__proto__` is a name like any other.
      return Object.fromEntries(node.members.map(({ name, value }) => [nameOf(name), plain(value)]));
    case 'Array':
      return node.elements.map(({ value }) => plain(value));
    case 'Null':
      return null;
    case 'String':
    case 'Number':
    case 'Boolean':
      return node.value;
    default:
      return undefined;
  }
}

function nameOf(node: { readonly type: string }): string {
  return 'value' in node ? String(node.value) : 'name' in node ? String(node.name) : '';
}

function placeIn({ body }: DocumentNode, { path, on }: Pick<Fault, 'path' | 'on'>, source: Source): Location {
  let node: ValueNode = body;
  let place = node.loc;
  for (const [index, step] of path.entries()) {
    if (node.type === 'Object') {
      // Of a name that stands twice the last one counts.
      const member = node.members.findLast(({ name }) => nameOf(name) === step);
      if (!member) break;
      node = member.value;
      place = index === path.length - 1 && on === 'name' ? member.name.loc : node.loc;
    } else if (node.type === 'Array') {
      const element = node.elements[Number(step)];
      if (!element) break;
      node = element.value;
      place = node.loc;
    } else break;
  }
  return {
    source,
    start: place.start.offset,
    end: on === 'value' && node === body ? place.start.offset + 1 : place.end.offset,
  };
}

function start(source: Source): Location {
  return { source, start: 0, end: 0 };
}
