// Findings → text for people: drawn in full, or one line each.

import { draw, drawAccepted, placeOf, said, type Style } from './drawing.js';
import { summaryOf, summaryText } from './summary.js';
import type { Report } from './index.js';

/** Every finding drawn, accepted ones in short at the end, and a summary. */
export function full(report: Report, style: Style): string {
  const { paint } = style;
  const open = report.findings.filter(({ accepted }) => !accepted);
  const accepted = report.findings.filter((finding) => finding.accepted);
  const parts = [
    ...open.map((finding) => draw(finding, style)),
    ...accepted.map((finding) => drawAccepted(finding, style)),
  ];
  const worst = (['error', 'warning', 'info'] as const).find((severity) =>
    open.some((each) => each.severity === severity),
  );
  const end = [
    ...(report.summary
      ? [
          paint[worst ?? 'accepted'](
            summaryText(summaryOf(report.findings, report.baseline?.hidden), report.files.length),
          ),
        ]
      : []),
    ...report.unjudged.map((sentence) => `${paint.strong('not judged:')} ${said(sentence, style)}`),
  ];
  if (end.length > 0) parts.push(end.join('\n'));
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

/** `shop.infra:14:6: error[spof] host …`, for editors and for `grep`; accepted findings are left out. */
export function concise(report: Report, style: Style): string {
  const { paint } = style;
  return report.findings
    .filter(({ accepted }) => !accepted)
    .map((finding) => {
      const name = paint[finding.severity](`${finding.severity}[${finding.code}]`);
      return `${placeOf(finding.at)}: ${name} ${said(finding.message, style)}\n`;
    })
    .join('');
}
