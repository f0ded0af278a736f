// Connections to a port on which, as the description has it, nobody listens.

import type { Location } from '../../src/base/source.js';
import { listed, quoted } from '../../src/base/words.js';
import { holders, recordsBehind } from '../../src/analysis/names.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Connection, Node, System, Target } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { namesOf, placesOf } from '../wording.js';

export const portClosed = rule({
  id: 'port-closed',
  category: 'the description itself',
  summary: 'a connection goes to a port on which the target does not listen',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const connection of system.connections) {
      for (const target of connection.choices) {
        if (target.named.some(({ facts }) => facts.listen)) yield* closed(system, connection, target);
        // With a part unread, what listens may be in that part.
        if (target.nodes.length === 0 && !system.incomplete) yield* unanswered(system, connection, target);
      }
    }
  },
});

/** Of the components named, those that state `listen`, and not with this port. */
function* closed(system: System, connection: Connection, target: Target): Iterable<Finding> {
  const { port } = connection;
  if (port === undefined || isBesideIt(connection)) return;
  const refusing = target.named.filter(
    (node) => groupOf(node.kind) === 'traffic' && !node.caller && !answers(node, connection),
  );
  const first = refusing[0];
  const listen = first?.facts.listen;
  if (!first || !listen) return;
  const ports = listed(listen.value.map((one) => String(one.port)));
  const near = listen.value.find((one) => one.protocol !== undefined && one.protocol === connection.protocol?.name);
  yield {
    message: `${namesOf(system, refusing)} ${refusing.length === 1 ? 'does' : 'do'} not listen on port ${port}`,
    at: connection.protocolAt ?? target.at,
    label: `this asks for port ${port}`,
    related: [{ at: listen.at, message: `it listens on ${ports}` }],
    help:
      near && connection.protocol
        ? `write \`${connection.protocol.name}/${near.port}\``
        : `call one of its ports (${ports}), or add \`listen ${port}\``,
    subjects: [...connection.from, ...refusing].map((node) => node.id),
    group: sameLine(connection, `the instances of ${quoted(target.text)} do not listen on port ${port}`),
  };
}

/** Administration goes to the host, and an exporter or an agent of backup is a process of its own. */
function isBesideIt({ protocol }: Connection): boolean {
  return protocol?.family === 'admin' || protocol?.need === false;
}

function answers(node: Node, { port, protocol }: Connection): boolean {
  const listen = node.facts.listen;
  if (!listen) return true;
  const transport = protocol?.name === 'udp' || protocol?.name === 'tcp' ? protocol.name : undefined;
  return listen.value.some(
    (one) =>
      one.port === port && (transport === undefined || one.transport === undefined || one.transport === transport),
  );
}

/** A place or a record behind which nobody listens. A record that leads to nobody at all is dangling-record's. */
function* unanswered(system: System, connection: Connection, target: Target): Iterable<Finding> {
  const { port } = connection;
  const places = target.record === undefined ? target.named : ownersOf(system, target.record);
  const place = places[0];
  if (!place) return;
  const where = namesOf(system, places);
  yield {
    message: port === undefined ? `nothing in ${where} answers` : `nothing in ${where} listens on port ${port}`,
    at: target.at,
    label: target.record === undefined ? 'nobody answers here' : `the record leads to ${where}`,
    related: placesOf(system, places),
    help:
      port === undefined
        ? 'declare the component that answers'
        : `state \`listen ${port}\` on the component that answers`,
    subjects: [
      ...connection.from.map((node) => node.id),
      ...(target.record === undefined ? [] : [target.record]),
      ...places.map((node) => node.id),
    ],
    group: sameLine(
      connection,
      `nothing behind ${quoted(target.text)} answers${port === undefined ? '' : ` on port ${port}`}`,
    ),
  };
}

/** Who has the addresses that a record leads to, or is named by it. */
function ownersOf(system: System, record: string): readonly Node[] {
  const found = recordsBehind(system, record).flatMap((one) => [
    ...one.nodes,
    ...(one.address ? (holders(system).get(one.address.text) ?? []) : []),
  ]);
  return [...new Set(found)];
}

/** The copies of a block say it once. */
function sameLine(connection: Connection, message: string): NonNullable<Finding['group']> {
  const at: Location = connection.at;
  return { key: `${at.source.path} ${at.start} ${message}`, message: () => message };
}
