// Findings → Checkstyle's XML, which most CI servers read. Accepted findings are left out: the format has no word for them.
// The shape: https://checkstyle.org (`XMLLogger`); severities are its own words.

import { positionAt } from '../base/source.js';
import { byFile, inRepository, openFindings, remarks } from './findings.js';
import type { Report } from './index.js';
import { attributes, declaration } from './xml.js';

export function checkstyle(report: Report): string {
  const files = Array.from(byFile(report, openFindings(report)), ([path, findings]) => {
    const errors = findings.map((finding) => {
      const { line, column } = positionAt(finding.at.source, finding.at.start);
      const message = [finding.message, ...remarks(finding)].join('\n');
      const values = { line, column, severity: finding.severity, message, source: `archlint.${finding.code}` };
      return `    <error${attributes(values)}/>\n`;
    });
    return `  <file${attributes({ name: inRepository(report, path) })}>\n${errors.join('')}  </file>\n`;
  });
  return `${declaration}\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
}
