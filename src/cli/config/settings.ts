// Command line and configs → the settings of each file. Without a config nothing more is loaded than what is here.

import {
  catalogue,
  categories,
  idsOf,
  settingsFrom,
  type CheckSettings,
  type Diagnostic,
  type Layer,
  type Rule,
} from '../../index.js';
import type { Call, Command } from '../command.js';
import { absolute, parentOf, shownPath } from '../paths.js';
import type { World } from '../world.js';
import type { Configured } from './configured.js';
import { showFaults, type Ignoring } from './ignored.js';
import { placesFor, type ConfigPlace, type Places } from './find.js';
import { checkNames, statedBy, type Stated } from './options.js';

/** Paths are absolute. */
export interface Settings extends Ignoring {
  /** Of a system by its main file. */
  readonly of: (main: string) => CheckSettings;
  /** The config of a file, if it has one. */
  readonly config: (path: string) => Configured | undefined;
  /** What states the settings of a file, from the weakest. */
  readonly layers: (path: string) => readonly Layer[];
  /** Of archlint, and of the modules that the config of a file names. */
  readonly rules: (path: string) => readonly Rule[];
}

/** For the files that are named, and all others of their projects: a project has one config, or one of its folders has one of its own. */
export async function settingsFor(call: Call, command: Command, paths: Iterable<string>): Promise<Settings> {
  const { world, arguments: given } = call;
  const stated = statedBy(command, given);
  const places = placesFor(call, command);
  const configs = new Map<string, Configured>();
  for (const path of paths) {
    const place = places(path);
    if (!place || configs.has(place.path)) continue;
    const named = given.values.has('config');
    configs.set(place.path, await loaded(call, place, named ? world.folder : parentOf(place.path)));
  }
  const own = [...configs.values()].flatMap(({ rules }) => rules);
  checkNames(command, stated, new Set(idsOf([...catalogue, ...own]).keys()));
  return settingsOf(world, { places, configs, stated });
}

/** The rules of archlint, and those of the config that holds in the working folder. */
export async function rulesHere(call: Call, command: Command): Promise<readonly Rule[]> {
  const here = `${call.world.folder}/*`;
  return (await settingsFor(call, command, [here])).rules(here);
}

async function loaded(call: Call, place: ConfigPlace, folder: string): Promise<Configured> {
  const { configured } = await import('./configured.js');
  try {
    return await configured(call.world, place, { folder, catalogue, categories });
  } catch (error) {
    if (error instanceof Error && 'faults' in error) await showFaults(call, error.faults as readonly Diagnostic[]);
    throw error;
  }
}

interface Parts {
  readonly places: Places;
  readonly configs: ReadonlyMap<string, Configured>;
  readonly stated: Stated;
}

function settingsOf(world: World, { places, configs, stated }: Parts): Settings {
  const config = (path: string): Configured | undefined => configs.get(places(path)?.path ?? '');
  const layers = (path: string): readonly Layer[] => [...(config(path)?.layers ?? []), { values: stated }];
  // One list for all files of a config: what is known of a catalogue is known by its identity.
  const catalogues = new Map(
    Array.from(configs.values(), (each) => [each, each.rules.length === 0 ? catalogue : [...catalogue, ...each.rules]]),
  );
  const rules = (path: string): readonly Rule[] => {
    const own = config(path);
    return (own && catalogues.get(own)) ?? catalogue;
  };
  const known = new Map<string, CheckSettings>();
  return {
    config,
    layers,
    rules,
    ignoring: (path) => {
      const own = config(path);
      return own?.ignores(shownPath(own.folder, path)) ? own.file : undefined;
    },
    of: (main) => {
      const found = known.get(main);
      if (found) return found;
      const folder = config(main)?.folder ?? world.folder;
      const judging = rules(main);
      const values = settingsFrom(layers(main), shownPath(folder, main), {
        catalogue: judging,
        pathOf: (source) => shownPath(folder, absolute(world.folder, source)),
      });
      const settings = { ...values, catalogue: judging };
      known.set(main, settings);
      return settings;
    },
  };
}
