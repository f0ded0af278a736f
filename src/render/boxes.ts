// Boxes of the scene -> shapes: places as tinted containers, components in the shape of their kind.

import type { Area, Box, Text } from '../layout/scene.js';
import { rounded, type Pen } from './drawing.js';
import { idOf } from './ids.js';
import { paintHatch, type Loss } from './losses.js';
import { markOf } from './marks.js';
import type { Part } from './palette.js';
import { cylinder, mortar, person, tube, vessel } from './shapes.js';

export const bandWidth = 12;

/** By container: the height of the strip that its words and chips stand on, as on its tint they would have less contrast. */
export function headsOf(boxes: readonly Box[]): ReadonlyMap<Box, number> {
  const containers = new Map(boxes.flatMap((box) => (box.form === 'container' ? [[box.id, box] as const] : [])));
  const heads = new Map<Box, number>();
  const reach = (box: Box, down: number): void => void heads.set(box, Math.max(heads.get(box) ?? 0, down - box.y));
  for (const box of containers.values()) for (const { y } of box.texts) reach(box, y + 9);
  for (const { form, parent, y, height } of boxes) {
    const around = form === 'chip' && parent !== undefined ? containers.get(parent) : undefined;
    if (around) reach(around, y + height + 2);
  }
  return heads;
}

/** A place or network, below the lines; `head` is the height of the strip that its words stand on. */
export function paintContainer(pen: Pen, box: Box, { head, loss }: { head: number; loss: Loss | undefined }): void {
  const group = open(pen, box);
  const level = Math.min(box.depth, 2) as 0 | 1 | 2;
  const isNetwork = box.kind === 'network';
  const part: Part = isNetwork
    ? `net${level}`
    : box.form === 'container' && box.kind === 'dns'
      ? 'card'
      : `place${level}`;
  const radius = box.kind === 'network' ? 12 : 8;
  const dash: { 'stroke-dasharray'?: string } = isNetwork
    ? { 'stroke-dasharray': '7 5' }
    : box.states.includes('external')
      ? { 'stroke-dasharray': '2 4' }
      : {};
  for (let copy = Math.min(box.count, 3) - 1; copy > 0; copy--) {
    group.draw('rect', part, {
      ...rect(box),
      x: box.x + copy * 5,
      y: box.y + copy * 5,
      rx: radius,
      'stroke-width': 1.5,
    });
  }
  group.draw('rect', part, {
    ...rect(box),
    rx: radius,
    'stroke-width': box.kind === 'host' || box.kind === 'dns' ? 1.5 : 1.75,
    ...dash,
  });
  if (part !== 'card') paintHead(group, { ...rect(box), height: head }, radius);
  if (loss === 'failed' || loss === 'stops') paintHatch(group, box);
  if (box.guards.length > 0) paintBand(group, { x: box.x, y: box.y, width: bandWidth, height: box.height }, radius);
  paintFace(group, box);
}

/** Inside of the edge. */
function paintHead(pen: Pen, { x, y, width, height }: Area, radius: number): void {
  const [left, top, right, bottom] = [x + 1, y + 1, x + width - 1, y + height];
  pen.draw('path', 'plate', {
    d: `M${left} ${bottom}V${y + radius}Q${left} ${top} ${x + radius} ${top}H${x + width - radius}Q${right} ${top} ${right} ${y + radius}V${bottom}Z`,
  });
}

/** A wall on the left edge, where calls come in. */
export function paintBand(pen: Pen, { x, y, width, height }: Area, radius: number): void {
  const right = x + width;
  const bottom = y + height;
  pen.draw('path', 'band', {
    d: `M${right} ${y}H${x + radius}Q${x} ${y} ${x} ${y + radius}V${bottom - radius}Q${x} ${bottom} ${x + radius} ${bottom}H${right}Z`,
  });
  pen.draw('path', 'mortar', { d: mortar({ x, y, width, height }), 'stroke-width': 1.25, 'stroke-linecap': 'butt' });
}

/** How many stand in one box; above a ring that a finding draws around it. */
export function paintCount(pen: Pen, box: Box): void {
  const label = `×${box.count}`;
  const width = 20 + label.length * 7;
  const x = box.x + box.width - width - 12;
  const y = box.y + box.height - 11;
  const group = pen.group({ id: idOf('count', box.id) });
  group.draw('rect', 'card', { x, y, width, height: 22, rx: 11, 'stroke-width': 1.5 });
  group.text('name', label, {
    x: x + width / 2,
    y: y + 15.5,
    'font-size': 12,
    'font-weight': 600,
    'text-anchor': 'middle',
  });
}

