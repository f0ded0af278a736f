// System → the JSON of `archlint graph`: the resolved model in a versioned shape, so that others can build on it.

import { propertyKeys, wordOf, type Properties } from './properties.js';
import type { Connection, Journey, Node, System, Target, Tier, Zone } from './system.js';

/** Fields may be added within a version, never changed. */
export interface Graph {
  readonly version: 1;
  readonly title: string | null;
  readonly nodes: readonly object[];
  readonly tiers: readonly object[];
  readonly zones: readonly object[];
  readonly connections: readonly object[];
  readonly journeys: readonly object[];
}

export function graphOf(system: System): Graph {
  return {
    version: 1,
    title: system.title ?? null,
    nodes: [...system.nodes.values()].map(nodeOf),
    tiers: system.tiers.map(tierOf),
    zones: system.zones.map(zoneOf),
    connections: system.connections.map(connectionOf),
    journeys: system.journeys.map(journeyOf),
  };
}

function nodeOf(node: Node): object {
  return {
    id: node.id,
    kind: node.kind,
    name: node.name,
    label: node.label ?? null,
    parent: node.parent?.id ?? null,
    tier: node.tier?.id ?? null,
    managed: node.managed,
    external: node.external,
    properties: propertiesOf(node.facts),
  };
}

function tierOf(tier: Tier): object {
  return {
    id: tier.id,
    name: tier.name,
    kind: tier.kind,
    instances: tier.instances.map((one) => one.id),
    needs: tier.needs,
    quorum: tier.quorum ?? null,
  };
}

function zoneOf(zone: Zone): object {
  return {
    id: zone.node.id,
    name: zone.name,
    private: zone.private,
    records: zone.records.map((record) => ({
      name: record.name,
      type: record.type,
      ttl: record.ttl ?? null,
      data: record.data.map((one) => one.text),
    })),
  };
}

function connectionOf(connection: Connection): object {
  return {
    from: connection.fromRecord === undefined ? connection.from.map((one) => one.id) : [connection.fromRecord],
    to: connection.choices.map(targetOf),
    protocol: connection.protocol?.name ?? null,
    port: connection.port ?? null,
    encryption: connection.encryption,
    need: connection.need,
    optional: connection.optional,
    async: connection.async,
    read: connection.read,
    write: connection.write,
    only: connection.only,
    peer: connection.peer,
    label: connection.label ?? null,
    properties: propertiesOf(connection.facts),
  };
}

function targetOf(target: Target): object {
  return {
    name: target.record ?? target.tier?.id ?? target.text,
    record: target.record ?? null,
    tier: target.tier?.id ?? null,
    nodes: target.nodes.map((one) => one.id),
  };
}

function journeyOf(journey: Journey): object {
  return {
    id: journey.id,
    from: journey.client.id,
    to: journey.to,
    protocol: journey.protocol?.name ?? null,
    port: journey.port ?? null,
    reads: journey.reads,
  };
}

/** Values as they mean, by the word in the text; places in the text are left out, so that moving a line changes nothing. */
export function propertiesOf(facts: Properties): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of propertyKeys) {
    const stated = facts[key];
    if (stated) result[wordOf(key)] = withoutPlaces(stated.value);
  }
  return result;
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).filter(([key]) => key !== 'at' && key !== 'head');
  return Object.fromEntries(parts.map(([key, part]) => [key, withoutPlaces(part)]));
}
