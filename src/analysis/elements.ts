// System → the elements of failure: what can fail by itself, each of them one event.

import { groupOf } from '../model/kinds.js';
import type { Node, System } from '../model/system.js';
import { recordsBehind } from './names.js';

/** Clients, records, networks, agents and what guards are no elements of failure. */
export function elementsOf(system: System): { elements: readonly Node[]; events: Int32Array } {
  const inPath = new Set(
    system.connections.flatMap((connection) =>
      connection.choices.flatMap((choice) => choice.nodes.filter((node) => node.kind === 'firewall')),
    ),
  );
  const elements = [...system.nodes.values()].filter((node) => {
    if (node.caller) return false;
    switch (groupOf(node.kind)) {
      case 'place':
      case 'traffic':
        return true;
      case 'guard':
        return inPath.has(node) && node.host !== undefined && !holdsComponent(node.host);
      case 'names':
        return statesAvailability(node);
      case 'boundary':
      case 'caller':
        return false;
    }
  });
  const events = new Int32Array(system.nodes.size).fill(-1);
  elements.forEach((node, event) => (events[node.index] = event));
  return { elements, events };
}

function holdsComponent(place: Node): boolean {
  return place.children.some((child) => groupOf(child.kind) === 'traffic' || holdsComponent(child));
}

function statesAvailability({ facts }: Node): boolean {
  return Boolean(facts.availability ?? facts.sla ?? facts.mtbf);
}

/** Record → the zones whose answers it takes to follow it, of those that are elements. */
export function zonesBehind(system: System): (record: string) => readonly Node[] {
  if (!system.zones.some(({ node }) => statesAvailability(node))) return () => [];
  return (record) =>
    [...new Set(recordsBehind(system, record).map(({ zone }) => zone.node))].filter(statesAvailability);
}
