// System → its figures as plain data: availability, cut sets, what to fix first, and how much load it carries.

import type { SubjectId } from '../base/diagnostic.js';
import {
  hoursPerYear,
  type AcceptedPoint,
  type Analysis,
  type CapacityFigure,
  type FailureFigures,
  type ImportanceFigure,
  type JointCapacity,
  type JourneyFigures,
  type Sustained,
} from '../base/figures.js';
import type { Availabilities } from '../model/kinds.js';
import type { Connection, Journey, Node, System } from '../model/system.js';
import type { Failures } from './availability.js';
import { capacitiesOf, type Capacities, type Sustainable, type TogetherCapacity } from './capacity.js';
import { outagesOf, type JourneyOutage, type Outage, type Outages, type Weight } from './figures.js';
import { shortName } from './short-names.js';

export interface AnalyzeOptions {
  /** Cut sets of up to so many elements are listed; all are counted. Default 2. */
  readonly orders?: number;
  /** Availabilities that replace those that the system was resolved with. */
  readonly defaults?: Availabilities;
  /** The day that acceptances are compared with, as `2027-01-31`; without it none has ended. */
  readonly today?: string;
}

/** More sets of one order than this are counted, and not listed. */
const mostListed = 1_000_000n;

export function analyze(system: System, options: AnalyzeOptions = {}): Analysis {
  const outages = outagesOf(system, options.defaults);
  const capacities = capacitiesOf(system);
  const { failures } = outages;
  return {
    title: system.title ?? null,
    elements: outages.built.elements.map((node, event) => ({
      id: node.id,
      name: shortName(system, node),
      kind: node.kind,
      tier: node.tier?.id ?? null,
      ...chances(failures.elements[event]?.q ?? 0),
      basis: failures.elements[event]?.basis ?? 'default',
      managed: node.managed,
    })),
    commonCauses: failures.commonCauses.map(({ tier, share, q }) => {
      return { tier: tier.id, share, unavailability: q, instances: tier.instances.map(idOf) };
    }),
    journeys: system.journeys.map((journey) => journeyFigures({ system, outages, capacities, options }, journey)),
    capacity: capacities.together ? together(capacities.together) : null,
    rounds: capacities.rounds.map(idOf),
  };
}

function idOf({ id }: Node): SubjectId {
  return id;
}

function chances(q: number): { availability: number; unavailability: number } {
  return { availability: 1 - q, unavailability: q };
}

interface Sources {
  readonly system: System;
  readonly outages: Outages;
  readonly capacities: Capacities;
  readonly options: AnalyzeOptions;
}

function journeyFigures({ system, outages, capacities, options }: Sources, journey: Journey): JourneyFigures {
  const found = outages.of(journey);
  const orders = options.orders ?? 2;
  const capacity = capacities.journeys.get(journey);
  return {
    id: journey.id,
    from: journey.client.id,
    to: journey.to,
    protocol: journey.protocol?.name ?? null,
    port: journey.port ?? null,
    readsOnly: journey.reads,
    ...failureFigures(found.full, orders),
    reads: 1 - (found.reads ?? found.full).q,
    readsAlone: found.reads ? failureFigures(found.reads, orders) : null,
    assumed: found.assumed.map(idOf),
    importance: (found.full.weights() ?? []).map((weight) => importanceFigure(weight, outages)),
    capacity: capacity
      ? ({
          ...sustained(capacity),
          computed: capacity.load !== undefined,
          hostsComputed: capacity.hosts !== undefined,
          stated: capacity.stated ?? null,
          withoutHost: (capacity.hosts ?? []).map((lost) => ({ host: lost.host.id, ...sustained(lost) })),
          unlimited: capacity.unlimited.map(idOf),
        } satisfies CapacityFigure)
      : null,
    accepted: acceptedPoints(system, found, options.today),
  };
}

function failureFigures(outage: Outage, orders: number): FailureFigures {
  const listed: (readonly [string, readonly (readonly SubjectId[])[]])[] = [];
  for (let order = 1; order <= orders; order++) {
    if ((outage.cutSetsByOrder[order - 1] ?? 0n) > mostListed) continue;
    const sets = outage.cutSets(order);
    if (sets) listed.push([String(order), sets.map((set) => set.map(idOf))]);
  }
  return {
    ...chances(outage.q),
    exact: outage.exact,
    low: 1 - outage.high,
    high: 1 - outage.low,
    leastUnavailability: outage.low,
    mostUnavailability: outage.high,
    downtimeHoursPerYear: outage.q * hoursPerYear,
    cutSets: Object.fromEntries(listed),
    cutSetCounts: outage.cutSetsByOrder.map(String),
    cutSetsComplete: outage.cutSetsComplete,
  };
}

function importanceFigure(weight: Weight, { built, failures }: Outages): ImportanceFigure {
  const { of, q, birnbaum, criticality, fussellVesely, riskAchievementWorth } = weight;
  const basis = 'kind' in of ? basisOf(of, built.events, failures) : null;
  return {
    element: 'kind' in of ? of.id : of.tier.id,
    commonCause: !('kind' in of),
    unavailability: q,
    basis,
    birnbaum,
    criticality,
    fussellVesely,
    riskAchievementWorth,
    hoursPerYearSaved: q * birnbaum * hoursPerYear,
  };
}

function basisOf(node: Node, events: Int32Array, failures: Failures): ImportanceFigure['basis'] {
  return failures.elements[events[node.index] ?? -1]?.basis ?? null;
}

/** The single points in whose own block the file accepts that they are. */
function acceptedPoints(system: System, { full }: JourneyOutage, today: string | undefined): readonly AcceptedPoint[] {
  const rules = new Set(['spof', 'write-spof']);
  const accepts = system.accepts.filter(
    ({ rule, until }) => rules.has(rule) && (today === undefined || until === undefined || until >= today),
  );
  if (accepts.length === 0) return [];
  return (full.cutSets(1) ?? []).flat().flatMap((node) => {
    const accept = accepts.find(({ owners }) => owners.some((owner) => owner.of === 'node' && owner.node === node));
    return accept ? [{ element: node.id, rule: accept.rule, reason: accept.reason, until: accept.until ?? null }] : [];
  });
}

function sustained({ load, bottleneck = [] }: Partial<Sustainable>): Sustained {
  return { load: finite(load), bottleneck: bottleneck.map(nameOfLimit) };
}

function together({ journeys, stated, load, bottleneck = [], hosts }: TogetherCapacity): JointCapacity {
  return {
    factor: finite(load),
    computed: load !== undefined,
    hostsComputed: hosts !== undefined,
    stated,
    loads: journeys.map(({ journey, weight }) => ({
      journey: journey.id,
      load: load === undefined ? null : finite(load * weight),
    })),
    bottleneck: bottleneck.map(nameOfLimit),
    withoutHost: (hosts ?? []).map((lost) => {
      return { host: lost.host.id, factor: finite(lost.load), bottleneck: lost.bottleneck.map(nameOfLimit) };
    }),
  };
}

function finite(load: number | undefined): number | null {
  return load === undefined || load === Infinity ? null : load;
}

/** A component by its id, a connection as it reads: `haproxy -> nginx`. */
function nameOfLimit(limit: Node | Connection): string {
  if ('id' in limit) return limit.id;
  const from = [...new Set(limit.from.map((node) => node.tier?.id ?? node.id))].join(', ');
  const to = limit.choices.map((choice) => choice.record ?? choice.tier?.id ?? choice.text).join(' | ');
  return `${limit.fromRecord ?? from} -> ${to}`;
}
