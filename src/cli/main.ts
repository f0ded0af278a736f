// Arguments → the command they name → an exit status. What the user did wrong, and what the world refused, ends here as a message and status 2.

import { nearest } from '../base/nearest.js';
import { didYouMean, quoted } from '../base/words.js';
import { readArguments } from './arguments.js';
import { commands } from './commands/index.js';
import { flag } from './command.js';
import { isTrouble, Trouble, type World } from './world.js';

/** 0 nothing found that counts, 1 something found, 2 the run itself could not be done. */
export async function main(world: World): Promise<number> {
  try {
    return await run(world);
  } catch (error) {
    if (isTrouble(error)) {
      world.stderr.write(`archlint: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
    } else {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      world.stderr.write(
        `archlint: a fault of archlint's own, not of your file; please report it with what follows\n${detail}\n`,
      );
    }
    return 2;
  }
}

async function run(world: World): Promise<number> {
  const [first, ...rest] = world.args;
  const command = commands.find(({ name }) => name === first);
  if (command) {
    const given = readArguments(command, rest);
    if (flag(given, 'help')) return help(world, command.name);
    const { run: go } = await command.load();
    return go({ world, arguments: given });
  }
  switch (first) {
    case undefined:
      return help({ ...world, stdout: world.stderr }).then(() => 2);
    case '--help':
    case '-h':
    case 'help':
      return help(world, rest[0]);
    case '--version':
    case '-V':
      world.stdout.write(`${world.version}\n`);
      return 0;
    case '--complete':
      return (await import('./run/complete.js')).complete(world, rest);
    default:
      throw unknown(world, first);
  }
}

async function help(world: World, name?: string): Promise<number> {
  const { showHelp } = await import('./run/help.js');
  if (name !== undefined && !commands.some((command) => command.name === name)) throw unknown(world, name);
  return showHelp(world, name);
}

function unknown(world: World, word: string): Trouble {
  const what = word.startsWith('-') ? 'option' : 'command';
  const names = what === 'option' ? ['--help', '--version'] : commands.map(({ name }) => name);
  const isPath = what === 'command' && world.files.kind(`${world.folder}/${word}`) !== 'missing';
  const hint = isPath ? `did you mean \`archlint check ${word}\`?` : didYouMean(nearest(word, names));
  return new Trouble(
    `unknown ${what} ${quoted(word)}${hint === undefined ? '' : `; ${hint}`}`,
    '`archlint --help` shows what there is',
  );
}
