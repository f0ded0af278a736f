// What chevrotain learns of the grammar ⇄ data, so that it is learned once, by a test, and not at every start: a tenth of a short check.

import { EOF, type IOrAlt, type IToken, type TokenType } from 'chevrotain';
import { vocabulary } from './tokens.js';

export interface Learned {
  /** By a rule's use in another: the tokens at which reading goes on after a fault in it. */
  readonly resync: Readonly<Record<string, readonly string[]>>;
  /** By chevrotain's number of an optional or repeated part of a rule: the tokens that begin it. */
  readonly enter: Readonly<Record<number, readonly string[]>>;
  /** By chevrotain's number of a choice in a rule: the tokens that begin each alternative; an empty one begins with any. */
  readonly choose: Readonly<Record<number, readonly (readonly string[])[]>>;
}

/** As chevrotain calls it: on the parser, with the alternatives if it is a choice. */
export type Decision = (
  this: { LA(distance: number): IToken },
  alternatives: readonly IOrAlt<unknown>[],
) => boolean | number | undefined;

const byName = new Map([...vocabulary, EOF].map((type) => [type.name, type]));

function named(name: string): TokenType {
  const type = byName.get(name);
  if (!type) throw new Error(`the grammar has no token ${name}: run \`UPDATE=1 npm test\``);
  return type;
}

export function resyncOf({ resync }: Learned): Readonly<Record<string, readonly TokenType[]>> {
  return Object.fromEntries(Object.entries(resync).map(([use, names]) => [use, names.map(named)]));
}

export function* decisionsOf({ enter, choose }: Learned): Iterable<readonly [number, Decision]> {
  for (const [key, names] of Object.entries(enter)) {
    const types = names.map(named);
    yield [
      Number(key),
      function () {
        return types.includes(this.LA(1).tokenType);
      },
    ];
  }
  for (const [key, alternatives] of Object.entries(choose)) {
    const types = alternatives.map((names) => names.map(named));
    yield [
      Number(key),
      function (given) {
        const next = this.LA(1).tokenType;
        const at = types.findIndex(
          (begin, index) => (begin.length === 0 || begin.includes(next)) && given[index]?.GATE?.call(this) !== false,
        );
        return at < 0 ? undefined : at;
      },
    ];
  }
}
