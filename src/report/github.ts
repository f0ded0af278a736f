// Findings → annotations in GitHub Actions: workflow commands, one a line, which the runner takes from what a step prints.
// Escapes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. Accepted findings need nobody's eye.

import { regionOf } from '../base/source.js';
import { inRepository, openFindings, remarks } from './findings.js';
import type { Report } from './index.js';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

export function github(report: Report): string {
  return openFindings(report)
    .map((finding) => {
      const { line, column, endLine, endColumn } = regionOf(finding.at);
      const properties = Object.entries({
        title: `archlint: ${finding.code}`,
        file: inRepository(report, finding.at.source.path),
        line,
        endLine,
        col: column,
        endColumn,
      }).map(([name, value]) => `${name}=${property(String(value))}`);
      const message = data([finding.message, ...remarks(finding)].join('\n'));
      return `::${commands[finding.severity]} ${properties.join(',')}::${message}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
