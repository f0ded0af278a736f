// Lines of firewalls that let everything in from everywhere, or let in on a port on which nothing answers.

import { listed } from '../../src/base/words.js';
import { behind, openings, type Opening } from '../../src/analysis/openings.js';
import { machineOf } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import { holdsData } from '../../src/model/kinds.js';
import type { System } from '../../src/model/system.js';
import type { Passage } from '../../src/model/values.js';
import { adminServices } from '../admin.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

export const openFirewall = rule({
  id: 'open-firewall',
  category: 'exposure',
  summary: 'a firewall lets everything in from everywhere, or lets in on a port on which nothing behind it listens',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    for (const opening of openings(system)) {
      if (!opening.everybody) continue;
      if (opening.everyPort) yield everything(system, opening);
      else {
        const ports = unused(system, opening);
        if (ports.length > 0) yield nobodyListens(system, opening, ports);
      }
    }
  },
});

function everything(system: System, { firewall, line }: Opening): Finding {
  const name = nameOf(system, firewall);
  const stores = behind(system, firewall).nodes.filter((node) => holdsData(node.kind));
  return {
    message: `${name} lets everything in from everywhere`,
    at: line.at,
    label: 'every port, for everybody',
    notes: stores.length > 0 ? [`${namesOf(system, stores)} stand${stores.length === 1 ? 's' : ''} behind it`] : [],
    help: 'allow the ports that are called from outside, as in `allow 443/tcp from any`',
    witness: pathThrough([firewall.id, 'anybody'], [firewall.id, `${shortName(system, firewall)} (any port)`]),
    subjects: [...new Set([machineOf(firewall).id, firewall.id])],
    group: sameLine(line, (subjects) => `${firewallsOf(system, subjects)} let everything in from everywhere`),
  };
}

/** The ports and spans in which nothing answers. Those for administration are for exposed-admin to judge. */
function unused(system: System, { firewall, line }: Opening): readonly string[] {
  const { nodes, ports, more } = behind(system, firewall);
  if (more || nodes.length === 0) return [];
  return line.ports.flatMap(({ from, to }) => {
    const within = (port: number) => from <= port && port <= to;
    if ([...ports].some(within) || adminServices.some(({ port }) => within(port))) return [];
    return [from === to ? String(from) : `${from}-${to}`];
  });
}

function nobodyListens(system: System, { firewall, line }: Opening, ports: readonly string[]): Finding {
  const name = nameOf(system, firewall);
  const several = ports.length > 1 || ports.some((port) => port.includes('-'));
  const which = `port${several ? 's' : ''} ${listed(ports)}`;
  return {
    message: `${name} lets everybody in on ${which}, where nothing listens`,
    at: line.at,
    label: 'nothing behind it answers there',
    help: `take ${several ? 'them' : 'it'} out, or state who answers with \`listen\``,
    witness: pathThrough(
      [firewall.id, 'anybody'],
      [firewall.id, `${shortName(system, firewall)} (${listed(ports)})`],
      [firewall.id, 'nothing'],
    ),
    subjects: [...new Set([machineOf(firewall).id, firewall.id])],
    group: sameLine(
      line,
      (subjects) => `${firewallsOf(system, subjects)} let everybody in on ${which}, where nothing listens`,
    ),
  };
}

/** The copies of a block say it once. */
function sameLine(line: Passage, message: (subjects: readonly string[]) => string): NonNullable<Finding['group']> {
  return { key: `${line.at.source.path} ${line.at.start}`, message };
}

function firewallsOf(system: System, subjects: readonly string[]): string {
  const nodes = subjects.flatMap((id) => system.nodes.get(id) ?? []);
  return namesOf(
    system,
    nodes.filter(({ kind }) => kind === 'firewall'),
  );
}
