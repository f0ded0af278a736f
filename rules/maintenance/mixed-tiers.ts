// Hosts that run a data store together with what faces the callers: they fail, load and are exposed together.

import { listed } from '../../src/base/words.js';
import { componentsOn } from '../../src/analysis/paths.js';
import { isDataStore } from '../../src/model/kinds.js';
import type { Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, nounOf, pathThrough } from '../wording.js';

export const mixedTiers = rule({
  id: 'mixed-tiers',
  category: 'maintenance and growth',
  summary: 'a host runs a data store together with web, app or balancer',
  severity: 'info',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const [host, components] of componentsOn(system)) {
      if (host.managed || host.external || host.caller) continue;
      const stores = components.filter((node) => isDataStore(node.kind));
      const faces = components.filter((node) => node.kind === 'web' || node.kind === 'app' || node.kind === 'lb');
      if (stores.length > 0 && faces.length > 0) yield finding(system, host, { stores, faces });
    }
  },
});

function finding(system: System, host: Node, mix: { stores: readonly Node[]; faces: readonly Node[] }): Finding {
  const { stores, faces } = mix;
  return {
    message: `${nameOf(system, host)} runs the ${named(system, stores)} together with the ${named(system, faces)}`,
    at: host.at,
    label: 'these fail, load and are exposed together',
    related: [...stores, ...faces].map((node) => ({ at: node.at, message: `the ${nounOf(node.kind)}` })),
    help: `give ${namesOf(system, stores)} a host of ${stores.length === 1 ? 'its' : 'their'} own`,
    witness: pathThrough([host.id, host.name], [host.id, [...faces, ...stores].map(({ name }) => name).join(', ')]),
    subjects: [host.id],
    group: {
      key: 'mixed-tiers',
      message: (subjects) => `${namesOf(system, subjects)} each run a data store together with what faces the callers`,
      help: 'give the data stores hosts of their own',
    },
  };
}

function named(system: System, nodes: readonly Node[]): string {
  return listed(nodes.map((node) => `${nounOf(node.kind)} ${nameOf(system, node)}`));
}
