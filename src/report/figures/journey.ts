// The figures of one journey → blocks: how available it is, what stops it alone and in pairs, what to fix first, what load it carries.

import {
  isAssumed,
  type Analysis,
  type CapacityFigure,
  type ElementFigure,
  type FailureFigures,
  type ImportanceFigure,
  type JourneyFigures,
} from '../../base/figures.js';
import { byCodeUnit, counted, listed } from '../../base/words.js';
import type { Block, Cells, Fact } from './blocks.js';
import { basisWords, duration, percent, percentUp, rate, shown, significant } from './numbers.js';
import { grouped } from './pairs.js';

/** The elements by id. */
export type Elements = ReadonlyMap<string, ElementFigure>;

export function elementsOf({ elements }: Analysis): Elements {
  return new Map(elements.map((element) => [element.id, element]));
}

export function arrow(id: string): string {
  return id.replaceAll(' -> ', ' → ');
}

/** Journeys with the same figures are shown together. */
export function journeysBlocks(journeys: readonly JourneyFigures[], elements: Elements): readonly Block[] {
  const groups = new Map<string, JourneyFigures[]>();
  for (const journey of journeys) {
    const key = JSON.stringify({ ...journey, id: '', from: '', to: '', protocol: '', port: 0, capacity: null });
    const group = groups.get(key);
    if (group) group.push(journey);
    else groups.set(key, [journey]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? groupBlocks(first, group, elements) : [];
  });
}

function groupBlocks(journey: JourneyFigures, group: readonly JourneyFigures[], elements: Elements): readonly Block[] {
  const { readsAlone, importance } = journey;
  const assumed = journey.assumed.length > 0;
  const facts: Fact[] = [
    ['availability', ...availabilityLines(journey, assumed)],
    ...(readsAlone ? [['reads alone', ...availabilityLines(readsAlone, assumed)] as const] : []),
    ...assumedFact(journey, elements),
    ...managedFact(journey, elements),
    ...cutFacts(journey, elements),
    ...journey.accepted.map(({ element, reason, until }): Fact => {
      return ['accepted', `${nameOf(elements, element)}: ${reason}${until === null ? '' : ` (until ${until})`}`];
    }),
    ...loadFacts(group, elements),
  ];
  const names = group.map(({ id, readsOnly }) => `${arrow(id)}${readsOnly ? ', reads only' : ''}`);
  return [
    { is: 'heading', lines: names },
    { is: 'facts', rows: facts },
    ...importanceBlocks(journey.exact, importance, elements),
  ];
}

/** Of several journeys what is the same of all stands once. */
function loadFacts(group: readonly JourneyFigures[], elements: Elements): readonly Fact[] {
  const facts = group.flatMap(({ id, capacity }) => {
    return capacity ? [{ id, rows: capacityFacts(capacity, elements), stated: statedLoad(capacity) }] : [];
  });
  const stated = (name: string, lines: readonly string[]): readonly Fact[] =>
    lines.length > 0 ? [['load', ...lines.map((line) => `${name}${line}`)]] : [];
  const same = facts.length === group.length && new Set(facts.map(({ rows }) => JSON.stringify(rows))).size === 1;
  if (!same) {
    return facts.flatMap((one): readonly Fact[] => {
      return [['journey', arrow(one.id)], ...stated('', one.stated), ...one.rows];
    });
  }
  const loads = facts.flatMap((one) =>
    one.stated.map((line) => (group.length > 1 ? `${arrow(one.id)}: ${line}` : line)),
  );
  return [...stated('', loads), ...(facts[0]?.rows ?? [])];
}

function statedLoad({ stated, load }: CapacityFigure): readonly string[] {
  if (stated === null) return [];
  const share = load === null || load === 0 ? '' : `, ${percent(stated / load)} of what it carries alone`;
  return [`${rate(stated)} stated${share}`];
}

function availabilityLines(figures: FailureFigures, assumed: boolean): readonly string[] {
  const { availability, downtime, unavailability } = shown(figures);
  if (figures.exact && figures.unavailability === 1) return ['never serves: what it needs cannot all be there'];
  if (figures.exact && figures.unavailability === 0) return ['100 %: by these figures never down'];
  return [
    `${availability}${assumed ? ' (on assumed figures)' : ''}`,
    `down ${downtime} a year (unavailability ${unavailability})`,
    ...(figures.exact ? [] : ['an interval: the model is too large for the exact figure']),
  ];
}

