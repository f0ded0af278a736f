// Addresses that nobody outside can send a packet to, in public records and on public hosts.

import { quoted } from '../../src/base/words.js';
import { isPublicAddress, openness } from '../../src/analysis/exposure.js';
import { addressesOf } from '../../src/model/answers.js';
import { holders } from '../../src/analysis/names.js';
import { blockContains, reachOf, type Address, type Reach } from '../../src/model/addresses.js';
import { groupOf } from '../../src/model/kinds.js';
import type { DnsRecord, Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, pathThrough } from '../wording.js';

export const unroutableAddress = rule({
  id: 'unroutable-address',
  category: 'names',
  summary: 'a public record or a public host has an address that cannot be reached from outside',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    /** Addresses that were reported: what else has them is not reported again. */
    const named = new Set<string>();
    for (const zone of system.zones) {
      for (const record of zone.records) {
        const address = badAddressOf(record);
        if (!address) continue;
        named.add(address.text);
        yield inRecord(system, record, address);
      }
    }
    for (const node of system.nodes.values()) {
      const address = node.caller ? undefined : badAddressOn(node);
      if (!address || named.has(address.text)) continue;
      named.add(address.text);
      yield onHost(system, node, address);
    }
  },
});

/** Why nobody can be reached there, as the registries of RFC 6890 have it. */
const meanings: Readonly<Record<Reach, string>> = {
  public: 'can be reached',
  documentation: 'stands for a real address',
  private: 'is private: no router outside knows a way to it',
  loopback: 'is loopback: every machine reaches itself there',
  'link-local': 'is link-local: it ends at the next router',
  multicast: 'is multicast or broadcast: it means a group, and no host',
  unspecified: 'is unspecified: it means no host at all',
  reserved: 'is reserved: nobody has it',
};

function isBad(address: Address, inside: boolean): boolean {
  return !isPublicAddress(address) && !(inside && reachOf(address) === 'private');
}

function badAddressOf(record: DnsRecord): Address | undefined {
  const inside = record.zone.private;
  if (record.address) {
    const ownMachine = inside && reachOf(record.address) === 'loopback' && record.name.startsWith('localhost.');
    return isBad(record.address, inside) && !ownMachine ? record.address : undefined;
  }
  // The data names a host: it is enough that one of its addresses can be reached.
  const family = record.type === 'A' ? 4 : record.type === 'AAAA' ? 6 : undefined;
  const addresses = record.nodes
    .flatMap((node) => [...addressesOf(node), ...(node.host ? addressesOf(node.host) : [])])
    .filter((address) => family === undefined || address.family === family);
  return addresses.every((address) => isBad(address, inside)) ? addresses[0] : undefined;
}

/** Of what is stated to be public. Inside a network whose own block is private, a private address is what its hosts have. */
function badAddressOn(node: Node): Address | undefined {
  const group = groupOf(node.kind);
  if ((node.kind !== 'host' && group !== 'traffic') || openness(node) !== 'public') return undefined;
  const addresses = addressesOf(node);
  const worst = addresses.find((address) => isBad(address, true));
  if (worst) return worst;
  const all = [...addresses, ...(node.host ? addressesOf(node.host) : [])];
  if (all.some(isPublicAddress)) return undefined;
  return addresses.find((address) => !blocksAround(node).some((block) => blockContains(block, address)));
}

function blocksAround(node: Node) {
  const blocks = [...(node.facts.cidr?.value ?? [])];
  for (let around = node.parent; around; around = around.parent) blocks.push(...(around.facts.cidr?.value ?? []));
  return blocks;
}

function inRecord(system: System, record: DnsRecord, address: Address): Finding {
  const own = holders(system).get(address.text) ?? [];
  // As it is written, where it is: `::ffff:10.0.0.1` is known as such.
  const written = record.address ? (record.data[0]?.text ?? address.text) : address.text;
  return {
    message: `${quoted(record.name)} points to ${written}, which cannot be reached${record.zone.private ? '' : ' from outside'}`,
    at: record.data[0]?.at ?? record.at,
    label: meanings[reachOf(address)],
    related: own.map((node) => ({ at: statedAt(node), message: `${nameOf(system, node)} has this address` })),
    help: 'put the public address here; in a description, one from 203.0.113.0/24 may stand for it',
    witness: pathThrough([record.name, record.name], [record.name, written], [record.name, meanings[reachOf(address)]]),
    subjects: [record.name],
  };
}

function onHost(system: System, node: Node, address: Address): Finding {
  return {
    message: `${nameOf(system, node)} is public and has the address ${address.text}, which cannot be reached from outside`,
    at: statedAt(node),
    label: meanings[reachOf(address)],
    help: 'state the public address; in a description, one from 203.0.113.0/24 may stand for it',
    witness: pathThrough([node.id, node.name], [node.id, address.text], [node.id, meanings[reachOf(address)]]),
    subjects: [node.id],
  };
}

function statedAt(node: Node) {
  return node.facts.address?.at ?? node.facts.vip?.at ?? node.at;
}
