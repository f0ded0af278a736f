// `archlint completion`: a shell's name → the script that completes archlint in it.

import { nearest } from '../../base/nearest.js';
import { didYouMean, quoted } from '../../base/words.js';
import { completion as command } from '../commands/completion.js';
import { usage } from '../arguments.js';
import type { Call } from '../command.js';
import { scripts, shells } from '../shells.js';

export function run({ world, arguments: given }: Call): Promise<number> {
  // Without a name: the shell that the user logs in with.
  const name = given.operands[0] ?? world.environment.SHELL?.split('/').pop() ?? 'bash';
  const shell = shells.find((one) => one === name);
  if (!shell) {
    const hint = didYouMean(nearest(name, shells)) ?? 'say `archlint completion bash` or `archlint completion zsh`';
    throw usage(command, `archlint cannot complete in ${quoted(name)}; ${hint}`);
  }
  world.stdout.write(scripts[shell]);
  return Promise.resolve(0);
}
