// How rules speak of nodes: by the shortest name that means one of them, several in a list.

import type { Related, SubjectId, Witness } from '../src/base/diagnostic.js';
import { append } from '../src/base/lists.js';
import { listed, quoted } from '../src/base/words.js';
import { shortName } from '../src/analysis/short-names.js';
import type { KindName } from '../src/model/kinds.js';
import type { Node, System } from '../src/model/system.js';

export function nameOf(system: System, node: Node): string {
  return quoted(shortName(system, node));
}

/** `` `a`, `b` and `c` ``; of more than five the first three and how many follow, as every place is marked below the headline anyway. */
export function namesOf(system: System, subjects: readonly (Node | SubjectId)[]): string {
  const names = subjects.map((subject) => {
    if (typeof subject !== 'string') return nameOf(system, subject);
    const node = system.nodes.get(subject);
    return node ? nameOf(system, node) : quoted(subject);
  });
  return names.length <= 5 ? listed(names) : listed([...names.slice(0, 3), `${names.length - 3} more`]);
}

/** Where each is declared; the copies of one declaration share a place. */
export function placesOf(system: System, nodes: readonly Node[]): readonly Related[] {
  const places = new Map<string, Node[]>();
  for (const node of nodes) append(places, `${node.at.source.path} ${node.at.start}`, node);
  return [...places.values()].flatMap(([first, ...more]) =>
    first ? [{ at: first.at, message: more.length > 0 ? `${more.length + 1} of them` : nameOf(system, first) }] : [],
  );
}

/** The tier's name for several of one tier, else the names of the nodes. */
export function sideOf(system: System, nodes: readonly Node[]): string {
  const tier = nodes[0]?.tier;
  if (nodes.length > 1 && tier && nodes.every((node) => node.tier === tier)) return quoted(tier.id);
  return namesOf(system, nodes);
}

const nouns: Partial<Record<KindName, string>> = {
  lb: 'load balancer',
  web: 'web server',
  app: 'application server',
  db: 'database',
  cdn: 'content delivery network',
};

/** `load balancer` for `lb`. */
export function nounOf(kind: KindName): string {
  return nouns[kind] ?? kind;
}

/** The proof of a flaw that stands at one place: what is there, step by step. */
export function pathThrough(...steps: readonly (readonly [node: SubjectId, text: string])[]): Witness {
  return { kind: 'path', steps: steps.map(([node, text]) => ({ node, text })) };
}
