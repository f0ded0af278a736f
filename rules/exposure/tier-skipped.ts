// Web servers and clients that reach a database directly, although others go to it through an application.

import { quoted } from '../../src/base/words.js';
import { isUntrusted } from '../../src/analysis/exposure.js';
import { incoming, isRequest, outgoingRequests, targetNodes, walk, witnessOf } from '../../src/analysis/paths.js';
import { perSystem } from '../../src/analysis/shared.js';
import type { Connection, Node, System, Target } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const tierSkipped = rule({
  id: 'tier-skipped',
  category: 'exposure',
  summary: 'a web server or client reaches a database directly, although others go through an application',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const connection of system.connections) {
      // A place that calls means something in it, and need not mean its web server.
      const { from } = connection;
      if (!from.some(isFront) || !isRequest(connection)) continue;
      const callers = connection.callers.filter((one) => isFront(one) && from.includes(one));
      if (callers.length === 0) continue;
      for (const target of connection.choices) {
        const store = target.nodes.find((node) => node.kind === 'db' && !node.external && !node.caller);
        const between = store && applicationBefore(system, store);
        if (between) yield finding(system, { connection, target, callers, store, between });
      }
    }
  },
});

/** A client outside that reaches a store is for exposed-data-store to judge. */
function isFront(node: Node): boolean {
  return node.kind === 'web' || (node.kind === 'client' && !isUntrusted(node));
}

/** The applications that requests of web servers or clients come to. */
const applications = perSystem('applications', (system): ReadonlySet<Node> => {
  const start = system.connections.flatMap((connection) => {
    const from = isRequest(connection)
      ? connection.callers.find((node) => node.kind === 'web' || node.kind === 'client')
      : undefined;
    return from ? [{ connection, from }] : [];
  });
  const reach = walk(start, (node) => outgoingRequests(system).get(node) ?? []);
  return new Set([...reach.keys()].filter((node) => node.kind === 'app' && !node.caller));
});

/** By store: an application through which others come to it, directly or by way of a balancer, pool or firewall. */
const known = perSystem('applications before stores', () => new Map<Node, Node | undefined>());

function applicationBefore(system: System, store: Node): Node | undefined {
  const before = known(system);
  const tier = store.tier?.instances ?? [store];
  const first = tier[0] ?? store;
  if (before.has(first)) return before.get(first);
  const found = new Set<Node>(tier);
  const taken = new Set<Connection>();
  let application: Node | undefined;
  for (const node of found) {
    for (const connection of incoming(system).get(node) ?? []) {
      if (taken.has(connection) || !isRequest(connection)) continue;
      // What calls a balancer for something else goes on to something else.
      if (node.kind === 'lb' && connection.protocol?.family !== 'data') continue;
      taken.add(connection);
      for (const caller of connection.callers) {
        if (caller.kind === 'app' && applications(system).has(caller)) application ??= caller;
        if (caller.kind === 'lb' || caller.kind === 'firewall') found.add(caller);
      }
    }
  }
  before.set(first, application);
  return application;
}

function finding(
  system: System,
  skip: { connection: Connection; target: Target; callers: readonly Node[]; store: Node; between: Node },
): Finding {
  const { connection, target, callers, store, between } = skip;
  const nodes = targetNodes(connection).filter((node) => node.kind === 'db');
  const application = quoted(between.tier?.id ?? between.name);
  const from = callers[0];
  return {
    message: `${namesOf(system, callers)} ${callers.length === 1 ? 'reaches' : 'reach'} ${quoted(target.text)} past the application ${application}`,
    at: connection.at,
    label: 'goes straight to the data',
    related: [{ at: between.at, message: `others go through ${nameOf(system, between)}` }],
    help: `let ${application} answer this, so that the data is guarded in one place`,
    ...(from ? { witness: witnessOf(system, [{ connection, target, from, to: store }]) } : {}),
    subjects: [...callers, ...nodes].map(({ id }) => id),
    group: {
      key: `${connection.at.source.path} ${connection.at.start} ${target.text}`,
      message: () => `${quoted(target.text)} is reached past the application ${application}`,
    },
  };
}
