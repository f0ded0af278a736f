// Journeys that anybody between the client and the first component that answers can read.

import type { Fix } from '../../src/base/diagnostic.js';
import { textAt } from '../../src/base/source.js';
import { quoted } from '../../src/base/words.js';
import { clearEntries, isClearWeb, listenerOn } from '../../src/analysis/encryption.js';
import { entriesOf, witnessOf, type Step } from '../../src/analysis/paths.js';
import type { Connection, Journey, Node } from '../../src/model/system.js';
import { protocolNamed } from '../../src/model/protocols.js';
import { statedEncrypted } from '../encrypting.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const missingHttps = rule({
  id: 'missing-https',
  category: 'encryption',
  summary: 'a journey goes over clear text from the client to the first component that answers',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const journey of system.journeys) {
      const entries = clearEntries(system, journey);
      const connection = journey.connections.find(isClearWeb);
      const protocol = connection?.protocol;
      if (entries.length === 0 || !connection || !protocol) continue;
      const redirecting = entriesOf(system, journey).length - entries.length;
      const fix = encrypted(connection, entries);
      yield {
        message: `${nameOf(system, journey.client)} reaches ${quoted(journey.to)} over ${protocol.name}, in clear text`,
        at: connection.protocolAt ?? connection.at,
        label: 'anybody on the way can read and change it',
        related: entries.map((entry) => ({ at: entry.at, message: `${nameOf(system, entry)} answers it` })),
        notes:
          redirecting > 0
            ? [`${redirecting} of ${redirecting + entries.length} that answer here only redirect or share the machine`]
            : [],
        help: helpFor(connection),
        witness: witnessOf(system, firstSteps(journey)),
        ...(fix ? { fix } : {}),
        subjects: [journey.client.id, ...entries.map((entry) => entry.id)],
      };
    }
  },
});

function firstSteps(journey: Journey): readonly Step[] {
  const connection = journey.connections[0];
  const target = connection?.choices[0];
  const to = target?.nodes[0];
  return connection && target && to ? [{ connection, target, from: journey.client, to }] : [];
}

function helpFor(connection: Connection): string {
  const secure = connection.protocol?.secure;
  if (secure === undefined) return 'add the word `tls` behind the protocol once the traffic is encrypted';
  const port = protocolNamed(secure)?.port;
  const own = textAt(connection.protocolAt ?? connection.at).includes('/');
  const where = own ? `on port ${connection.port ?? ''}` : port === undefined ? 'there' : `on port ${port}`;
  return `use ${secure}, answer it ${where}, and let the clear port only redirect, as in \`listen 80 redirect, 443 https\``;
}

/**
 * The protocol's encrypted sister in its place; the stated port stays, and the other hops of a chain change with it. Nothing where an entry
 * states that it listens and not for that: then there is more to change than this word.
 */
function encrypted(connection: Connection, entries: readonly Node[]): Fix | undefined {
  const { protocol, protocolAt } = connection;
  if (!protocol || !protocolAt) return undefined;
  if (protocol.secure === undefined) return statedEncrypted(connection);
  const [name = '', ownPort] = textAt(protocolAt).split('/');
  const { secure } = protocol;
  const port = ownPort === undefined ? protocolNamed(secure)?.port : connection.port;
  const isAnswered = (entry: Node): boolean => {
    const listener = listenerOn(entry, port);
    return (
      entry.facts.listen === undefined || listener?.protocol === secure || (listener && !listener.protocol) === true
    );
  };
  if (!entries.every(isAnswered)) return undefined;
  const at = { ...protocolAt, end: protocolAt.start + name.length };
  return { title: `use ${secure}`, safety: 'suggestion', edits: [{ at, text: secure }] };
}
