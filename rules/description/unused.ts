// Components that no connection, no takeover and no record leads to or from: forgotten, or not described to the end.

import { addressesOf } from '../../src/model/answers.js';
import { incoming, outgoing } from '../../src/analysis/paths.js';
import { readAddress } from '../../src/model/addresses.js';
import { groupOf, kindOf } from '../../src/model/kinds.js';
import type { DnsRecord, Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const unused = rule({
  id: 'unused',
  category: 'the description itself',
  summary: 'a component has no connection in either direction, and no `via` and no record names it',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const used = connected(system);
    const tiersInUse = new Set([...used].flatMap(({ tier }) => tier ?? []));
    const byRecord = recordsByOwner(system);
    for (const node of system.nodes.values()) {
      if (groupOf(node.kind) !== 'traffic' || node.caller || used.has(node)) continue;
      if (!isReserve(node, tiersInUse) && !isNamedByRecord(node, byRecord)) yield finding(system, node);
    }
  },
});

/** All that takes part in a connection or decides about a takeover. */
function connected(system: System): ReadonlySet<Node> {
  const found = new Set<Node>([...outgoing(system).keys(), ...incoming(system).keys()]);
  for (const connection of system.connections) {
    for (const node of connection.from) found.add(node);
    for (const choice of connection.choices) for (const node of choice.named) found.add(node);
  }
  for (const tier of system.tiers) {
    for (const controller of tier.controllers.values()) for (const node of controller.instances) found.add(node);
  }
  return found;
}

/** A standby takes over and a voter votes without a connection of its own, as long as its tier has one. */
function isReserve({ tier, facts }: Node, tiersInUse: ReadonlySet<Tier>): boolean {
  return tier !== undefined && tiersInUse.has(tier) && (facts.standby !== undefined || tier.quorum !== undefined);
}

/** Records by whoever they lead to: by name, by address, or by a hostname. */
function recordsByOwner(system: System): {
  byNode: ReadonlyMap<Node, readonly DnsRecord[]>;
  targets: ReadonlySet<string>;
} {
  const byAddress = new Map<string, DnsRecord[]>();
  const byNode = new Map<Node, DnsRecord[]>();
  const targets = new Set<string>();
  const add = (node: Node, records: readonly DnsRecord[]) =>
    byNode.set(node, [...(byNode.get(node) ?? []), ...records]);
  for (const record of system.zones.flatMap((zone) => zone.records)) {
    if (record.target !== undefined) targets.add(record.target);
    for (const node of record.nodes) add(node, [record]);
    // The address in a CNAME is a fault of its own, and no reason to call its owner forgotten.
    const address = record.address ?? (record.type === 'CNAME' ? readAddress(record.data[0]?.text ?? '') : undefined);
    if (address) byAddress.set(address.text, [...(byAddress.get(address.text) ?? []), record]);
  }
  for (const node of system.nodes.values()) {
    for (const { text } of addressesOf(node)) add(node, byAddress.get(text) ?? []);
  }
  return { byNode, targets };
}

/** A record that leads to a host names what listens there. */
function isNamedByRecord(node: Node, records: ReturnType<typeof recordsByOwner>): boolean {
  if ((records.byNode.get(node) ?? []).length > 0) return true;
  if (node.facts.hostname?.value.some((name) => records.targets.has(name))) return true;
  const toHost = node.host ? (records.byNode.get(node.host) ?? []) : [];
  if (toHost.length === 0) return false;
  return node.facts.listen !== undefined || kindOf(node.kind).ports !== undefined || isServer(toHost, records.targets);
}

/** A record that mail, name or service records point to leads to a server of that sort, whatever its kind. */
function isServer(records: readonly DnsRecord[], targets: ReadonlySet<string>): boolean {
  return records.some((record) => targets.has(record.name));
}

function finding(system: System, node: Node): Finding {
  return {
    message: `${nameOf(system, node)} is connected with nothing`,
    at: node.at,
    label: 'nobody calls it and it calls nobody',
    help: 'connect it, or take it out',
    subjects: [node.id],
    group: {
      key: 'unused',
      message: (subjects) => `${namesOf(system, subjects)} are connected with nothing`,
      help: 'connect them, or take them out',
    },
  };
}
