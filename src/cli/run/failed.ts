// `--fail a,b/nginx`: the names that were typed → what stops when all of them fail.

import { didYouMean, listed, quoted } from '../../base/words.js';
import { namedNodes, whatIf, type System, type WhatIf } from '../../index.js';
import { usage } from '../arguments.js';
import type { Arguments, Command } from '../command.js';
import { Trouble } from '../world.js';

export function failedNames(command: Command, given: Arguments): readonly string[] {
  const names = (given.values.get('fail') ?? []).flatMap((list) => list.split(',')).map((name) => name.trim());
  if (names.some((name) => name === '')) throw usage(command, '`--fail` needs names, with commas between them');
  return names;
}

export function failedIn(system: System, names: readonly string[]): WhatIf {
  const nodes = names.flatMap((name) => {
    const found = namedNodes(system, name);
    switch (found.is) {
      case 'found':
        return found.nodes;
      case 'ambiguous':
        throw new Trouble(
          `${quoted(name)} could mean ${listed(found.names.map(quoted), 'or')}`,
          'write the path of the one you mean',
        );
      case 'none': {
        const hint = didYouMean(found.near);
        throw new Trouble(
          `nothing is called ${quoted(name)}${hint === undefined ? '' : `; ${hint}`}`,
          '`archlint graph` shows what there is',
        );
      }
    }
  });
  return whatIf(system, nodes);
}
