// A command line that is being typed → the words that the last of its words may become, and what each is. Shells ask for them by way of the
// script that `archlint completion` prints; where there are none, the shell offers files.

import { readConfig } from '../../config/index.js';
import { catalogue } from '../../index.js';
import { common, type Command, type Option } from '../command.js';
import { commands } from '../commands/index.js';
import { findConfig } from '../config/find.js';
import { severities } from '../config/options.js';
import { absolute, parentOf } from '../paths.js';
import { shells } from '../shells.js';
import { isTrouble, type World } from '../world.js';

interface Candidate {
  readonly word: string;
  readonly what?: string;
}

/** `words` stand behind the program's name, the last of them unfinished. One candidate a line, with a tab before what it is. */
export function complete(world: World, words: readonly string[]): number {
  const last = words.at(-1) ?? '';
  const lines = candidates(world, words.slice(0, -1), last)
    .filter(({ word }) => word.startsWith(last))
    .map(({ word, what }) => (what === undefined ? `${word}\n` : `${word}\t${what}\n`));
  world.stdout.write(lines.join(''));
  return 0;
}

function candidates(world: World, [name, ...words]: readonly string[], last: string): readonly Candidate[] {
  if (name === undefined) return last.startsWith('-') ? programOptions : [...commandNames, helpWord];
  if (name === 'help') return words.length === 0 ? commandNames : [];
  const command = commands.find((one) => one.name === name);
  return command ? withinCommand({ command, words, last, ruleNames: (end = '') => ruleNames(world, end) }) : [];
}

const helpWord: Candidate = { word: 'help', what: 'show what a command takes' };
const programOptions: readonly Candidate[] = [
  { word: '--help', what: 'show what there is' },
  { word: '--version', what: 'show the version' },
];
const commandNames: readonly Candidate[] = commands.map(({ name, summary }) => ({ word: name, what: summary }));

interface Typing {
  readonly command: Command;
  readonly words: readonly string[];
  readonly last: string;
  /** Looked for only where they are offered. */
  readonly ruleNames: RuleNames;
}

type RuleNames = (end?: string) => readonly Candidate[];

function withinCommand({ command, words, last, ruleNames }: Typing): readonly Candidate[] {
  if (words.includes('--')) return operands(command, ruleNames);
  const options = [...command.options, ...common];
  const open = optionCalled(options, words.at(-1));
  if (open?.value !== undefined && !open.optional) return values(open, last, ruleNames);
  const equals = last.startsWith('--') ? last.indexOf('=') : -1;
  if (equals >= 0) {
    const option = optionCalled(options, last.slice(0, equals));
    return option ? led(last.slice(0, equals + 1), values(option, last.slice(equals + 1), ruleNames)) : [];
  }
  if (!last.startsWith('-')) return operands(command, ruleNames);
  const given = new Set(words.map((word) => optionCalled(options, word.split('=')[0])));
  return options
    .filter((option) => option.many || !given.has(option))
    .map(({ name, summary }) => ({ word: `--${name}`, what: summary }));
}

function optionCalled(options: readonly Option[], word: string | undefined): Option | undefined {
  return options.find(({ name, short }) => word === `--${name}` || (short !== undefined && word === `-${short}`));
}

function led(lead: string, inner: readonly Candidate[]): readonly Candidate[] {
  return inner.map(({ word, ...rest }) => ({ word: lead + word, ...rest }));
}

function operands({ operands: shown }: Command, ruleNames: RuleNames): readonly Candidate[] {
  if (shown.includes('rule')) return ruleNames();
  return shown.includes('shell') ? named(shells) : [];
}

/** `typed` is what stands of the value already. */
function values({ value = '', choices }: Option, typed: string, ruleNames: RuleNames): readonly Candidate[] {
  if (choices) return named(choices);
  switch (value) {
    case 'WHICH':
      return [...named(['suggestions']), ...ruleNames()];
    case 'FINDING':
      return ruleNames();
    case 'RULE=SEVERITY': {
      // Several stand with commas between: the last one is unfinished.
      const [lead = '', rule] = /^(?:.*,)?(?:([^=]*)=)?/s.exec(typed) ?? [];
      return led(lead, rule === undefined ? ruleNames('=') : named(severities));
    }
    default:
      return [];
  }
}

function named(words: readonly string[]): readonly Candidate[] {
  return words.map((word) => ({ word }));
}

/** Of archlint, and of the modules that the config here names. */
function ruleNames(world: World, end: string): readonly Candidate[] {
  const own = ownRuleNames(world).map((word) => ({ word: word + end, what: 'a rule of your own' }));
  return [...catalogue.map(({ id, summary }) => ({ word: id + end, what: summary })), ...own];
}

const ownId = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;

/**
 * Modules are read and not run, which a key pressed in some folder must not do: what they say of ids in so many words, and what the config says of
 * rules. A config that cannot be read has none.
 */
function ownRuleNames({ files, folder }: World): readonly string[] {
  const place = findConfig(files, folder, new Map());
  if (!place) return [];
  const textOf = (path: string): string => {
    try {
      return Buffer.from(files.read(path)).toString('utf8');
    } catch (error) {
      if (isTrouble(error)) return '';
      throw error;
    }
  };
  const read = readConfig({ source: { path: place.path, text: textOf(place.path) }, within: place.within });
  if ('faults' in read) return [];
  const { plugins = [], rules = {}, overrides = [] } = read.config;
  const stated = [rules, ...overrides.map((one) => one.rules ?? {})].flatMap((one) => Object.keys(one));
  const modules = plugins.filter((name) => /^\.{1,2}\//.test(name)).map((name) => absolute(parentOf(place.path), name));
  const written = modules.flatMap((path) =>
    Array.from(textOf(path).matchAll(/\bid\s*:\s*(['"`])(.*?)\1/g), ([, , id = '']) => id),
  );
  return [...new Set([...written, ...stated])].filter((name) => ownId.test(name)).sort();
}
