// `archlint diff`: two files, or one at two revisions → what changed, and one picture of both.

import { quoted } from '../../base/words.js';
import {
  atLeast,
  diff,
  drawChanges,
  isEmpty,
  reportDifference,
  sideOf,
  type Diagnostic,
  type DiffFormat,
  type Difference,
  type Side,
} from '../../index.js';
import { usage } from '../arguments.js';
import { diff as command } from '../commands/diff.js';
import { valueOf, type Call } from '../command.js';
import { projectFor } from '../config/project.js';
import { readRange, worldAt } from '../git.js';
import { absolute } from '../paths.js';
import { styleFor } from '../style.js';
import { Trouble, type World } from '../world.js';
import { notUnderstood, todayOf } from './shared.js';

type Theme = 'auto' | 'light' | 'dark' | 'print';

/** One of the two: what it is called, and where its files are. */
interface Named {
  readonly file: string;
  readonly revision?: string;
  readonly world: World;
}

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const output = valueOf(given, 'output');
  if (output !== undefined && !/\.svg$/i.test(output))
    throw usage(command, `${quoted(output)} does not say what to draw; pictures are \`.svg\` files`);
  const today = todayOf(command, given);
  const named = namedIn(call);
  const sides: Side[] = [];
  for (const one of named) {
    const { project, settings } = await loaded(call, one);
    const { side, reading } = sideOf(project, { ...settings, ...(today === undefined ? {} : { today }) });
    if (!side) {
      if (one.revision !== undefined) world.stderr.write(`at ${quoted(one.revision)}:\n`);
      return notUnderstood(call, reading);
    }
    sides.push(side);
  }
  const [old, now] = sides;
  const [oldName, newName] = named;
  if (!old || !now) throw new Error('there are two sides');
  const { difference, union } = diff(old, now);
  if (output !== undefined) {
    const picture = await drawChanges(union(), { theme: (valueOf(given, 'theme') ?? 'auto') as Theme });
    world.files.write(absolute(world.folder, output), picture);
  }
  const format = (valueOf(given, 'format') ?? 'text') as DiffFormat;
  const titled = ({ file, revision }: Named, { system }: Side) => ({
    file,
    ...(revision === undefined ? {} : { revision }),
    title: system.title ?? null,
  });
  const report = {
    old: titled(oldName, old),
    new: titled(newName, now),
    difference,
    ...(output === undefined ? {} : { picture: output }),
  };
  world.stdout.write(reportDifference(report, { ...(await styleFor(call, world.stdout)), format }));
  if (output !== undefined) world.stderr.write(`drawn: ${output}\n`);
  return fails(difference, valueOf(given, 'fail-on') ?? 'never') ? 1 : 0;
}

/** The old one and the new one. */
function namedIn({ world, arguments: given }: Call): readonly [Named, Named] {
  const range = valueOf(given, 'git');
  const [first, second] = given.operands;
  if (range === undefined) {
    if (first === undefined || second === undefined) throw usage(command, '`diff` needs two files, or `--git` and one');
    if (first === '-' && second === '-') throw usage(command, 'only one of the two can come from stdin');
    return [
      { file: first, world },
      { file: second, world },
    ];
  }
  if (first === undefined) throw usage(command, '`diff --git` needs the file whose revisions are compared');
  if (given.operands.includes('-')) throw usage(command, '`--git` compares files of a repository, and `-` is none');
  const { old, new: now } = readRange(world, range);
  const latest = second ?? first;
  return [
    { file: first, revision: old, world: worldAt(world, old) },
    now === undefined ? { file: latest, world } : { file: latest, revision: now, world: worldAt(world, now) },
  ];
}

async function loaded({ arguments: given }: Call, { file, revision, world }: Named) {
  if (revision !== undefined && world.files.kind(absolute(world.folder, file)) === 'missing') {
    throw new Trouble(
      `${quoted(file)} does not exist at ${quoted(revision)}`,
      'where it had another name, write both: `--git A..B old.infra new.infra`',
    );
  }
  // The name is that of `-` alone.
  const values = new Map([...given.values].filter(([name]) => name !== 'stdin-filename' || file === '-'));
  return projectFor({ world, arguments: { ...given, values } }, command, file);
}

function fails(difference: Difference, on: string): boolean {
  const { introduced, noLongerAccepted } = difference.findings;
  // A risk that is no longer accepted counts again, like one that has just come.
  const worse: readonly Diagnostic[] = [...introduced, ...noLongerAccepted.filter(({ accepted }) => !accepted)];
  switch (on) {
    case 'error':
    case 'warning':
      return worse.some(({ severity }) => atLeast(severity, on));
    case 'introduced':
      return worse.length > 0;
    case 'change':
      return !isEmpty(difference);
    default:
      return false;
  }
}
