// Findings -> numbered markers: at the top right corner of a box, above the label of a line. Shape tells the severity without colour.

import type { Severity } from '../base/diagnostic.js';
import type { Box, Line, Point } from '../layout/scene.js';
import type { Pen } from './drawing.js';
import { gravest, type Marks, type PictureFinding } from './findings.js';

export const markerSize = 20;
const step = markerSize + 3;

/** Round is an error, square a warning, hollow information; an accepted risk is hollow and dashed. */
export function paintMarker(
  pen: Pen,
  { x, y }: Point,
  label: string,
  look: { severity: Severity; accepted: boolean },
): void {
  const width = markerWidth(label);
  const radius = look.severity === 'warning' ? 4 : 10;
  const area = { x: x - width / 2, y: y - markerSize / 2, width, height: markerSize, rx: radius };
  if (look.accepted) pen.draw('rect', 'accepted', { ...area, 'stroke-width': 1.5, 'stroke-dasharray': '3 3' });
  else pen.draw('rect', look.severity, { ...area, 'stroke-width': 1.5 });
  const number = look.accepted ? 'accepted-number' : look.severity === 'info' ? 'info-number' : 'number';
  pen.text(number, label, {
    x,
    y: y + 4.5,
    'font-size': 12,
    'font-weight': 600,
    'text-anchor': 'middle',
  });
}

export function markerWidth(label: string): number {
  return label.length <= 2 ? markerSize : markerSize + (label.length - 2) * 8;
}

/** The outline of a box that something is found about. */
export function paintRing(pen: Pen, box: Box, findings: readonly PictureFinding[]): void {
  const severity = gravest(findings);
  if (severity === undefined || box.form === 'record') return;
  const around = box.form === 'container';
  const radius = around ? (box.kind === 'network' ? 12 : 8) : 11;
  const grow = around ? 0 : box.form === 'chip' ? 0 : 4;
  pen.draw('rect', `${severity}-ring`, {
    x: box.x - grow,
    y: box.y - grow,
    width: box.width + 2 * grow,
    height: box.height + 2 * grow,
    rx: radius,
    'stroke-width': 2,
  });
}

export function paintMarkers(pen: Pen, marks: Marks): void {
  for (const [box, findings] of marks.ofBox) {
    const right = box.x + box.width - (box.form === 'record' ? 16 : 14);
    const y = box.form === 'record' ? box.y + box.height / 2 : box.y;
    const room = box.form === 'record' ? 1 : Math.max(1, Math.floor(box.width / step));
    row(pen, findings, { room, place: (index) => ({ x: right - index * step, y }), reversed: true });
  }
  for (const [line, findings] of marks.ofLine) row(pen, findings, { ...rowAt(line, findings.length), reversed: false });
}

function rowAt(line: Line, count: number): { room: number; place: (index: number) => Point } {
  const room = Math.max(1, Math.floor((line.plate?.width ?? step) / step) + 1);
  const shown = Math.min(room, count);
  const left = line.anchor.x - ((shown - 1) * step) / 2;
  return { room, place: (index) => ({ x: left + index * step, y: line.anchor.y }) };
}

interface Row {
  readonly room: number;
  readonly place: (index: number) => Point;
  readonly reversed: boolean;
}

/** In order of number; what has no room is counted in the last. */
function row(pen: Pen, findings: readonly PictureFinding[], { room, place, reversed }: Row): void {
  const shown = findings.length <= room ? findings : findings.slice(0, room - 1);
  const rest = findings.length - shown.length;
  const labels = shown.map((finding) => ({
    label: String(finding.number),
    severity: finding.severity,
    accepted: finding.accepted,
  }));
  if (rest > 0) {
    const others = findings.slice(shown.length);
    const severity = gravest(others);
    const [only] = others;
    labels.push({
      label: rest === 1 && only ? String(only.number) : `+${rest}`,
      severity: severity ?? 'info',
      accepted: severity === undefined,
    });
  }
  const ordered = reversed ? labels.toReversed() : labels;
  ordered.forEach(({ label, ...look }, index) => {
    paintMarker(pen, place(index), label, look);
  });
}
