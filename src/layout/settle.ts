// A placement -> the scene: boxes with their texts, lines with their labels, rounded to half a pixel.

import type { SubjectId } from '../base/diagnostic.js';
import type { Location } from '../base/source.js';
import type { Node, System } from '../model/system.js';
import { recordId, type Bundle, type End } from './bundles.js';
import { gaps, type Placement } from './engine.js';
import type { ContainerFace, ZoneFace } from './faces.js';
import { finished } from './finish.js';
import { iconOf } from './icons.js';
import type { Drawn, Outline } from './pieces.js';
import { lockSize, plateOf, plateRoom, type Leg, type Run } from './runs.js';
import type { Area, Box, Branch, Line, Place, Plate, Point, Scene, Text } from './scene.js';
import type { Stacks } from './stacks.js';
import { lineHeights, measure, widest, wrap } from './text.js';
import { describe, statesOf, titleOf } from './words.js';

export interface Settled {
  readonly system: System;
  readonly stacks: Stacks;
  readonly outline: Outline;
  readonly runs: readonly Run[];
  readonly placement: Placement;
}

export function sceneOf({ system, stacks, outline, runs, placement }: Settled): Scene {
  const heading = headingOf(system, placement.width);
  const top = heading.length === 0 ? gaps.margin : (heading.at(-1)?.y ?? 0) + 26;
  const shift = (area: Area): Area => ({
    x: half(area.x + gaps.margin),
    y: half(area.y + top),
    width: half(area.width),
    height: half(area.height),
  });
  const boxes: Box[] = [];
  for (const one of outline.drawn.values()) {
    const area = placement.areas.get(one.node.id);
    if (area) boxes.push(...boxesOf(one, shift(area), stacks));
  }
  const lines = finished(
    boxes,
    runs.map((run) => lineOf(run, placement, shift, stacks)),
  );
  const headingWidth = heading.reduce((width, text) => Math.max(width, measure(text.text, text.style)), 0);
  return {
    width: Math.ceil(Math.max(rightOf(boxes, lines), headingWidth + gaps.margin) + gaps.margin),
    height: Math.ceil(placement.height + top + gaps.margin),
    name: system.title ?? 'Architecture',
    description: describe(system),
    heading,
    boxes,
    lines,
  };
}

/** How far to the right anything reaches. */
function rightOf(boxes: readonly Box[], lines: readonly Line[]): number {
  let right = 0;
  for (const { x, width } of boxes) right = Math.max(right, x + width);
  for (const { plate, branches } of lines) {
    if (plate) right = Math.max(right, plate.x + plate.width);
    for (const { points } of branches) for (const { x } of points) right = Math.max(right, x);
  }
  return right;
}

function half(value: number): number {
  return Math.round(value * 2) / 2;
}

function headingOf(system: System, width: number): Text[] {
  const room = Math.max(width, 480);
  const texts: Text[] = [];
  let y: number = gaps.margin - 6;
  for (const text of wrap(system.title ?? '', 'heading', room, 3)) {
    texts.push({ x: gaps.margin, y: (y += lineHeights.heading), text, style: 'heading', anchor: 'start' });
  }
  for (const text of wrap(system.facts.note?.value ?? '', 'detail', room, 6)) {
    texts.push({ x: gaps.margin, y: (y += lineHeights.detail + 2), text, style: 'detail', anchor: 'start' });
  }
  return texts;
}

/** The node's own box, then its chips or records. */
function boxesOf(drawn: Drawn, area: Area, stacks: Stacks): Box[] {
  const { node, form, face, depth, parent } = drawn;
  const { texts, icon } = face.draw(area);
  const copies = stacks.copies(node);
  const own: Box = {
    id: node.id,
    subjects: copies.map((copy) => copy.id),
    kind: node.kind,
    form,
    ...(parent === undefined ? {} : { parent }),
    depth,
    ...area,
    ...(icon ? { icon: { ...icon, key: iconOf(node) } } : {}),
    texts,
    states: statesOf(node),
    count: node.kind === 'host' ? copies.length : 1,
    guards: drawn.chips.filter((chip) => chip.node.kind === 'firewall').map((chip) => chip.node.id),
    title: titleOf(node),
    ...linkOf(node),
  };
  return [own, ...chipsOf(drawn, area, stacks), ...recordsOf(drawn, area)];
}

function chipsOf({ node, chips, face, depth }: Drawn, area: Area, stacks: Stacks): Box[] {
  if (chips.length === 0) return [];
  const areas = (face as ContainerFace).chipsAt(area);
  return chips.flatMap((chip, index): Box[] => {
    const place = areas[index];
    if (!place) return [];
    const { texts, icon } = chip.face.draw(place);
    return [
      {
        id: chip.node.id,
        subjects: stacks.copies(chip.node).map((copy) => copy.id),
        kind: chip.node.kind,
        form: 'chip',
        parent: node.id,
        depth: depth + 1,
        ...place,
        ...(icon ? { icon: { ...icon, key: iconOf(chip.node) } } : {}),
        texts,
        states: statesOf(chip.node),
        count: 1,
        guards: [],
        title: titleOf(chip.node),
        ...linkOf(chip.node),
      },
    ];
  });
}