function assumedFact({ assumed }: JourneyFigures, elements: Elements): readonly Fact[] {
  if (assumed.length === 0) return [];
  const kinds = new Map<string, Set<string>>();
  for (const id of assumed) {
    const element = elements.get(id);
    if (!element) continue;
    const figure = percentUp(element.unavailability);
    const kind = element.basis === 'managed' ? 'managed' : element.kind;
    kinds.set(figure, (kinds.get(figure) ?? new Set()).add(kind));
  }
  const figures = [...kinds].map(([figure, names]) => `${listed([...names].sort(byCodeUnit))} ${figure}`);
  return [['assumed', `the availability of ${counted(assumed.length, 'element')}: ${figures.join('; ')}`]];
}

function managedFact({ importance, cutSets }: JourneyFigures, elements: Elements): readonly Fact[] {
  const ids = [...new Set([...importance.map(({ element }) => element), ...Object.values(cutSets).flat(2)])];
  const managed = ids.flatMap((id) => (elements.get(id)?.managed ? [nameOf(elements, id, true)] : []));
  return managed.length === 0 ? [] : [['managed', `by a provider, and part of these figures: ${managed.join(', ')}`]];
}

/** Under the name that nobody else has; what a provider keeps redundant says so. */
export function nameOf(elements: Elements, id: string, bare = false): string {
  const element = elements.get(id);
  return `${element?.name ?? id}${element?.managed && !bare ? ' (managed)' : ''}`;
}

function cutFacts(journey: JourneyFigures, elements: Elements): readonly Fact[] {
  const name = (id: string) => nameOf(elements, id);
  const names = (ids: readonly string[]) => ids.map(name).join(', ');
  const { readsAlone, cutSets, cutSetCounts } = journey;
  const single = (cutSets['1'] ?? []).flat();
  const forReads = readsAlone ? new Set((readsAlone.cutSets['1'] ?? []).flat()) : new Set(single);
  const both = single.filter((id) => forReads.has(id));
  const writes = single.filter((id) => !forReads.has(id));
  const facts: Fact[] = [['single points', both.length > 0 ? names(both) : 'none']];
  if (writes.length > 0) facts.push(['stop writes', names(writes)]);
  const pairs = cutSets['2'];
  if (pairs && pairs.length > 0) {
    const order = new Map([...elements.keys()].map((id, at) => [id, at]));
    const lines = grouped(pairs, (id) => order.get(id) ?? 0).map(({ each, others }) =>
      others ? `${each.map(name).join(' or ')} with ${others.map(name).join(' or ')}` : `any two of ${names(each)}`,
    );
    facts.push(['pairs', ...lines.map((line) => `- ${line}`)]);
  }
  for (const [order, sets] of Object.entries(cutSets)) {
    if (Number(order) < 3 || sets.length === 0) continue;
    facts.push([`sets of ${order}`, ...sets.map((set) => `- ${names(set)}`)]);
  }
  const counts = cutSetCounts.flatMap((count, at) => (count === '0' ? [] : [`${count} of order ${at + 1}`]));
  const end = journey.cutSetsComplete ? '' : `; those of more than ${cutSetCounts.length} were not counted`;
  facts.push(['cut sets', `${counts.length > 0 ? counts.join(', ') : 'none'}${end}`]);
  return facts;
}

/** What is said in the place of a figure that would take too many steps. */
export function tooLarge(what: 'load' | 'load without each host'): string {
  return `not computed: the system is too large for an exact ${what}`;
}