/** A component, a chip or a record, above the lines. A chip at which lines end is `joined`, and has an outline. */
export function paintBox(pen: Pen, box: Box, { loss, joined = false }: { loss?: Loss; joined?: boolean } = {}): void {
  const group = open(pen, box);
  if (box.form === 'record') {
    group.draw('path', 'rule', { d: `M${box.x} ${Math.floor(box.y) + 0.5}H${box.x + box.width}`, 'stroke-width': 1 });
  } else if (box.form !== 'chip') paintShape(group, box);
  else if (joined) group.draw('rect', 'card', { ...rect(box), rx: 6, 'stroke-width': 1.25 });
  if (loss === 'failed' || loss === 'stops') paintHatch(group, box.form === 'card' ? inset(box) : box);
  paintFace(group, box);
}

function paintShape(pen: Pen, box: Box): void {
  const primary = box.states.includes('primary');
  const part: Part = primary ? 'first' : 'card';
  const dash = box.states.includes('standby') ? '6 4' : box.states.includes('external') ? '2 4' : undefined;
  const stroke = { 'stroke-width': primary ? 2.5 : 1.5, ...(dash === undefined ? {} : { 'stroke-dasharray': dash }) };
  if (box.kind === 'client') {
    const { head, body } = person(box);
    pen.draw('circle', part, { ...head, ...stroke });
    pen.draw('path', part, { d: body, ...stroke });
    return;
  }
  const solid =
    box.kind === 'db' ? cylinder : box.kind === 'queue' ? tube : box.kind === 'storage' ? vessel : undefined;
  if (solid) {
    const { outline, lid } = solid(box);
    pen.draw('path', part, { d: outline, ...stroke });
    pen.draw('path', part, { d: lid, ...stroke, 'stroke-dasharray': 'none' });
    return;
  }
  const radius = box.kind === 'cdn' ? 26 : box.kind === 'cache' ? 20 : box.kind === 'firewall' ? 3 : 8;
  pen.draw('rect', part, { ...rect(box), rx: radius, ...stroke });
  if (box.kind === 'firewall') {
    paintBand(pen, { x: box.x, y: box.y, width: 10, height: box.height }, 3);
    paintBand(pen, { x: box.x + box.width - 10, y: box.y, width: 10, height: box.height }, 3);
  }
  if (box.kind === 'lb') {
    const bars = [box.x + 7, box.x + box.width - 7].map((x) => `M${x} ${box.y}V${box.y + box.height}`).join('');
    pen.draw('path', 'rule', { d: bars, 'stroke-width': 1.5 });
  }
}

function open(pen: Pen, box: Box): Pen {
  const group = (box.link === undefined ? pen : pen.link(box.link)).group({
    id: idOf(box.form === 'record' ? 'record' : 'node', box.id),
  });
  group.title(box.title);
  return group;
}

function paintFace(pen: Pen, box: Box): void {
  if (box.icon) {
    const { x, y, width, key } = box.icon;
    const scale = width / 24;
    pen.draw('path', 'mark', {
      d: markOf(key),
      transform: `translate(${x} ${y}) scale(${rounded(scale)})`,
      // Small ones have finer strokes, or what is inside of them runs together.
      'stroke-width': rounded((width < 20 ? 1.3 : 1.6) / scale),
    });
  }
  for (const text of box.texts) paintText(pen, text);
}

export function paintText(pen: Pen, { text, style, x, y, anchor }: Text): void {
  const size = style === 'heading' ? 18 : style === 'name' ? 14 : 12;
  const strong = style === 'heading' || style === 'name' || style === 'title';
  pen.text(style, text, {
    x,
    y,
    'font-size': size,
    ...(strong ? { 'font-weight': 600 } : {}),
    ...(anchor === 'middle' ? { 'text-anchor': 'middle' } : {}),
  });
}

/** Inside of what every shape of a card covers. */
function inset({ x, y, width, height }: Area): Area {
  return { x: x + 8, y: y + 10, width: width - 16, height: height - 20 };
}

function rect({ x, y, width, height }: Area): { x: number; y: number; width: number; height: number } {
  return { x, y, width, height };
}
