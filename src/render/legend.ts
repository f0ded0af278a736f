// Findings -> the legend below the picture, by number.

import type { Point } from '../layout/scene.js';
import type { Pen, Run } from './drawing.js';
import type { PictureFinding } from './findings.js';
import { paintSign, signSize, type Outcome } from './losses.js';
import { markerWidth, paintMarker } from './markers.js';
import type { Part } from './palette.js';
import { paragraph, paragraphSize } from './paragraphs.js';

export interface Strip {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const lineHeight = 19;
const columnWidth = 560;

interface Entry {
  readonly lines: readonly (readonly Run[])[];
  readonly part: Part;
  /** Paints the mark with its middle there. */
  readonly mark: (at: Point) => void;
}

/** Paints the findings in one column, or two where there is room; returns the height. */
export function paintLegend(pen: Pen, findings: readonly PictureFinding[], strip: Strip): number {
  const widest = Math.max(0, ...findings.map((finding) => markerWidth(String(finding.number))));
  return paintEntries(pen, strip, { count: findings.length, widest }, (width) =>
    findings.map((finding) => {
      const number = String(finding.number);
      const shift = (markerWidth(number) - widest) / 2;
      return {
        lines: paragraph(finding.rule, `${finding.message}${finding.accepted ? ' (accepted)' : ''}`, width),
        part: finding.accepted ? 'detail' : 'label',
        mark: ({ x, y }) => {
          paintMarker(pen, { x: x + shift, y }, number, finding);
        },
      };
    }),
  );
}

/** What becomes of each journey, in the same form. */
export function paintOutcomes(pen: Pen, outcomes: readonly Outcome[], strip: Strip): number {
  return paintEntries(pen, strip, { count: outcomes.length, widest: signSize }, (width) =>
    outcomes.map(({ sign, word, text }) => ({
      lines: paragraph(word, text, width),
      part: 'label',
      mark: (at) => {
        paintSign(pen, at, sign);
      },
    })),
  );
}

function paintEntries(
  pen: Pen,
  { left, top, width }: Strip,
  { count, widest }: { readonly count: number; readonly widest: number },
  entriesFor: (width: number) => readonly Entry[],
): number {
  if (count === 0) return 0;
  const columns = width >= 2 * columnWidth && count > 2 ? 2 : 1;
  const room = columns === 2 ? (width - 40) / 2 : Math.min(width, 900);
  const indent = widest + 12;
  const entries = entriesFor(room - indent);
  const heights = entries.map(({ lines }) => Math.max(lines.length * lineHeight + 8, 28));
  const total = heights.reduce((sum, height) => sum + height, 0);
  let x = left;
  let y = top;
  let tallest = 0;
  entries.forEach(({ lines, part, mark }, index) => {
    if (columns === 2 && x === left && index > 0 && y - top + (heights[index] ?? 0) / 2 > total / 2) {
      x = left + room + 40;
      y = top;
    }
    mark({ x: x + widest / 2, y: y + 11 });
    lines.forEach((runs, row) => {
      pen.text(part, runs, { x: x + indent, y: y + 16 + row * lineHeight, 'font-size': paragraphSize });
    });
    y += heights[index] ?? 0;
    tallest = Math.max(tallest, y - top);
  });
  return tallest;
}
