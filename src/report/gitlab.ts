// Findings → GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format), shown in merge
// requests. Accepted findings are left out: GitLab would show them as problems.

import { fnv1a64 } from '../base/hash.js';
import { regionOf } from '../base/source.js';
import { byFile, inRepository, openFindings, remarks } from './findings.js';
import type { Report } from './index.js';
import { fingerprintsOf } from './json.js';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const;

export function gitlab(report: Report): string {
  const issues = Array.from(byFile(report, openFindings(report)), ([file, findings]) => {
    const path = inRepository(report, file);
    const fingerprints = fingerprintsOf(findings);
    return findings.map((finding, index) => {
      const { line, endLine } = regionOf(finding.at);
      return {
        description: [finding.message, ...remarks(finding)].join('\n'),
        check_name: finding.code,
        // GitLab tells issues apart by this alone, so it names the file as well.
        fingerprint: fnv1a64(JSON.stringify([path, fingerprints[index]])),
        severity: severities[finding.severity],
        location: { path, lines: { begin: line, end: endLine } },
      };
    });
  });
  return `${JSON.stringify(issues.flat(), undefined, 2)}\n`;
}
