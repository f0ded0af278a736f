// A config file, with all that it extends → layers of settings. A bundle of its own: a run without a config does not load it.

import { nearest } from '../../base/nearest.js';
import { didYouMean, listed, quoted } from '../../base/words.js';
import {
  faultsOfRules,
  located,
  matcher,
  readConfig,
  type Config,
  type ConfigText,
  type Fault,
  type Layer,
} from '../../config/index.js';
import type { Category, Diagnostic, Rule } from '../../index.js';
import { absolute, parentOf, shownPath } from '../paths.js';
import { Trouble, type World } from '../world.js';
import { configName, type ConfigPlace } from './find.js';
import { readOwnRules } from './own-rules.js';

export interface Configured {
  /** As messages name it. */
  readonly file: string;
  /** Absolute: where the globs go from. */
  readonly folder: string;
  readonly layers: readonly Layer[];
  /** Of a path from the folder. */
  readonly ignores: (path: string) => boolean;
  /** Those of modules that it names. */
  readonly rules: readonly Rule[];
}

/** Status 2, with the faults to be shown before the message. */
export class ConfigTrouble extends Trouble {
  readonly faults: readonly Diagnostic[];
  constructor(message: string, faults: readonly Diagnostic[]) {
    super(message);
    this.faults = faults;
  }
}

interface Surroundings {
  /** Where globs go from, whichever file states them. */
  readonly folder: string;
  readonly catalogue: readonly Rule[];
  readonly categories: readonly Category[];
}

export async function configured(
  world: World,
  place: ConfigPlace,
  { folder, catalogue, categories }: Surroundings,
): Promise<Configured> {
  const chain = readChain(world, place);
  const rules = await ownRules(world, chain, categories);
  const all = [...catalogue, ...rules];
  const faults = chain.flatMap(({ config, text }) => located(faultsOfRules(config, all), text));
  if (faults.length > 0) throw troubleFor(faults);
  const layers = chain.flatMap(layersOf);
  const patterns = layers.flatMap(({ values }) => values.ignore ?? []);
  return { file: shownPath(world.folder, place.path), folder, layers, ignores: matcher(patterns), rules };
}

/** What a config and those that it extends ignore, by the path from its folder. */
export function ignoresOf(world: World, place: ConfigPlace): (path: string) => boolean {
  return matcher(readChain(world, place).flatMap(({ config }) => config.ignore ?? []));
}

/** A config that was read. */
export interface Link {
  /** Absolute. */
  readonly path: string;
  readonly config: Config;
  readonly text: ConfigText;
}

async function ownRules(
  world: World,
  chain: readonly Link[],
  categories: readonly Category[],
): Promise<readonly Rule[]> {
  const { rules, faults } = await readOwnRules(world, chain, categories);
  if (faults.length > 0) throw troubleFor(faults);
  return rules;
}

/** The configs that one extends, from the weakest, and itself last. */
function readChain(world: World, place: ConfigPlace): readonly Link[] {
  const faults: Diagnostic[] = [];
  const visit = ({ path, within }: ConfigPlace, above: readonly string[]): readonly Link[] => {
    const text = { source: { path: shownPath(world.folder, path), text: textOf(world, path) }, within };
    const read = readConfig(text);
    if ('faults' in read) {
      faults.push(...read.faults);
      return [];
    }
    const { extends: bases = [] } = read.config;
    const links = [bases].flat().flatMap((base, index): readonly Link[] => {
      const at = typeof bases === 'string' ? ['extends'] : ['extends', index];
      const found = resolved(world, base, path);
      const chain = [...above, path];
      const fault =
        'help' in found ? found : chain.includes(found.path) ? circle(world, [...chain, found.path]) : undefined;
      if (!fault) return visit({ path: (found as { path: string }).path, within: [] }, chain);
      faults.push(...located([{ path: at, on: 'value', ...fault }], text));
      return [];
    });
    return [...links, { path, config: read.config, text }];
  };
  const chain = visit(place, []);
  if (faults.length > 0) throw troubleFor(faults);
  return chain;
}

type Problem = Required<Pick<Fault, 'message' | 'help'>>;

function circle(world: World, chain: readonly string[]): Problem {
  const path = chain.at(-1) ?? '';
  const round = chain.slice(chain.indexOf(path)).map((one) => quoted(shownPath(world.folder, one)));
  return { message: `${round[0] ?? ''} extends itself`, help: `the round is ${round.join(' → ')}; break it` };
}

/** `./base.json`, or a package in the nearest node_modules: its `archlint.config.json`, or a file in it. */
function resolved(world: World, name: string, from: string): { readonly path: string } | Problem {
  const folder = parentOf(from);
  const isFile = (path: string): boolean => world.files.kind(path) === 'file';
  if (/^(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:)/.test(name)) {
    const path = absolute(folder, name);
    if (isFile(path)) return { path };
    const hint = didYouMean(nearest(name.replace(/^.*\//, ''), namesIn(world, parentOf(path))));
    return {
      message: `${quoted(name)} does not exist`,
      help: hint ?? `it would be ${quoted(shownPath(world.folder, path))}`,
    };
  }
  for (let above = folder; ; above = parentOf(above)) {
    const path = `${above === '/' ? '' : above}/node_modules/${name}`;
    const found = [path, `${path}/${configName}`, `${path}.json`].find(isFile);
    if (found !== undefined) return { path: found };
    if (world.files.kind(path) === 'folder') {
      return {
        message: `the package ${quoted(name)} has no ${quoted(configName)}`,
        help: `name a file in it, such as \`${name}/strict.json\``,
      };
    }
    if (parentOf(above) === above) break;
  }
  const relative = isFile(absolute(folder, name))
    ? `did you mean \`./${name}\`?`
    : `\`npm install ${name}\`, or \`./…\` for a file`;
  return { message: `there is no package ${quoted(name)}`, help: relative };
}

function namesIn(world: World, folder: string): readonly string[] {
  return world.files.kind(folder) === 'folder' ? world.files.list(folder).map(({ name }) => name) : [];
}

function textOf(world: World, path: string): string {
  return Buffer.from(world.files.read(path))
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

/** What holds for every file first, then the overrides. */
function layersOf({ config, text }: Link): readonly Layer[] {
  const overrides = (config.overrides ?? []).map((override, index): Layer => {
    return { values: override, from: { text, path: ['overrides', index] }, covers: matcher([override.files].flat()) };
  });
  return [{ values: config, from: { text, path: [] } }, ...overrides];
}

function troubleFor(faults: readonly Diagnostic[]): Trouble {
  const files = [...new Set(faults.map(({ at }) => quoted(at.source.path)))];
  return new ConfigTrouble(`${listed(files)} cannot be used, so nothing was done`, faults);
}
