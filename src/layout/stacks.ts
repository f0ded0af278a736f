// System -> which hosts are drawn once for several: those in one place with the same body that are connected alike.

import { byCodeUnit } from '../base/words.js';
import type { Connection, Node, NodeId, System } from '../model/system.js';

/** For each node the one that is drawn for it (mostly itself), and those that one stands for. */
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
      const key = [node.parent?.id ?? '', ...signature(node, node, uses)].join('\n');
      const known = groups.get(key);
      if (known) known.push(node);
      else groups.set(key, [node]);
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

interface Use {
  readonly side: string;
  readonly connection: Connection;
}

function usesOf(system: System): ReadonlyMap<NodeId, readonly Use[]> {
  const uses = new Map<NodeId, Use[]>();
  const note = (node: Node, side: string, connection: Connection): void => {
    const known = uses.get(node.id);
    if (known) known.push({ side, connection });
    else uses.set(node.id, [{ side, connection }]);
  };
  for (const connection of system.connections) {
    for (const node of connection.from) note(node, 'from', connection);
    for (const choice of connection.choices) {
      for (const node of choice.named) note(node, 'to', connection);
      if (choice.record !== undefined) for (const node of choice.nodes) note(node, 'answers', connection);
    }
  }
  return uses;
}

/** What a host and all in it are, and how they are connected; equal for hosts that look alike. */
function signature(host: Node, node: Node, uses: ReadonlyMap<NodeId, readonly Use[]>): string[] {
  const { facts, label } = node;
  const name = node === host ? '' : node.name;
  const marks = [
    label,
    facts.note?.value,
    facts.link?.value,
    facts.role?.value,
    facts.standby?.value.takeover,
    facts.software?.value.product,
  ];
  const own = [node.kind, name, ...marks.map((mark) => mark ?? '')].join(' ');
  const used = (uses.get(node.id) ?? []).map((use) => `${name} ${use.side} ${statementOf(host, use.connection)}`);
  return [own, ...used.sort(byCodeUnit), ...node.children.flatMap((child) => signature(host, child, uses))];
}

/** A statement inside the host by what it says; one outside of it, which concerns several hosts, by where it stands. */
function statementOf(host: Node, connection: Connection): string {
  const { extent, at } = connection;
  const inside =
    extent.source === host.extent.source && extent.start >= host.extent.start && extent.end <= host.extent.end;
  return inside ? extent.source.text.slice(extent.start, extent.end) : `${extent.source.path} ${at.start}`;
}

function pair(one: Node, other: Node, first: Map<NodeId, Node>, copies: Map<NodeId, Node[]>): void {
  first.set(other.id, one);
  const known = copies.get(one.id);
  if (known) known.push(other);
  else copies.set(one.id, [other]);
  one.children.forEach((child, index) => {
    const twin = other.children[index];
    if (twin) pair(child, twin, first, copies);
  });
}
