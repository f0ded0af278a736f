// Names in records that no name server or resolver takes: labels that are empty, too long, or not those of a host where one is meant.

import type { Location } from '../../src/base/source.js';
import { quoted } from '../../src/base/words.js';
import type { DnsRecord, Zone } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { pathThrough } from '../wording.js';

export const invalidName = rule({
  id: 'invalid-name',
  category: 'names',
  summary:
    'a name in a zone breaks the rules for names: a label, or the whole, is too long or has characters that no host has',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const zone of system.zones) yield* inZone(zone);
  },
});

/** Each name once, at its first place; what is wrong with the name of the zone is told there and not with every record. */
function* inZone(zone: Zone): Iterable<Finding> {
  const fault = faultIn(zone.name, zone.name.split('.'), zone.records.some(isOfHost));
  if (fault !== undefined) yield finding(zone.node.id, zone.name, { at: zone.node.at, fault, written: zone.name });
  const told = new Set<string>();
  const judge = (name: string, place: { record: DnsRecord; at: Location; host: boolean }): Finding | undefined => {
    if (told.has(name)) return undefined;
    const found = faultIn(name, ownLabels(name, zone), place.host, fault !== undefined);
    if (found === undefined) return undefined;
    told.add(name);
    return finding(place.record.name, name, { at: place.at, fault: found, written: place.record.name });
  };
  for (const record of zone.records) {
    const found = judge(record.name, { record, at: record.at, host: isOfHost(record) });
    if (found) yield found;
  }
  for (const record of zone.records) {
    const data = record.data.at(-1);
    if (record.target === undefined || !data) continue;
    const host = record.type === 'MX' || record.type === 'NS' || record.type === 'SRV';
    const found = judge(record.target, { record, at: data.at, host });
    if (found) yield found;
  }
}

/** The name of a machine, or of a mailbox's domain; other names may hold anything (RFC 2181 §11). */
function isOfHost({ type }: DnsRecord): boolean {
  return type === 'A' || type === 'AAAA' || type === 'MX';
}

/** Those before the name of the zone. */
function ownLabels(name: string, zone: Zone): readonly string[] {
  if (name === zone.name) return [];
  const own = name.endsWith(`.${zone.name}`) ? name.slice(0, -zone.name.length - 1) : name;
  return own.split('.');
}

/** What is wrong, in the words that follow the name, and where it is written that it is. */
interface Fault {
  readonly says: string;
  readonly standard: string;
}

function faultIn(name: string, labels: readonly string[], host: boolean, zoneToo = false): Fault | undefined {
  for (const [at, label] of labels.entries()) {
    if (label === '*' && at === 0) continue;
    const fault = labelFault(label, host);
    if (fault) return fault;
  }
  const length = name.split('.').reduce((sum, label) => sum + 1 + shortestForm(label), -1);
  if (length <= 253 || zoneToo) return undefined;
  return {
    says: `has ${isPlain(name) ? '' : 'at least '}${length} characters, and 253 are the most`,
    standard: 'RFC 1035 §2.3.4: 255 octets with the lengths of the labels',
  };
}

function labelFault(label: string, host: boolean): Fault | undefined {
  if (label === '')
    return { says: 'has nothing between two of its dots', standard: 'RFC 1035 §2.3.1: no label is empty' };
  const length = shortestForm(label);
  if (length > 63) {
    return {
      says: `has a label of ${isPlain(label) ? '' : 'at least '}${length} characters, and 63 are the most`,
      standard: 'RFC 1035 §2.3.4: 63 octets for a label',
    };
  }
  // A label that begins with an underscore marks a scope, such as `_dmarc` or `gc._msdcs` (RFC 8552).
  if (!host || label.startsWith('_')) return undefined;
  const ofHost = (flaw: string): Fault => ({
    says: `is the name of a host and ${flaw}`,
    standard: 'RFC 1035 §2.3.1 and RFC 1123 §2.1: letters, digits, and hyphens between them',
  });
  if (label.startsWith('-')) return ofHost('has a label that begins with a hyphen');
  if (label.endsWith('-')) return ofHost('has a label that ends with a hyphen');
  const strange = strangeIn(label);
  if (strange === undefined) return undefined;
  if (strange === '*') {
    return { says: 'has a `*` that is no wildcard', standard: 'RFC 4592 §2.1.1: it stands alone before the first dot' };
  }
  return ofHost(
    `has ${strange === '_' ? 'an underscore' : strange.trim() === '' ? 'a space' : `the character ${quoted(strange)}`} in it`,
  );
}

/** Plain letters first: the pattern for all the letters of the world is slow to make. */
function strangeIn(label: string): string | undefined {
  return /^[a-z0-9-]*$/.test(label) ? undefined : /[^\p{L}\p{M}\p{N}-]/u.exec(label)?.[0];
}

/**
 * In octets as it is sent. A label beyond ASCII is sent as `xn--`, its ASCII letters with a hyphen behind them, and one digit or more for each
 * other letter (RFC 3492 §6.3): this is the least that it can have, so what is found too long is too long.
 */
function shortestForm(label: string): number {
  if (isPlain(label)) return label.length;
  const letters = Array.from(label.normalize('NFKC'));
  const plain = letters.filter(isPlain).length;
  return 'xn--'.length + letters.length + (plain > 0 ? 1 : 0);
}

/** Nothing beyond ASCII. */
function isPlain(text: string): boolean {
  return Array.from(text).every((letter) => letter <= '\x7f');
}

function finding(subject: string, name: string, about: { at: Location; fault: Fault; written: string }): Finding {
  const { says, standard } = about.fault;
  return {
    message: `${quoted(shown(name))} ${says}`,
    at: about.at,
    label: standard,
    help: 'choose a name of letters, digits and hyphens, with at most 63 characters between two dots',
    witness: pathThrough([subject, about.written], [subject, `${shown(name)} ${says}`]),
    subjects: [subject],
  };
}

/** A headline stays a line. */
function shown(name: string): string {
  return name.length <= 80 ? name : `${name.slice(0, 30)}…${name.slice(-30)}`;
}
