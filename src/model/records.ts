// Entries in a zone of names → records, as a zone file has them, with one difference: a name with a dot in it is complete.

import type { Entry, Value } from '../../grammar/tree.js';
import { nearest } from '../base/nearest.js';
import { respelling } from '../base/spelling.js';
import { spanning } from '../base/source.js';
import { counted, didYouMean, quoted } from '../base/words.js';
import { readAddress, type Address } from './addresses.js';
import type { Draft, Faults } from './draft.js';
import type { speller } from './international.js';
import { reportName, type Names } from './lookup.js';
import type { DnsRecord, RecordType, Zone } from './system.js';
import { asNode } from './tiers.js';
import { duration, isDomainName, isFault } from './values.js';

export const recordTypes: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'ALIAS', 'MX', 'NS', 'TXT', 'SRV', 'CAA'];

/** Record types of the world that are not read here, so that a message can name them. */
const otherTypes = [
  'PTR',
  'SOA',
  'DS',
  'DNSKEY',
  'TLSA',
  'NAPTR',
  'HTTPS',
  'SVCB',
  'SSHFP',
  'HINFO',
  'LOC',
  'SPF',
  'ANAME',
  'DNAME',
];

function typeOf(word: string | undefined): RecordType | undefined {
  return recordTypes.find((type) => type === word?.toUpperCase());
}

function wordsOf(entry: Entry): readonly Value[] {
  return [entry.head, ...entry.groups.flat()];
}

/** `www A …`, `www 300 A …`, and what was meant to be one: `www IN A …`, `$TTL 300`, `www PTR …`. */
export function looksLikeRecord(entry: Entry): boolean {
  const [head, second, third] = wordsOf(entry).map((value) => value.text);
  if (head?.startsWith('$') || second?.toUpperCase() === 'IN') return true;
  if (typeOf(second) && entry.groups.flat().length > 1) return true;
  if (isTtl(second) && third !== undefined) return true;
  return otherTypes.includes(second ?? '');
}

function isTtl(word: string | undefined): boolean {
  return word !== undefined && (/^\d+$/.test(word) || /^\d+[smhdw]$/.test(word));
}

/** The complete name of `written` in a zone: `@` is the apex, a dot makes it complete, anything else is relative. */
export function completeName(written: string, zone: string): string {
  const name = written.toLowerCase();
  if (name === '@') return zone;
  return name.includes('.') ? name.replace(/\.$/, '') : `${name}.${zone}`;
}

interface Context {
  readonly zone: Zone;
  readonly draft: Draft;
  readonly names: Names;
  readonly faults: Faults;
  /** Both spellings of an international name are one name, in all zones. */
  readonly spell: ReturnType<typeof speller>;
}

export function readRecords(draft: Draft, context: Pick<Context, 'names' | 'faults' | 'spell'>): Zone {
  const records: DnsRecord[] = [];
  const zone: Zone = { node: asNode(draft), name: draft.name, private: draft.facts.private !== undefined, records };
  for (const entry of draft.recordEntries) {
    const record = readRecord(entry, { zone, draft, ...context });
    if (record) records.push(record);
  }
  return zone;
}

function readRecord(entry: Entry, context: Context): DnsRecord | undefined {
  const { zone, faults } = context;
  const values = wordsOf(entry);
  const [head, second] = values;
  if (!head) return undefined;
  const fault = (message: string, value: Value | undefined, help?: string) => {
    faults.add({ code: 'wrong-value', message, at: value?.at ?? head.at, ...(help ? { help } : {}) });
    return undefined;
  };
  if (head.text.startsWith('$')) {
    fault(
      `${quoted(head.text)} is not read here`,
      head,
      'write the ttl behind the name of a record: `www 300 A 203.0.113.10`',
    );
    return;
  }
  const bracket = values.find((value) => value.form === 'word' && /[()]/.test(value.text));
  if (bracket) {
    fault('parentheses are not read in records', bracket, 'write the record in one line');
    return;
  }
  if (values.some((value) => value.form === 'word' && value.text.toUpperCase() === 'IN' && value !== head)) {
    const classWord = values.find((value) => value.text.toUpperCase() === 'IN' && value !== head);
    fault('the class `IN` is not read here', classWord, 'leave it out: `www A 203.0.113.10`');
    return;
  }
  const typeAt = isTtl(second?.text) ? 2 : 1;
  const type = typeOf(values[typeAt]?.text);
  if (!type) {
    unknownType(values, typeAt, context);
    return;
  }
  const surplus = entry.template ?? entry.label ?? entry.blocks[0];
  if (surplus) faults.add({ code: 'syntax', message: 'a record takes no block and no label', at: surplus.at });
  const data = values.slice(typeAt + 1);
  const ttl = typeAt === 2 && second ? ttlOf(second) : undefined;
  const name = context.spell(completeName(head.text, zone.name), zone.name);
  if (name !== zone.name && !name.endsWith(`.${zone.name}`)) {
    fault(
      `${quoted(head.text)} does not belong to the zone ${quoted(zone.name)}`,
      head,
      `a name with a dot is complete: did you mean \`${head.text}.${zone.name}\`?`,
    );
    return;
  }
  const read = readData(type, data, { ...context, typeWord: values[typeAt] ?? head });
  if (!read) return undefined;
  return {
    zone,
    name,
    type,
    data: data.map(({ text, at }) => ({ text, at })),
    at: head.at,
    extent: spanning(head.at, data.at(-1)?.at ?? head.at),
    nodes: [],
    ...(ttl === undefined ? {} : { ttl }),
    ...read,
  };
}

