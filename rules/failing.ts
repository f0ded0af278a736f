// What the rules about failing share: the elements they report, the tiers that stand inside them, and how they speak of journeys.

import type { Related, SubjectId } from '../src/base/diagnostic.js';
import { listed } from '../src/base/words.js';
import { journeysLost, singlePoints, tiersLost, type Loss } from '../src/analysis/failing.js';
import { groupOf } from '../src/model/kinds.js';
import type { Journey, Node, System, Tier } from '../src/model/system.js';
import { nameOf, nounOf } from './wording.js';

export type LostJourneys = Loss['journeys'];

/** Hosts, and components that have none: what is restarted, and mended, as one. */
export function isUnit(node: Node): boolean {
  return node.kind === 'host' || (groupOf(node.kind) === 'traffic' && node.host === undefined);
}

/** The units that each stop some journey alone, with the journeys; nothing that a provider keeps redundant. */
export function unitsThatStop(system: System, switched = false): readonly (readonly [Node, LostJourneys])[] {
  return [...singlePoints(system, switched)].filter(([node]) => isUnit(node) && !node.managed);
}

/** Needed tiers that go down with a place, and the share of their instances that stands inside it. */
export interface TierInside {
  readonly tier: Tier;
  readonly inside: readonly Node[];
  readonly outside: readonly Node[];
}

/** Those whose instances inside the place stop one of the journeys by themselves; first those that stand inside as a whole. */
export function tiersInside(system: System, place: Node, lost: LostJourneys, switched = false): readonly TierInside[] {
  const extents = new Map(lost.map(({ journey, extent }) => [journey, extent]));
  const found = [...tiersLost(system, place, switched)].flatMap(([tier, { inside, journeys }]) => {
    if (!journeys.some(({ journey, extent }) => extents.get(journey) === extent)) return [];
    if (inside.every((node) => node.managed)) return [];
    return [{ tier, inside, outside: othersOf(tier, inside) }];
  });
  return [...found.filter(isWhole), ...found.filter((one) => !isWhole(one))];
}

function othersOf({ instances }: Tier, some: readonly Node[]): readonly Node[] {
  if (some.length === instances.length) return [];
  const known = new Set(some);
  return instances.filter((node) => !known.has(node));
}

export function isWhole({ outside }: TierInside): boolean {
  return outside.length === 0;
}

/** A smaller place inside takes the tier down already. */
export function isExplainedInside(system: System, place: Node, { inside, tier }: TierInside): boolean {
  const smaller = new Set(inside.flatMap(({ places }) => places.slice(0, places.indexOf(place))));
  return [...smaller].some((one) => tiersLost(system, one).has(tier));
}

/**
 * Across zones and regions redundancy is a choice: an objective asks for it, or a tier that does not fall with the place has made it. One that
 * stands in no such place has chosen none.
 */
export function isMeantToSurvive(
  system: System,
  place: Node,
  about: { lost: LostJourneys; fallen: readonly Tier[] },
): boolean {
  const lost = new Set(about.lost.map(({ journey }) => journey));
  if ([...lost].some((journey) => asksToSurvive(journey, place))) return true;
  const concerns = (journeys: LostJourneys | undefined) => journeys?.some(({ journey }) => lost.has(journey)) ?? false;
  return system.tiers.some((tier) => {
    const chosen = tier.instances.some((node) => !node.managed && !node.external && standsIn(node, place.kind));
    if (about.fallen.includes(tier) || !chosen) return false;
    return !concerns(tiersLost(system, place).get(tier)?.journeys) && concerns(journeysLost(system, tier.instances));
  });
}

function standsIn({ places }: Node, kind: Node['kind']): boolean {
  return places.some((place) => place.kind === kind);
}

function asksToSurvive({ facts }: Journey, place: Node): boolean {
  const asked = facts.survives?.value.what;
  return asked === 'region' || (asked === 'zone' && place.kind === 'zone');
}

/** Among causes: a tier that decides about takeovers and cannot lose an instance. No node has a name with a space in it. */
export function causeOfController(tier: Tier): SubjectId {
  return `controller ${tier.id}`;
}

/** The tiers whose standbys take over only while this one serves. */
export function tiersControlledBy(system: System, controller: Tier): readonly Tier[] {
  return system.tiers.filter(({ controllers }) => [...controllers.values()].includes(controller));
}

/** The marks on what stands inside: `the only database`. */
export function marksOf(system: System, tiers: readonly TierInside[]): readonly Related[] {
  return tiers.flatMap(({ tier, inside, outside }) => {
    const noun = nounOf(tier.kind);
    const all = inside.length + outside.length;
    return inside.map((node): Related => {
      if (all === 1) return { at: node.at, message: `the only ${noun}` };
      if (outside.length === 0)
        return { at: node.at, message: `one of the ${all} instances of ${nameOfTier(tier)}, all of which stand here` };
      return {
        at: node.at,
        message: `the journey goes through this ${noun}, ${inside.length} of ${all} of ${nameOfTier(tier)}`,
      };
    });
  });
}

/** Why the instances elsewhere are no help. */
export function standbyNotes(system: System, tiers: readonly TierInside[]): readonly string[] {
  return tiers.flatMap(({ outside }) => {
    const manual = outside.filter((node) => node.facts.standby?.value.takeover === 'manual');
    if (manual.length === 0) return [];
    const names = listed(manual.map((node) => nameOf(system, node)));
    return [
      `${names} ${manual.length === 1 ? 'takes' : 'take'} over only by hand (\`standby manual\`), which is no redundancy`,
    ];
  });
}

export function nameOfTier(tier: Tier): string {
  return `\`${tier.id}\``;
}

/** `` `visitor` can no longer use www.foobar.com ``; of many journeys the first and how many more. */
export function lossFor(system: System, lost: LostJourneys, verb = 'can no longer use'): string {
  const journeys = lost.map(({ journey }) => journey);
  const [first] = journeys;
  if (!first) return 'nothing stops';
  const same = journeys.filter(({ client }) => client === first.client);
  const names = [...new Set(same.map(destination))];
  const shown = names.length <= 3 ? listed(names) : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  const others = new Set(journeys.map(({ client }) => client)).size - 1;
  const more = others > 0 ? `, nor ${others} other ${others === 1 ? 'client' : 'clients'} what they need` : '';
  return `${nameOf(system, first.client)} ${verb} ${shown}${more}`;
}

/** `www.foobar.com`, or the name of a tier in backticks. */
export function destination({ record, to }: Journey): string {
  return record ?? `\`${to}\``;
}
