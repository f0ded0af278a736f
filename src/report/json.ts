// Findings → JSON for other programs. The shape is a contract (`schema/check.json`): fields may be added, never changed within a version.

import type { Diagnostic, Edit } from '../base/diagnostic.js';
import { fnv1a64 } from '../base/hash.js';
import { regionOf } from '../base/source.js';
import { summaryOf } from './summary.js';
import type { Report } from './index.js';

export function json(report: Report): string {
  const fingerprints = fingerprintsOf(report.findings);
  const document = {
    version: 1,
    files: report.files,
    findings: report.findings.map((finding, index) => found(finding, fingerprints[index] ?? '')),
    unjudged: report.unjudged,
    summary: summaryOf(report.findings, report.baseline?.hidden),
    ...(report.baseline ? { stale: report.baseline.stale } : {}),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function found(finding: Diagnostic, fingerprint: string): object {
  return {
    rule: finding.code,
    severity: finding.severity,
    message: finding.message,
    file: finding.at.source.path,
    ...regionOf(finding.at),
    label: finding.label ?? null,
    subjects: finding.subjects,
    related: finding.related.map(({ at, message }) => ({ file: at.source.path, ...regionOf(at), message })),
    notes: finding.notes,
    help: finding.help ?? null,
    witness: finding.witness ?? null,
    accepted: finding.accepted ? { reason: finding.accepted.reason, until: finding.accepted.until ?? null } : null,
    fix: finding.fix
      ? { title: finding.fix.title, safety: finding.fix.safety, edits: finding.fix.edits.map(edited) }
      : null,
    fingerprint,
  };
}

function edited({ at, text }: Edit): object {
  const { line, column, endLine, endColumn } = regionOf(at);
  return { file: at.source.path, startLine: line, startColumn: column, endLine, endColumn, text };
}

/**
 * What a finding is about, whatever line it stands on: its rule, its subjects and the nodes of its witness, or its message where it
 * has no subject. Repeats in one run are numbered from the second on, in order of place.
 */
export function fingerprintsOf(findings: readonly Diagnostic[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, subjects, witness, message }) => {
    const nodes = (witness?.steps ?? []).map(({ node }) => node);
    const about = subjects.length > 0 ? subjects : [message];
    const hash = fnv1a64(JSON.stringify([code, about, nodes]));
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return count === 1 ? hash : `${hash}-${count}`;
  });
}
