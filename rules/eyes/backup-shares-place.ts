// Data whose backups all stand in the place that it stands in itself, so that one loss takes both.

import type { Related } from '../../src/base/diagnostic.js';
import { quoted } from '../../src/base/words.js';
import { groupOf, isDataStore } from '../../src/model/kinds.js';
import type { Connection, Node, System, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, nounOf, pathThrough } from '../wording.js';

export const backupSharesPlace = rule({
  id: 'backup-shares-place',
  category: 'eyes and data',
  summary: 'all backups of a database or storage stand in the same host, zone or region as the data',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const backups = system.connections.filter(({ protocol }) => protocol?.name === 'backup');
    if (backups.length === 0) return;
    const used = usedOtherwise(system);
    const links = linksOf(backups);
    const chains = chainsOf(links);
    for (const tier of system.tiers) {
      const data = tier.instances.filter(({ facts }) => facts.voter?.value !== 'only');
      const isData = isDataStore(tier.kind) && data.some((node) => used.has(node));
      if (!isData || data.some(isExempt) || data.every(({ managed }) => managed)) continue;
      const { all, certain } = copiesOf(data, { links, chains, used });
      const place = certain.length > 0 ? commonPlace([...data, ...all]) : undefined;
      if (place && !place.managed) yield finding(system, { tier, data, copies: certain, place });
    }
  },
});

function isExempt({ external, facts }: Node): boolean {
  return external || facts.rebuildable !== undefined;
}

/** What somebody calls for other reasons than to make a backup holds data; what nobody calls is where backups go. */
function usedOtherwise(system: System): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const { protocol, callers, choices } of system.connections) {
    if (protocol?.name === 'backup' || protocol?.family === 'upkeep') continue;
    for (const node of callers) found.add(node);
    for (const { nodes } of choices) for (const node of nodes) found.add(node);
  }
  return found;
}

type Links = ReadonlyMap<Node, readonly Node[]>;

/** Who is connected with whom by backups, in either direction: what is saved may push, or be asked. */
function linksOf(backups: readonly Connection[]): Links {
  const links = new Map<Node, Set<Node>>();
  const join = (one: Node, other: Node) => {
    const known = links.get(one);
    if (known) known.add(other);
    else links.set(one, new Set([other]));
  };
  for (const { from, choices } of backups) {
    // A place stands for all that is in it, so it is the place that takes part; behind a record, what answers there.
    const right = new Set(choices.flatMap(({ named, nodes }) => (named.length > 0 ? named : nodes)));
    for (const one of from) {
      for (const other of right) {
        join(one, other);
        join(other, one);
      }
    }
  }
  return new Map([...links].map(([node, others]) => [node, [...others]]));
}

/** What passes backups on to each other, databases left out: they are where backups come from. By member. */
function chainsOf(links: Links): ReadonlyMap<Node, readonly Node[]> {
  const chains = new Map<Node, readonly Node[]>();
  for (const start of links.keys()) {
    if (start.kind === 'db' || chains.has(start)) continue;
    const chain = [start];
    chains.set(start, chain);
    // The list grows while it is read.
    for (const node of chain) {
      for (const next of links.get(node) ?? []) {
        if (next.kind === 'db' || chains.has(next)) continue;
        chain.push(next);
        chains.set(next, chain);
      }
    }
  }
  return chains;
}

/** Where backups of some data may be. */
interface Copies {
  /** Everything that they may have come to: a place that does not hold all of it is not shared. */
  readonly all: readonly Node[];
  /** What is there for backups and nothing else, or what a database is connected with itself. */
  readonly certain: readonly Node[];
}

const unknown: Copies = { all: [], certain: [] };

/** Nothing where a provider or others keep some of it, or where it is not clear which of two databases is the copy of the other. */
function copiesOf(
  data: readonly Node[],
  context: { links: Links; chains: ReadonlyMap<Node, readonly Node[]>; used: ReadonlySet<Node> },
): Copies {
  const { links, chains, used } = context;
  const homes = new Set<Node>();
  for (const node of data) for (let at: Node | undefined = node; at; at = at.parent) homes.add(at);
  const direct = new Set([...homes].flatMap((home) => links.get(home) ?? []));
  const ofDatabase = data.some(({ kind }) => kind === 'db');
  if (ofDatabase && [...direct].some(({ kind }) => kind === 'db')) return unknown;
  const lists = new Set([...homes, ...direct].map((node) => chains.get(node)));
  const all = [...lists].flatMap((list) => list ?? []).filter((node) => !homes.has(node));
  if (all.some((node) => node.managed || node.external || node.caller)) return unknown;
  return { all, certain: all.filter((node) => !used.has(node) || (ofDatabase && direct.has(node))) };
}

/** The smallest place that holds all of them. */
function commonPlace(nodes: readonly Node[]): Node | undefined {
  const [first, ...others] = nodes;
  if (!first) return undefined;
  const sets = others.map((node) => new Set(placesOf(node)));
  return placesOf(first).find((place) => sets.every((set) => set.has(place)));
}

function placesOf(node: Node): readonly Node[] {
  return groupOf(node.kind) === 'place' ? [node, ...node.places] : node.places;
}

function finding(
  system: System,
  { tier, data, copies, place }: { tier: Tier; data: readonly Node[]; copies: readonly Node[]; place: Node },
): Finding {
  const [first] = data;
  if (!first) throw new Error('a tier has an instance');
  const where = `${place.kind} ${nameOf(system, place)}`;
  const kept = copies.filter(({ kind }) => kind === 'storage');
  const related = [...copies, place].map((node): Related => {
    if (node === place) return { at: node.at, message: 'if it is lost, both are' };
    return {
      at: node.at,
      message: kept.length === 0 || kept.includes(node) ? 'its backups are here' : 'they pass through here',
    };
  });
  return {
    message: `${nounOf(tier.kind)} ${quoted(tier.id)} and all its backups stand ${place.kind === 'host' ? 'on' : 'in'} ${where}`,
    at: first.at,
    label: 'the data',
    related,
    help: `keep a backup outside of ${where}`,
    witness: pathThrough(
      [place.id, place.id],
      [first.id, data.map(({ id }) => id).join(', ')],
      ...copies.slice(0, 3).map((node) => [node.id, `${node.id} (backup)`] as const),
      [place.id, 'lost together'],
    ),
    subjects: data.map(({ id }) => id),
  };
}
