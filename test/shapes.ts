// A text → what the parser makes of it, in lines that are easy to compare.

import { parse, type Block, type Statement, type Tree, type Value } from '../grammar/index.js';
import { positionAt, textAt, type Location } from '../src/base/source.js';

export function read(text: string): Tree {
  return parse({ path: 'test.infra', text });
}

/** A tree as one line: `host [a[3] "x"] :t {…}`, `a|b,c -> d : http`, `broken`. */
export function shape(statement: Statement): string {
  const block = ({ statements }: Block) => `{${statements.map(shape).join('; ')}}`;
  const value = (one: Value) =>
    one.form === 'text' ? JSON.stringify(one.text) : one.text + (one.count ? `[${one.count.value}]` : '');
  switch (statement.form) {
    case 'broken':
      return 'broken';
    case 'entry':
      return [
        value(statement.head),
        ...(statement.groups.length > 0
          ? [`[${statement.groups.map((group) => group.map(value).join(' ')).join(', ')}]`]
          : []),
        ...(statement.template ? [`:${value(statement.template)}`] : []),
        ...(statement.label ? [value(statement.label)] : []),
        ...statement.blocks.map(block),
      ].join(' ');
    case 'connection':
      return [
        statement.members
          .map(({ choices }) => choices.map((choice) => choice.map(value).join('|')).join(','))
          .join(' -> '),
        ...(statement.words.length > 0 ? [':', ...statement.words.map(value)] : []),
        ...(statement.label ? [value(statement.label)] : []),
        ...(statement.block ? [block(statement.block)] : []),
      ].join(' ');
  }
}

export const shapes = (text: string) => read(text).statements.map(shape);

/** Each diagnostic as `line:column text message`. */
export function faults(text: string): string[] {
  return read(text).diagnostics.map(({ at, message }) => {
    const { line, column } = positionAt(at.source, at.start);
    return `${line}:${column} ${textAt(at)} ${message}`;
  });
}

export function everyLocation(tree: Tree): Location[] {
  const found: Location[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('source' in value && 'start' in value) {
      found.push(value as Location);
      return;
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  visit([tree.statements, tree.comments, tree.diagnostics]);
  return found;
}