function ttlOf(value: Value): number | undefined {
  if (/^\d+$/.test(value.text)) return Number(value.text);
  const seconds = duration('300').read([[value]]);
  return isFault(seconds) ? undefined : seconds;
}

function unknownType(values: readonly Value[], typeAt: number, context: Context): undefined {
  const head = values[0];
  const word = values[typeAt];
  if (!head) return undefined;
  if (typeOf(head.text) && word) {
    context.faults.add({
      code: 'wrong-value',
      message: `the ${head.text.toUpperCase()} record has no name`,
      at: head.at,
      help: 'put its name before the type; `@` is the zone itself',
    });
    return undefined;
  }
  if (!word) {
    context.faults.add({
      code: 'unknown-property',
      message: `${quoted(head.text)} is neither a record nor a property of a zone`,
      at: head.at,
      help: 'write a record as `www A 203.0.113.10`',
    });
    return undefined;
  }
  const near = nearest(word.text.toUpperCase(), recordTypes);
  context.faults.add({
    code: 'wrong-value',
    message: `${quoted(word.text)} is not a type of record that is read here`,
    at: word.at,
    help: didYouMean(near) ?? `the types are ${recordTypes.join(', ')}`,
    ...respelling(word.at, near),
  });
  return undefined;
}

type Read = Partial<Pick<DnsRecord, 'address' | 'target' | 'nodes'>>;

function readData(type: RecordType, data: readonly Value[], context: Context & { typeWord: Value }): Read | undefined {
  const { zone, faults, typeWord } = context;
  const fault = (message: string, value: Value | undefined, help: string) => {
    faults.add({ code: 'wrong-value', message, at: value?.at ?? typeWord.at, help });
    return undefined;
  };
  const first = data[0];
  if (!first) {
    fault(`the ${type} record has no data`, undefined, `write it as \`${examples[type]}\``);
    return;
  }
  const expected = sizes[type];
  if (expected !== undefined && data.length !== expected) {
    fault(
      `${/^[AMNS]/.test(type) ? 'an' : 'a'} ${type} record takes ${counted(expected, 'value')}, and ${data.length === 1 ? 'here is' : 'here are'} ${data.length}`,
      data[expected],
      `write it as \`${examples[type]}\``,
    );
    return;
  }
  const nameAt = (value: Value | undefined): Read | undefined => {
    if (!value) return {};
    if (readAddress(value.text)) return {};
    // The root as target says that there is no such service (RFC 7505, RFC 2782).
    if (value.text === '.' && (type === 'MX' || type === 'SRV')) return {};
    if (value.text !== '@' && !isDomainName(value.text)) {
      fault(`${quoted(value.text)} is not a domain name`, value, `write it as \`${examples[type]}\``);
      return;
    }
    return { target: context.spell(completeName(value.text, zone.name), zone.name) };
  };
  switch (type) {
    case 'A':
    case 'AAAA':
      return addressOrNode(type, first, context);
    case 'ALIAS': {
      const address = readAddress(first.text);
      if (address) return { address };
      const found = context.names.find(first.text, context.draft.parent);
      return found.is === 'found' ? { nodes: found.nodes.map(asNode) } : nameAt(first);
    }
    case 'CNAME':
    case 'NS':
      return nameAt(first);
    case 'MX':
      if (!/^\d{1,5}$/.test(first.text)) {
        fault(`${quoted(first.text)} is not a preference`, first, `write it as \`${examples.MX}\``);
        return;
      }
      return nameAt(data[1]);
    case 'SRV':
      for (const value of data.slice(0, 3)) {
        if (!/^\d{1,5}$/.test(value.text)) {
          fault(`${quoted(value.text)} is not a number`, value, `write it as \`${examples.SRV}\``);
          return;
        }
      }
      return nameAt(data[3]);
    case 'TXT':
    case 'CAA':
      return {};
  }
}

function addressOrNode(type: 'A' | 'AAAA', value: Value, context: Context): Read | undefined {
  const { faults, names, draft } = context;
  const family = type === 'A' ? 4 : 6;
  const address: Address | undefined = readAddress(value.text);
  if (address?.family === family) return { address };
  if (address || /^[\d.]+$/.test(value.text) || value.text.includes(':')) {
    faults.add({
      code: 'wrong-value',
      message: `${quoted(value.text)} is not an IPv${family} address`,
      at: value.at,
      help: address
        ? `an IPv${address.family} address goes into ${address.family === 4 ? 'an A' : 'an AAAA'} record`
        : `write it as \`${examples[type]}\``,
    });
    return undefined;
  }
  const found = names.find(value.text, draft.parent);
  const nodes = found.is === 'found' ? found.nodes : reportName(found, value, { names, scope: draft.parent, faults });
  return { nodes: nodes.map(asNode) };
}

const sizes: Partial<Record<RecordType, number>> = { A: 1, AAAA: 1, CNAME: 1, ALIAS: 1, NS: 1, MX: 2, SRV: 4, CAA: 3 };

const examples: Readonly<Record<RecordType, string>> = {
  A: 'www A 203.0.113.10',
  AAAA: 'www AAAA 2001:db8::10',
  CNAME: 'www CNAME foobar.com',
  ALIAS: '@ ALIAS d111.cloudfront.net',
  MX: '@ MX 10 mail.foobar.com',
  NS: '@ NS ns1.foobar.com',
  TXT: '@ TXT "v=spf1 -all"',
  SRV: '_sip._tcp.foobar.com SRV 10 5 5060 sip.foobar.com',
  CAA: '@ CAA 0 issue "letsencrypt.org"',
};
