// Findings → SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) as GitHub code scanning takes it in: every rule with its help, the
// proof of a finding as a code flow, its causes as related locations, accepted risks as suppressions.

import type { Diagnostic, Fix, Severity, Witness } from '../base/diagnostic.js';
import { regionOf, textAt, type Location, type Source } from '../base/source.js';
import { acceptanceOf, inRepository, remarks } from './findings.js';
import type { Report } from './index.js';
import { fingerprintsOf } from './json.js';
import { lineHashes } from './line-hash.js';
import { ruleDescriptor } from './sarif-rule.js';

export const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

export function sarif(report: Report): string {
  const rules = report.rules ?? [];
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprints = fingerprintsOf(report.findings);
  const hashes = new Map<Source, readonly string[]>();
  const lineHash = ({ source, start }: Location): string => {
    const known = hashes.get(source) ?? lineHashes((source.byteOrderMark ? '\ufeff' : '') + source.text);
    hashes.set(source, known);
    return known[regionOf({ source, start, end: start }).line - 1] ?? '';
  };
  const results = report.findings.map((finding, index) => ({
    ruleId: finding.code,
    ...(indexOf.has(finding.code) ? { ruleIndex: indexOf.get(finding.code) } : {}),
    level: levels[finding.severity],
    ...said(finding, report),
    partialFingerprints: {
      primaryLocationLineHash: lineHash(finding.at),
      'archlint/v1': fingerprints[index],
    },
  }));
  const run = {
    tool: { driver: { name: 'archlint', ...versionOf(report), rules: rules.map(ruleDescriptor) } },
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: report.unjudged.map((text) => notJudged(text)) },
    ],
    columnKind: 'utf16CodeUnits',
    results,
  };
  const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function versionOf({ version }: Report): object {
  return version === undefined ? {} : { semanticVersion: version };
}

function notJudged(text: string): object {
  return { level: 'note', message: { text: `not judged: ${text}` } };
}

/** All that a result says of a finding, but for rule and fingerprints. */
function said(finding: Diagnostic, report: Report): object {
  const { at, related, witness, fix, accepted } = finding;
  return {
    message: { text: messageOf(finding) },
    locations: [{ ...placed(at, report), ...logical(finding.subjects) }],
    ...(related.length > 0
      ? {
          relatedLocations: related.map((one, id) => {
            return {
              id,
              ...placed(one.at, report),
              message: { text: one.message === '' ? textAt(one.at) : one.message },
            };
          }),
        }
      : {}),
    ...(witness && witness.steps.length > 0 ? { codeFlows: [flowOf(witness, finding, report)] } : {}),
    ...(accepted
      ? { suppressions: [{ kind: 'inSource', status: 'accepted', justification: acceptanceOf(finding) }] }
      : { suppressions: [] }),
    ...(fix ? { fixes: [fixOf(fix, report)] } : {}),
  };
}

/** The headline as a sentence, the remarks, and a link to each related location. Brackets of the text itself are no links (§3.11.6). */
function messageOf(finding: Diagnostic): string {
  const links = finding.related.map(
    ({ at, message }, id) => `[${plainText(message === '' ? textAt(at) : message)}](${id})`,
  );
  return [
    `${plainText(finding.message)}.`,
    ...remarks(finding).map(plainText),
    ...(links.length > 0 ? [`because of: ${links.join('; ')}`] : []),
  ].join('\n');
}

function plainText(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}

function placed({ source, start, end }: Location, report: Report): object {
  const { line, column, endLine, endColumn } = regionOf({ source, start, end });
  return {
    physicalLocation: {
      artifactLocation: artifactOf(source, report),
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

function artifactOf({ path }: Source, report: Report): object {
  return { uri: uriOf(inRepository(report, path)), uriBaseId: '%SRCROOT%' };
}

function uriOf(path: string): string {
  return path
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** Places, components and records by their full names. */
function logical(subjects: readonly string[]): object {
  if (subjects.length === 0) return {};
  return { logicalLocations: subjects.map((fullyQualifiedName) => ({ fullyQualifiedName })) };
}

function flowOf({ steps }: Witness, finding: Diagnostic, report: Report): object {
  const locations = steps.map(({ node, text }) => {
    const at = report.locate?.(finding, node) ?? finding.at;
    return { location: { ...placed(at, report), ...logical([node]), message: { text: plainText(text) } } };
  });
  return { threadFlows: [{ locations }] };
}

function fixOf({ title, safety, edits }: Fix, report: Report): object {
  const bySource = new Map<Source, object[]>();
  for (const { at, text } of edits) {
    const { line, column, endLine, endColumn } = regionOf(at);
    const deletedRegion = { startLine: line, startColumn: column, endLine, endColumn };
    const list = bySource.get(at.source) ?? [];
    list.push({ deletedRegion, insertedContent: { text } });
    bySource.set(at.source, list);
  }
  const artifactChanges = Array.from(bySource, ([source, replacements]) => {
    return { artifactLocation: artifactOf(source, report), replacements };
  });
  const remark = safety === 'suggestion' ? ' (a suggestion: it changes what the file states)' : '';
  return { description: { text: plainText(title + remark) }, artifactChanges };
}
