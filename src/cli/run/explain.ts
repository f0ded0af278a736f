// `archlint explain`: a rule's name → its page, on a terminal page by page.

import { nearest } from '../../base/nearest.js';
import { didYouMean, quoted } from '../../base/words.js';
import { said, showPage, type Rule } from '../../index.js';
import { explain as command } from '../commands/explain.js';
import { flag, type Call } from '../command.js';
import { rulesHere } from '../config/settings.js';
import { absolute, parentOf } from '../paths.js';
import { styleFor } from '../style.js';
import { Trouble, type World } from '../world.js';
import { operandOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const name = operandOf(command, given);
  const rule = ruleNamed(name, await rulesHere(call, command));
  if (name !== rule.id) world.stderr.write(`archlint: ${quoted(name)} is called ${quoted(rule.id)} now\n`);
  const style = await styleFor(call, world.stdout);
  const page = rule.module === undefined ? world.page(rule.id) : (rule.page ?? pageBeside(world, rule, rule.module));
  const text =
    page === undefined ? `${style.paint.strong(rule.id)}\n\n${said(rule.summary, style)}\n` : showPage(page, style);
  const pager = pagerFor(call);
  if (pager === undefined || !(await world.pager(pager, text))) world.stdout.write(text);
  return 0;
}

/** By its id, or by one that it had before. Throws a `Trouble` that names the nearest. */
export function ruleNamed(name: string, rules: readonly Rule[]): Rule {
  const rule = rules.find(({ id, aliases }) => id === name || aliases?.includes(name));
  if (rule) return rule;
  const names = rules.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]);
  const small = name.toLowerCase();
  const hint = didYouMean(names.includes(small) ? [small] : nearest(small, names));
  throw new Trouble(
    `there is no rule ${quoted(name)}${hint === undefined ? '' : `; ${hint}`}`,
    '`archlint rules` lists them all',
  );
}

/** Only on a terminal that can move its cursor; an empty PAGER, or `cat`, asks for none. */
function pagerFor({ world, arguments: given }: Call): string | undefined {
  const { PAGER: pager, TERM: terminal } = world.environment;
  if (flag(given, 'no-pager') || terminal === 'dumb' || !world.stdout.terminal()) return undefined;
  const command = (pager ?? 'less').trim();
  return command === '' || command === 'cat' ? undefined : command;
}

/** `two-feeds.md` beside the module that has the rule `team/two-feeds`. */
function pageBeside({ files, folder }: World, { id }: Rule, module: string): string | undefined {
  const path = `${parentOf(absolute(folder, module))}/${id.replace(/^.*\//, '')}.md`;
  return files.kind(path) === 'file' ? Buffer.from(files.read(path)).toString('utf8') : undefined;
}
