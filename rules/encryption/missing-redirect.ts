// Entries of https journeys that offer the clear port as well, and do not send those who come there to https.

import type { Fix } from '../../src/base/diagnostic.js';
import { quoted } from '../../src/base/words.js';
import { clearEntries, listenerOn, onlyRedirects } from '../../src/analysis/encryption.js';
import { firewallsBetween, verdictOn } from '../../src/analysis/passage.js';
import { entriesOf, machineOf, onOneMachine, witnessOf } from '../../src/analysis/paths.js';
import type { Journey, Node, System } from '../../src/model/system.js';
import type { Listener } from '../../src/model/values.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const missingRedirect = rule({
  id: 'missing-redirect',
  category: 'encryption',
  summary: 'the entry of an https journey also listens on port 80, and does not redirect from there',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const journeys = system.journeys.filter(({ protocol }) => protocol?.name === 'https');
    if (journeys.length === 0) return;
    // Whoever calls the clear port already has the finding of missing-https.
    const clear = new Set(system.journeys.flatMap((journey) => clearEntries(system, journey)));
    const seen = new Set<Node>();
    for (const journey of journeys) {
      for (const entry of entriesOf(system, journey)) {
        const listener = listenerOn(entry, 80);
        if (!listener || !isClear(listener) || clear.has(entry) || seen.has(entry)) continue;
        if (entry.external || entry.caller || onOneMachine(entry, journey.client)) continue;
        if (isShut(system, journey, entry) || onlyRedirects(system, entry, 80)) continue;
        seen.add(entry);
        yield finding(system, { journey, entry, listener });
      }
    }
  },
});

function isClear({ redirect, protocol, transport }: Listener): boolean {
  return !redirect && transport !== 'udp' && (protocol === undefined || protocol === 'http');
}

/** A firewall that keeps port 80 shut leaves nobody to send on. */
function isShut(system: System, { client }: Journey, entry: Node): boolean {
  return firewallsBetween(system, client, entry).some(
    (firewall) => verdictOn(system, firewall, { port: 80, transport: 'tcp' }, client).is === 'blocked',
  );
}

function finding(
  system: System,
  { journey, entry, listener }: { journey: Journey; entry: Node; listener: Listener },
): Finding {
  const name = nameOf(system, entry);
  const connection = journey.connections[0];
  const target = connection?.choices.find(({ nodes }) => nodes.includes(entry)) ?? connection?.choices[0];
  return {
    message: `${name} listens on port 80 as well, and does not redirect from there to https`,
    at: listener.at,
    label: 'whoever types the address without https stays in clear text',
    related: connection ? [{ at: connection.at, message: `${quoted(journey.to)} is called over https` }] : [],
    help: 'write `listen 80 redirect` once it only sends on',
    ...(connection && target
      ? { witness: witnessOf(system, [{ connection, target, from: journey.client, to: entry }]) }
      : {}),
    fix: redirected(listener),
    subjects: [...new Set([machineOf(entry).id, entry.id])],
    group: {
      key: `${listener.at.source.path} ${listener.at.start}`,
      message: (subjects) => {
        const nodes = subjects.flatMap((id) => system.nodes.get(id) ?? []).filter(({ tier }) => tier === entry.tier);
        return `${namesOf(system, nodes)} listen on port 80 as well, and do not redirect from there to https`;
      },
    },
  };
}

/** `80 http` and `80` become `80 redirect`. */
function redirected({ at }: Listener): Fix {
  const rest = at.source.text.slice(at.end);
  const said = /^[ \t]+http\b/.exec(rest)?.[0].length ?? 0;
  const place = { ...at, start: at.end, end: at.end + said };
  return { title: 'redirect from port 80', safety: 'suggestion', edits: [{ at: place, text: ' redirect' }] };
}
