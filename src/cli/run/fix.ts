// `check --fix` and `check --diff`: findings → mended files, or what would change. Loaded when it is asked for.

import { didYouMean, counted, quoted } from '../../base/words.js';
import { nearest } from '../../base/nearest.js';
import { idsOf, mend, parse, patchOf, type Rewritten, type Source, type Wanted } from '../../index.js';
import { usage } from '../arguments.js';
import { finish } from '../check/finish.js';
import { baselinesFor, placesOf } from '../check/baselines.js';
import { judge, nestingFor, type Judged } from '../check/judge.js';
import type { Options } from '../check/options.js';
import type { Judging } from '../check/verdict.js';
import { check as command } from '../commands/check.js';
import { flag, type Arguments, type Call } from '../command.js';
import { notIgnored } from '../config/ignored.js';
import { settingsFor, type Settings } from '../config/settings.js';
import { openLoader, stdinPath } from '../load.js';
import type { Target } from '../outputs.js';
import { absolute } from '../paths.js';
import type { Named } from '../plan.js';
import { styleFor } from '../style.js';
import { Trouble } from '../world.js';

export interface Fixing {
  readonly options: Options;
  readonly targets: readonly Target[];
  readonly named: Named;
}

/** Fixes that bring each other about are given so many rounds. */
const mostRounds = 30;

export async function fixAll(call: Call, { options, targets, named }: Fixing): Promise<number> {
  const { world, arguments: given } = call;
  const showsOnly = flag(given, 'diff');
  const piped = given.operands.includes('-');
  if (piped && !showsOnly)
    throw new Trouble('`--fix` has no file to write to for `-`', '`--diff` shows what it would change');
  if (showsOnly && given.values.has('format'))
    throw new Trouble('`--diff` shows edits and no findings, so `--format` has nothing to say beside it');
  const settings = await settingsFor(call, command, named.paths);
  const wanted = wantedOf(given, new Set(named.paths.flatMap((path) => [...idsOf(settings.rules(path)).keys()])));
  const paths = notIgnored(call, named, settings);
  const stdin = piped ? new Map([[stdinPath(world, options.stdinFilename), await world.stdin()]]) : undefined;
  // What is known is left alone, as it is not shown either.
  const baseline = await baselinesFor(call, settings, { places: placesOf(call, command, settings), paths });
  const done = mendAll(call, { settings, wanted, paths, stdin: stdin ?? new Map(), options, baseline });
  const changed = [...done.files.values()].filter(({ before, after }) => before !== after);
  const said = `${counted(done.applied, 'fix', 'fixes')} in ${counted(changed.length, 'file')}`;
  if (showsOnly) {
    const { paint } = await styleFor(call, world.stdout);
    world.stdout.write(patchOf(changed, { paint, shown: world.stdout.terminal() }));
    for (const { message } of done.judged.troubles) world.stderr.write(`archlint: ${message}\n`);
    world.stderr.write(changed.length === 0 ? 'nothing to fix\n' : `${said} to be written by \`--fix\`\n`);
    return done.judged.troubles.length > 0 ? 2 : changed.length > 0 ? 1 : 0;
  }
  for (const { path, after } of changed) world.files.write(absolute(world.folder, path), after);
  if (changed.length > 0) world.stderr.write(`${said} written\n`);
  return finish(call, done.judged, { targets, options });
}

/** `suggestions`, and ids of rules; alone: what is safe. */
function wantedOf(given: Arguments, ids: ReadonlySet<string>): Wanted {
  const words = (given.values.get('fix') ?? []).flatMap((value) => value.split(',')).filter((word) => word !== '');
  const rules = words.filter((word) => word !== 'suggestions' && word !== 'safe');
  const strange = rules.find((word) => !ids.has(word));
  if (strange !== undefined) {
    const hint = didYouMean(nearest(strange, ['suggestions', 'safe', ...ids])) ?? '`archlint rules` lists the rules';
    throw usage(command, `\`--fix\` takes \`suggestions\` or ids of rules, not ${quoted(strange)}; ${hint}`);
  }
  const suggestions = words.includes('suggestions');
  return { safe: rules.length === 0 || suggestions || words.includes('safe'), suggestions, rules: new Set(rules) };
}

interface Mending {
  readonly settings: Settings;
  readonly wanted: Wanted;
  readonly paths: readonly string[];
  readonly stdin: ReadonlyMap<string, Uint8Array>;
  readonly options: Options;
  readonly baseline: NonNullable<Judging['baseline']>;
}

interface Done {
  /** What is found in the mended texts. */
  readonly judged: Judged;
  readonly applied: number;
  /** By path, as messages name it. */
  readonly files: ReadonlyMap<string, Rewritten>;
}

/** Round by round until nothing changes. Only files whose findings are reported are written to. */
function mendAll(call: Call, { settings, wanted, paths, stdin, options, baseline }: Mending): Done {
  const { world } = call;
  const texts = new Map(stdin);
  const files = new Map<string, Rewritten>();
  // A text that a fix would spoil stays as it was, and no further fix touches it.
  const spoiled = new Set<string>();
  let applied = 0;
  for (let round = 0; ; round++) {
    const loader = openLoader(world, { given: texts, nesting: nestingFor(settings) });
    const judged = judge(call, loader, {
      paths,
      settings,
      today: options.today ?? world.today(),
      baseline,
      locates: true,
    });
    const mine = new Set(judged.files);
    const isOpen = ({ path }: Source): boolean => mine.has(path) && !spoiled.has(path);
    const mended = mend(judged.findings, wanted, isOpen);
    const worse = [...mended.texts].filter(([source, text]) => reads(source, text) > reads(source, source.text));
    for (const [{ path }] of worse) spoiled.add(path);
    if (mended.texts.size === 0 || round === mostRounds) return { judged, applied, files };
    if (worse.length > 0) continue;
    applied += mended.findings.length;
    for (const [{ path, text }, better] of mended.texts) {
      const full = absolute(world.folder, path);
      // A byte order mark is no part of the text; where there was one, there is one.
      const mark = loader.marked(full) ? '\ufeff' : '';
      files.set(path, { path, before: files.get(path)?.before ?? mark + text, after: mark + better });
      texts.set(full, Buffer.from(mark + better));
    }
  }
}

/** How many faults of reading a text has. */
function reads({ path }: Source, text: string): number {
  return parse({ path, text }).diagnostics.length;
}
