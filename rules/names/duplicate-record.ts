// Records that stand twice in one zone: same name, type and data.

import type { Fix } from '../../src/base/diagnostic.js';
import { wholeStatement } from '../../src/base/removal.js';
import { quoted } from '../../src/base/words.js';
import { completeName } from '../../src/model/records.js';
import type { DnsRecord, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { pathThrough } from '../wording.js';

export const duplicateRecord = rule({
  id: 'duplicate-record',
  category: 'names',
  summary: 'a zone has the same record twice',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: true,
  *check(system): Iterable<Finding> {
    const shared = sharedStatements(system);
    for (const zone of system.zones) {
      const known = new Map<string, DnsRecord>();
      for (const record of zone.records) {
        const key = [record.name, record.type, ...contentOf(record)].join('\n');
        const first = known.get(key);
        if (first) yield finding(record, first, shared.has(placeOf(record)));
        else known.set(key, record);
      }
    }
  },
});

/** What the record says, however it is written: names complete, numbers without leading zeros, addresses in their shortest form. */
function contentOf(record: DnsRecord): readonly string[] {
  const { type, data, address, target, nodes, zone } = record;
  const texts = data.map(({ text }) => text);
  switch (type) {
    case 'A':
    case 'AAAA':
    case 'ALIAS':
      return nodes.length > 0 ? nodes.map(({ id }) => id) : [address?.text ?? target ?? texts.join(' ')];
    case 'CNAME':
    case 'NS':
      return [target ?? completeName(texts[0] ?? '', zone.name)];
    case 'MX':
    case 'SRV':
      return [...texts.slice(0, -1).map((text) => String(Number(text))), target ?? texts.at(-1) ?? ''];
    case 'CAA':
      return [String(Number(texts[0])), (texts[1] ?? '').toLowerCase(), ...texts.slice(2)];
    case 'TXT':
      return texts;
  }
}

/** Statements that several zones share, by a template or a list of names: what is a duplicate in one may be none in another. */
function sharedStatements(system: System): ReadonlySet<string> {
  const once = new Set<string>();
  const twice = new Set<string>();
  for (const { records } of system.zones) {
    for (const place of new Set(records.map(placeOf))) (once.has(place) ? twice : once).add(place);
  }
  return twice;
}

function placeOf({ at }: DnsRecord): string {
  return `${at.start} ${at.source.path}`;
}

function finding(record: DnsRecord, first: DnsRecord, shared: boolean): Finding {
  const what = `${record.type} ${record.data.map(({ text }) => text).join(' ')}`;
  const sameTtl = record.ttl === first.ttl;
  // With another ttl it is no mere repetition: which of the two is meant, only people know.
  const fix: Fix | undefined =
    sameTtl && !shared
      ? { title: 'remove it', safety: 'safe', edits: [{ at: wholeStatement(record.extent), text: '' }] }
      : undefined;
  return {
    message: `${quoted(record.name)} has the record \`${what}\` twice`,
    at: record.extent,
    label: sameTtl ? 'again here' : 'again here, with another ttl',
    related: [{ at: first.extent, message: 'first here' }],
    help: sameTtl ? 'remove one of them' : 'keep one ttl: all records of one name and type share it (RFC 2181 §5.2)',
    ...(fix ? { fix } : {}),
    witness: pathThrough([record.name, record.name], [record.name, what], [record.name, what]),
    subjects: [record.name],
  };
}
