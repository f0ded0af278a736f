// A node → what there is about it besides its name and place: by this a node is known again under another name.

import { propertiesOf, type Connection, type Node, type System } from '../model/index.js';

/** Equal for equal nodes, whatever they are called. */
export interface Features {
  readonly all: ReadonlySet<string>;
  /** All of them in one. */
  readonly signature: string;
}

export type FeaturesOf = (node: Node) => Features;

export function featuresIn(system: System): FeaturesOf {
  const calls = new Map<Node, string[]>();
  const note = (node: Node, text: string): void => {
    const known = calls.get(node);
    if (known) known.push(text);
    else calls.set(node, [text]);
  };
  for (const connection of system.connections) {
    const protocol = `${connection.protocol?.name ?? ''} ${connection.port ?? ''}`;
    for (const { named, record } of connection.choices) {
      const to = record ?? namesOf(named);
      for (const node of connection.from) note(node, `calls ${to} ${protocol}`);
      for (const node of named) note(node, `called by ${callerOf(connection)} ${protocol}`);
    }
  }
  for (const { records } of system.zones) {
    for (const { name, type, nodes } of records) for (const node of nodes) note(node, `record ${name} ${type}`);
  }
  const known = new Map<Node, Features>();
  const featuresOf = (node: Node): Features => {
    const before = known.get(node);
    if (before) return before;
    const stated = Object.entries(propertiesOf(node.facts)).map(([word, value]) => `${word} ${JSON.stringify(value)}`);
    const inside = node.children.flatMap((child) => {
      const name = `${child.kind} ${child.name}`;
      return [name, ...[...featuresOf(child).all].map((feature) => `${name}: ${feature}`)];
    });
    const all = [
      ...stated,
      ...(calls.get(node) ?? []),
      ...inside,
      ...(node.label === undefined ? [] : [`label ${node.label}`]),
    ];
    const features = { all: new Set(all), signature: JSON.stringify([...new Set(all)].sort()) };
    known.set(node, features);
    return features;
  };
  return featuresOf;
}

function callerOf({ fromRecord, from }: Connection): string {
  return fromRecord ?? namesOf(from);
}

function namesOf(nodes: readonly Node[]): string {
  return [...new Set(nodes.map(({ tier, name }) => tier?.name ?? name))].sort().join(' ');
}

/** The share of what either has that both have. */
export function likeness(one: Features, other: Features): number {
  let both = 0;
  for (const feature of one.all) if (other.all.has(feature)) both++;
  const either = one.all.size + other.all.size - both;
  return either === 0 ? 0 : both / either;
}