function capacityFacts(capacity: CapacityFigure, elements: Elements): readonly Fact[] {
  const { load, bottleneck, withoutHost, unlimited } = capacity;
  const facts: Fact[] = [
    ['carries', capacity.computed ? `${rate(load)}${limitedBy(bottleneck, elements)}` : tooLarge('load')],
  ];
  const lines = withoutLines(withoutHost, elements, ({ load: left, bottleneck: there }) => {
    return left === 0 ? 'nothing' : left === load ? '' : `${rate(left)}${limitedBy(there, elements, 'counted')}`;
  });
  if (lines.length > 0) facts.push(['with one host lost', ...lines]);
  if (capacity.computed && !capacity.hostsComputed)
    facts.push(['with one host lost', tooLarge('load without each host')]);
  if (unlimited.length > 0) {
    const names = tiersAmong(unlimited, elements, 'named').join(', ');
    facts.push(['unlimited', `no capacity is stated of ${names}; reckoned with as unlimited`]);
  }
  return facts;
}

/** Hosts whose loss leaves the same stand together; those whose loss changes nothing are left out, and counted. */
export function withoutLines<Lost extends { readonly host: string }>(
  hosts: readonly Lost[],
  elements: Elements,
  show: (lost: Lost) => string,
): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const lost of hosts) {
    const text = show(lost);
    const name = nameOf(elements, lost.host);
    const group = groups.get(text);
    if (group) group.push(name);
    else groups.set(text, [name]);
  }
  const same = groups.get('')?.length ?? 0;
  groups.delete('');
  const lines = [...groups].map(([text, names]) => `- ${names.join(' or ')}: ${text}`);
  return same > 0 && lines.length > 0 ? [...lines, `- ${counted(same, 'other host')}: the same as now`] : lines;
}

/** `counted`: where it is plain which instances they are, their number is enough. */
export function limitedBy(names: readonly string[], elements: Elements, how: 'named' | 'counted' = 'named'): string {
  return names.length > 0 ? `, limited by ${tiersAmong(names, elements, how).map(arrow).join(', ')}` : '';
}

/** A tier whose instances are all among them stands for them: `web (all 12)`; or with their number: `web (11 of 12)`. */
function tiersAmong(ids: readonly string[], elements: Elements, how: 'named' | 'counted'): readonly string[] {
  const all = new Map<string, number>();
  for (const { tier } of elements.values()) if (tier !== null) all.set(tier, (all.get(tier) ?? 0) + 1);
  const here = new Map<string, number>();
  const tierOf = (id: string) => elements.get(id)?.tier ?? '';
  for (const id of ids) here.set(tierOf(id), (here.get(tierOf(id)) ?? 0) + 1);
  const names = ids.map((id) => {
    const tier = tierOf(id);
    const size = all.get(tier) ?? 0;
    const count = here.get(tier) ?? 0;
    if (size > 1 && count === size) return `${tier} (all ${size})`;
    return how === 'counted' && count > 1 ? `${tier} (${count} of ${size})` : nameOf(elements, id);
  });
  return [...new Set(names)];
}

/** Elements with the same figures share a row. */
function importanceBlocks(
  exact: boolean,
  importance: readonly ImportanceFigure[],
  elements: Elements,
): readonly Block[] {
  if (!exact)
    return [{ is: 'paragraph', text: '  What to fix first is not known where the availability is an interval.' }];
  if (importance.length === 0) return [];
  const rows = new Map<string, { names: string[]; figures: readonly string[] }>();
  for (const figure of importance) {
    const { element, commonCause, unavailability, basis, criticality, hoursPerYearSaved, riskAchievementWorth } =
      figure;
    const figures = [
      duration(hoursPerYearSaved),
      percent(criticality),
      `× ${significant(riskAchievementWorth)}`,
      [percentUp(unavailability), basis ? basisWords[basis] : ''].filter((word) => word !== '').join(' '),
    ];
    const name = commonCause ? `common cause of ${element}` : nameOf(elements, element);
    const key = figures.join('\n');
    const row = rows.get(key);
    if (row) row.names.push(name);
    else rows.set(key, { names: [name], figures });
  }
  const columns = ['what to fix first', 'saves a year', 'share', 'if down', 'available'];
  return [{ is: 'table', columns, rows: [...rows.values()].map(({ names, figures }): Cells => [names, ...figures]) }];
}

/** Whether any figure of the analysis rests on an assumption. */
export function assumes({ elements }: Analysis): boolean {
  return elements.some(({ basis }) => isAssumed(basis));
}
