// System -> which hosts are drawn once for several: copies of one declaration that are connected alike.

import { byCodeUnit } from '../base/words.js';
import type { Node, NodeId, System } from '../model/system.js';

/** For each node the one that is drawn for it (mostly itself), and how many hosts that one stands for. */
export interface Stacks {
  drawn(node: Node): Node;
  /** Every node drawn as this one, itself first. */
  copies(node: Node): readonly Node[];
}

export type Stacking = 'auto' | 'always' | 'never';

/** From this many nodes on, a picture of each copy helps nobody. */
const large = 40;

export function stacksOf(system: System, stacking: Stacking): Stacks {
  const first = new Map<NodeId, Node>();
  const copies = new Map<NodeId, Node[]>();
  if (stacking === 'always' || (stacking === 'auto' && system.nodes.size > large)) {
    const uses = usesOf(system);
    const groups = new Map<string, Node[]>();
    for (const node of system.nodes.values()) {
      if (node.kind !== 'host') continue;
      const declared = `${node.extent.source.path}\n${node.extent.start}`;
      const key = [node.parent?.id ?? '', declared, ...signature(node, node, uses).sort(byCodeUnit)].join('\n');
      groups.set(key, [...(groups.get(key) ?? []), node]);
    }
    for (const [one, ...others] of groups.values()) {
      if (!one || others.length === 0) continue;
      for (const other of [one, ...others]) pair(one, other, first, copies);
    }
  }
  return {
    drawn: (node) => first.get(node.id) ?? node,
    copies: (node) => copies.get(node.id) ?? [node],
  };
}

/** What connects each node: the statement and the side. Copies share their statements. */
function usesOf(system: System): ReadonlyMap<NodeId, readonly string[]> {
  const uses = new Map<NodeId, string[]>();
  for (const connection of system.connections) {
    const statement = `${connection.extent.source.path} ${connection.at.start}`;
    const note = (node: Node, side: string) => {
      const known = uses.get(node.id);
      if (known) known.push(`${side} ${statement}`);
      else uses.set(node.id, [`${side} ${statement}`]);
    };
    for (const node of connection.from) note(node, 'from');
    for (const choice of connection.choices) {
      for (const node of choice.named) note(node, 'to');
      if (choice.record !== undefined) for (const node of choice.nodes) note(node, 'answers');
    }
  }
  return uses;
}

function signature(root: Node, node: Node, uses: ReadonlyMap<NodeId, readonly string[]>): string[] {
  const tail = node.id.slice(root.id.length);
  const role = node.facts.role?.value ?? '';
  return [
    `${node.kind} ${tail} ${role}`,
    ...(uses.get(node.id) ?? []).map((use) => `${tail} ${use}`),
    ...node.children.flatMap((child) => signature(root, child, uses)),
  ];
}

function pair(one: Node, other: Node, first: Map<NodeId, Node>, copies: Map<NodeId, Node[]>): void {
  first.set(other.id, one);
  copies.set(one.id, [...(copies.get(one.id) ?? []), other]);
  one.children.forEach((child, index) => {
    const twin = other.children[index];
    if (twin) pair(child, twin, first, copies);
  });
}
