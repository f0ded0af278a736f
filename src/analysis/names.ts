// System → what the zones of names say: which records answer for a name, and who has an address.

import { addressesOf } from '../model/answers.js';
import type { DnsRecord, Node, System, Zone } from '../model/system.js';
import { perSystem } from './shared.js';

/** Who states each address as its own, by the address's text, in order of declaration. */
export const holders = perSystem('addresses', (system): ReadonlyMap<string, readonly Node[]> => {
  const found = new Map<string, Node[]>();
  for (const node of system.nodes.values()) {
    for (const { text } of addressesOf(node)) {
      const list = found.get(text);
      if (!list) found.set(text, [node]);
      else if (!list.includes(node)) list.push(node);
    }
  }
  return found;
});

const recordsByName = perSystem('records by name', (system): ReadonlyMap<string, readonly DnsRecord[]> => {
  const found = new Map<string, DnsRecord[]>();
  for (const zone of system.zones) {
    for (const record of zone.records) found.set(record.name, [...(found.get(record.name) ?? []), record]);
  }
  return found;
});

/** Every name that exists because of a record at it or below it (RFC 8020: a name without records of its own exists too). */
const existing = perSystem('names that exist', (system): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const zone of system.zones) {
    found.add(zone.name);
    for (const { name } of zone.records) {
      for (let at: string | undefined = name; at !== undefined && at !== zone.name; at = parentName(at)) found.add(at);
    }
  }
  return found;
});

function parentName(name: string): string | undefined {
  const dot = name.indexOf('.');
  return dot < 0 ? undefined : name.slice(dot + 1);
}

/** The declared zone that a name belongs to: the longest that holds it. Split zones have one name; the first stands for both. */
export function zoneAround(system: System, name: string): Zone | undefined {
  let best: Zone | undefined;
  for (const zone of system.zones) {
    const inside = name === zone.name || name.endsWith(`.${zone.name}`);
    if (inside && zone.name.length > (best?.name.length ?? 0)) best = zone;
  }
  return best;
}

/** The records that answer for a name: its own, else those of the wildcard nearest above it (RFC 4592 §3.3.1). */
export function recordsFor(system: System, name: string): readonly DnsRecord[] {
  const records = recordsByName(system);
  const own = records.get(name);
  if (own) return own;
  const names = existing(system);
  if (names.has(name)) return [];
  for (let around = parentName(name); around !== undefined; around = parentName(around)) {
    if (names.has(around)) return records.get(`*.${around}`) ?? [];
  }
  return [];
}

/** Whether a name was handed to other name servers: an NS record stands at it or above it, below the zone's own name. */
export function isDelegated(system: System, name: string, zone: Zone): boolean {
  const records = recordsByName(system);
  for (let at: string | undefined = name; at !== undefined && at !== zone.name; at = parentName(at)) {
    if (records.get(at)?.some((record) => record.type === 'NS')) return true;
  }
  return false;
}

/** The records of a name and of every name that it leads on to, each once; rounds end where they began. */
export function recordsBehind(system: System, name: string): readonly DnsRecord[] {
  const names = new Set([name]);
  const found: DnsRecord[] = [];
  for (const one of names) {
    for (const record of recordsFor(system, one)) {
      found.push(record);
      if ((record.type === 'CNAME' || record.type === 'ALIAS') && record.target !== undefined) names.add(record.target);
    }
  }
  return found;
}
