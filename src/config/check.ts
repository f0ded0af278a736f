// A value that was read from a config → the faults in it, by path: unknown keys, wrong types, unknown rules and options.

import { nearest } from '../base/nearest.js';
import { didYouMean, listed, quoted } from '../base/words.js';
import type { Rule } from '../../rules/rule.js';
import { keys, override, ruleValues, type Form, type Table } from './shape.js';

/** The way to a value: names of members and numbers of elements. */
export type Path = readonly (string | number)[];

export interface Fault {
  readonly path: Path;
  /** Whether the name of the last member is wrong, or its value. */
  readonly on: 'name' | 'value';
  readonly message: string;
  readonly help?: string;
}

/** All that can be told without the catalogue. */
export function faultsOfShape(value: unknown): readonly Fault[] {
  return isObject(value)
    ? faultsOfTable(value, keys, [])
    : [{ path: [], on: 'value', message: `a config is an object, not ${typeName(value)}` }];
}

/** Rules and options that do not exist, and options of another type. `value` has no fault of shape. */
export function faultsOfRules(value: unknown, catalogue: readonly Rule[]): readonly Fault[] {
  const { rules, overrides } = value as { rules?: object; overrides?: readonly { rules?: object }[] };
  return [
    ...ruleFaults(rules, ['rules'], catalogue),
    ...(overrides ?? []).flatMap((one, index) => ruleFaults(one.rules, ['overrides', index, 'rules'], catalogue)),
  ];
}

function faultsOfTable(value: Readonly<Record<string, unknown>>, table: Table, path: Path): readonly Fault[] {
  return Object.entries(value).flatMap(([name, inner]): readonly Fault[] => {
    const key = Object.hasOwn(table, name) ? table[name] : undefined;
    if (key) return faultsOfForm(inner, key.form, [...path, name]);
    const known = Object.keys(table).filter((one) => one !== '$schema');
    return [
      {
        path: [...path, name],
        on: 'name',
        message: `there is no key ${quoted(name)}${table === override ? ' in an override' : ''}`,
        help: didYouMean(nearest(name, known)) ?? `the keys are ${listed(known.map(quoted))}`,
      },
    ];
  });
}

function faultsOfForm(value: unknown, form: Form, path: Path): readonly Fault[] {
  const name = path.at(-1) ?? '';
  const wrong = (what: string, at: Path = path): readonly Fault[] => {
    return [{ path: at, on: 'value', message: `\`${name}\` is ${what}, not ${typeName(value)}` }];
  };
  switch (form.is) {
    case 'text':
      return isText(value) ? [] : wrong('a text');
    case 'text or false':
      return isText(value) || value === false ? [] : wrong('a text or `false`');
    case 'texts':
      return Array.isArray(value) && value.every(isText) ? [] : wrong('a list of texts');
    case 'text or texts':
      return isText(value) || (Array.isArray(value) && value.every(isText)) ? [] : wrong('a text or a list of texts');
    case 'choice':
      return choiceFaults(value, form.of, path);
    case 'shares':
      return isObject(value) ? shareFaults(value, form.of, path) : wrong('an object of availabilities by kind');
    case 'rules':
      return isObject(value)
        ? Object.entries(value).flatMap(([id, one]) => ruleFormFaults(one, [...path, id]))
        : wrong('an object of rules');
    case 'list':
      if (!Array.isArray(value)) return wrong('a list of objects');
      return value.flatMap((one: unknown, index): readonly Fault[] => {
        const at = [...path, index];
        if (!isObject(one))
          return [{ path: at, on: 'value', message: `an element of \`${name}\` is an object, not ${typeName(one)}` }];
        const missing = form.needs.filter((key) => !Object.hasOwn(one, key));
        return [
          ...missing.map((key): Fault => ({
            path: at,
            on: 'value',
            message: `an element of \`${name}\` needs \`${key}\``,
          })),
          ...faultsOfTable(one, form.of, at),
        ];
      });
  }
}

function choiceFaults(value: unknown, choices: readonly string[], path: Path): readonly Fault[] {
  if (typeof value === 'string' && choices.includes(value)) return [];
  const name = path.at(-1) ?? '';
  const near = typeof value === 'string' ? didYouMean(nearest(value, choices)) : undefined;
  const message = `\`${name}\` cannot be ${typeof value === 'string' ? quoted(value) : typeName(value)}`;
  return [{ path, on: 'value', message, help: near ?? `it is ${listed(choices.map(quoted), 'or')}` }];
}

