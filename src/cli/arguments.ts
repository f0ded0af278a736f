// Words behind a command → its operands and options, or a kind word about what is wrong with them.

import { parseArgs } from 'node:util';
import { nearest } from '../base/nearest.js';
import { didYouMean, listed, quoted } from '../base/words.js';
import { common, type Arguments, type Command, type Option } from './command.js';
import { Trouble } from './world.js';

export function readArguments(command: Command, args: readonly string[]): Arguments {
  const options = [...command.options, ...common];
  const known = new Map(options.map((option) => [option.name, option]));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      options.map(({ name, short, value, optional }) => [
        name,
        {
          type: value === undefined || optional ? ('boolean' as const) : ('string' as const),
          ...(short === undefined ? {} : { short }),
        },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operands: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = known.get(token.name);
    if (!option) throw unknownOption(command, token.rawName, options);
    const value = checked(command, option, token);
    const list = values.get(option.name);
    if (list) list.push(value);
    else values.set(option.name, [value]);
  }
  const extra = operands[command.most];
  if (extra !== undefined && !values.has('help')) {
    throw usage(
      command,
      `\`${command.name}\` takes ${command.most === 0 ? 'no operand' : `only ${command.most}`}, so what is ${quoted(extra)}?`,
    );
  }
  return { operands, values };
}

export function usage(command: Command, message: string): Trouble {
  return new Trouble(message, `\`archlint ${command.name} --help\` shows what it takes`);
}

function unknownOption(command: Command, name: string, options: readonly Option[]): Trouble {
  const all = options.map((option) => `--${option.name}`);
  const hint = didYouMean(nearest(name, all));
  return usage(command, `unknown option ${quoted(name)}${hint === undefined ? '' : `; ${hint}`}`);
}

interface Token {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checked(command: Command, option: Option, { rawName, value, inlineValue }: Token): string {
  if (option.value === undefined) {
    if (value !== undefined) throw usage(command, `${quoted(rawName)} takes no value`);
    return '';
  }
  if (value === undefined && option.optional) return '';
  if (value === undefined || (!inlineValue && value.length > 1 && value.startsWith('-'))) {
    throw usage(command, `${quoted(rawName)} needs a value: ${option.choices?.join(', ') ?? option.value}`);
  }
  const choice = option.many ? (value.split('=')[0] ?? '') : value;
  if (option.choices && !option.choices.includes(choice)) {
    const near = didYouMean(nearest(choice, option.choices));
    const hint = near ?? `it may be ${listed(option.choices.map(quoted), 'or')}`;
    throw usage(command, `${quoted(rawName)} cannot be ${quoted(choice)}; ${hint}`);
  }
  return value;
}
