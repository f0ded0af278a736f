// Help: the commands' descriptions, shown by yargs. Nothing else loads yargs.

import yargs, { type Argv } from 'yargs';
import { common, type Command, type Option } from '../command.js';
import { commands } from '../commands/index.js';
import type { World } from '../world.js';

const narrow = 60;
const wide = 110;

export async function showHelp(world: World, name?: string): Promise<number> {
  const command = commands.find((each) => each.name === name);
  const parser = command ? parserOf(command, world) : overview(world);
  world.stdout.write(`${(await parser.getHelp()).trim()}\n`);
  return 0;
}

function fresh(world: World): Argv {
  const columns = Math.max(narrow, Math.min(wide, world.stdout.columns() ?? 100));
  return yargs([], world.folder)
    .scriptName('archlint')
    .detectLocale(false)
    .locale('en')
    .wrap(columns)
    .exitProcess(false)
    .version(false)
    .help(false);
}

function overview(world: World): Argv {
  let parser = fresh(world)
    .usage(
      'archlint finds what is wrong with a web system from its description, and draws it.\n\narchlint <command> [options]',
    )
    .option('help', { type: 'boolean', alias: 'h', describe: 'show this help; with a command, what that takes' })
    .option('version', { type: 'boolean', alias: 'V', describe: 'show the version' });
  for (const { name, operands, summary } of commands) parser = parser.command(`${name} ${operands}`.trim(), summary);
  for (const { examples } of commands)
    for (const [line, what] of examples.slice(0, 1)) parser = parser.example(line, what);
  return parser.epilogue(
    'Exit status: 0 nothing found that counts, 1 something found, 2 the run itself could not be done.\nNothing is ever sent over a network.',
  );
}

function parserOf(command: Command, world: World): Argv {
  let parser = fresh(world).usage(
    `archlint ${command.name} ${command.options.length > 0 ? '[options] ' : ''}${command.operands}\n\n${command.summary}`,
  );
  for (const option of [...command.options, ...common]) parser = parser.option(option.name, describe(option));
  for (const [line, what] of command.examples) parser = parser.example(line, what);
  return parser;
}

function describe({ short, value, choices, optional, summary }: Option): object {
  return {
    ...(short === undefined ? {} : { alias: short }),
    ...(value === undefined ? { type: 'boolean' } : { type: 'string', ...(optional ? {} : { requiresArg: true }) }),
    ...(choices === undefined ? {} : { choices: [...choices] }),
    describe: summary,
  };
}
