// `archlint rules`: the catalogue, for people and for programs.

import { said, wrap, type Rule, type Style } from '../../index.js';
import { rules as command } from '../commands/rules.js';
import { flag, type Call } from '../command.js';
import { rulesHere } from '../config/settings.js';
import { styleFor } from '../style.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const all = await rulesHere(call, command);
  const text = flag(given, 'json') ? json(all) : listing(all, await styleFor(call, world.stdout));
  world.stdout.write(text);
  return 0;
}

/** A contract (`src/report/schema/rules.json`): fields may be added, never changed. */
function json(rules: readonly Rule[]): string {
  const entries = rules.map(({ id, category, summary, severity, preset, aliases, fixable, options, module }) => {
    return {
      id,
      category,
      summary,
      severity,
      preset,
      aliases: aliases ?? [],
      fixable,
      options,
      module: module ?? null,
    };
  });
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

const signs = { recommended: '●', strict: '○' } as const;

/** On a terminal the summaries are wrapped beside their rules; elsewhere each rule is one line. */
function listing(rules: readonly Rule[], style: Style): string {
  const { paint } = style;
  const byCategory = new Map<string, Rule[]>();
  for (const rule of rules) byCategory.set(rule.category, [...(byCategory.get(rule.category) ?? []), rule]);
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const lead = `  ○ ${' '.repeat(widest)}  warning  `.length;
  const width = (style.columns ?? Infinity) - lead;
  const parts = Array.from(byCategory, ([category, members]) => {
    const lines = members.flatMap(({ id, severity, summary, preset }) => {
      const [first = '', ...rest] = wrap(said(summary, style), width);
      const head = `  ${said(signs[preset], style)} ${id.padEnd(widest)}  ${paint[severity](severity.padEnd(7))}  ${first}`;
      return [head, ...rest.map((line) => ' '.repeat(lead) + line)];
    });
    return [paint.strong(category), ...lines].join('\n');
  });
  return `${parts.join('\n\n')}\n\n${said("● recommended  ○ strict only; `archlint explain RULE` shows a rule's page", style)}\n`;
}
