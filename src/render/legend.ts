// Findings and forms -> what stands below the picture: the findings by number, and a key to the forms that occur.

import { isSemibold, measure, wrap } from '../layout/text.js';
import type { Scene, TextStyle } from '../layout/scene.js';
import { paintBand, paintText } from './boxes.js';
import type { Pen, Run } from './drawing.js';
import type { PictureFinding } from './findings.js';
import { headPart, paintLock, paintStroke, type Look } from './lines.js';
import { markerWidth, paintMarker } from './markers.js';
import { withHead } from './shapes.js';

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
  const entries = findings.map((finding) => ({ finding, lines: legendLines(finding, room - indent) }));
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
        'font-size': 14,
      });
    });
    y += heights[index] ?? 0;
    tallest = Math.max(tallest, y - top);
  });
  return tallest;
}

/** The rule, then the headline; names stand out instead of their backticks. */
function legendLines(finding: PictureFinding, width: number): Run[][] {
  const said = `${finding.message}${finding.accepted ? ' (accepted)' : ''}`;
  const words: Run[] = [
    { text: finding.rule, strong: true },
    { text: '—', strong: false },
  ];
  said.split('`').forEach((stretch, index) => {
    // Wrapping one stretch at no width cleans it and breaks it where lines may break.
    for (const word of stretch.split(/\s+/).filter((one) => one !== ''))
      words.push({ text: word, strong: index % 2 === 1 });
    if (!/\s$/.test(stretch) && stretch !== '') glue.add(words.at(-1) as Run);
  });
  return fill(words, width);
}

/** Words after which a stretch goes on without a space: `a`, then a comma. */
const glue = new WeakSet<Run>();

function fill(words: readonly Run[], width: number): Run[][] {
  const lines: Run[][] = [[]];
  let used = 0;
  words.forEach((word, index) => {
    const style: TextStyle = word.strong ? 'name' : 'label';
    const before = words[index - 1];
    const joined = before !== undefined && glue.has(before) && /^[,.;:)…]/.test(word.text);
    const space = index === 0 || joined ? '' : ' ';
    for (const [part, text] of wrap(word.text, style, width, 4).entries()) {
      const length = widthOf(space + text, style);
      if (used > 0 && (part > 0 || used + length > width)) {
        lines.push([]);
        used = 0;
      }
      const line = lines.at(-1);
      if (line) line.push(...spaced(line, { text, strong: word.strong }, part === 0 && used > 0 ? space : ''));
      used += length;
    }
  });
  return lines.filter((line) => line.length > 0).map(merged);
}

/** The run with the space before it, outside of what stands out: some readers drop spaces at the ends of such stretches. */
function spaced(line: readonly Run[], run: Run, space: string): Run[] {
  const last = line.at(-1);
  if (space === '' || !last) return [run];
  if (!run.strong || last.strong) return [{ ...run, text: space + run.text }];
  return [{ text: space, strong: false }, run];
}

/** At 14 px, whatever the style's own size. */
function widthOf(text: string, style: TextStyle): number {
  return isSemibold(style) ? measure(text, style) : (measure(text, style) / 12) * 14;
}

function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && last.strong === run.strong) result[result.length - 1] = { ...last, text: last.text + run.text };
    else result.push(run);
  }
  return result;
}

interface Entry {
  readonly words: string;
  readonly width: number;
  /** Paints the sample around the middle line. */
  paint(pen: Pen, x: number, y: number): void;
}

/** Only what occurs; returns the height. */
export function paintKey(
  pen: Pen,
  scene: Scene,
  findings: readonly PictureFinding[],
  { left, top, width }: Strip,
): number {
  const entries = entriesOf(scene, findings);
  let x = left;
  let y = top + 12;
  for (const entry of entries) {
    const length = entry.width + 8 + measure(entry.words, 'detail');
    if (x > left && x + length > left + width) {
      x = left;
      y += 24;
    }
    entry.paint(pen, x, y);
    paintText(pen, { x: x + entry.width + 8, y: y + 4, text: entry.words, style: 'detail', anchor: 'start' });
    x += Math.ceil((length + 24) / 4) * 4;
  }
  return entries.length === 0 ? 0 : y - top + 12;
}

