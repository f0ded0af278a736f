// Descriptions that do not say what somebody outside expects to work: most rules have nothing to judge then, and say nothing.

import { quoted } from '../../src/base/words.js';
import type { Location } from '../../src/base/source.js';
import { recordsBehind, zoneAround } from '../../src/analysis/names.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Journey, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const noJourney = rule({
  id: 'no-journey',
  category: 'the description itself',
  summary:
    'no client connects to anything, or a journey states no protocol, so that part of the system cannot be judged',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    if (system.nodes.size === 0) {
      const at = startOf(system);
      if (at)
        yield {
          message: 'the file describes nothing',
          at,
          help: 'declare what runs where and who calls whom, beginning with a `client`',
          subjects: [],
        };
      return;
    }
    if (system.journeys.length === 0) yield* withoutJourneys(system);
    for (const journey of system.journeys) {
      const outside = targetOutside(system, journey);
      if (outside !== undefined) yield leadingOut(journey, outside);
      else if (!journey.protocol) yield withoutProtocol(system, journey);
    }
  },
});

function startOf(system: System): Location | undefined {
  const source = system.sources[0];
  return source ? { source, start: 0, end: 0 } : undefined;
}

function* withoutJourneys(system: System): Iterable<Finding> {
  const traffic = [...system.nodes.values()].find((node) => groupOf(node.kind) === 'traffic' && !node.caller);
  if (!traffic) return;
  const clients = [...system.nodes.values()].filter((node) => node.kind === 'client');
  const client = clients[0];
  const notes = [
    'not judged: single points of failure, availability, capacity, and what is exposed or in clear on the way in',
  ];
  if (client) {
    yield {
      message:
        clients.length === 1
          ? `${nameOf(system, client)} depends on nothing here`
          : `none of the ${clients.length} clients depends on anything here`,
      at: client.at,
      label: 'no connection goes out from it that has to work',
      notes,
      help: `say what has to work for it, for example \`${client.name} -> ${traffic.name} : https\``,
      subjects: clients.map((one) => one.id),
    };
    return;
  }
  yield {
    message: 'no client is declared, so nothing has to work for anybody',
    at: traffic.at,
    label: 'who calls this?',
    notes,
    help: `declare who uses the system, for example \`client visitor\` and \`visitor -> ${traffic.name} : https\``,
    subjects: [],
  };
}

/** The name outside every declared zone that the journey's record leads to, where nothing here states it as its own. */
function targetOutside(system: System, { record, connections }: Journey): string | undefined {
  if (record === undefined || connections.some(({ choices }) => choices.some(({ nodes }) => nodes.length > 0)))
    return undefined;
  return recordsBehind(system, record).find(
    ({ type, target }) => (type === 'CNAME' || type === 'ALIAS') && target !== undefined && !zoneAround(system, target),
  )?.target;
}

function leadingOut(journey: Journey, outside: string): Finding {
  return {
    message: `${quoted(journey.to)} leads to ${quoted(outside)}, which is not described here`,
    at: journey.at,
    label: 'this journey leaves the description',
    notes: ['not judged: single points of failure, availability, and what is exposed or in clear on the way'],
    help: `declare what answers there, for example \`cdn edge { external; hostname ${outside} }\``,
    subjects: [journey.client.id],
  };
}

function withoutProtocol(system: System, journey: Journey): Finding {
  const connection = journey.connections[0];
  return {
    message: `the journey from ${nameOf(system, journey.client)} to ${quoted(journey.to)} states no protocol`,
    at: connection?.at ?? journey.at,
    label: 'over which protocol?',
    notes: ['not judged: whether it is encrypted, and whether the ports on its way are open'],
    help: 'add the protocol at the end of the line, for example ` : https`',
    subjects: [journey.client.id],
    group: {
      key: 'protocol',
      message: () => 'several journeys state no protocol',
      help: 'add the protocol at the end of each line, for example ` : https`',
    },
  };
}
