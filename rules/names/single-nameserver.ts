// Zones whose stated name servers are one, or fail together: all on one host or in one network.

import { quoted } from '../../src/base/words.js';
import { holders, recordsBehind } from '../../src/analysis/names.js';
import { machineOf } from '../../src/analysis/paths.js';
import { perSystem } from '../../src/analysis/shared.js';
import { groupOf } from '../../src/model/kinds.js';
import type { DnsRecord, Node, System, Zone } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, pathThrough } from '../wording.js';

export const singleNameserver = rule({
  id: 'single-nameserver',
  category: 'names',
  summary: 'a zone states one name server, or several that stand on one host or in one network',
  severity: 'warning',
  preset: 'strict',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    for (const zone of system.zones) {
      // A zone that states none leaves them to the provider.
      const records = zone.records.filter(({ type, name }) => type === 'NS' && name === zone.name);
      const [first] = records;
      if (!first || zone.node.managed) continue;
      const targets = [...new Set(records.map((record) => record.target ?? ''))];
      const machines = targets.map((target) => machinesOf(system, target, zone));
      const known = machines.every((list) => list.length > 0);
      const all = [...new Set(machines.flat())];
      if (all.some((node) => node.managed)) continue;
      if (targets.length === 1 && all.length < 2) yield only(zone, first);
      else if (known && all.length === 1 && all[0]) yield together(system, records, { zone, where: all[0], all });
      else if (known) {
        const where = sharedNetwork(all);
        if (where) yield together(system, records, { zone, where, all });
      }
    }
  },
});

const byHostname = perSystem('names of hosts', (system): ReadonlyMap<string, readonly Node[]> => {
  const found = new Map<string, Node[]>();
  for (const node of system.nodes.values()) {
    for (const name of node.facts.hostname?.value ?? []) found.set(name, [...(found.get(name) ?? []), node]);
  }
  return found;
});

/** Where a name server runs; empty where the file does not say. */
function machinesOf(system: System, target: string, zone: Zone): readonly Node[] {
  const records = recordsBehind(system, target).filter((record) => record.zone.private === zone.private);
  const nodes = records.flatMap((record) => [
    ...record.nodes,
    ...(record.address ? (holders(system).get(record.address.text) ?? []) : []),
  ]);
  const all = [...nodes, ...(byHostname(system).get(target) ?? [])];
  const whole = records.every(({ address }) => !address || holders(system).has(address.text));
  // A firewall, a place or a network passes on what comes, to a machine that is not named.
  const reached = all.every(({ kind }) => kind === 'host' || groupOf(kind) === 'traffic');
  return whole && reached ? [...new Set(all.map(machineOf))] : [];
}

/** The nearest network around all of them, unless zones or regions inside it keep them apart. */
function sharedNetwork(machines: readonly Node[]): Node | undefined {
  const [first, ...others] = machines;
  const network = first && networkAround(first);
  const same = others.every((one) => networkAround(one) === network && areaOf(one) === areaOf(first));
  return same ? network : undefined;
}

function networkAround(node: Node): Node | undefined {
  let around = node.parent;
  while (around && around.kind !== 'network') around = around.parent;
  return around;
}

function areaOf(node: Node | undefined): Node | undefined {
  return node?.places.find(({ kind }) => kind !== 'host');
}

function only(zone: Zone, record: DnsRecord): Finding {
  const target = record.target ?? '';
  return {
    message: `the zone ${quoted(zone.name)} has one name server: ${quoted(target)}`,
    at: record.data[0]?.at ?? record.at,
    label: '1 of at least 2',
    help: 'add an NS record for a second name server, at another provider or in another place',
    witness: pathThrough([zone.name, zone.name], [zone.name, `NS ${target}`], [zone.name, '1 of 1']),
    subjects: [zone.name],
  };
}

function together(
  system: System,
  records: readonly DnsRecord[],
  { zone, where, all }: { zone: Zone; where: Node; all: readonly Node[] },
): Finding {
  const [first, ...others] = records;
  if (!first) throw new Error('a zone with name servers has a record of one');
  const place = `${where.kind === 'network' ? 'network' : 'host'} ${nameOf(system, where)}`;
  const standing =
    where.kind === 'host' || where.kind === 'network'
      ? `stand ${where.kind === 'host' ? 'on' : 'in'} ${place}`
      : `are ${nameOf(system, where)}`;
  return {
    message: `all name servers of the zone ${quoted(zone.name)} ${standing}`,
    at: first.data[0]?.at ?? first.at,
    label: `${records.length} of ${records.length}`,
    related: [
      ...others.map((record) => ({ at: record.data[0]?.at ?? record.at, message: 'leads to the same place' })),
      { at: where.at, message: 'here' },
    ],
    help: 'put one of them in another place, or let somebody else serve the zone as well',
    witness: pathThrough(
      [zone.name, zone.name],
      ...records.map((record) => [zone.name, `NS ${record.target ?? ''}`] as const),
      ...all.map((node) => [node.id, node.id] as const),
      ...(all.includes(where) ? [] : [[where.id, where.id] as const]),
    ),
    subjects: [zone.name],
  };
}
