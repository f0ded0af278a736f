// A difference → JSON for other programs. The shape is a contract (`schema/diff.json`): fields may be added, never changed within a version.

import type { Diagnostic } from '../../base/diagnostic.js';
import { isEmpty } from '../../base/difference.js';
import type { JourneyFigures } from '../../base/figures.js';
import { regionOf } from '../../base/source.js';
import type { DiffReport, SideName } from './index.js';

export function json({ old, new: now, difference }: DiffReport): string {
  const { findings, journeys, ...structure } = difference;
  const document = {
    version: 1,
    old: named(old),
    new: named(now),
    same: isEmpty(difference),
    ...structure,
    findings: {
      introduced: findings.introduced.map(found),
      resolved: findings.resolved.map(found),
      changed: findings.changed.map((one) => ({ old: found(one.old), new: found(one.new) })),
      accepted: findings.accepted.map(found),
      noLongerAccepted: findings.noLongerAccepted.map(found),
      same: findings.same,
    },
    journeys: journeys.map(({ id, here, there, difference: change }) => ({
      id,
      old: here && figures(here),
      new: there && figures(there),
      difference: change,
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function named({ file, revision, title }: SideName): object {
  return { file, revision: revision ?? null, title };
}

/** Places are those of its own side. */
function found({ code, severity, message, subjects, at, help, accepted }: Diagnostic): object {
  return {
    rule: code,
    severity,
    message,
    subjects,
    file: at.source.path,
    ...regionOf(at),
    help: help ?? null,
    accepted: accepted ? { reason: accepted.reason, until: accepted.until ?? null } : null,
  };
}

/** Those of a journey that are told as they are. */
const told = [
  'id',
  'availability',
  'unavailability',
  'exact',
  'low',
  'high',
  'leastUnavailability',
  'mostUnavailability',
  'downtimeHoursPerYear',
  'reads',
  'cutSetCounts',
] as const satisfies readonly (keyof JourneyFigures)[];

function figures(journey: JourneyFigures): object {
  return {
    ...Object.fromEntries(told.map((name) => [name, journey[name]])),
    singlePoints: (journey.cutSets['1'] ?? []).flat(),
    load: journey.capacity?.load ?? null,
  };
}
