// `archlint render`: a file → its picture.

import { check, draw, type Diagnostic } from '../../index.js';
import { usage } from '../arguments.js';
import { render as command } from '../commands/render.js';
import { flag, valueOf, type Call } from '../command.js';
import { loadOne } from '../load.js';
import { absolute } from '../paths.js';
import { notUnderstood, operandOf, todayOf } from './shared.js';

type Theme = 'auto' | 'light' | 'dark' | 'print';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const output = outputOf(call);
  const project = await loadOne(world, operandOf(command, given), valueOf(given, 'stdin-filename'));
  // Dates are left out unless one is given: the same file gives the same picture on every day.
  const today = todayOf(command, given);
  const { system, findings, reading } = check(project, today === undefined ? {} : { today });
  if (system.incomplete) return notUnderstood(call, reading);
  const shown: readonly Diagnostic[] = flag(given, 'no-findings') ? [] : findings;
  const picture = await draw(system, shown, { theme: (valueOf(given, 'theme') ?? 'auto') as Theme });
  if (output === '-') {
    world.stdout.write(picture);
  } else {
    world.files.write(absolute(world.folder, output), picture);
    world.stderr.write(`drawn: ${output}\n`);
  }
  return 0;
}

/** The file, or `-`. A picture is no reading matter: on a terminal it needs a file. */
function outputOf({ world, arguments: given }: Call): string {
  const output = valueOf(given, 'output') ?? '-';
  if (output === '-') {
    if (given.values.has('output') || !world.stdout.terminal()) return '-';
    const name = (given.operands[0] ?? 'picture').replace(/^.*\/|\.infra$/g, '').replace(/^-$/, 'picture');
    throw usage(command, `a picture is not for the terminal; give it a file, such as \`-o ${name}.svg\``);
  }
  const extension = /\.[^./\\]+$/.exec(output)?.[0] ?? '';
  if (extension.toLowerCase() !== '.svg' && world.files.kind(absolute(world.folder, output)) !== 'file') {
    throw usage(command, `\`${output}\` does not say what to draw; pictures are \`.svg\` files`);
  }
  return output;
}
