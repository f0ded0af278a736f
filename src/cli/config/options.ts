// The options about the config that commands share, and what they state.

import { nearest } from '../../base/nearest.js';
import { didYouMean, listed, quoted } from '../../base/words.js';
import { usage } from '../arguments.js';
import { valueOf, type Arguments, type Command, type Option } from '../command.js';

/** Which config is read. */
export const configOptions: readonly Option[] = [
  { name: 'config', value: 'FILE', summary: 'the config, instead of the nearest one above each file' },
  { name: 'no-config', summary: 'read no config at all' },
];

/** What goes before the config. */
export const ruleOptions: readonly Option[] = [
  {
    name: 'preset',
    value: 'PRESET',
    choices: ['recommended', 'strict'],
    summary: 'which rules are on, whatever the config says (default: recommended)',
  },
  {
    name: 'rule',
    value: 'RULE=SEVERITY',
    many: true,
    summary: 'turn a rule `off` or `on`, or make it an `error`, a `warning` or an `info`, whatever the config says',
  },
];

/** What `--rule` may say of a rule. */
export const severities = ['off', 'on', 'error', 'warning', 'info'] as const;

export type Severity = (typeof severities)[number];

/** What the command line states about rules. */
export interface Stated {
  readonly preset?: 'recommended' | 'strict';
  readonly rules: Readonly<Record<string, Severity>>;
}

export function statedBy(command: Command, given: Arguments): Stated {
  const preset = valueOf(given, 'preset') as Stated['preset'];
  const rules = (given.values.get('rule') ?? [])
    .flatMap((text) => text.split(','))
    .map((text) => ruleIn(command, text));
  return { ...(preset === undefined ? {} : { preset }), rules: Object.fromEntries(rules) };
}

function ruleIn(command: Command, text: string): readonly [string, Severity] {
  const [name = '', severity, ...rest] = text.split('=').map((part) => part.trim());
  if (name === '' || severity === undefined || rest.length > 0) {
    throw usage(
      command,
      `\`--rule\` needs a rule and a severity, such as \`--rule spof=warning\`, not ${quoted(text)}`,
    );
  }
  const known = severities.find((one) => one === severity);
  if (known) return [name, known];
  const hint = didYouMean(nearest(severity, severities)) ?? `it may be ${listed(severities.map(quoted), 'or')}`;
  throw usage(command, `\`--rule ${name}\` cannot be ${quoted(severity)}; ${hint}`);
}

/** The rules that were named exist. */
export function checkNames(command: Command, { rules }: Stated, names: ReadonlySet<string>): void {
  for (const name of Object.keys(rules)) {
    if (names.has(name)) continue;
    const hint = didYouMean(nearest(name, names));
    throw usage(command, `there is no rule ${quoted(name)}${hint === undefined ? '' : `; ${hint}`}`);
  }
}
