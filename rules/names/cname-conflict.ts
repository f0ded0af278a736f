// Names that have a CNAME record and another record beside it, or two different ones.

import type { Related } from '../../src/base/diagnostic.js';
import { quoted } from '../../src/base/words.js';
import type { DnsRecord, Zone } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { pathThrough } from '../wording.js';

export const cnameConflict = rule({
  id: 'cname-conflict',
  category: 'names',
  summary: 'a name has a CNAME record and another record beside it',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const zone of system.zones) {
      for (const records of recordsByName(zone)) {
        const alias = records.find((record) => record.type === 'CNAME' && record.target !== undefined);
        if (!alias) continue;
        // An exact duplicate is told as such, and a CNAME to an address is to be no CNAME.
        const others = records.filter((record) =>
          record.type === 'CNAME' ? record.target !== undefined && record.target !== alias.target : true,
        );
        if (others.length > 0) yield finding(alias, others);
      }
    }
  },
});

/** The apex is left out: there a CNAME is wrong by itself. */
function recordsByName(zone: Zone): Iterable<readonly DnsRecord[]> {
  const found = new Map<string, DnsRecord[]>();
  for (const record of zone.records) {
    if (record.name === zone.name) continue;
    const list = found.get(record.name);
    if (list) list.push(record);
    else found.set(record.name, [record]);
  }
  return found.values();
}

function finding(alias: DnsRecord, others: readonly DnsRecord[]): Finding {
  const { name } = alias;
  const types = [...new Set(others.map(({ type }) => type))];
  const only = types.length === 1 && types[0] === 'CNAME';
  const related = others.map((record): Related => ({ at: record.extent, message: `and ${record.type} as well` }));
  return {
    message: only
      ? `${quoted(name)} is a CNAME to ${others.length + 1} different names`
      : `${quoted(name)} is a CNAME and has ${others.length === 1 ? `another record (${types.join()})` : `${others.length} other records (${types.join(', ')})`} beside it`,
    at: alias.extent,
    label: 'a name with a CNAME can have no other record',
    related,
    help: only
      ? 'keep one of them; to lead to several, write A records'
      : 'keep the CNAME alone, or put the addresses that it leads to in its place',
    witness: pathThrough(
      [name, name],
      ...[alias, ...others].map((record) => [name, `${record.type} ${dataOf(record)}`] as const),
    ),
    subjects: [name],
  };
}

function dataOf(record: DnsRecord): string {
  return record.data.map(({ text }) => text).join(' ');
}