function entriesOf({ lines, boxes }: Scene, findings: readonly PictureFinding[]): Entry[] {
  const entries: Entry[] = [];
  const stroke = (words: string, look: Look, locked: boolean): void => {
    entries.push({
      words,
      width: locked ? 52 : 36,
      paint: (pen, x, y) => {
        sample(pen, { x, y }, look, locked);
      },
    });
  };
  const main = lines.filter((line) => !line.upkeep);
  const plain = { optional: false, upkeep: false } as const;
  if (main.some((line) => line.encryption === 'yes')) stroke('encrypted', { ...plain, encryption: 'yes' }, true);
  if (main.some((line) => line.encryption === 'no')) stroke('clear text', { ...plain, encryption: 'no' }, true);
  if (main.some((line) => line.optional))
    stroke('optional or asynchronous', { ...plain, optional: true, encryption: 'unknown' }, false);
  if (lines.some((line) => line.upkeep))
    stroke('replication, backup, watching', { ...plain, upkeep: true, encryption: 'unknown' }, false);
  const shape = (words: string, width: number, paint: Entry['paint']): void => {
    entries.push({ words, width, paint });
  };
  if (boxes.some((box) => box.guards.length > 0)) {
    shape('firewall', 10, (pen, x, y) => {
      paintBand(pen, { x, y: y - 9, width: 10, height: 18 }, 3);
    });
  }
  if (boxes.some((box) => box.kind === 'network')) {
    shape('network', 24, (pen, x, y) => {
      pen.draw('rect', 'net0', {
        x,
        y: y - 8,
        width: 24,
        height: 16,
        rx: 5,
        'stroke-width': 1.5,
        'stroke-dasharray': '5 4',
      });
    });
  }
  if (boxes.some((box) => box.states.includes('primary'))) {
    shape('primary', 20, (pen, x, y) => {
      pen.draw('rect', 'first', { x, y: y - 7, width: 20, height: 14, rx: 4, 'stroke-width': 2.5 });
    });
  }
  if (boxes.some((box) => box.states.includes('standby'))) {
    shape('standby', 20, (pen, x, y) => {
      pen.draw('rect', 'card', {
        x,
        y: y - 7,
        width: 20,
        height: 14,
        rx: 4,
        'stroke-width': 1.5,
        'stroke-dasharray': '5 3',
      });
    });
  }
  if (boxes.some((box) => box.states.includes('external'))) {
    shape('run by somebody else', 20, (pen, x, y) => {
      pen.draw('rect', 'card', {
        x,
        y: y - 7,
        width: 20,
        height: 14,
        rx: 4,
        'stroke-width': 1.5,
        'stroke-dasharray': '2 3',
      });
    });
  }
  for (const severity of ['error', 'warning', 'info'] as const) {
    if (findings.some((finding) => finding.severity === severity && !finding.accepted)) {
      shape(severity, 20, (pen, x, y) => {
        paintMarker(pen, { x: x + 10, y }, '', { severity, accepted: false });
      });
    }
  }
  if (findings.some((finding) => finding.accepted)) {
    shape('accepted risk', 20, (pen, x, y) => {
      paintMarker(pen, { x: x + 10, y }, '', { severity: 'error', accepted: true });
    });
  }
  return entries;
}

function sample(pen: Pen, { x, y }: { x: number; y: number }, look: Look, locked: boolean): void {
  const left = locked ? x + 16 : x;
  const { points, head } = withHead([
    { x: left, y },
    { x: left + 36, y },
  ]);
  const last = points.at(-1);
  paintStroke(pen, `M${left} ${y}H${last?.x ?? left}`, look);
  pen.draw('path', headPart(look), { d: head });
  if (locked) paintLock(pen, { x, y: y - 6 }, look.encryption === 'yes', 12);
}
