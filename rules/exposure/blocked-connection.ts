// Declared connections that a firewall on their way does not let in.

import type { Related } from '../../src/base/diagnostic.js';
import { quoted } from '../../src/base/words.js';
import { blockedConnections, keptApart, type Blocked } from '../../src/analysis/blocked.js';
import { coversPort } from '../../src/analysis/passage.js';
import { shortName } from '../../src/analysis/short-names.js';
import type { Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { namesOf, pathThrough, sideOf } from '../wording.js';

export const blockedConnection = rule({
  id: 'blocked-connection',
  category: 'exposure',
  summary: 'a firewall on its way does not let a declared connection in',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    for (const blocked of blockedConnections(system)) yield finding(system, blocked);
  },
});

function finding(system: System, blocked: Blocked): Finding {
  const { connection, target, callers, nodes, by } = blocked;
  const port = connection.port ?? 0;
  const firewalls = by.flatMap((one) => one.firewalls);
  const kept = keptApart(system, blocked);
  const [who, whom] = [whole(system, callers), whole(system, nodes)];
  const keep = `${namesOf(system, firewalls)} ${firewalls.length === 1 ? 'keeps' : 'keep'}`;
  return {
    message: kept.all
      ? `${who} cannot reach ${whom} on port ${port}: ${keep} it out`
      : `not all of ${who} can reach all of ${whom} on port ${port}: ${keep} some out`,
    at: connection.at,
    label: `this asks for port ${port}`,
    related: by.map((one) => lineOf(system, one, blocked)),
    help: by.some(({ line }) => line)
      ? 'let the `deny` be narrower, or take the connection out'
      : `add \`allow ${port}\` from where it comes, or take the connection out`,
    ...(kept.first
      ? {
          witness: pathThrough(
            [kept.first.caller.id, shortName(system, kept.first.caller)],
            ...kept.first.by.map((firewall) => [firewall.id, `${shortName(system, firewall)} (not ${port})`] as const),
            [kept.first.node.id, shortName(system, kept.first.node)],
          ),
        }
      : {}),
    subjects: [...new Set([...callers, ...nodes].map(({ id }) => id))],
    group: {
      key: `${connection.at.source.path} ${connection.at.start} ${target.text}`,
      message: () => `${quoted(target.text)} cannot be reached on port ${port}: firewalls keep it out`,
    },
  };
}

/** A whole tier by its name. */
function whole(system: System, nodes: readonly Node[]): string {
  return nodes.length === nodes[0]?.tier?.instances.length ? sideOf(system, nodes) : namesOf(system, nodes);
}

/** The `deny`; else the `allow` for this port that means others; else all that is allowed. */
function lineOf(system: System, { firewalls, line }: Blocked['by'][number], { connection }: Blocked): Related {
  const [firewall] = firewalls;
  const name = namesOf(system, firewalls);
  const one = firewalls.length === 1;
  if (line) return { at: line.at, message: `${name} ${one ? 'denies' : 'deny'} it here` };
  const { allow } = firewall.facts;
  const arrival = { port: connection.port ?? 0 };
  const near = allow?.value.find((passage) => coversPort(passage, arrival) !== 'no');
  const lets = `${name} ${one ? 'lets' : 'let'} in`;
  if (near) return { at: near.at, message: `${lets} others on this port` };
  return { at: allow?.at ?? firewall.at, message: `${lets} only this` };
}
