// The options of `render` that are the same for all drawn formats: the theme, and the findings to stand out.

import type { Diagnostic, RenderOptions } from '../index.js';
import { usage } from './arguments.js';
import { nearest } from '../base/nearest.js';
import { didYouMean, listed, quoted } from '../base/words.js';
import { valueOf, type Call } from './command.js';
import { render as command } from './commands/render.js';

export function lookOf({ arguments: given }: Call, findings: readonly Diagnostic[]): RenderOptions {
  const theme = (valueOf(given, 'theme') ?? 'auto') as RenderOptions['theme'];
  const wanted = valueOf(given, 'focus');
  return wanted === undefined ? { theme } : { theme, focus: numbersOf(wanted, findings) };
}

/** The findings that a number, a rule, or a rule and a subject (`spof:c`) name; by their numbers in the picture. */
function numbersOf(wanted: string, findings: readonly Diagnostic[]): number[] {
  const [rule = '', ...rest] = wanted.split(':');
  const subject = rest.join(':');
  const numbers = findings.flatMap(({ code, subjects }, index) => {
    const named = code === rule && (rest.length === 0 || subjects.includes(subject));
    return named || String(index + 1) === wanted ? [index + 1] : [];
  });
  if (numbers.length > 0) return numbers;
  const names = findings.flatMap(({ code, subjects }) => [code, ...subjects.map((each) => `${code}:${each}`)]);
  const rules = [...new Set(findings.map(({ code }) => quoted(code)))];
  const known =
    rules.length === 0
      ? 'the picture has none'
      : `it may be a number from 1 to ${findings.length}, or one of ${listed(rules, 'and')}`;
  throw usage(command, `no finding is ${quoted(wanted)}; ${didYouMean(nearest(wanted, [...new Set(names)])) ?? known}`);
}
