// `archlint explain`: a rule's name → its page.

import { nearest } from '../../base/nearest.js';
import { didYouMean, quoted } from '../../base/words.js';
import { catalogue, said, showPage } from '../../index.js';
import { explain as command } from '../commands/explain.js';
import type { Call } from '../command.js';
import { styleFor } from '../style.js';
import { Trouble } from '../world.js';
import { operandOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const name = operandOf(command, given);
  const rule = catalogue.find(({ id, aliases }) => id === name || aliases?.includes(name));
  if (!rule) {
    const hint = didYouMean(
      nearest(
        name,
        catalogue.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]),
      ),
    );
    throw new Trouble(
      `there is no rule ${quoted(name)}${hint === undefined ? '' : `; ${hint}`}`,
      '`archlint rules` lists them all',
    );
  }
  const style = await styleFor(call, world.stdout);
  const page = world.page(rule.id);
  world.stdout.write(
    page === undefined ? `${style.paint.strong(rule.id)}\n\n${said(rule.summary, style)}\n` : showPage(page, style),
  );
  return 0;
}
