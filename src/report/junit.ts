// Findings → JUnit's XML: a suite a file, a case a finding. What fails the run fails; what does not passes and says so; what is accepted is
// skipped with its reason. A file without findings is one case that passes.

import type { Diagnostic } from '../base/diagnostic.js';
import { positionAt } from '../base/source.js';
import { draw, type Style } from './drawing.js';
import { acceptanceOf, byFile, inRepository } from './findings.js';
import type { Report } from './index.js';
import { atLeast } from './summary.js';
import { attributes, declaration, escaped } from './xml.js';

export function junit(report: Report, style: Style): string {
  const failOn = report.failOn ?? 'error';
  const fails = ({ accepted, severity }: Diagnostic): boolean =>
    !accepted && failOn !== 'never' && atLeast(severity, failOn);
  const count = (findings: readonly Diagnostic[]) => ({
    tests: Math.max(1, findings.length),
    failures: findings.filter(fails).length,
    skipped: findings.filter(({ accepted }) => accepted).length,
    errors: 0,
  });
  const suites = Array.from(byFile(report, report.findings), ([path, findings]) => {
    const file = inRepository(report, path);
    const sound = `    <testcase${attributes({ classname: file, name: 'archlint', file })}/>\n`;
    const cases = findings.map((finding) => testCase(finding, { file, fails: fails(finding), style }));
    const head = attributes({ name: file, ...count(findings) });
    return { findings, text: `  <testsuite${head}>\n${cases.length > 0 ? cases.join('') : sound}  </testsuite>\n` };
  });
  const totals = suites.map(({ findings }) => count(findings));
  const sum = (name: keyof ReturnType<typeof count>): number => totals.reduce((total, one) => total + one[name], 0);
  const all = { tests: sum('tests'), failures: sum('failures'), skipped: sum('skipped'), errors: 0 };
  const body = suites.map(({ text }) => text).join('');
  return `${declaration}\n<testsuites${attributes({ name: 'archlint', ...all })}>\n${body}</testsuites>\n`;
}

interface Around {
  readonly file: string;
  readonly fails: boolean;
  readonly style: Style;
}

function testCase(finding: Diagnostic, { file, fails, style }: Around): string {
  const { code, severity, message, at, accepted } = finding;
  const { line } = positionAt(at.source, at.start);
  const head = attributes({ classname: file, name: `${code}: ${message}`, file, line });
  const body = accepted
    ? `<skipped${attributes({ message: `accepted: ${acceptanceOf(finding)}` })}/>`
    : fails
      ? `<failure${attributes({ message, type: `${severity}.${code}` })}>${escaped(draw(finding, style))}</failure>`
      : `<system-out>${escaped(draw(finding, style))}</system-out>`;
  return `    <testcase${head}>${body}</testcase>\n`;
}
