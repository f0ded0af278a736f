// CNAME records at the apex of a zone, where SOA and NS records always stand beside them.

import type { Edit, Fix } from '../../src/base/diagnostic.js';
import { quoted } from '../../src/base/words.js';
import type { DnsRecord, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { pathThrough } from '../wording.js';

export const cnameAtApex = rule({
  id: 'cname-at-apex',
  category: 'names',
  summary: 'a CNAME record stands at the apex of a zone, where no CNAME may stand',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const record of system.zones.flatMap((zone) => zone.records)) {
      // A CNAME to an address is no CNAME at all once it is mended, and cname-to-address says how.
      if (record.type !== 'CNAME' || record.name !== record.zone.name || record.target === undefined) continue;
      const fix = asAlias(system, record);
      yield {
        message: `${quoted(record.name)} is the apex of its zone and a CNAME, which no apex can be`,
        at: record.at,
        label: 'the SOA and NS records of the zone stand at this name, too',
        related: [{ at: record.zone.node.at, message: 'the zone' }],
        help: `make it an ALIAS record, if the provider has them, or give it the addresses of ${quoted(record.target)}`,
        ...(fix ? { fix } : {}),
        witness: pathThrough([record.name, `${record.name} (apex)`], [record.name, `CNAME ${record.target}`]),
        subjects: [record.name],
      };
    }
  },
});

/** The type stands between the record's name and its data. */
function asAlias(system: System, record: DnsRecord): Fix | undefined {
  const data = record.data[0];
  if (!data || record.target === undefined) return undefined;
  const offset = data.at.source.text.slice(record.at.end, data.at.start).search(/\bCNAME\b/i);
  if (offset < 0) return undefined;
  const start = record.at.end + offset;
  const edits: Edit[] = [{ at: { source: record.at.source, start, end: start + 'CNAME'.length }, text: 'ALIAS' }];
  // The data of an ALIAS may name a host or component; a name that was relative to the zone stays one of the zone.
  if ([...system.nodes.values()].some(({ name }) => name === data.text))
    edits.push({ at: data.at, text: record.target });
  return { title: 'make it an ALIAS record', safety: 'suggestion', edits };
}
