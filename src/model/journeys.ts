// Connections of clients → journeys: what somebody outside expects to work.

import type { Connection, Journey, Node } from './system.js';
import type { Properties } from './properties.js';

/** The needs of one client for one tier or name, with the same protocol and port, are one journey. */
export function journeysOf(connections: readonly Connection[]): readonly Journey[] {
  const groups = new Map<string, { client: Node; to: string; connections: Connection[] }>();
  for (const connection of connections) {
    if (!connection.need) continue;
    for (const client of connection.callers) {
      if (client.kind !== 'client') continue;
      const to = connection.choices.map((choice) => choice.record ?? choice.tier?.id ?? choice.text).join(' | ');
      const key = [client.id, to, connection.protocol?.name ?? '', connection.port ?? ''].join('\n');
      const group = groups.get(key);
      if (!group) groups.set(key, { client, to, connections: [connection] });
      else if (!group.connections.includes(connection)) group.connections.push(connection);
    }
  }
  return [...groups.values()].map(({ client, to, connections: own }) => journeyOf(client, to, own));
}

function journeyOf(client: Node, to: string, connections: readonly Connection[]): Journey {
  const first = connections[0];
  if (!first) throw new Error('a journey has a connection');
  const { protocol, port } = first;
  const record = first.choices.length === 1 ? first.choices[0]?.record : undefined;
  const words = protocol ? ` : ${protocol.name}${port === undefined ? '' : `/${port}`}` : '';
  return {
    id: `${client.id} -> ${to}${words}`,
    client,
    to,
    connections,
    reads: connections.every((one) => one.read),
    facts: promised(client.facts, connections),
    at: first.at,
    ...(record === undefined ? {} : { record }),
    ...(protocol ? { protocol } : {}),
    ...(port === undefined ? {} : { port }),
  };
}

/** What the connections state goes before what the client states. */
function promised(client: Properties, connections: readonly Connection[]): Properties {
  return [...connections].reverse().reduce<Properties>((facts, one) => ({ ...facts, ...one.facts }), client);
}
