// Records that lead to nothing, as far as the declared zones and networks tell: no host, no component, no further record.

import { nearest } from '../../src/base/nearest.js';
import { didYouMean, quoted } from '../../src/base/words.js';
import { isPublicAddress } from '../../src/analysis/exposure.js';
import { holders, isDelegated, recordsBehind, recordsFor, zoneAround } from '../../src/analysis/names.js';
import { blockContains, reachOf, type Address, type AddressBlock } from '../../src/model/addresses.js';
import type { DnsRecord, Node, System, Zone } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, pathThrough } from '../wording.js';

export const danglingRecord = rule({
  id: 'dangling-record',
  category: 'names',
  summary: 'a record leads to no host, component or record of the declared zones and networks',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const blocks = declaredBlocks(system);
    const called = recordsCalled(system);
    const hostnames = [...system.nodes.values()].flatMap((node) => node.facts.hostname?.value ?? []);
    for (const zone of system.zones) {
      for (const record of zone.records) {
        const { address, target } = record;
        if (address) {
          if (holders(system).has(address.text) || isUnroutable(record, address)) continue;
          const around = blocks.find(({ block }) => blockContains(block, address));
          if (around ?? called.has(record)) yield nobodyHas(system, { record, address, network: around?.node });
        } else if (target !== undefined && record.nodes.length === 0) {
          const home = zoneAround(system, target);
          const stated = hostnames.some((name) => covers(name, target));
          if (home && !stated && !leadsOn(system, record, target) && !isDelegated(system, target, home)) {
            yield noRecord(system, { record, target, zone: home });
          }
        }
      }
    }
  },
});

/** That fault has a rule of its own. */
function isUnroutable(record: DnsRecord, address: Address): boolean {
  return !isPublicAddress(address) && !(record.zone.private && reachOf(address) === 'private');
}

function declaredBlocks(system: System): readonly { node: Node; block: AddressBlock }[] {
  return [...system.nodes.values()].flatMap((node) => (node.facts.cidr?.value ?? []).map((block) => ({ node, block })));
}

/** The records that some connection goes by, unless another connection says who answers for the name. */
function recordsCalled(system: System): ReadonlySet<DnsRecord> {
  const answered = new Set(system.connections.flatMap((connection) => connection.fromRecord ?? []));
  const found = new Set<DnsRecord>();
  const follow = (name: string, mail: boolean) => {
    if (answered.has(name)) return;
    const records = recordsBehind(system, name);
    const servers = mail
      ? records.flatMap(({ type, target }) => (type === 'MX' && target !== undefined ? target : []))
      : [];
    // Mail goes to the name itself only where no record names a server for it (RFC 5321 §5.1).
    if (servers.length === 0) for (const record of records) found.add(record);
    for (const server of servers) follow(server, false);
  };
  for (const { choices, protocol } of system.connections) {
    for (const { record } of choices) if (record !== undefined) follow(record, protocol?.family === 'mail');
  }
  return found;
}

/** An alias may lead to any record, text for instance; a mail or name server needs an address in the end (RFC 1035 §3.3). */
function leadsOn(system: System, record: DnsRecord, target: string): boolean {
  const records = recordsFor(system, target);
  if (record.type === 'CNAME') return records.length > 0;
  return records.some((one) => one.type === 'A' || one.type === 'AAAA' || one.type === 'CNAME' || one.type === 'ALIAS');
}

function covers(pattern: string, name: string): boolean {
  return pattern === name || (pattern.startsWith('*.') && name.slice(name.indexOf('.')) === pattern.slice(1));
}

function nobodyHas(
  system: System,
  dangling: { record: DnsRecord; address: Address; network: Node | undefined },
): Finding {
  const { record, address, network } = dangling;
  const near = nearest(address.text, holders(system).keys());
  return {
    message: `${quoted(record.name)} points to ${address.text}, which nothing here has`,
    at: record.data[0]?.at ?? record.at,
    label: 'no host and no component states this address',
    related: network
      ? [{ at: network.facts.cidr?.at ?? network.at, message: `it lies inside ${nameOf(system, network)}` }]
      : [],
    help: didYouMean(near) ?? `give the host that answers \`address ${address.text}\`, or correct the record`,
    witness: pathThrough(
      [record.name, record.name],
      [record.name, `${record.type} ${address.text}`],
      [record.name, 'nothing'],
    ),
    subjects: [record.name],
  };
}

function noRecord(system: System, dangling: { record: DnsRecord; target: string; zone: Zone }): Finding {
  const { record, target, zone } = dangling;
  const data = record.data.at(-1);
  // At the apex SOA and NS stand unwritten, and neither is a way on.
  const needsAddress = record.type !== 'CNAME' || target === zone.name;
  return {
    message: `${quoted(record.name)} leads to ${quoted(target)}, of which the zone ${quoted(zone.name)} has no ${needsAddress ? 'address' : 'record'}`,
    at: data?.at ?? record.at,
    label: 'the way ends here',
    related: [{ at: zone.node.at, message: 'the zone is declared here' }],
    help:
      didYouMean(nearNames(system, { record, target, zone })) ??
      `add a record for ${quoted(target)}, or take this one out`,
    witness: pathThrough(
      [record.name, record.name],
      [record.name, `${record.type} ${target}`],
      [record.name, 'nothing'],
    ),
    subjects: [record.name],
  };
}

/** Names of the same zone that are spelt alike, compared without the zone's own name. */
function nearNames(
  system: System,
  { record, target, zone }: { record: DnsRecord; target: string; zone: Zone },
): readonly string[] {
  const suffix = `.${zone.name}`;
  const others = system.zones
    .flatMap((one) => one.records.map(({ name }) => name))
    .filter((name) => name !== record.name && name.endsWith(suffix));
  const near = nearest(
    target.slice(0, -suffix.length),
    others.map((name) => name.slice(0, -suffix.length)),
  );
  return near.map((name) => `${name}${suffix}`);
}
