// Findings -> the legend below the picture, by number.

import type { Pen } from './drawing.js';
import type { PictureFinding } from './findings.js';
import { markerWidth, paintMarker } from './markers.js';
import { paragraph, paragraphSize } from './paragraphs.js';

export interface Strip {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const lineHeight = 19;
const columnWidth = 560;

/** Paints the findings in one column, or two where there is room; returns the height. */
export function paintLegend(pen: Pen, findings: readonly PictureFinding[], { left, top, width }: Strip): number {
  if (findings.length === 0) return 0;
  const columns = width >= 2 * columnWidth && findings.length > 2 ? 2 : 1;
  const room = columns === 2 ? (width - 40) / 2 : Math.min(width, 900);
  const indent = Math.max(...findings.map((finding) => markerWidth(String(finding.number)))) + 12;
  const entries = findings.map((finding) => ({
    finding,
    lines: paragraph(finding.rule, `${finding.message}${finding.accepted ? ' (accepted)' : ''}`, room - indent),
  }));
  const heights = entries.map(({ lines }) => Math.max(lines.length * lineHeight + 8, 28));
  const total = heights.reduce((sum, height) => sum + height, 0);
  let x = left;
  let y = top;
  let tallest = 0;
  entries.forEach(({ finding, lines }, index) => {
    if (columns === 2 && x === left && index > 0 && y - top + (heights[index] ?? 0) / 2 > total / 2) {
      x = left + room + 40;
      y = top;
    }
    const width = markerWidth(String(finding.number));
    paintMarker(pen, { x: x + width / 2, y: y + 11 }, String(finding.number), finding);
    lines.forEach((runs, row) => {
      pen.text(finding.accepted ? 'detail' : 'label', runs, {
        x: x + indent,
        y: y + 16 + row * lineHeight,
        'font-size': paragraphSize,
      });
    });
    y += heights[index] ?? 0;
    tallest = Math.max(tallest, y - top);
  });
  return tallest;
}
