// Connections that say who answers for a record, where the record's addresses are those of others.

import { quoted } from '../../src/base/words.js';
import { isPublicAddress } from '../../src/analysis/exposure.js';
import { addressesOf } from '../../src/model/answers.js';
import { holders, recordsBehind, recordsFor } from '../../src/analysis/names.js';
import { componentsOn } from '../../src/analysis/paths.js';
import type { Address } from '../../src/model/addresses.js';
import { groupOf } from '../../src/model/kinds.js';
import type { Connection, DnsRecord, Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

export const wrongHost = rule({
  id: 'wrong-host',
  category: 'names',
  summary:
    'a connection says that a component answers for a record, and the addresses of the record are those of others',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const lead = new Map<string, Leads | undefined>();
    for (const connection of system.connections) {
      const name = connection.fromRecord;
      if (name === undefined || !goesByAddress(system, name, connection)) continue;
      if (!lead.has(name)) lead.set(name, leadsOf(system, name));
      const leads = lead.get(name);
      if (!leads) continue;
      const said = connection.choices.flatMap((choice) => choice.named);
      const right = new Set(said.filter((node) => hasSome(leads, node)));
      const tiers = new Set([...right].map((node) => node.tier));
      const wrong = said.filter((node) => {
        // Whoever stands by for the right one gets the address when it takes over.
        if (right.has(node) || (node.facts.standby && tiers.has(node.tier))) return false;
        return leads.elsewhere || hasOthers(leads, node);
      });
      if (wrong.length > 0) yield finding(system, connection, { name, leads, wrong });
    }
  },
});

/** Mail, names and services have records of their own, and go by those. */
function goesByAddress(system: System, name: string, { protocol }: Connection): boolean {
  if (protocol?.family === 'web') return true;
  const records = recordsFor(system, name);
  return !records.some(({ type }) => type === 'MX' || type === 'NS' || type === 'SRV');
}

/** Where a name leads, if the file says all of it. */
interface Leads {
  readonly addresses: ReadonlyMap<string, Address>;
  /** The hosts and components that the data names. */
  readonly nodes: readonly Node[];
  readonly records: readonly DnsRecord[];
  /** Everything that the name leads to is stated to be somebody's. */
  readonly elsewhere: boolean;
  /** Who those are. */
  readonly owners: readonly Node[];
}

function leadsOf(system: System, name: string): Leads | undefined {
  const addresses = new Map<string, Address>();
  const nodes: Node[] = [];
  const records: DnsRecord[] = [];
  for (const record of recordsBehind(system, name)) {
    const { type, address, target } = record;
    if (type !== 'A' && type !== 'AAAA' && type !== 'ALIAS' && type !== 'CNAME') continue;
    records.push(record);
    nodes.push(...record.nodes);
    if (address) addresses.set(address.text, address);
    else if (record.nodes.length > 0) continue;
    else if (target === undefined || recordsFor(system, target).length === 0) return undefined;
  }
  const owners = [...addresses.keys()].map((text) => holders(system).get(text) ?? []);
  // Whatever passes packets on may lead anywhere.
  if ([...owners.flat(), ...nodes].some((node) => passesOn(system, node))) return undefined;
  if (addresses.size === 0 && nodes.length === 0) return undefined;
  const elsewhere = owners.every((list) => list.length > 0);
  return { addresses, nodes, records, elsewhere, owners: [...new Set([...owners.flat(), ...nodes])] };
}

/** A firewall, a host with nothing else on it, or a place or network around others. */
function passesOn(system: System, node: Node): boolean {
  return node.kind === 'host' ? (componentsOn(system).get(node) ?? []).length === 0 : groupOf(node.kind) !== 'traffic';
}

/** Its own addresses, and those of all around it and in it. */
function addressesAround(node: Node): readonly Address[] {
  const found = [...addressesWithin(node)];
  for (let around = node.parent; around; around = around.parent) found.push(...addressesOf(around));
  return found;
}

function addressesWithin(node: Node): readonly Address[] {
  return [...addressesOf(node), ...node.children.flatMap(addressesWithin)];
}

function hasSome(leads: Leads, node: Node): boolean {
  return (
    addressesAround(node).some(({ text }) => leads.addresses.has(text)) ||
    leads.nodes.some((other) => other === node || isAround(other, node) || isAround(node, other))
  );
}

function isAround(outer: Node, inner: Node): boolean {
  for (let around = inner.parent; around; around = around.parent) if (around === outer) return true;
  return false;
}

/** It states addresses of each sort that the record has, and others. A private one may be translated to a public one that is not stated. */
function hasOthers(leads: Leads, node: Node): boolean {
  if (leads.nodes.length > 0) return false;
  const own = addressesAround(node);
  return [...leads.addresses.values()].every((address) =>
    own.some((other) => other.family === address.family && isPublicAddress(other) && isPublicAddress(address)),
  );
}

function finding(
  system: System,
  connection: Connection,
  { name, leads, wrong }: { name: string; leads: Leads; wrong: readonly Node[] },
): Finding {
  const data = leads.records.flatMap((record) => (record.target === undefined ? (record.data[0]?.text ?? []) : []));
  const one = wrong.length === 1;
  const host = wrong.every((node) => node.host)
    ? `whose ${one ? 'host has' : 'hosts have'}`
    : `which ${one ? 'has' : 'have'}`;
  return {
    message: `${quoted(name)} is said to be answered by ${namesOf(system, wrong)}, ${host} none of its addresses`,
    at: connection.choices[0]?.at ?? connection.at,
    label: `not reached by ${data.slice(0, 3).join(' or ')}`,
    related: [
      ...leads.records.map((record) => ({ at: record.extent, message: 'the record leads elsewhere' })),
      ...leads.owners.map((node) => ({
        at: node.facts.address?.at ?? node.at,
        message: `it is ${nameOf(system, node)} that is there`,
      })),
    ],
    help: `correct the record, state the address where it belongs, or name the component that answers at ${data[0] ?? 'it'}`,
    witness: pathThrough(
      [name, name],
      [name, data.slice(0, 3).join(', ')],
      ...leads.owners.slice(0, 3).map((node) => [node.id, node.id] as const),
      ...wrong.slice(0, 3).map((node) => [node.id, `not ${node.id}`] as const),
    ),
    subjects: [name],
    group: {
      key: name,
      message: () => `${quoted(name)} is said to be answered by components whose hosts have none of its addresses`,
    },
  };
}
