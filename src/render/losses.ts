// What fails, and what stops with it -> marks on the same scene: hatched boxes with a sign at the corner, lines that carry nothing any more.

import type { JourneyOutcome, WhatIf } from '../base/figures.js';
import type { SubjectId } from '../base/diagnostic.js';
import type { Area, Box, Line, Point, Scene } from '../layout/scene.js';
import type { Pen } from './drawing.js';

/** `failed` is what was given, `stops` what follows from it, `writes` only loses its writes. */
export type Loss = 'failed' | 'stops' | 'writes';

export interface Losses {
  readonly ofBox: ReadonlyMap<Box, Loss>;
  /** Ids of boxes that nothing leads to or from any more. */
  readonly silent: ReadonlySet<string>;
  readonly idle: ReadonlySet<Line>;
  readonly journeys: readonly JourneyOutcome[];
}

export const noLosses: Losses = { ofBox: new Map(), silent: new Set(), idle: new Set(), journeys: [] };

export function lossesOf(scene: Scene, { failed, components, journeys }: WhatIf): Losses {
  const given = new Set(failed);
  const extents = new Map(components.map(({ id, extent }) => [id, extent]));
  const isOff = (id: SubjectId): boolean => given.has(id) || extents.get(id) === 'all';
  const parents = new Map(scene.boxes.map((box) => [box.id, box]));
  const ofBox = new Map<Box, Loss>();
  const silent = new Set<string>();
  // A container comes before what it contains: with a place everything in it is off.
  for (const box of scene.boxes) {
    const around = parents.get(box.parent ?? '');
    const inside = around !== undefined && silent.has(around.id);
    const { subjects } = box;
    if (subjects.some((id) => given.has(id))) ofBox.set(box, 'failed');
    else if (inside || (subjects.length > 0 && subjects.every(isOff))) ofBox.set(box, 'stops');
    else if (subjects.some((id) => extents.get(id) === 'writes')) ofBox.set(box, 'writes');
    if (inside || (subjects.length > 0 && subjects.every(isOff))) silent.add(box.id);
  }
  const idle = scene.lines.filter(({ from, to }) => [from, to].some((ends) => ends.length > 0 && ends.every(isOff)));
  return { ofBox, silent, idle: new Set(idle), journeys };
}

/** Diagonal strokes over what is off, below its words. */
export function paintHatch(pen: Pen, { x, y, width, height }: Area): void {
  const step = 9;
  let d = '';
  for (let offset = step; offset < width + height; offset += step) {
    const left = Math.max(0, offset - height);
    const right = Math.min(width, offset);
    d += `M${x + left} ${y + offset - left}L${x + right} ${y + offset - right}`;
  }
  pen.draw('path', 'hatch', { d, 'stroke-width': 2.5, 'stroke-linecap': 'butt' });
}

export const signSize = 20;

/** Full with a cross: failed. Hollow with a bar: stops with it. Hollow with an R: reads only. A square: goes on with fewer. A ring: as before. */
export function paintSign(pen: Pen, { x, y }: Point, sign: Loss | 'degraded' | 'serves'): void {
  const half = signSize / 2;
  const area = { x: x - half, y: y - half, width: signSize, height: signSize, 'stroke-width': 1.5 };
  const stroke = { 'stroke-width': 2.25 };
  switch (sign) {
    case 'failed':
      pen.draw('rect', 'error', { ...area, rx: half });
      pen.draw('path', 'sign', {
        d: `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`,
        ...stroke,
      });
      return;
    case 'stops':
      pen.draw('rect', 'stopped', { ...area, rx: half });
      pen.draw('path', 'error-ring', { d: `M${x - 4.5} ${y}H${x + 4.5}`, ...stroke });
      return;
    case 'writes':
      pen.draw('rect', 'lessened', { ...area, rx: 4 });
      pen.text('lessened-word', 'R', { x, y: y + 4.5, 'font-size': 12, 'font-weight': 600, 'text-anchor': 'middle' });
      return;
    case 'degraded':
      pen.draw('rect', 'lessened', { ...area, rx: 4 });
      pen.draw('path', 'warning-ring', { d: `M${x - 4} ${y - 2}L${x} ${y + 2.5}L${x + 4} ${y - 2}`, ...stroke });
      return;
    case 'serves':
      pen.draw('rect', 'accepted', { ...area, rx: half });
      return;
  }
}

export function paintSigns(pen: Pen, { ofBox }: Losses): void {
  for (const [box, loss] of ofBox) {
    // A sign would cover the one word of a chip; the strokes below it say enough.
    if (box.form === 'chip' && loss === 'stops') continue;
    const isRecord = box.form === 'record';
    paintSign(pen, { x: box.x + box.width - (isRecord ? 16 : 14), y: isRecord ? box.y + box.height / 2 : box.y }, loss);
  }
}

export interface Outcome {
  readonly sign: Loss | 'degraded' | 'serves';
  /** The word that stands out, and what follows it; names in backticks. */
  readonly word: string;
  readonly text: string;
}

const order = ['stops', 'writes-stop', 'degraded', 'serves'] as const;
const signs = { stops: 'stops', 'writes-stop': 'writes', degraded: 'degraded', serves: 'serves' } as const;
const words = { stops: 'stops', 'writes-stop': 'reads only', degraded: 'goes on', serves: 'unaffected' } as const;

/** What becomes of each journey, the gravest first. */
export function outcomesOf({ journeys }: Losses): Outcome[] {
  return order.flatMap((outcome) =>
    journeys
      .filter((journey) => journey.outcome === outcome)
      .map(({ id, witness, tiers }): Outcome => {
        const chain = witness?.steps.map(({ text }) => text).join(' → ');
        const left = tiers.map(({ tier, left: serving, of }) => `\`${tier}\` ${serving} of ${of}`);
        const fewer = outcome === 'stops' || left.length === 0 ? '' : `, with fewer instances: ${left.join(', ')}`;
        const journey = id.replaceAll('->', '→');
        return {
          sign: signs[outcome],
          word: words[outcome],
          text: `\`${journey}\`${chain === undefined ? '' : `, because ${chain}`}${fewer}`,
        };
      }),
  );
}
