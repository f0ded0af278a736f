// Hops over which traffic that arrived encrypted goes on in clear to another machine, before the last web or app tier.

import { clearHandovers, endsOf, type ClearHandover } from '../../src/analysis/encryption.js';
import { witnessOf } from '../../src/analysis/paths.js';
import type { System } from '../../src/model/system.js';
import { statedEncrypted } from '../encrypting.js';
import { rule, type Finding } from '../rule.js';
import { namesOf, sideOf } from '../wording.js';

export const tlsTerminatedEarly = rule({
  id: 'tls-terminated-early',
  category: 'encryption',
  summary: 'a journey that enters encrypted is handed on in clear to another machine',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const handover of clearHandovers(system)) yield finding(system, handover);
  },
});

function finding(system: System, handover: ClearHandover): Finding {
  const { connection, from, to, way } = handover;
  const protocol = connection.protocol?.name ?? '';
  const [source, sink] = [sideOf(system, from), sideOf(system, to)];
  const first = to[0];
  const target = connection.choices.find((choice) => first && choice.nodes.includes(first)) ?? connection.choices[0];
  const caller = from[0];
  const fix = statedEncrypted(connection);
  const last = first && target && caller ? [{ connection, target, from: caller, to: first }] : [];
  return {
    message: `${source} hands on to ${sink} in clear what arrived encrypted`,
    at: connection.protocolAt ?? connection.at,
    label: `${source} → ${sink} over ${protocol}`,
    help: 'encrypt this hop as well, or pass TLS on with `listen 443 tcp` and end it where the site is made',
    get witness() {
      return witnessOf(system, [...way(), ...last]);
    },
    ...(fix ? { fix } : {}),
    subjects: endsOf(handover).map((node) => node.id),
    group: {
      key: 'tls-terminated-early',
      message: (subjects) => `what arrived encrypted goes on in clear between ${namesOf(system, subjects)}`,
      help: 'encrypt these hops as well, or pass TLS on with `listen 443 tcp` and end it where the site is made',
    },
  };
}
