// Databases of several instances that one journey reaches, and between which nothing carries what is written: each holds other data.

import { quoted } from '../../src/base/words.js';
import { copying } from '../../src/analysis/copies.js';
import { coursesOf, reachOf, type Course } from '../../src/analysis/paths.js';
import type { Journey, Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { namesOf, pathThrough } from '../wording.js';

export const unreplicated = rule({
  id: 'unreplicated',
  category: 'eyes and data',
  summary: 'a journey reaches several instances of a database that no connection keeps equal',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const tiers = candidates(system);
    if (tiers.size === 0) return;
    for (const [tier, { journey, reached }] of reachedTogether(system, tiers)) {
      yield finding(system, { tier, journey, reached });
    }
  },
});

/** Database tiers of which several instances take writes, and nothing says how they would come to hold the same; with those instances. */
function candidates(system: System): ReadonlyMap<Tier, ReadonlySet<Node>> {
  const plain = system.tiers.filter(
    ({ kind, instances, quorum }) =>
      kind === 'db' && instances.length > 1 && quorum === undefined && !instances.some(saysHow),
  );
  if (plain.length === 0) return new Map();
  const open = new Set(plain);
  for (const { tier } of copying(system)) if (tier) open.delete(tier);
  const written = new Map<Tier, Set<Node>>();
  // Whoever calls the same name shares its list.
  const seen = new Set<readonly Node[]>();
  for (const connection of system.connections) {
    if (!connection.need || connection.read) continue;
    for (const { nodes, tier } of connection.choices) {
      if (seen.has(nodes) || (tier && !open.has(tier))) continue;
      seen.add(nodes);
      for (const node of nodes) {
        if (!node.tier || !open.has(node.tier) || node.facts.standby) continue;
        const known = written.get(node.tier);
        if (known) known.add(node);
        else written.set(node.tier, new Set([node]));
      }
    }
  }
  return new Map([...written].filter(([tier, nodes]) => open.has(tier) && nodes.size > 1));
}

/** A role, votes, a number that is needed, a source to be made anew from, or somebody else who sees to it. */
function saysHow({ facts, managed, external }: Node): boolean {
  return (
    Boolean(facts.role ?? facts.multiPrimary ?? facts.needs ?? facts.voter ?? facts.rebuildable) || managed || external
  );
}

interface Together {
  readonly journey: Journey;
  readonly reached: readonly Node[];
}

/** The candidates of which one journey reaches several instances. */
function reachedTogether(system: System, tiers: ReadonlyMap<Tier, ReadonlySet<Node>>): ReadonlyMap<Tier, Together> {
  const found = new Map<Tier, Together>();
  const look = (course: Course): boolean => {
    const open = new Map<Tier, Node[]>();
    for (const node of reachOf(system, course).keys()) {
      if (!node.tier || found.has(node.tier) || !tiers.get(node.tier)?.has(node)) continue;
      const list = open.get(node.tier);
      if (list) list.push(node);
      else open.set(node.tier, [node]);
    }
    const several = [...open].filter(([, nodes]) => nodes.length > 1);
    const [journey, ...others] = course.journeys;
    // What several journeys reach together is looked at again for each of them.
    if (!journey || others.length > 0) return several.length > 0;
    for (const [tier, reached] of several) found.set(tier, { journey, reached });
    return several.length > 0;
  };
  for (const course of coursesOf(system, system.journeys)) {
    const journeys = byEntry(course.journeys);
    if (journeys.length > 1 && !look({ ...course, journeys })) continue;
    for (const journey of journeys) {
      if (found.size < tiers.size) look({ ...course, journeys: [journey] });
    }
  }
  return new Map([...found].sort(([a], [b]) => (a.instances[0]?.index ?? 0) - (b.instances[0]?.index ?? 0)));
}

/** Journeys that enter at the same components go the same way: one of them speaks for all. */
function byEntry(journeys: readonly Journey[]): readonly Journey[] {
  const known = new Map<string, Journey>();
  for (const journey of journeys) {
    const targets = journey.connections.flatMap(({ choices }) => choices.flatMap(({ nodes }) => nodes));
    const key = [...new Set(targets.map(({ index }) => index))].join(' ');
    if (!known.has(key)) known.set(key, journey);
  }
  return [...known.values()];
}

function finding(system: System, { tier, journey, reached }: { tier: Tier } & Together): Finding {
  const nodes = [...reached].sort((a, b) => a.index - b.index);
  const [first, ...others] = nodes;
  if (!first) throw new Error('several instances have a first one');
  return {
    message: `the ${nodes.length} instances of database ${quoted(tier.id)} each hold different data`,
    at: first.at,
    label: 'takes writes that no other instance hears of',
    related: [
      ...others.map((node) => ({ at: node.at, message: 'and so does this one' })),
      { at: journey.at, message: 'one journey reaches them all' },
    ],
    notes: ['they do not stand in for each other: what was written to one is lost with it'],
    help: `say which is the \`role primary\` and replicate it (\`: replication\`), state \`multi-primary\`, or make tiers of their own of ${namesOf(system, nodes)}`,
    witness: pathThrough(
      [journey.client.id, journey.client.id],
      [journey.record ?? journey.to, journey.record ?? journey.to],
      ...nodes.slice(0, 3).map((node) => [node.id, node.id] as const),
      [first.id, 'no replication'],
    ),
    subjects: nodes.map(({ id }) => id),
  };
}
