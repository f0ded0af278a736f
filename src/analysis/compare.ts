// The figures of two systems → the same journeys side by side, with the difference.

import type { Analysis, JourneyComparison, JourneyFigures } from '../base/figures.js';

/**
 * Journeys of the first in their order, then those that only the second has. They belong together when all agrees, or else client and
 * destination: a change of protocol or port is still the same journey.
 */
export function compare(here: Analysis, there: Analysis): readonly JourneyComparison[] {
  const partners = new Map<JourneyFigures, JourneyFigures>();
  const taken = new Set<JourneyFigures>();
  for (const keyOf of [({ id }: JourneyFigures) => id, ({ from, to }: JourneyFigures) => JSON.stringify([from, to])]) {
    for (const journey of here.journeys) {
      if (partners.has(journey)) continue;
      const partner = there.journeys.find((one) => !taken.has(one) && keyOf(one) === keyOf(journey));
      if (!partner) continue;
      partners.set(journey, partner);
      taken.add(partner);
    }
  }
  return [
    ...here.journeys.map((journey) => pair(journey.id, journey, partners.get(journey) ?? null)),
    ...there.journeys.filter((journey) => !taken.has(journey)).map((journey) => pair(journey.id, null, journey)),
  ];
}

function pair(id: string, here: JourneyFigures | null, there: JourneyFigures | null): JourneyComparison {
  if (!here || !there) return { id, here, there, difference: null };
  const loads = [here.capacity?.load ?? null, there.capacity?.load ?? null] as const;
  return {
    id,
    here,
    there,
    difference: {
      // From the unavailabilities: those keep the digits that a difference of two numbers near 1 loses.
      availability: here.unavailability - there.unavailability,
      reads: there.reads - here.reads,
      downtimeHoursPerYear: there.downtimeHoursPerYear - here.downtimeHoursPerYear,
      load: loads[0] === null || loads[1] === null ? null : loads[1] - loads[0],
      singlePointsAdded: without(singlePoints(there), singlePoints(here)),
      singlePointsRemoved: without(singlePoints(here), singlePoints(there)),
    },
  };
}

function singlePoints({ cutSets }: JourneyFigures): readonly string[] {
  return (cutSets['1'] ?? []).flat();
}

function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const known = new Set(other);
  return list.filter((each) => !known.has(each));
}
