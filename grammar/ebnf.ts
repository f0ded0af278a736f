// The grammar, as chevrotain keeps it -> EBNF (ISO 14977), for the reference. Rules that are no text of their own get a sentence.

import type { ISerializedGast } from 'chevrotain';
import { InfraParser } from './parser.js';

/** What the words of the grammar look like. */
const terminals: Readonly<Record<string, string>> = {
  end: 'line end | ";" | ? nothing, where a block or the file begins, and after "}" ?',
  word: '? characters other than spaces and # " { } ; , | [ ] :, up to "->" if that comes; or an IPv6 address ?',
  count: '"[", digit, { digit }, "]"',
  text: '\'"\', { ? any character but " and \\ and a line end ? | "\\", ( \'"\' | "\\" | "n" | "t" ) }, \'"\'',
};

type Part = ISerializedGast & { definition?: Part[]; name?: string; label?: string };

export function ebnf(): string {
  const rules = new InfraParser().getSerializedGastProductions() as Part[];
  const width = Math.max(...rules.map((rule) => (rule.name ?? '').length));
  const line = (name: string, text: string) => `${name.padEnd(width)} = ${text} ;`;
  return [
    ...rules.map((rule) => line(rule.name ?? '', sequence(rule.definition ?? []))),
    ...Object.entries(terminals).map(([name, text]) => line(name, text)),
  ].join('\n');
}

function sequence(parts: readonly Part[]): string {
  return parts
    .map((part) => production(part))
    .filter((text) => text !== '')
    .join(', ');
}

function production(part: Part): string {
  const inside = sequence(part.definition ?? []);
  switch (part.type) {
    case 'Terminal': {
      const label = part.label ?? '';
      return label in terminals ? label : `"${label}"`;
    }
    case 'NonTerminal':
      return part.name ?? '';
    case 'Option':
      return `[ ${inside} ]`;
    case 'Repetition':
      return `{ ${inside} }`;
    case 'RepetitionMandatory':
      return `${inside}, { ${inside} }`;
    case 'Alternation': {
      const alternatives = (part.definition ?? []).map(production).filter((text) => text !== '');
      return alternatives.length > 1 ? `( ${alternatives.join(' | ')} )` : alternatives.join('');
    }
    default:
      return inside;
  }
}
