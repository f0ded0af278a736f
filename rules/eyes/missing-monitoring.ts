// Hosts, and components without a host that a journey needs, of which nobody would hear that they are down.

import { componentsOn, coursesOf, reachOf } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import { isWatched } from '../../src/analysis/watching.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

export const missingMonitoring = rule({
  id: 'missing-monitoring',
  category: 'eyes and data',
  summary: 'nothing watches a host, or a component without a host that a journey needs',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const needed = neededAlone(system);
    for (const node of system.nodes.values()) {
      if (node.managed || node.external || node.caller) continue;
      const judged = node.kind === 'host' ? (componentsOn(system).get(node) ?? []).length > 0 : needed.has(node);
      if (judged && !isWatched(system, node)) yield finding(system, node);
    }
  },
});

/** The components without a host that some journey needs. */
function neededAlone(system: System): ReadonlySet<Node> {
  const found = new Set<Node>();
  if (![...system.nodes.values()].some(isAlone)) return found;
  for (const course of coursesOf(system, system.journeys)) {
    for (const node of reachOf(system, course).keys()) {
      if (isAlone(node)) found.add(node);
    }
  }
  return found;
}

function isAlone(node: Node): boolean {
  return !node.host && groupOf(node.kind) === 'traffic';
}

function finding(system: System, node: Node): Finding {
  const components = componentsOn(system).get(node) ?? [];
  const what =
    components.length > 0
      ? `nobody hears when ${namesOf(system, components)} ${components.length === 1 ? 'stops' : 'stop'}`
      : 'nobody hears when it stops';
  return {
    message: `${nameOf(system, node)} is not watched by any monitor`,
    at: node.at,
    label: what,
    help: node.kind === 'host' ? 'put a `monitor` on the host, or connect one with it' : 'connect a `monitor` with it',
    witness: pathThrough(
      [node.id, shortName(system, node)],
      ...(components.length > 0 ? [[node.id, components.map(({ name }) => name).join(', ')] as const] : []),
      [node.id, 'no monitor'],
    ),
    subjects: [node.id],
    group: {
      key: 'missing-monitoring',
      message: (subjects) => `${namesOf(system, subjects)} are not watched by any monitor`,
      help: 'put a `monitor` on each host, or connect one with a network or place around them',
    },
  };
}
