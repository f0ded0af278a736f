// `archlint fmt`: files → the same files in canonical form, or what would change.

import { counted } from '../../base/words.js';
import { format, patchOf, type Diagnostic, type Rewritten } from '../../index.js';
import { flag, valueOf, type Call } from '../command.js';
import { fmt as command } from '../commands/fmt.js';
import { ignoringFor, notIgnored } from '../config/ignored.js';
import { loaderFor, stdinPath, type Loader } from '../load.js';
import { absolute } from '../paths.js';
import { namedPaths } from '../plan.js';
import { styleFor } from '../style.js';
import { isTrouble, type Trouble } from '../world.js';
import { notUnderstood } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const stdinFilename = valueOf(given, 'stdin-filename');
  const loader = await loaderFor(world, given.operands, { stdinFilename });
  const mayBeEmpty = flag(given, 'no-error-on-unmatched');
  const writes = !flag(given, 'check') && !flag(given, 'diff');
  const named = namedPaths(world, given.operands, { stdinFilename, mayBeEmpty });
  const paths = notIgnored(call, named, await ignoringFor(call, command, named.paths));
  const piped = given.operands.includes('-') ? stdinPath(world, stdinFilename) : undefined;
  // An editor takes what comes back for the text.
  if (piped !== undefined && writes && !paths.includes(piped)) world.stdout.write(loader.bytes(piped));
  const { rewritten, same, faults, troubles } = formatAll(loader, paths);
  const changed = rewritten.filter(({ before, after }) => before !== after);

  for (const file of rewritten) {
    const path = absolute(world.folder, file.path);
    if (!writes) continue;
    if (path === piped) world.stdout.write(file.after);
    else if (file.before !== file.after) world.files.write(path, file.after);
  }
  if (flag(given, 'check')) for (const { path } of changed) world.stdout.write(`${path}\n`);
  if (flag(given, 'diff')) {
    const { paint } = await styleFor(call, world.stdout);
    world.stdout.write(patchOf(changed, { paint, shown: world.stdout.terminal() }));
  }
  if (faults.length > 0) await notUnderstood(call, faults);
  for (const { message } of troubles) world.stderr.write(`archlint: ${message}\n`);
  const files = new Set(faults.map(({ at }) => at.source.path)).size;
  if (piped === undefined || named.paths.length > 1)
    world.stderr.write(
      `${outcome({ changed: changed.length, same, faulty: files, failed: troubles.length }, writes)}\n`,
    );
  if (troubles.length > 0) return 2;
  return faults.length > 0 || (!writes && changed.length > 0) ? 1 : 0;
}

interface Outcome {
  readonly rewritten: readonly Rewritten[];
  /** How many are in canonical form already. */
  readonly same: number;
  /** What keeps the others from being read. */
  readonly faults: readonly Diagnostic[];
  readonly troubles: readonly Trouble[];
}

/** A file that cannot be read, or not be understood, keeps no other from being formatted. */
function formatAll(loader: Loader, paths: readonly string[]): Outcome {
  const rewritten: Rewritten[] = [];
  const faults: Diagnostic[] = [];
  const troubles: Trouble[] = [];
  for (const path of paths) {
    try {
      const tree = loader.tree(path);
      const after = format(tree);
      // A byte order mark is no part of the text; where there was one, there is one.
      const mark = loader.marked(path) ? '\ufeff' : '';
      if (after === undefined) faults.push(...tree.diagnostics);
      else rewritten.push({ path: tree.source.path, before: mark + tree.source.text, after: mark + after });
    } catch (error) {
      if (!isTrouble(error)) throw error;
      troubles.push(error);
    }
  }
  return { rewritten, same: rewritten.filter(({ before, after }) => before === after).length, faults, troubles };
}

/** What was done, in one line: `2 files formatted, 3 left as they were`. */
function outcome(count: { changed: number; same: number; faulty: number; failed: number }, wrote: boolean): string {
  const parts: string[] = [];
  if (count.changed > 0) parts.push(`${counted(count.changed, 'file')} ${wrote ? 'formatted' : 'would be formatted'}`);
  if (count.same > 0)
    parts.push(
      `${counted(count.same, 'file')} ${count.same === 1 ? 'is' : 'are'} as ${count.same === 1 ? 'it' : 'they'} should be`,
    );
  if (count.faulty > 0) parts.push(`${counted(count.faulty, 'file')} not understood, and left alone`);
  if (count.failed > 0) parts.push(`${counted(count.failed, 'file')} not read`);
  return parts.length === 0 ? 'no files' : parts.join(', ');
}
