// Templates that contain themselves, used or not.

import type { Statement, Word } from '../../grammar/tree.js';
import { quoted } from '../base/words.js';
import type { Faults, TemplateDeclaration } from './draft.js';

/** One fault for each round, at the word that closes it. */
export function reportRounds(templates: ReadonlyMap<string, TemplateDeclaration>, faults: Faults): void {
  const done = new Set<string>();
  const visit = (name: string, chain: readonly string[]) => {
    const template = templates.get(name);
    if (!template || done.has(name)) return;
    for (const word of usesOf(template.entry)) {
      const start = chain.indexOf(word.text);
      if (start < 0) {
        visit(word.text, [...chain, word.text]);
        continue;
      }
      faults.add({
        code: 'bad-template',
        message: `template ${quoted(word.text)} contains itself`,
        at: word.at,
        related: [{ at: templates.get(word.text)?.at ?? word.at, message: `the template ${quoted(word.text)}` }],
        notes: [`the round is ${[...chain.slice(start), word.text].map(quoted).join(' → ')}`],
        help: 'take one of the steps out',
      });
    }
    done.add(name);
  };
  for (const name of templates.keys()) visit(name, [name]);
}

function usesOf(statement: Statement): readonly Word[] {
  if (statement.form !== 'entry') return [];
  const inner = statement.blocks.flatMap((block) => block.statements.flatMap(usesOf));
  return statement.template ? [statement.template, ...inner] : inner;
}
