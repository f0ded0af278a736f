// Records of several addresses that stand in for each other, and that caches keep longer than the stated recovery allows.

import type { Location } from '../../src/base/source.js';
import { quoted } from '../../src/base/words.js';
import { openness } from '../../src/analysis/exposure.js';
import { cuts } from '../../src/analysis/failing.js';
import { holders, recordsBehind } from '../../src/analysis/names.js';
import { machineOf } from '../../src/analysis/paths.js';
import type { DnsRecord, Journey, Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, pathThrough } from '../wording.js';

export const slowFailover = rule({
  id: 'slow-failover',
  category: 'names',
  summary: 'caches keep a record that redundancy depends on for longer than the stated recovery time',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const asking = system.journeys.filter(({ facts, record }) => facts.recovery && record !== undefined);
    if (asking.length === 0) return;
    const stopping = new Map(cuts(system).map(({ journey, reads }) => [journey, reads]));
    const stated = new Set(system.connections.flatMap(({ fromRecord }) => fromRecord ?? []));
    const sets = new Map<string, readonly Alternatives[]>();
    const found = new Map<DnsRecord, Slow>();
    for (const journey of asking) {
      const { record: name, facts } = journey;
      // Where a connection says who answers, the addresses do not decide.
      if (name === undefined || !facts.recovery || stated.has(name)) continue;
      const inside = openness(journey.client) === 'private';
      const key = `${name} ${String(inside)}`;
      const known = sets.get(key) ?? alternatives(system, name, inside);
      sets.set(key, known);
      for (const { records, lost } of known) {
        const slow = records.filter(({ ttl }) => ttl !== undefined && ttl > (facts.recovery?.value ?? Infinity));
        const [first] = slow;
        const survived = first && lost.find((node) => !stopping.get(journey)?.includes(node));
        const before = first && found.get(first)?.journey.facts.recovery?.value;
        if (first && survived && facts.recovery.value < (before ?? Infinity)) {
          found.set(first, { journey, slow, survived });
        }
      }
    }
    for (const one of found.values()) yield finding(system, one);
  },
});

/** Records of one name and type, some of which lead to one machine alone. */
interface Alternatives {
  readonly records: readonly DnsRecord[];
  /** The machines with which all that one record leads to is lost, and not what another one leads to. */
  readonly lost: readonly Node[];
}

interface Slow {
  readonly journey: Journey;
  readonly slow: readonly DnsRecord[];
  readonly survived: Node;
}

function alternatives(system: System, name: string, inside: boolean): readonly Alternatives[] {
  const all = recordsBehind(system, name);
  const own = inside ? all.filter(({ zone }) => zone.private) : [];
  const seen = own.length > 0 ? own : all.filter(({ zone }) => !zone.private);
  const sets = new Map<string, DnsRecord[]>();
  for (const record of seen) {
    if (machinesOf(system, record).length === 0) continue;
    const key = `${record.name} ${record.type} ${record.zone.node.id}`;
    sets.set(key, [...(sets.get(key) ?? []), record]);
  }
  return [...sets.values()].flatMap((records) => {
    const machines = records.map((record) => machinesOf(system, record));
    const several = new Set(machines.flat()).size > 1;
    const lost = several
      ? machines.flatMap((list) => (list.length === 1 ? list : [])).filter(({ managed }) => !managed)
      : [];
    return lost.length > 0 ? [{ records, lost }] : [];
  });
}

/** What answers at the data of an A, AAAA or ALIAS record. A floating address has several, and moves without the record. */
function machinesOf(system: System, { address, nodes }: DnsRecord): readonly Node[] {
  const found = address ? (holders(system).get(address.text) ?? []) : nodes;
  return [...new Set(found.map(machineOf))];
}

function finding(system: System, { journey, slow, survived }: Slow): Finding {
  const [first, ...others] = slow;
  const recovery = journey.facts.recovery;
  if (!first || !recovery) throw new Error('a slow record has a ttl and a recovery to be measured by');
  const ttl = ttlAt(first);
  const allowed = textAt(recovery.at);
  const lifetime = /^\d+$/.test(textAt(ttl)) ? `${textAt(ttl)} seconds` : textAt(ttl);
  return {
    message: `caches keep ${quoted(first.name)} for ${lifetime}, and ${nameOf(system, journey.client)} may be without it for ${allowed} only`,
    at: ttl,
    label: `so long, a caller may go on to ${nameOf(system, survived)} after it is lost`,
    related: [
      ...others.map((record) => ({ at: ttlAt(record), message: 'kept so long, too' })),
      { at: recovery.at, message: 'the recovery time that is asked for' },
    ],
    help: `give all records of the name a ttl of ${allowed} at most, or let one address float between the machines (\`vip\`)`,
    witness: pathThrough(
      [journey.client.id, `${journey.client.id} (recovery ${allowed})`],
      [first.name, `${first.name} (ttl ${textAt(ttl)})`],
      [survived.id, `${survived.id} (lost)`],
    ),
    subjects: [first.name],
  };
}

/** The ttl is the word behind the name. */
function ttlAt({ at }: DnsRecord): Location {
  const [gap = '', word = ''] = /^\s+(\S+)/.exec(at.source.text.slice(at.end, at.end + 100)) ?? [];
  const end = at.end + gap.length;
  return { source: at.source, start: end - word.length, end };
}

function textAt({ source, start, end }: Location): string {
  return source.text.slice(start, end);
}
