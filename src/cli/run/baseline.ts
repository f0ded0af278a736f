// `archlint baseline`: what is found now → the baseline files that `check` compares with.

import { counted, quoted } from '../../base/words.js';
import type { Entry, Rule } from '../../index.js';
import { baselineName } from '../baselines.js';
import { baselineIn, placesOf } from '../check/baselines.js';
import type { Baseline, Compared } from '../check/compare.js';
import { judge, loaderOf } from '../check/judge.js';
import { knownFrom, textOf } from '../check/known.js';
import { optionsOf } from '../check/options.js';
import { baseline as command } from '../commands/baseline.js';
import { flag, valueOf, type Call } from '../command.js';
import { notIgnored } from '../config/ignored.js';
import { settingsFor, type Settings } from '../config/settings.js';
import type { Loader } from '../load.js';
import { absolute, parentOf, shownPath } from '../paths.js';
import { namedPaths } from '../plan.js';
import { Trouble } from '../world.js';
import { notUnderstood } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const options = optionsOf(given);
  const named = namedPaths(world, given.operands, options);
  const settings = await settingsFor(call, command, named.paths);
  const paths = notIgnored(call, named, settings);
  const loader = await loaderOf(call, settings, undefined);
  const targets = targetsOf(call, settings, loader);
  const baselines = new Map<string, Baseline>();
  for (const main of paths) {
    const path = targets(main);
    if (!baselines.has(path)) baselines.set(path, await present(call, settings.rules(main), path));
  }
  const today = options.today ?? world.today();
  const baseline = (main: string): Baseline | undefined => baselines.get(targets(main));
  const { compared, systems, troubles } = judge(call, loader, { paths, settings, today, baseline });
  const [trouble] = troubles;
  if (trouble) throw trouble;
  // What is only half understood would be written down as half sound.
  const reading = systems.flatMap((one) => (one.system.incomplete ? one.reading : []));
  if (reading.length > 0) return notUnderstood(call, reading);
  for (const one of compared) write(call, one);
  return 0;
}

/** The baseline that a main file's findings go to, absolute. */
function targetsOf(call: Call, settings: Settings, loader: Loader): (main: string) => string {
  const { world, arguments: given } = call;
  const output = valueOf(given, 'output');
  const places = placesOf(call, command, settings);
  return (main) => {
    if (output !== undefined) return absolute(world.folder, output);
    const place = places(main);
    if (place) return place.path;
    const config = settings.config(main);
    const root = loader.rootOf(main);
    const folder = config ? parentOf(absolute(world.folder, config.file)) : root.marked ? root.folder : world.folder;
    return absolute(folder, baselineName);
  };
}

async function present(call: Call, rules: readonly Rule[], path: string): Promise<Baseline> {
  const { world, arguments: given } = call;
  switch (world.files.kind(path)) {
    case 'file':
      return baselineIn(call, rules, path);
    case 'folder':
      throw new Trouble(`${quoted(shownPath(world.folder, path))} is a folder`, 'name the file that is to be written');
    case 'missing':
      if (!flag(given, 'prune')) return knownFrom(world, path, []);
      throw new Trouble(
        `there is no ${quoted(shownPath(world.folder, path))} to prune`,
        '`archlint baseline` writes it',
      );
  }
}

/** What was not judged stays as it is. */
function write({ world, arguments: given }: Call, { baseline, present, stale }: Compared): void {
  const dropped = new Set(stale);
  const kept = baseline.entries.filter((entry) => !dropped.has(entry));
  const added: readonly Entry[] = flag(given, 'prune') ? [] : present.filter((entry) => !baseline.knows(entry));
  const isNew = world.files.kind(baseline.path) === 'missing';
  if (isNew || added.length > 0 || dropped.size > 0) {
    world.files.write(baseline.path, textOf(world, baseline.path, [...kept, ...added]));
  }
  const changes = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(dropped.size > 0 ? [`${dropped.size} dropped`] : []),
  ];
  const known = counted(kept.length + added.length, 'known finding');
  world.stderr.write(
    `${baseline.file}: ${known}, ${changes.length > 0 ? changes.join(' and ') : 'none of them new'}\n`,
  );
}
