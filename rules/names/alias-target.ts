// Mail, name and service records whose target is a CNAME: those who go by them may not have to follow it.

import { quoted } from '../../src/base/words.js';
import { isDelegated, recordsFor, zoneAround } from '../../src/analysis/names.js';
import type { DnsRecord, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { pathThrough } from '../wording.js';

export const aliasTarget = rule({
  id: 'alias-target',
  category: 'names',
  summary: 'an MX, NS or SRV record points to a name that is a CNAME',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const record of system.zones.flatMap((zone) => zone.records)) {
      const { type, target } = record;
      if ((type !== 'MX' && type !== 'NS' && type !== 'SRV') || target === undefined) continue;
      const alias = aliasAt(system, record, target);
      if (alias) yield finding(system, { record, target, alias });
    }
  },
});

const sources: Readonly<Record<'MX' | 'NS' | 'SRV', string>> = {
  MX: 'RFC 2181 §10.3',
  NS: 'RFC 2181 §10.3',
  SRV: 'RFC 2782',
};

/** The CNAME that answers for the target where the record is seen. With an address beside it, the conflict is the flaw. */
function aliasAt(system: System, record: DnsRecord, target: string): DnsRecord | undefined {
  const zone = zoneAround(system, target);
  if (!zone || isDelegated(system, target, zone)) return undefined;
  const records = recordsFor(system, target).filter((one) => one.zone.private === record.zone.private);
  if (records.some(({ type }) => type === 'A' || type === 'AAAA')) return undefined;
  return records.find((one) => one.type === 'CNAME' && one.target !== undefined);
}

function finding(
  system: System,
  { record, target, alias }: { record: DnsRecord; target: string; alias: DnsRecord },
): Finding {
  const type = record.type as keyof typeof sources;
  const onward = recordsFor(system, alias.target ?? target).some((one) => one.type === 'CNAME');
  const better = onward || alias.target === undefined ? 'a name with an address' : quoted(alias.target);
  return {
    message: `the ${type} record of ${quoted(record.name)} points to ${quoted(target)}, which is a CNAME`,
    at: record.data.at(-1)?.at ?? record.at,
    label: `must be a name with an address of its own (${sources[type]})`,
    related: [{ at: alias.extent, message: 'the CNAME' }],
    help: `point it to ${better}, or give ${quoted(target)} an address in place of the CNAME`,
    witness: pathThrough(
      [record.name, record.name],
      [target, `${target} (${type})`],
      [alias.target ?? target, `${alias.target ?? ''} (CNAME)`],
    ),
    subjects: [record.name],
  };
}