function recordsOf({ node, zone, face, depth }: Drawn, area: Area): Box[] {
  if (!zone) return [];
  return (face as ZoneFace).rowsAt(area).map((row, index): Box => {
    const record = zone.records[index];
    const said = record ? `${record.name} ${record.type} ${record.data.map((word) => word.text).join(' ')}` : '';
    return {
      id: recordId(zone, index),
      subjects: record ? [record.name] : [],
      kind: 'dns',
      form: 'record',
      parent: node.id,
      depth: depth + 1,
      ...row.area,
      texts: row.texts,
      states: [],
      count: 1,
      guards: [],
      title: `record ${said}`,
    };
  });
}

/** Only addresses that lead to a page or a mailbox. */
function linkOf(owner: { readonly facts: Node['facts'] }): { link?: string } {
  const link = owner.facts.link?.value;
  return link !== undefined && /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(link) ? { link } : {};
}

function lineOf(run: Run, placement: Placement, shift: (area: Area) => Area, stacks: Stacks): Line {
  const { bundle, from, to } = run;
  const move = (point: Point): Point => {
    const { x, y } = shift({ ...point, width: 0, height: 0 });
    return { x, y };
  };
  const room = placement.areas.get(plateOf(run.id));
  const area = room && shift({ ...room, y: room.y + plateRoom, height: room.height - 2 * plateRoom });
  const middle = area && { x: half(area.x + area.width / 2), y: half(area.y + area.height / 2) };
  const branches = run.wires.map((leg) => branchOf(leg, (placement.routes.get(leg.wire.id) ?? []).map(move), middle));
  const plate = area && bundle.label.length > 0 ? plateFor(bundle, area) : undefined;
  const subjects = (ends: readonly End[]): SubjectId[] =>
    ends.flatMap((end) => (end.record ? [end.record.name] : stacks.copies(end.node).map((copy) => copy.id)));
  const [connection] = bundle.connections;
  const words = bundle.words === '' ? '' : `: ${bundle.words}`;
  return {
    id: run.id,
    from: subjects(from),
    to: subjects(to),
    ...(run.callers ? { callers: run.callers.map((ends) => ends.map((end) => end.id)) } : {}),
    encryption: bundle.encryption,
    optional: bundle.optional,
    upkeep: bundle.upkeep,
    mutual: bundle.mutual,
    branches,
    ...(plate ? { plate } : {}),
    anchor: plate ? { x: middle?.x ?? 0, y: plate.y - plateRoom } : (middle ?? widestStretch(branches)),
    title: `${names(from)} to ${names(to)}${words}`,
    ...(connection ? linkOf(connection) : {}),
    places: bundle.connections.flatMap(({ at, extent }) => [at, extent]).map(placeOf),
  };
}

function placeOf({ source, start, end }: Location): Place {
  return { path: source.path, start, end };
}

function names(ends: readonly End[]): string {
  const said = ends.map((end) => end.record?.name ?? end.node.id);
  return said.length > 4 ? `${said.slice(0, 3).join(', ')} and ${said.length - 3} more` : said.join(', ');
}

/** In the direction of the call, led on to the middle of the plate. */
function branchOf(leg: Leg, route: readonly Point[], middle: Point | undefined): Branch {
  const points = leg.reversed ? [...route].reverse() : [...route];
  if (middle && leg.from) points.push(middle);
  else if (middle) points.unshift(middle);
  return {
    ...(leg.from ? { from: leg.from.id } : {}),
    ...(leg.to ? { to: leg.to.id } : {}),
    points: straightened(points),
  };
}

/** Without points that lie on the way between their neighbours. */
function straightened(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (const point of points) {
    const last = result.at(-1);
    const before = result.at(-2);
    if (last && last.x === point.x && last.y === point.y) continue;
    const onX = before && last && before.y === last.y && last.y === point.y;
    const onY = before && last && before.x === last.x && last.x === point.x;
    if (onX || onY) result.pop();
    result.push(point);
  }
  return result;
}

/** The middle of the longest horizontal stretch, else of the longest stretch. */
function widestStretch(branches: readonly Branch[]): Point {
  let best = { x: 0, y: 0 };
  let longest = -1;
  for (const { points } of branches) {
    points.forEach((point, index) => {
      const next = points[index + 1];
      if (!next) return;
      const length = Math.abs(next.x - point.x) + Math.abs(next.y - point.y) / 1000;
      if (length <= longest) return;
      longest = length;
      best = { x: half((point.x + next.x) / 2), y: half((point.y + next.y) / 2) };
    });
  }
  return best;
}

function plateFor(bundle: Bundle, area: Area): Plate {
  const lock = bundle.encryption === 'unknown' ? 0 : lockSize + 4;
  const content = widest(bundle.label, 'label') + lock;
  const middle = area.x + area.width / 2 + lock / 2;
  const texts = bundle.label.map((text, index): Text => {
    return {
      x: half(middle),
      y: area.y + 3 + (index + 1) * lineHeights.label - 4,
      text,
      style: 'label',
      anchor: 'middle',
    };
  });
  const icon = {
    x: half(area.x + (area.width - content) / 2),
    y: half(area.y + area.height / 2 - lockSize / 2),
    width: lockSize,
    height: lockSize,
  };
  return { ...area, texts, ...(lock > 0 ? { lock: { ...icon, closed: bundle.encryption === 'yes' } } : {}) };
}
