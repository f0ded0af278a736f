// The modules that configs name → the rules in them, or faults at the places where they are named.

import { located, rulesIn, type Problem } from '../../config/index.js';
import { quoted } from '../../base/words.js';
import type { Category, Diagnostic, Rule } from '../../index.js';
import { shownPath } from '../paths.js';
import type { OwnModule, World } from '../world.js';
import type { Link } from './configured.js';

export async function readOwnRules(
  world: World,
  chain: readonly Link[],
  categories: readonly Category[],
): Promise<{ readonly rules: readonly Rule[]; readonly faults: readonly Diagnostic[] }> {
  const faults: Diagnostic[] = [];
  const modules = new Set<string>();
  const byName = new Map<string, Rule>();
  for (const { path, config, text } of chain) {
    for (const [index, name] of (config.plugins ?? []).entries()) {
      const report = (problems: readonly Problem[]): void => {
        faults.push(
          ...located(
            problems.map((problem) => ({ path: ['plugins', index], on: 'value', ...problem })),
            text,
          ),
        );
      };
      const loaded = await load(world, name, path);
      if ('message' in loaded) {
        report([loaded]);
        continue;
      }
      // A module that several configs name is one.
      if (modules.has(loaded.path)) continue;
      modules.add(loaded.path);
      const found = rulesIn(loaded.exports, { module: shownPath(world.folder, loaded.path), categories });
      if ('problems' in found) report(found.problems);
      else report(found.rules.flatMap((rule) => added(byName, rule)));
    }
  }
  return { rules: [...new Set(byName.values())], faults };
}

async function load(world: World, name: string, from: string): Promise<OwnModule | Problem> {
  try {
    const found = await world.importModule(name, from);
    const help = /^[./\\]/.test(name)
      ? 'the path goes from the config'
      : 'a file begins with `./`; a package is installed with npm';
    return found ?? { message: `there is no module ${quoted(name)}`, help };
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { message: `the module ${quoted(name)} cannot be loaded`, help: `it says: ${said}` };
  }
}

function added(byName: Map<string, Rule>, rule: Rule): readonly Problem[] {
  return [rule.id, ...(rule.aliases ?? [])].flatMap((name) => {
    const other = byName.get(name);
    if (!other) byName.set(name, rule);
    return other
      ? [
          {
            message: `${quoted(name)} of ${quoted(rule.module ?? '')} is also a rule of ${quoted(other.module ?? '')}`,
            help: 'give one of the two another name',
          },
        ]
      : [];
  });
}
