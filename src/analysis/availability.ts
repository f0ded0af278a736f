// System → how likely each element of failure is down at a moment, where that figure comes from, and what strikes whole tiers at once.

import { isAssumed, type Basis } from '../base/figures.js';
import { kindOf, type Availabilities } from '../model/kinds.js';
import type { Node, System, Tier } from '../model/system.js';
import type { Structure } from './engine/index.js';
import type { FailureStructure } from './structure.js';

/** Whatever a provider keeps redundant, and kinds without a figure of their own. */
const managedDefault = 0.9995;
const otherDefault = 0.999;

export interface Unavailability {
  /** The share of time that it is down by itself. */
  readonly q: number;
  readonly basis: Basis;
}

/** What is stated goes before what follows from it, and both before what is assumed. */
export function unavailabilityOf(node: Node, defaults: Availabilities): Unavailability {
  const { availability, mtbf, mttr, sla } = node.facts;
  if (availability) return { q: complement(availability.value), basis: 'stated' };
  if (mtbf && mttr && mtbf.value + mttr.value > 0) return { q: mttr.value / (mtbf.value + mttr.value), basis: 'mtbf' };
  if (sla) return { q: complement(sla.value), basis: 'sla' };
  if (node.managed) return { q: complement(defaults.managed ?? managedDefault), basis: 'managed' };
  return { q: complement(defaults[node.kind] ?? kindOf(node.kind).availability ?? otherDefault), basis: 'default' };
}

/** 1 − 0.999 is 0.001 to the last digit: shares are written with few decimals, and fifteen hold them all. */
function complement(share: number): number {
  return Number((1 - share).toFixed(15));
}

/** One event that takes down every instance of a tier: the share that `common-cause` states of the least unavailability among them. */
export interface CommonCause {
  readonly tier: Tier;
  readonly share: number;
  readonly q: number;
}

/** The failures that can happen, each by itself: those of the elements, then the common causes. */
export interface Failures {
  /** By element, in the order of the structure; common causes are left in. */
  readonly elements: readonly Unavailability[];
  /** Only of tiers of several instances that state one. */
  readonly commonCauses: readonly CommonCause[];
  /** By event: of an element of a tier with a common cause what is left to itself. */
  readonly probabilities: readonly number[];
  /** With an event for each common cause behind those of the elements; the plain structure where there is none. */
  readonly structure: Structure;
}

export function failuresOf(system: System, built: FailureStructure, defaults = system.assumed): Failures {
  const elements = built.elements.map((node) => unavailabilityOf(node, defaults));
  const qOf = (node: Node) => elements[built.events[node.index] ?? -1]?.q ?? 0;
  const commonCauses = system.tiers.flatMap((tier): CommonCause[] => {
    const share = tier.commonCause;
    if (share === undefined || share === 0 || tier.instances.length < 2) return [];
    // An instance cannot share more than it has.
    return [{ tier, share, q: share * Math.min(...tier.instances.map(qOf)) }];
  });
  const causeOf = new Map(commonCauses.map((cause) => [cause.tier, cause]));
  const own = built.elements.map((node, event) => {
    const cause = node.tier && causeOf.get(node.tier);
    return (elements[event]?.q ?? 0) - (cause?.q ?? 0);
  });
  return {
    elements,
    commonCauses,
    probabilities: [...own, ...commonCauses.map(({ q }) => q)],
    structure: commonCauses.length === 0 ? built.structure : withCommonCauses(built, commonCauses),
  };
}

function withCommonCauses({ structure, labels }: FailureStructure, causes: readonly CommonCause[]): Structure {
  const eventOf = new Map(causes.map(({ tier }, at) => [tier, structure.eventCount + at]));
  const gates = structure.gates.map((gate, index) => {
    const label = labels[index];
    const event = label?.of === 'node' && label.node.tier ? eventOf.get(label.node.tier) : undefined;
    return event === undefined ? gate : { ...gate, events: [...gate.events, event] };
  });
  return { eventCount: structure.eventCount + causes.length, gates };
}

/** The elements whose figure nobody has stated. */
export function assumedAmong(built: FailureStructure, failures: Failures, events: Iterable<number>): readonly Node[] {
  return [...events].flatMap((event) => {
    const basis = failures.elements[event]?.basis;
    const node = built.elements[event];
    return node && basis !== undefined && isAssumed(basis) ? [node] : [];
  });
}
