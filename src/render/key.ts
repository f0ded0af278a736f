// Scene and findings -> a key to the forms that occur, in rows below the legend.

import type { Point, Scene } from '../layout/scene.js';
import { paintBand, paintText } from './boxes.js';
import { paintBadge, type PictureChanges } from './changes.js';
import type { Pen } from './drawing.js';
import type { PictureFinding } from './findings.js';
import type { Strip } from './legend.js';
import { headPart, paintLock, paintStroke, type Look } from './lines.js';
import { paintSign, type Losses } from './losses.js';
import { paintMarker } from './markers.js';
import { widthOf } from '../base/letters.js';
import { withHead } from './shapes.js';

interface Entry {
  readonly words: string;
  readonly width: number;
  /** Paints the sample around the middle line. */
  paint(pen: Pen, x: number, y: number): void;
}

export interface Shown {
  readonly scene: Scene;
  readonly findings: readonly PictureFinding[];
  readonly losses: Losses;
  readonly changes: PictureChanges;
}

/** Only what occurs; returns the height. */
export function paintKey(pen: Pen, shown: Shown, { left, top, width }: Strip): number {
  const entries = entriesOf(shown);
  let x = left;
  let y = top + 12;
  for (const entry of entries) {
    const length = entry.width + 8 + widthOf(entry.words, 12);
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

function entriesOf({ scene: { lines, boxes }, findings, losses, changes }: Shown): Entry[] {
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
  const lost = new Set(losses.ofBox.values());
  for (const [sign, words] of [
    ['failed', 'failed'],
    ['stops', 'stops with it'],
    ['writes', 'loses its writes'],
  ] as const) {
    if (!lost.has(sign)) continue;
    shape(words, 20, (pen, x, y) => {
      paintSign(pen, { x: x + 10, y }, sign);
    });
  }
  if (losses.idle.size + losses.silent.size > 0)
    stroke('carries nothing any more', { ...plain, idle: true, encryption: 'unknown' }, false);
  for (const change of ['added', 'removed', 'changed'] as const) {
    if ([...changes.boxes.values(), ...changes.lines.values()].includes(change)) {
      shape(change, 20, (pen, x, y) => {
        paintBadge(pen, { x: x + 10, y }, change);
      });
    }
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

function sample(pen: Pen, { x, y }: Point, look: Look, locked: boolean): void {
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
