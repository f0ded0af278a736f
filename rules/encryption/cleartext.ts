// Connections that carry passwords or data in clear from one machine to another: databases, caches, queues, directories, mail, metrics.

import { isClearWeb } from '../../src/analysis/encryption.js';
import { machineOf, onOneMachine, targetNodes, witnessOf } from '../../src/analysis/paths.js';
import { perSystem } from '../../src/analysis/shared.js';
import { groupOf, holdsData } from '../../src/model/kinds.js';
import type { Connection, Node, System } from '../../src/model/system.js';
import { statedEncrypted } from '../encrypting.js';
import { rule, type Finding } from '../rule.js';
import { sideOf } from '../wording.js';

export const cleartext = rule({
  id: 'cleartext',
  category: 'encryption',
  summary: 'a protocol that carries passwords or data goes in clear from one machine to another',
  severity: 'warning',
  preset: 'strict',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const connection of system.connections) {
      if (!isClear(connection)) continue;
      const { from, to } = endsApart(system, connection);
      if (from.length > 0 && to.length > 0) yield finding(system, connection, { from, to });
    }
  },
});

/**
 * `metrics` and `replication` speak for no protocol in particular: like every connection, they are encrypted only where they say `tls`. The web's
 * protocols carry data as well where they lead to a store of it.
 */
function isClear(connection: Connection): boolean {
  const { protocol, encryption } = connection;
  if (protocol?.name === 'metrics' || protocol?.name === 'replication') return encryption !== 'yes';
  if (encryption !== 'no') return false;
  return (
    protocol?.family === 'data' || protocol?.family === 'mail' || (isClearWeb(connection) && leadsToStore(connection))
  );
}

/** From a component: what a client calls first is for missing-https to judge. */
function leadsToStore(connection: Connection): boolean {
  const nodes = targetNodes(connection);
  const fromInside = connection.callers.some(({ kind }) => groupOf(kind) === 'traffic');
  return fromInside && nodes.length > 0 && nodes.every(({ kind }) => holdsData(kind));
}

interface Ends {
  readonly from: readonly Node[];
  readonly to: readonly Node[];
}

/** Those at each end that have somebody on another machine at the other. */
function endsApart(system: System, connection: Connection): Ends {
  const targets = targetNodes(connection);
  // A machine on which nothing but a monitor stands calls for it.
  const sources = connection.callers.length > 0 ? connection.callers : connection.from;
  const [callers, far] = [soleMachine(system, sources), soleMachine(system, targets)];
  const here = (node: Node, other: Node | undefined) => other !== undefined && machineOf(node) === other;
  return {
    from: targets.length === 0 ? [] : sources.filter((node) => !here(node, far)),
    to: sources.length === 0 ? [] : targets.filter((node) => !node.caller && !here(node, callers)),
  };
}

const machines = perSystem('machines', () => new WeakMap<readonly Node[], { readonly only: Node | undefined }>());

/** The one machine that all of them stand on, if there is one. */
function soleMachine(system: System, nodes: readonly Node[]): Node | undefined {
  const known = machines(system).get(nodes);
  if (known) return known.only;
  const found = new Set(nodes.map(machineOf));
  const only = found.size === 1 ? [...found][0] : undefined;
  machines(system).set(nodes, { only });
  return only;
}

function finding(system: System, connection: Connection, { from, to }: Ends): Finding {
  const protocol = connection.protocol?.name ?? '';
  const source = from[0];
  const sink = to.find((node) => source && !onOneMachine(source, node)) ?? to[0];
  const target = connection.choices.find(({ nodes }) => sink && nodes.includes(sink)) ?? connection.choices[0];
  const fix = statedEncrypted(connection);
  return {
    message: `${protocol} from ${sideOf(system, from)} to ${sideOf(system, to)} goes in clear text`,
    at: connection.protocolAt ?? connection.at,
    label: 'anybody on the way can read it',
    help: `let both ends speak TLS, and state it: \`${isClearWeb(connection) ? (connection.protocol?.secure ?? `${protocol} tls`) : `${protocol} tls`}\``,
    ...(target && source && sink
      ? { witness: witnessOf(system, [{ connection, target, from: source, to: sink }]) }
      : {}),
    ...(fix ? { fix } : {}),
    subjects: [...new Set([...from, ...to].map(({ id }) => id))],
    group: {
      key: `${connection.at.source.path} ${connection.at.start}`,
      message: () => `${protocol} to ${sideOf(system, to)} goes in clear text`,
    },
  };
}