function shareFaults(value: Readonly<Record<string, unknown>>, kinds: readonly string[], path: Path): readonly Fault[] {
  return Object.entries(value).flatMap(([kind, share]): readonly Fault[] => {
    const at = [...path, kind];
    if (!kinds.includes(kind)) {
      const help = didYouMean(nearest(kind, kinds)) ?? `the kinds are ${listed(kinds.map(quoted))}`;
      return [{ path: at, on: 'name', message: `${quoted(kind)} is no kind`, help }];
    }
    if (shareOf(share) !== undefined) return [];
    const message = `the availability of ${quoted(kind)} is a percentage in quotes, not ${typeName(share)}`;
    return [{ path: at, on: 'value', message, help: 'write it as `"99.9%"`' }];
  });
}

/** `"99.9%"` → 0.999; nothing for whatever is no share. */
export function shareOf(value: unknown): number | undefined {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null;
  const percent = Number(match?.[1] ?? NaN);
  return percent >= 0 && percent <= 100 ? Number((percent / 100).toFixed(15)) : undefined;
}

const ruleObject = ['severity', 'options'];

function ruleFormFaults(value: unknown, path: Path): readonly Fault[] {
  if (!isObject(value)) return choiceFaults(value, ruleValues, path);
  return Object.entries(value).flatMap(([name, inner]): readonly Fault[] => {
    const at = [...path, name];
    if (name === 'severity') return choiceFaults(inner, ruleValues, at);
    if (name !== 'options') {
      const help = didYouMean(nearest(name, ruleObject)) ?? 'a rule has `severity` and `options`';
      return [{ path: at, on: 'name', message: `a rule has no key ${quoted(name)}`, help }];
    }
    return isObject(inner)
      ? []
      : [{ path: at, on: 'value', message: `\`options\` is an object, not ${typeName(inner)}` }];
  });
}

function ruleFaults(rules: object | undefined, path: Path, catalogue: readonly Rule[]): readonly Fault[] {
  const byName = new Map(catalogue.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])].map((name) => [name, rule])));
  return Object.entries(rules ?? {}).flatMap(([name, value]): readonly Fault[] => {
    const rule = byName.get(name);
    const at = [...path, name];
    if (!rule) {
      const help = didYouMean(nearest(name, byName.keys())) ?? '`archlint rules` lists the rules';
      return [{ path: at, on: 'name', message: `there is no rule ${quoted(name)}`, help }];
    }
    return optionFaults(rule, isObject(value) ? value.options : undefined, [...at, 'options']);
  });
}

function optionFaults(rule: Rule, options: unknown, path: Path): readonly Fault[] {
  const usual = rule.options as Readonly<Record<string, unknown>>;
  const names = Object.keys(usual);
  return Object.entries(isObject(options) ? options : {}).flatMap(([name, value]): readonly Fault[] => {
    const at = [...path, name];
    if (!names.includes(name)) {
      const all =
        names.length === 0 ? `${quoted(rule.id)} has no options` : `its options are ${listed(names.map(quoted))}`;
      const help = didYouMean(nearest(name, names)) ?? all;
      return [{ path: at, on: 'name', message: `${quoted(rule.id)} has no option ${quoted(name)}`, help }];
    }
    const message = optionFault(value, usual[name], (rule.ranges as Ranges | undefined)?.[name]);
    return message === undefined ? [] : [{ path: at, on: 'value', message: `the option ${quoted(name)} ${message}` }];
  });
}

type Ranges = Readonly<Record<string, readonly [number, number] | undefined>>;

/** An option has the type of its default. */
function optionFault(value: unknown, usual: unknown, range: readonly [number, number] | undefined): string | undefined {
  if (Array.isArray(usual)) {
    const element: unknown = usual[0] ?? '';
    const fits = Array.isArray(value) && value.every((one: unknown) => typeof one === typeof element);
    return fits
      ? undefined
      : `is a list of ${typeof element === 'number' ? 'numbers' : 'texts'}, not ${typeName(value)}`;
  }
  if (typeof usual !== 'number') {
    const what = typeof usual === 'boolean' ? '`true` or `false`' : 'a text';
    return typeof value === typeof usual ? undefined : `is ${what}, not ${typeName(value)}`;
  }
  const whole = Number.isInteger(usual);
  const what = whole ? 'a whole number' : 'a number';
  if (typeof value !== 'number' || (whole && !Number.isInteger(value))) return `is ${what}, not ${typeName(value)}`;
  const [least, greatest] = range ?? [-Infinity, Infinity];
  return value >= least && value <= greatest ? undefined : `is ${what} from ${least} to ${greatest}, not ${value}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** With its article, as messages name what they met. */
function typeName(value: unknown): string {
  if (value === null) return '`null`';
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return 'a list of other things';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
    case 'boolean':
      return `\`${String(value)}\``;
    default:
      return 'an object';
  }
}
