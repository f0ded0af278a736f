// CNAME records whose data is an address: the standards allow a name there and nothing else.

import type { Fix } from '../../src/base/diagnostic.js';
import { quoted } from '../../src/base/words.js';
import { readAddress, type Address } from '../../src/model/addresses.js';
import type { DnsRecord } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { pathThrough } from '../wording.js';

export const cnameToAddress = rule({
  id: 'cname-to-address',
  category: 'names',
  summary: 'the data of a CNAME record is an address instead of a name',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const record of system.zones.flatMap((zone) => zone.records)) {
      const data = record.data[0];
      const address = record.type === 'CNAME' && data ? readAddress(data.text) : undefined;
      if (!address || !data) continue;
      const type = address.family === 4 ? 'A' : 'AAAA';
      const fix = asAddressRecord(record, address);
      yield {
        message: `${quoted(record.name)} is a CNAME to the address ${address.text}, and a CNAME leads to a name`,
        at: data.at,
        label: 'an address, where a name belongs',
        help: `make it ${type === 'A' ? 'an A' : 'an AAAA'} record`,
        ...(fix ? { fix } : {}),
        witness: pathThrough([record.name, record.name], [record.name, `CNAME ${address.text}`]),
        subjects: [record.name],
      };
    }
  },
});

/** The type stands between the record's name and its data. */
function asAddressRecord(record: DnsRecord, address: Address): Fix | undefined {
  const data = record.data[0];
  if (data?.at.source !== record.at.source) return undefined;
  const between = data.at.source.text.slice(record.at.end, data.at.start);
  const offset = between.search(/\bCNAME\b/i);
  if (offset < 0) return undefined;
  const start = record.at.end + offset;
  const type = address.family === 4 ? 'A' : 'AAAA';
  const at = { source: record.at.source, start, end: start + 'CNAME'.length };
  return {
    title: `make it ${type === 'A' ? 'an A' : 'an AAAA'} record`,
    safety: 'suggestion',
    edits: [{ at, text: type }],
  };
}
