// A parser that has learned its grammar → the text of `grammar/learned.gen.ts`, which spares the others the learning.

import type { IToken, TokenType } from 'chevrotain';
import { EOF } from 'chevrotain';
import type { Decision } from '../grammar/learned.js';
import type { InfraParser } from '../grammar/parser.js';
import { vocabulary } from '../grammar/tokens.js';

/** More alternatives than any rule has. */
const MOST = 8;

export function learnedModule({ findings }: InfraParser): string {
  const resync = Object.fromEntries(Object.entries(findings.resync).map(([use, types]) => [use, types.map(nameOf)]));
  const enter: Record<number, readonly string[]> = {};
  const choose: Record<number, readonly (readonly string[])[]> = {};
  for (const [key, decision] of findings.decisions) {
    const begins = types.filter((type) => asked(decision, type, 0) === true).map(nameOf);
    if (begins.length > 0) enter[key] = begins;
    else choose[key] = alternatives(decision);
  }
  return [
    '// What chevrotain learns of the grammar. Made by `UPDATE=1 npm test`.',
    "import type { Learned } from './learned.js';\n",
    'export const learned: Learned = {',
    ...lines('resync', resync, literal),
    ...lines('enter', enter, literal),
    ...lines('choose', choose, (all) => `[${all.map(literal).join(', ')}]`),
    '};\n',
  ].join('\n');
}

function lines<V>(name: string, values: Readonly<Record<string, V>>, shown: (value: V) => string): readonly string[] {
  const own = Object.entries(values).map(
    ([key, value]) => `    ${/^\d+$/.test(key) ? key : `'${key}'`}: ${shown(value)},`,
  );
  return [`  ${name}: {`, ...own, '  },'];
}

function literal(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}

const types = [...vocabulary, EOF];

function nameOf({ name }: TokenType): string {
  return name;
}

/** Each alternative is asked for alone: the gates of the others are shut. */
function alternatives(decision: Decision): readonly (readonly string[])[] {
  const all = Array.from({ length: MOST }, (_, at) => types.filter((type) => asked(decision, type, at) === at));
  const count = all.findLastIndex((begin) => begin.length > 0) + 1;
  return all.slice(0, count).map((begin) => (begin.length === types.length ? [] : begin.map(nameOf)));
}

function asked(decision: Decision, tokenType: TokenType, open: number): boolean | number | undefined {
  const next = { tokenType, tokenTypeIdx: tokenType.tokenTypeIdx } as IToken;
  const parser = { LA: () => next, LA_FAST: () => next };
  const given = Array.from({ length: MOST }, (_, at) => ({ ALT: () => undefined, GATE: () => at === open }));
  return decision.call(parser, given);
}
