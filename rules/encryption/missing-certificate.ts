// Components that are called by a name over TLS and state no certificate, so that nobody can tell whether it covers the name.

import { quoted } from '../../src/base/words.js';
import { uncertified, type End } from '../../src/analysis/certificates.js';
import { machineOf, witnessOf } from '../../src/analysis/paths.js';
import type { Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const missingCertificate = rule({
  id: 'missing-certificate',
  category: 'encryption',
  summary: 'a component that is called by a name over TLS states no certificate',
  severity: 'warning',
  preset: 'strict',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const found = new Map<Node, End[]>();
    for (const connection of system.connections) {
      for (const end of uncertified(system, connection)) {
        const known = found.get(end.node);
        if (!known) found.set(end.node, [end]);
        else if (!known.some(({ name }) => name === end.name)) known.push(end);
      }
    }
    for (const [node, ends] of found) yield finding(system, node, ends);
  },
});

function finding(system: System, node: Node, ends: readonly End[]): Finding {
  const [first] = ends;
  if (!first) throw new Error('a component is asked for at least one name');
  const names = ends.map(({ name }) => name);
  const callers = ends.flatMap(({ way: [step], name }) =>
    step ? [{ at: step.target.at, message: `${quoted(name)} is called here` }] : [],
  );
  return {
    message: `${nameOf(system, node)} answers for ${namesOf(system, names)} over TLS, and states no certificate`,
    at: node.at,
    label: 'for which names its certificate is, is not said',
    related: callers,
    help: `state the names on its certificate: \`certificate ${names.join(', ')}\``,
    witness: witnessOf(system, first.way),
    subjects: [...new Set([...names, node.id, machineOf(node).id])],
    group: {
      key: `${node.tier?.id ?? node.id} ${names.join(' ')}`,
      message: (subjects) => {
        const nodes = subjects
          .flatMap((id) => system.nodes.get(id) ?? [])
          .filter(({ tier }) => tier && tier === node.tier);
        return `${namesOf(system, nodes)} answer for ${namesOf(system, names)} over TLS, and state no certificate`;
      },
    },
  };
}
