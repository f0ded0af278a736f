// The stage `diff`: two systems with their findings → what changed, and the one system that holds both.

import type { Diagnostic, SubjectId } from '../base/diagnostic.js';
import type { Difference } from '../base/difference.js';
import type { Analysis, JourneyComparison } from '../base/figures.js';
import { compare } from '../analysis/compare.js';
import type { Connection, System } from '../model/index.js';
import { changedConnection, pairConnections, wholeConnection } from './connections.js';
import { findingChanges } from './findings.js';
import { match, type Matching } from './match.js';
import { plainChange, propertyChanges } from './properties.js';
import { nodeChanges, pairRecords, recordChanges, tierChanges } from './structure.js';
import { unionOf, type Union } from './union.js';

export { changeAt, type Union } from './union.js';

/** One of the two, with all that is known of it. Findings are of single subjects, not grouped. */
export interface Side {
  readonly system: System;
  readonly findings: readonly Diagnostic[];
  readonly analysis: Analysis;
}

export interface Diff {
  readonly difference: Difference;
  /** Made when it is asked for. */
  readonly union: () => Union;
}

/** What `diff(a, b)` calls added, `diff(b, a)` calls removed. The order of declarations plays no part. */
export function diff(old: Side, now: Side): Diff {
  const matching = match(old.system, now.system);
  const nodes = nodeChanges(old.system, now.system, matching);
  const records = pairRecords(old.system, now.system, matching);
  const connections = pairConnections(old.system.connections, now.system.connections, matching);
  const changed = connections.both.flatMap(([one, other]) => {
    const change = changedConnection(one, other);
    return change ? [[other, change] as const] : [];
  });
  const changes = new Map<Connection, ReturnType<typeof wholeConnection>>([
    ...changed,
    ...connections.added.map((one) => [one, wholeConnection('added', one)] as const),
  ]);
  const renamed = namesIn(matching);
  const difference: Difference = {
    file: [
      ...plainChange('title', old.system.title, now.system.title),
      ...propertyChanges(old.system.facts, now.system.facts).filter(({ property }) => property !== 'title'),
    ],
    nodes,
    tiers: tierChanges(old.system, now.system, matching),
    records: recordChanges(now.system, records),
    connections: [
      ...now.system.connections.flatMap((one) => changes.get(one) ?? []),
      ...connections.removed.map((one) => wholeConnection('removed', one)),
    ],
    findings: findingChanges(old.findings, now.findings, renamed),
    journeys: compare(withNames(old.analysis, renamed), now.analysis).filter(differs),
  };
  const union = () =>
    unionOf(old.system, now.system, {
      matching,
      connections,
      records,
      changedNodes: new Set(
        nodes.flatMap((node) => (node.change === 'changed' && node.new !== null ? [node.new] : [])),
      ),
      changedConnections: new Set(changed.map(([one]) => one)),
    });
  return { difference, union };
}

function namesIn({ forward }: Matching): (subject: SubjectId) => SubjectId {
  const names = new Map([...forward].map(([old, now]) => [old.id, now.id] as const));
  return (subject) => names.get(subject) ?? subject;
}

/** Journeys are known by their ends, and single points by their names: what has another name now is the same. */
function withNames(analysis: Analysis, renamed: (subject: SubjectId) => SubjectId): Analysis {
  const journeys = analysis.journeys.map((journey) => {
    const from = renamed(journey.from);
    const id = from === journey.from ? journey.id : journey.id.replace(journey.from, from);
    const cutSets = Object.fromEntries(
      Object.entries(journey.cutSets).map(([order, sets]) => [order, sets.map((set) => set.map(renamed))]),
    );
    return { ...journey, from, id, cutSets };
  });
  return { ...analysis, journeys };
}

/** Figures within the accuracy of the reckoning are the same. */
function differs({ here, there, difference, id }: JourneyComparison): boolean {
  if (!here || !there || !difference) return true;
  const least = 1e-12 * Math.max(here.unavailability, there.unavailability);
  const counts = [here, there].map(({ cutSetCounts, cutSetsComplete }) =>
    JSON.stringify([cutSetCounts, cutSetsComplete]),
  );
  return (
    here.id !== there.id ||
    id !== there.id ||
    Math.abs(difference.availability) > least ||
    Math.abs(difference.reads) > least ||
    here.exact !== there.exact ||
    here.capacity?.load !== there.capacity?.load ||
    difference.singlePointsAdded.length + difference.singlePointsRemoved.length > 0 ||
    counts[0] !== counts[1]
  );
}
