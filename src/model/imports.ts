// Imports: the trees of a project in order of reading, each once, with a fault for every import that cannot be followed.

import type { Tree } from '../../grammar/tree.js';
import { quoted } from '../base/words.js';
import type { Faults } from './draft.js';
import { importsOf, type Project, type Unreadable } from './project.js';

/** The main tree first, then what it imports, depth first. */
export function readImports(project: Project, faults: Faults): readonly Tree[] {
  const order: Tree[] = [];
  // By tree: a file that is reached by two spellings of its path is one.
  const state = new Map<Tree, 'open' | 'done'>();
  const visit = (tree: Tree, chain: readonly Tree[]) => {
    state.set(tree, 'open');
    order.push(tree);
    reportMalformed(tree, faults);
    for (const { path, at } of importsOf(tree)) {
      const target = project.trees.get(path);
      if (!target) {
        faults.add({ code: 'bad-import', at, ...explain(path, project.unreadable.get(path) ?? 'missing') });
      } else if (state.get(target) === 'open') {
        const round = [...chain.slice(chain.indexOf(target)), target].map((one) => quoted(one.source.path));
        faults.add({
          code: 'bad-import',
          message: `${round[0] ?? ''} imports itself`,
          at,
          notes: [`the round is ${round.join(' → ')}`],
          help: 'take one of these imports out',
        });
      } else if (!state.has(target)) visit(target, [...chain, target]);
    }
    state.set(tree, 'done');
  };
  const main = project.trees.get(project.main);
  if (main) visit(main, [main]);
  return order;
}

function reportMalformed(tree: Tree, faults: Faults): void {
  const sound = new Set(importsOf(tree).map((one) => one.entry));
  for (const statement of tree.statements) {
    if (statement.form !== 'entry' || statement.head.text !== 'import' || sound.has(statement)) continue;
    faults.add({
      code: 'bad-import',
      message: '`import` needs the path of one file in quotes',
      at: statement.groups.flat()[0]?.at ?? statement.head.at,
      help: 'write it as `import "./network.infra"`',
    });
  }
}

function explain(path: string, why: Unreadable): { message: string; help?: string } {
  switch (why) {
    case 'missing':
      return { message: `${quoted(path)} does not exist`, help: 'the path is relative to the importing file' };
    case 'outside':
      return { message: `${quoted(path)} lies outside the project`, help: 'move it below the project root' };
    case 'unreadable':
      return { message: `${quoted(path)} cannot be read`, help: 'name one file, which you may read' };
  }
}
