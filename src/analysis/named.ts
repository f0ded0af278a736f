// A name that somebody types → the places and components that it means, as the language would read it at the top of a file.

import { nearest } from '../base/nearest.js';
import { textAt } from '../base/source.js';
import type { Node, System } from '../model/system.js';
import { shortName } from './short-names.js';

export type Named =
  | { readonly is: 'found'; readonly nodes: readonly Node[] }
  /** A name for each thing that it could mean. */
  | { readonly is: 'ambiguous'; readonly names: readonly string[] }
  | { readonly is: 'none'; readonly near: readonly string[] };

/** A path, a tier, a unique tail of paths, or the declared name of several copies. Of nodes that stand in one another, the outermost. */
export function namedNodes(system: System, name: string): Named {
  const exact = system.nodes.get(name);
  if (exact) return { is: 'found', nodes: [exact] };
  const tier = system.tiers.find(({ id }) => id === name);
  if (tier) return { is: 'found', nodes: tier.instances };
  const byName = outermost([...system.nodes.values()].filter((node) => endsIn(node, name, ownName)));
  const found =
    byName.length > 0 ? byName : outermost([...system.nodes.values()].filter((node) => endsIn(node, name, groupName)));
  const meanings = new Map<unknown, Node>();
  for (const node of found) if (!meanings.has(node.tier ?? node.kind)) meanings.set(node.tier ?? node.kind, node);
  if (meanings.size === 1) return { is: 'found', nodes: found };
  if (meanings.size > 1) return { is: 'ambiguous', names: [...meanings.values()].map(({ id }) => id) };
  return { is: 'none', near: nearest(name, candidates(system)) };
}

/** Whether the path ends in these names; a tier's name and that of copies may stand for the last one, or any of them. */
function endsIn(node: Node, path: string, nameOf: (node: Node) => readonly string[]): boolean {
  const parts = path.split('/').reverse();
  let at: Node | undefined = node;
  for (const part of parts) {
    if (!at || !nameOf(at).includes(part)) return false;
    at = at.parent;
  }
  return true;
}

function ownName({ name }: Node): readonly string[] {
  return [name];
}

/** Copies are declared by one name: `host web[3]` makes `web-1`, and `web` means all of them. */
function groupName(node: Node): readonly string[] {
  const declared = /^[\p{L}\p{N}_-]+/u.exec(textAt(node.at))?.[0];
  const copied = declared !== undefined && node.name.startsWith(`${declared}-`) ? [declared] : [];
  return [node.name, ...copied, ...(node.tier ? [node.tier.name] : [])];
}

function outermost(nodes: readonly Node[]): readonly Node[] {
  const all = new Set(nodes);
  return nodes.filter((node) => {
    for (let around = node.parent; around; around = around.parent) if (all.has(around)) return false;
    return true;
  });
}

function candidates(system: System): ReadonlySet<string> {
  const nodes = [...system.nodes.values()];
  return new Set([
    ...nodes.map((node) => shortName(system, node)),
    ...nodes.map(({ name }) => name),
    ...nodes.map(({ id }) => id),
    ...system.tiers.map(({ id }) => id),
  ]);
}
