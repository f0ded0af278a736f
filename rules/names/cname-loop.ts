// Names that lead to each other in a round, by CNAME and ALIAS records, and never to an address.

import { quoted } from '../../src/base/words.js';
import { isDelegated, recordsFor, zoneAround } from '../../src/analysis/names.js';
import type { DnsRecord, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { pathThrough } from '../wording.js';

export const cnameLoop = rule({
  id: 'cname-loop',
  category: 'names',
  summary: 'names lead to each other in a round, and never to an address',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    // What is answered inside and what is answered outside are two worlds, each judged by itself.
    for (const inside of [false, true]) yield* rounds(system, inside);
  },
});

/** Every name leads on to one other at most, so each is walked through once. */
function* rounds(system: System, inside: boolean): Iterable<Finding> {
  const done = new Set<string>();
  for (const zone of system.zones) {
    if (zone.private !== inside) continue;
    for (const { name } of zone.records) {
      const way: { name: string; by: DnsRecord }[] = [];
      const here = new Set<string>();
      for (let at: string | undefined = name; at !== undefined && !done.has(at);) {
        done.add(at);
        here.add(at);
        const by = leadsOn(system, at, inside);
        if (by) way.push({ name: at, by });
        if (by?.target !== undefined && here.has(by.target)) {
          yield finding(way.slice(way.findIndex((step) => step.name === by.target)));
        }
        at = by?.target;
      }
    }
  }
}

/** The one record by which a name leads on. With an address or a second way beside it, the round has a way out. */
function leadsOn(system: System, name: string, inside: boolean): DnsRecord | undefined {
  const zone = zoneAround(system, name);
  if (!zone || isDelegated(system, name, zone)) return undefined;
  const records = recordsFor(system, name).filter((record) => record.zone.private === inside);
  const ways = records.filter(({ type }) => type === 'A' || type === 'AAAA' || type === 'CNAME' || type === 'ALIAS');
  const [first] = ways;
  return first?.target !== undefined && ways.every(({ target }) => target === first.target) ? first : undefined;
}

/** Told at the record that stands first in the text, so that the order of walking does not matter. */
function finding(round: readonly { name: string; by: DnsRecord }[]): Finding {
  const start = round.reduce((best, step, at) => (before(step.by, round[best]?.by ?? step.by) ? at : best), 0);
  const turned = [...round.slice(start), ...round.slice(0, start)];
  const [first, ...others] = turned;
  if (!first) throw new Error('a round has a step');
  const names = turned.map(({ name }) => quoted(name));
  const shown = names.length <= 5 ? names : [...names.slice(0, 3), `${names.length - 3} more`];
  return {
    message:
      names.length === 1
        ? `${quoted(first.name)} leads to itself`
        : `${quoted(first.name)} leads back to itself: ${[...shown, quoted(first.name)].join(' → ')}`,
    at: first.by.data[0]?.at ?? first.by.at,
    label: 'no address is ever reached this way',
    related: others.map(({ by }) => ({ at: by.extent, message: 'leads on' })),
    help: 'let one of the names have an address',
    witness: pathThrough(
      [first.name, first.name],
      ...turned.map(({ by }) => [by.target ?? first.name, `${by.target ?? ''} (${by.type})`] as const),
    ),
    subjects: [...new Set(turned.map(({ by }) => by.name))],
  };
}

function before(one: DnsRecord, other: DnsRecord): boolean {
  return one.at.source === other.at.source && one.at.start < other.at.start;
}
