// Statements of one description that cannot all be true.

import type { Location } from '../../src/base/source.js';
import { counted, quoted } from '../../src/base/words.js';
import { targetNodes } from '../../src/analysis/paths.js';
import { wordOf } from '../../src/model/properties.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, placesOf } from '../wording.js';

export const contradiction = rule({
  id: 'contradiction',
  category: 'the description itself',
  summary: 'two statements cannot both be true',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const tier of system.tiers) {
      if (tier.instances.some(({ facts }) => facts.needs ?? facts.quorum)) yield* tooMany(system, tier);
      if (tier.instances.length > 1) yield* disagreements(system, tier);
    }
    yield* activeStandbys(system);
    yield* socketsAcross(system);
    for (const node of system.nodes.values()) {
      const { public: open, private: closed } = node.facts;
      if (open && closed) {
        yield {
          message: `${nameOf(system, node)} is stated to be both public and private`,
          at: later(open.head, closed.head),
          label: 'and this',
          related: [{ at: earlier(open.head, closed.head), message: 'this' }],
          help: 'keep one of the two',
          subjects: [node.id],
        };
      }
    }
  },
});

/** More instances needed, or more votes, than there are. */
function* tooMany(system: System, tier: Tier): Iterable<Finding> {
  const serving = tier.instances.filter((node) => node.facts.voter?.value !== 'only');
  const voters = tier.instances.filter((node) => node.facts.voter?.value !== 'no');
  const needing = tier.instances.find((node) => node.facts.needs?.value === tier.needs);
  const needs = needing?.facts.needs;
  if (needing && needs && needs.value > serving.length) {
    yield {
      message: `${quoted(tier.id)} needs ${needs.value} instances and has ${serving.length}`,
      at: needs.at,
      label: 'more than there are',
      related: placesOf(system, serving),
      help: `declare ${needs.value - serving.length} more, or state what it really needs`,
      subjects: [needing.id],
    };
  }
  const voting = tier.instances.find((node) => typeof node.facts.quorum?.value === 'number');
  const quorum = voting?.facts.quorum;
  if (voting && typeof quorum?.value === 'number' && quorum.value > voters.length) {
    yield {
      message: `${quoted(tier.id)} asks for ${counted(quorum.value, 'vote')} and has ${counted(voters.length, 'voter')}`,
      at: quorum.at,
      label: 'more than there are',
      related: placesOf(system, voters),
      help: `declare ${quorum.value - voters.length} more, or state \`quorum majority\``,
      subjects: [voting.id],
    };
  }
}

const tierFacts = ['quorum', 'needs', 'deploy', 'session', 'commonCause'] as const;

/** What is true of a tier holds when any instance states it, so two instances may not state it differently. */
function* disagreements(system: System, tier: Tier): Iterable<Finding> {
  for (const key of tierFacts) {
    const stating = tier.instances.filter((node) => node.facts[key] !== undefined);
    const first = stating[0];
    const other = stating.find((node) => node.facts[key]?.value !== first?.facts[key]?.value);
    const [one, two] = [first?.facts[key], other?.facts[key]];
    if (!first || !other || !one || !two) continue;
    yield {
      message: `instances of ${quoted(tier.id)} state different values of ${quoted(wordOf(key))}`,
      at: two.at,
      label: `${nameOf(system, other)} says this`,
      related: [{ at: one.at, message: `${nameOf(system, first)} says this` }],
      help: 'state it once: it holds for the whole tier; or make two tiers of it with `tier`',
      subjects: [first.id, other.id],
    };
  }
}

/** A balancer that uses all that stands behind it, one of which only waits. A replica that waits to be promoted serves reads. */
function* activeStandbys(system: System): Iterable<Finding> {
  const seen = new Set<string>();
  for (const connection of system.connections) {
    if (!connection.need) continue;
    for (const balancer of connection.callers) {
      const mode = balancer.facts.mode;
      if (mode?.value !== 'active-active') continue;
      for (const node of targetNodes(connection)) {
        const { standby, role } = node.facts;
        const key = `${balancer.id} ${node.id}`;
        if (!standby || role?.value === 'replica' || seen.has(key)) continue;
        seen.add(key);
        yield {
          message: `${nameOf(system, balancer)} is active-active, and ${nameOf(system, node)} behind it is a standby`,
          at: mode.at,
          label: 'all that stands behind it serves',
          related: [{ at: standby.head, message: `${nameOf(system, node)} serves only after a takeover` }],
          help: 'state `mode active-passive`, or take `standby` away',
          subjects: [balancer.id, node.id],
        };
      }
    }
  }
}

/**
 * A Unix socket is a file of one machine: who stands on another one cannot call it. Machines inside one may share it, and without a host on either
 * side nothing is said.
 */
function* socketsAcross(system: System): Iterable<Finding> {
  for (const connection of system.connections) {
    if (connection.protocol?.family !== 'local') continue;
    const targets = targetNodes(connection);
    const machines = new Set(targets.flatMap((node) => outermost(node) ?? []));
    const far = connection.callers.filter((node) => node.host && !machines.has(outermost(node) ?? node));
    if (machines.size === 0 || !targets.every(({ host }) => host) || far.length === 0) continue;
    const hosts = namesOf(system, [...machines]);
    yield {
      message: `${namesOf(system, far)} ${far.length === 1 ? 'calls' : 'call'} ${namesOf(system, targets)} over a Unix socket, from another host`,
      at: connection.protocolAt ?? connection.at,
      label: 'a socket of this sort is a file of one host',
      related: [...machines].map((host) => ({ at: host.at, message: 'the socket is here' })),
      help: `state the protocol that leaves a host, such as \`http\`, or connect inside the block of ${machines.size === 1 ? hosts : 'each host'}`,
      subjects: [...new Set([...far, ...targets].map(({ id }) => id))],
      group: {
        key: `unix ${connection.at.source.path} ${connection.at.start}`,
        message: () =>
          `${quoted(connection.choices.map(({ text }) => text).join(' | '))} is called over a Unix socket from other hosts`,
      },
    };
  }
}

function outermost({ places }: Node): Node | undefined {
  return places.filter(({ kind }) => kind === 'host').at(-1);
}

function later(a: Location, b: Location): Location {
  return b.source !== a.source || b.start >= a.start ? b : a;
}

function earlier(a: Location, b: Location): Location {
  return later(a, b) === b ? a : b;
}
