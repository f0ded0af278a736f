// What a command is: what help, completion and the reading of arguments need to know of it, and how to load the rest.

import type { World } from './world.js';

export interface Command {
  readonly name: string;
  /** One line, lower case, no full stop. */
  readonly summary: string;
  /** What stands behind the options: `[path…]`. */
  readonly operands: string;
  /** The most operands it takes. */
  readonly most: number;
  readonly options: readonly Option[];
  readonly examples: readonly (readonly [line: string, what: string])[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** What the value is: `DATE`. Absent for a flag. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** May stand alone; a value is then written behind `=`. */
  readonly optional?: boolean;
  /** May stand several times; every value counts. Elsewhere the last one does. */
  readonly many?: boolean;
  readonly summary: string;
}

export interface Arguments {
  readonly operands: readonly string[];
  /** By name, in order of appearance; a flag that is set has one empty value. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export interface Call {
  readonly world: World;
  readonly arguments: Arguments;
}

/** Ends with the exit status; throws `Trouble` for status 2. */
export type Run = (call: Call) => Promise<number>;

export const common: readonly Option[] = [
  {
    name: 'color',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    summary: 'colour (auto: on a terminal, unless NO_COLOR is set)',
  },
  { name: 'ascii', summary: 'draw with ASCII characters only' },
  { name: 'help', short: 'h', summary: 'show this help' },
];

export function flag(given: Arguments, name: string): boolean {
  return given.values.has(name);
}

/** The last value of an option. */
export function valueOf(given: Arguments, name: string): string | undefined {
  return given.values.get(name)?.at(-1);
}
