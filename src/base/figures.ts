// What the analysis says about a system, as plain data by ids: what `analyze --json` prints, and what texts and tables are made of.

import type { SubjectId, Witness } from './diagnostic.js';

/** A year as downtime is counted in: 365 days. */
export const hoursPerYear = 8760;

export interface Analysis {
  readonly title: string | null;
  /** Everything that can fail by itself, in order of declaration. */
  readonly elements: readonly ElementFigure[];
  readonly commonCauses: readonly CommonCauseFigure[];
  readonly journeys: readonly JourneyFigures[];
  /** The load that all journeys carry at the same time; null where nothing that several of them use states a capacity. */
  readonly capacity: JointCapacity | null;
  /** Callers with a need that leads back to where the request came from: such needs are left out of the reckoning of loads. */
  readonly rounds: readonly SubjectId[];
}

/**
 * Where a figure comes from: `stated` (`availability`), `mtbf` (with `mttr`), `sla`, or assumed: `managed` (whatever a provider keeps) and
 * `default` (the kind's).
 */
export type Basis = 'stated' | 'mtbf' | 'sla' | 'managed' | 'default';

export function isAssumed(basis: Basis): boolean {
  return basis === 'managed' || basis === 'default';
}

export interface ElementFigure {
  readonly id: SubjectId;
  /** The shortest tail of the path that no other node has. */
  readonly name: string;
  readonly kind: string;
  readonly tier: string | null;
  readonly availability: number;
  readonly unavailability: number;
  readonly basis: Basis;
  readonly managed: boolean;
}

/** `common-cause 5%`: what strikes all instances of a tier at once. */
export interface CommonCauseFigure {
  readonly tier: string;
  readonly share: number;
  readonly unavailability: number;
  readonly instances: readonly SubjectId[];
}

/** About one top event. Where `exact` is false, the middle of an interval that contains the truth. */
export interface FailureFigures {
  readonly availability: number;
  readonly unavailability: number;
  readonly exact: boolean;
  /** Bounds of the availability; equal to it where it is exact. */
  readonly low: number;
  readonly high: number;
  /** The same bounds from the other side, with all their digits: where both availabilities are nearly one, theirs are lost. */
  readonly leastUnavailability: number;
  readonly mostUnavailability: number;
  readonly downtimeHoursPerYear: number;
  /** By order: the minimal cut sets, over places and components. Orders that were not computed are left out. */
  readonly cutSets: Readonly<Record<string, readonly (readonly SubjectId[])[]>>;
  /** How many there are of each order, from one on, in decimal digits. */
  readonly cutSetCounts: readonly string[];
  /** False when there may be cut sets of higher orders than were counted. */
  readonly cutSetsComplete: boolean;
}

export interface JourneyFigures extends FailureFigures {
  readonly id: string;
  readonly from: SubjectId;
  readonly to: string;
  readonly protocol: string | null;
  readonly port: number | null;
  /** The journey is for reads only. */
  readonly readsOnly: boolean;
  /** The availability of reads; the same number where reads need the same. */
  readonly reads: number;
  /** The figures of reads alone, where they differ. */
  readonly readsAlone: FailureFigures | null;
  /** The elements that the figures depend on whose availability nobody has stated. */
  readonly assumed: readonly SubjectId[];
  /** What would be won most first; empty where the availability is not exact. */
  readonly importance: readonly ImportanceFigure[];
  /** Null where nothing on the way states a capacity. */
  readonly capacity: CapacityFigure | null;
  /** Single points that the file accepts. */
  readonly accepted: readonly AcceptedPoint[];
}

export interface ImportanceFigure {
  /** An element, or the tier of a common cause. */
  readonly element: SubjectId;
  readonly commonCause: boolean;
  readonly unavailability: number;
  /** Null for a common cause. */
  readonly basis: Basis | null;
  /** How much the journey's unavailability rises with the element's. */
  readonly birnbaum: number;
  /** The chance that the element has failed and decides, given that the journey has stopped. */
  readonly criticality: number;
  readonly fussellVesely: number;
  /** How many times likelier the journey has stopped while the element has. */
  readonly riskAchievementWorth: number;
  /** Downtime a year that would be saved if it never failed. */
  readonly hoursPerYearSaved: number;
}

export interface AcceptedPoint {
  readonly element: SubjectId;
  readonly rule: string;
  readonly reason: string;
  readonly until: string | null;
}

/** Loads are requests a second. */
export interface Sustained {
  /** The largest sustainable load; null where no stated capacity limits it. */
  readonly load: number | null;
  /** The components, and connections as `haproxy -> nginx`, whose capacities limit it: a smallest cut. */
  readonly bottleneck: readonly string[];
}

export interface CapacityFigure extends Sustained {
  /** False where the system is too large to reckon the load: null then says nothing about limits. */
  readonly computed: boolean;
  /** False where it is too large to reckon it with each host lost: the list is empty then. */
  readonly hostsComputed: boolean;
  /** What `load` states. */
  readonly stated: number | null;
  /** The same with each host on the way lost, the worst first. */
  readonly withoutHost: readonly (Sustained & { readonly host: SubjectId })[];
  /** Components on the way without a capacity: reckoned with as unlimited. */
  readonly unlimited: readonly SubjectId[];
}

/** All journeys at once, each in proportion to its stated load; or all alike where none is stated. */
export interface JointCapacity {
  /** How many times the stated loads; null where unlimited. */
  readonly factor: number | null;
  /** False where the system is too large to reckon the load: null then says nothing about limits. */
  readonly computed: boolean;
  /** False where it is too large to reckon it with each host lost: the list is empty then. */
  readonly hostsComputed: boolean;
  /** Whether the proportions are stated. */
  readonly stated: boolean;
  /** What each journey then carries, by id. */
  readonly loads: readonly { readonly journey: string; readonly load: number | null }[];
  readonly bottleneck: readonly string[];
  readonly withoutHost: readonly {
    readonly host: SubjectId;
    readonly factor: number | null;
    readonly bottleneck: readonly string[];
  }[];
}

/** What stops when given elements fail at the same time. */
export interface WhatIf {
  readonly failed: readonly SubjectId[];
  /** Those of them that are, and hold, no element of failure: nothing comes of losing them. */
  readonly harmless: readonly SubjectId[];
  readonly journeys: readonly JourneyOutcome[];
  /** Components that stop, those that failed among them; `writes` only lose their writes. */
  readonly components: readonly { readonly id: SubjectId; readonly extent: 'all' | 'writes' }[];
}

export interface JourneyOutcome {
  readonly id: string;
  /** `degraded` goes on with fewer instances, `serves` as if nothing had happened. */
  readonly outcome: 'stops' | 'writes-stop' | 'degraded' | 'serves';
  readonly witness: Witness | null;
  /** Tiers on its way that have lost instances. */
  readonly tiers: readonly { readonly tier: string; readonly left: number; readonly of: number }[];
}

/** One journey in two systems; absent where only the other has it. */
export interface JourneyComparison {
  readonly id: string;
  readonly here: JourneyFigures | null;
  readonly there: JourneyFigures | null;
  /** There minus here; null where one of them has no such journey. */
  readonly difference: {
    readonly availability: number;
    readonly reads: number;
    readonly downtimeHoursPerYear: number;
    readonly load: number | null;
    /** Single points that only the other has, and those that only this one has. */
    readonly singlePointsAdded: readonly SubjectId[];
    readonly singlePointsRemoved: readonly SubjectId[];
  } | null;
}
