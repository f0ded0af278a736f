// `archlint rules`: the catalogue, for people and for programs.

import { catalogue, said, type Rule, type Style } from '../../index.js';
import { flag, type Call } from '../command.js';
import { styleFor } from '../style.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const text = flag(given, 'json') ? json(catalogue) : listing(catalogue, await styleFor(call, world.stdout));
  world.stdout.write(text);
  return 0;
}

/** A contract (`src/report/schema/rules.json`): fields may be added, never changed. */
function json(rules: readonly Rule[]): string {
  const entries = rules.map(({ id, category, summary, severity, preset, aliases, fixable, options }) => {
    return { id, category, summary, severity, preset, aliases: aliases ?? [], fixable, options };
  });
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

function listing(rules: readonly Rule[], style: Style): string {
  const { paint } = style;
  const width = Math.max(...rules.map(({ id }) => id.length));
  const byCategory = new Map<string, Rule[]>();
  for (const rule of rules) byCategory.set(rule.category, [...(byCategory.get(rule.category) ?? []), rule]);
  const parts = Array.from(byCategory, ([category, members]) => {
    const lines = members.map(({ id, severity, summary, preset }) => {
      const sign = said(preset === 'strict' ? '○' : '●', style);
      return `  ${sign} ${id.padEnd(width)}  ${paint[severity](severity.padEnd(7))}  ${said(summary, style)}`;
    });
    return [paint.strong(category), ...lines].join('\n');
  });
  return `${parts.join('\n\n')}\n\n${said("● recommended  ○ strict only; `archlint explain RULE` shows a rule's page", style)}\n`;
}
