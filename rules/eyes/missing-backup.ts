// Databases and storages whose content is nowhere else: no connection makes a backup of it. A replica repeats every mistake at once.

import { quoted } from '../../src/base/words.js';
import { incoming, targetNodes } from '../../src/analysis/paths.js';
import { perSystem } from '../../src/analysis/shared.js';
import { isDataStore } from '../../src/model/kinds.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, nounOf, pathThrough } from '../wording.js';

export const missingBackup = rule({
  id: 'missing-backup',
  category: 'eyes and data',
  summary: 'no connection makes a backup of a database or a storage',
  severity: 'warning',
  preset: 'strict',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const ends = backupEnds(system);
    const used = usedAnywhere(system);
    for (const tier of system.tiers) {
      const { instances } = tier;
      if (!isDataStore(tier.kind) || instances.every(({ external }) => external)) continue;
      // Nothing is known to be in a storage that nobody calls, and `unused` tells that.
      if (tier.kind === 'storage' && !instances.some((node) => isIn(used, node))) continue;
      if (instances.some((node) => node.facts.rebuildable) || instances.some((node) => isIn(ends, node))) continue;
      yield finding(system, tier);
    }
  },
});

/** Everything at either end of a backup connection: what is saved may push, or be asked. */
const backupEnds = perSystem('ends of backups', (system): ReadonlySet<Node> => {
  const backups = system.connections.filter(({ protocol }) => protocol?.name === 'backup');
  return new Set(
    backups.flatMap((connection) => [
      ...connection.from,
      ...connection.callers,
      ...connection.choices.flatMap(({ named }) => named),
      ...targetNodes(connection),
    ]),
  );
});

/** Whoever calls or is called. */
function usedAnywhere(system: System): ReadonlySet<Node> {
  const found = new Set<Node>();
  // Callers of the same share one list.
  const seen = new Set<readonly Node[]>();
  const add = (nodes: readonly Node[]): void => {
    if (seen.has(nodes)) return;
    seen.add(nodes);
    for (const node of nodes) found.add(node);
  };
  for (const { callers, choices } of system.connections) {
    add(callers);
    for (const { named, nodes } of choices) {
      add(named);
      add(nodes);
    }
  }
  return found;
}

/** A connection with a place, a host for instance, is one with all that stands in it. */
function isIn(ends: ReadonlySet<Node>, node: Node): boolean {
  for (let around: Node | undefined = node; around; around = around.parent) if (ends.has(around)) return true;
  return false;
}

/** A worker or service that calls the store, and is connected by a backup with something else: perhaps it makes dumps. */
function makerBefore(system: System, instances: readonly Node[]): Node | undefined {
  const ends = backupEnds(system);
  const connections = new Set(instances.flatMap((node) => incoming(system).get(node) ?? []));
  for (const { callers } of connections) {
    const maker = callers.find((one) => (one.kind === 'worker' || one.kind === 'service') && ends.has(one));
    if (maker) return maker;
  }
  return undefined;
}

function finding(system: System, tier: Tier): Finding {
  const { instances } = tier;
  const [first, ...others] = instances;
  if (!first) throw new Error('a tier has an instance');
  const maker = makerBefore(system, instances);
  return {
    message: `${nounOf(tier.kind)} ${quoted(tier.id)} has no backup`,
    at: first.at,
    label:
      instances.length === 1 ? 'its content is nowhere else' : `${instances.length} instances, and no backup of any`,
    related: others.map((node) => ({ at: node.at, message: 'a copy repeats every mistake, and is no backup' })),
    notes: maker
      ? [
          `${nameOf(system, maker)} calls it and has a backup elsewhere; if that is of ${quoted(tier.id)}, say \`${maker.name} -> ${tier.name} : backup\``,
        ]
      : [],
    help: `connect it with where its backups go (\`: backup\`), or say how it is made anew: \`rebuildable "from …"\``,
    witness: pathThrough([first.id, instances.map(({ id }) => id).join(', ')], [first.id, 'no backup']),
    subjects: instances.map(({ id }) => id),
    group: {
      key: 'missing-backup',
      message: (subjects) => `${namesOf(system, subjects)} have no backup`,
      help: 'connect each with where its backups go (`: backup`), or say how it is made anew: `rebuildable "from …"`',
    },
  };
}
