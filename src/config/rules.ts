// What a module of somebody's own exports → its rules, or what is wrong with them.

import { nearest } from '../base/nearest.js';
import { didYouMean, listed, quoted } from '../base/words.js';
import type { Category, Rule } from '../../rules/rule.js';

export type OwnRules = { readonly rules: readonly Rule[] } | { readonly problems: readonly Problem[] };

export interface Problem {
  readonly message: string;
  readonly help: string;
}

/** Categories are those of the catalogue; `module` is the name that messages use. */
export function rulesIn(
  exported: Readonly<Record<string, unknown>>,
  { module, categories }: { readonly module: string; readonly categories: readonly Category[] },
): OwnRules {
  const { rules } = exported;
  if (!Array.isArray(rules)) {
    const message = `${quoted(module)} exports no list of rules`;
    return { problems: [{ message, help: 'a module has `export const rules = [ … ]`' }] };
  }
  const problems = rules.flatMap((rule: unknown, index) =>
    problemsOf(rule, categories).map(({ message, help }) => {
      const name = isObject(rule) && typeof rule.id === 'string' ? quoted(rule.id) : `number ${index + 1}`;
      return { message: `rule ${name} of ${quoted(module)} ${message}`, help };
    }),
  );
  if (problems.length > 0) return { problems };
  return { rules: rules.map((rule: Rule) => ({ ...rule, module })) };
}

const required = ['id', 'category', 'summary', 'severity', 'preset', 'options', 'fixable', 'check'];
const optional = ['aliases', 'ranges', 'absence', 'page'];
/** Two parts, so that no rule of archlint's own will ever have the same name. */
const ownName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

function problemsOf(rule: unknown, categories: readonly Category[]): readonly Problem[] {
  if (!isObject(rule)) return [{ message: 'is no object', help: `a rule has ${listed(required.map(quoted))}` }];
  const missing = required.filter((key) => !Object.hasOwn(rule, key));
  const surplus = Object.keys(rule).filter((key) => ![...required, ...optional].includes(key));
  return [
    ...missing.map((key) => ({ message: `has no ${quoted(key)}`, help: `a rule has ${listed(required.map(quoted))}` })),
    ...surplus.map((key) => ({ message: `may not have ${quoted(key)}`, help: surplusHelp(key) })),
    ...Object.entries(rule).flatMap(([key, value]) => {
      const problem = wrong(key, value, categories);
      return problem === undefined ? [] : [problem];
    }),
  ];
}

function surplusHelp(key: string): string {
  if (key === 'precedence')
    return 'only rules of archlint take precedence over others: what they find is not to be hidden';
  return (
    didYouMean(nearest(key, [...required, ...optional])) ??
    `a rule has ${listed(required.map(quoted))}, and may have ${listed(optional.map(quoted))}`
  );
}

function wrong(key: string, value: unknown, categories: readonly Category[]): Problem | undefined {
  const choice = (choices: readonly string[]): Problem | undefined => {
    if (typeof value === 'string' && choices.includes(value)) return undefined;
    const near = typeof value === 'string' ? didYouMean(nearest(value, choices)) : undefined;
    return {
      message: `has a ${quoted(key)} that does not exist`,
      help: near ?? `it is ${listed(choices.map(quoted), 'or')}`,
    };
  };
  const unless = (fits: boolean, what: string): Problem | undefined =>
    fits ? undefined : { message: `has a ${quoted(key)} that is ${what}`, help: 'see the type `Rule` of archlint' };
  switch (key) {
    case 'id':
      if (typeof value === 'string' && ownName.test(value)) return undefined;
      return {
        message: 'has a name that is not one of its own',
        help: 'name it `team/what-is-wrong`: lower case, hyphens, and one `/` behind who made it',
      };
    case 'aliases':
      return unless(
        Array.isArray(value) && value.every((one) => typeof one === 'string' && ownName.test(one)),
        'no list of names such as `team/what-is-wrong`',
      );
    case 'category':
      return choice(categories);
    case 'severity':
      return choice(['error', 'warning', 'info']);
    case 'preset':
      return choice(['recommended', 'strict']);
    case 'summary':
      return unless(typeof value === 'string' && value.trim() !== '', 'no sentence');
    case 'page':
      return unless(typeof value === 'string', 'no Markdown');
    case 'check':
      return unless(typeof value === 'function', 'no function');
    case 'options':
    case 'ranges':
      return unless(isObject(value) && !Array.isArray(value), 'no object');
    case 'fixable':
    case 'absence':
      return unless(typeof value === 'boolean', 'neither `true` nor `false`');
    default:
      return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
