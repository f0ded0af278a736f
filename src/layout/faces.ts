// Node -> how large it is and what stands on it, relative to its own corner. Whatever says where boxes stand may make them larger.

import type { Node, Zone } from '../model/system.js';
import type { Area, Text } from './scene.js';
import { clean, lineHeights, measure, onGrid, shorten, widest, wrap } from './text.js';
import { detailsOf, remarksOf } from './words.js';

/** The smallest size, and what to draw once the size is known. */
export interface Face {
  readonly width: number;
  readonly height: number;
  /** Where lines end, from the top, while it has no more of them than fit; absent: in the middle. */
  readonly middle?: number;
  /** Of a container: what its contents keep away from its edges. */
  readonly inset: Inset;
  draw(area: Area): { readonly texts: readonly Text[]; readonly icon?: Area };
}

export interface Inset {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

const noInset: Inset = { top: 0, right: 0, bottom: 0, left: 0 };
const nameWidth = 132;
/** Of a person's name; a longer word makes the shoulders wider, up to what others have. */
const personWidth = 92;
const noteWidth = 168;
const icon = 28;

/** A component: its mark above its name, centred. A client is a head above shoulders, which carry the name. */
export function cardFace(node: Node): Face {
  const person = node.kind === 'client';
  const names = namesOf(node);
  const details = detailsOf(node).flatMap((line) => wrap(line, 'detail', nameWidth, 3));
  const notes = wrap(node.facts.note?.value ?? '', 'detail', noteWidth, 5);
  const small = [...details, ...notes];
  const round = node.kind === 'db' || node.kind === 'storage';
  const sides = node.kind === 'queue' ? 40 : 28;
  const above = person ? 38 : round ? 18 : 12;
  const mark = person ? 0 : icon + 4;
  const content = names.length * lineHeights.name + small.length * lineHeights.detail;
  const below = person ? 12 : round ? 14 : 10;
  const width = Math.max(88, onGrid(Math.max(widest(names, 'name'), widest(small, 'detail')) + sides));
  return {
    width,
    height: Math.max(person ? 80 : 88, above + mark + content + below),
    inset: noInset,
    ...(person ? { middle: 56 } : {}),
    draw(area) {
      // The open end of a tube takes of its left.
      const middle = area.x + area.width / 2 + (node.kind === 'queue' ? 6 : 0);
      const free = area.height - above - mark - content - below;
      let y = area.y + above + free / 2;
      const drawn = person ? {} : { icon: { x: middle - icon / 2, y, width: icon, height: icon } };
      y += mark;
      const texts: Text[] = [];
      for (const text of names)
        texts.push({ x: middle, y: (y += lineHeights.name) - 4, text, style: 'name', anchor: 'middle' });
      for (const text of small)
        texts.push({ x: middle, y: (y += lineHeights.detail) - 4, text, style: 'detail', anchor: 'middle' });
      return { ...drawn, texts };
    },
  };
}

function namesOf(node: Node): string[] {
  const name = node.label ?? node.name;
  if (node.kind !== 'client') return wrap(name, 'name', nameWidth);
  const longest = widest(name.split(/(?<=[\s\-._/])/), 'name');
  return wrap(name, 'name', Math.min(nameWidth, Math.max(personWidth, longest)));
}

const chipHeight = 24;
const chipGap = 4;

/** A guard or an agent: its mark beside its name. One that lines end at has an outline, and room for it. */
export function chipFace(node: Node, outlined = false): Face {
  const text = shorten(node.label ?? node.name, 'label', 140);
  const side = outlined ? 8 : 4;
  return {
    width: onGrid(22 + side + (outlined ? side : 0) + measure(text, 'label')),
    height: chipHeight + (outlined ? 4 : 0),
    inset: noInset,
    draw: (area) => ({
      icon: { x: area.x + side, y: area.y + area.height / 2 - 8, width: 16, height: 16 },
      texts: [{ x: area.x + side + 20, y: area.y + area.height / 2 + 4, text, style: 'label', anchor: 'start' }],
    }),
  };
}

export interface ContainerFace extends Face {
  /** Where the chips stand, in their order. */
  chipsAt(area: Area): Area[];
}

/** The width of the band that a firewall makes. */
export const band = 12;
const titleWidth = 240;

/** A place, a network, or whatever else contains: its name at the top left, its chips in rows below. */
export function containerFace(
  node: Node,
  chips: readonly { readonly width: number }[],
  more: { readonly guarded: boolean; readonly copies: readonly Node[] },
): ContainerFace {
  const left = more.guarded ? band : 0;
  const last = more.copies.length > 1 ? more.copies.at(-1) : undefined;
  const name = node.label ?? (last ? `${node.name} … ${last.name}` : node.name);
  const names = wrap(name, 'title', titleWidth, 4);
  const remark = last ? '' : remarksOf(node);
  const notes = wrap(node.facts.note?.value ?? '', 'detail', titleWidth, 5);
  const beside = names.length === 1 && measure(remark, 'detail') <= titleWidth / 1.5;
  const below = [...(beside ? [] : wrap(remark, 'detail', titleWidth, 4)), ...notes];
  // Not only for the gap: fonts that stand in for ours may be wider, and the remark must not lie on the name.
  const nameRoom = onHalf(measure(names[0] ?? '', 'title') * 1.12) + 8;
  const head = beside && remark !== '' ? nameRoom + measure(remark, 'detail') : widest(names, 'title');
  const rows = rowsOf(chips, 168);
  const textHeight = names.length * lineHeights.title + below.length * lineHeights.detail;
  const chipsTop = 10 + textHeight + 5;
  const top = rows.length === 0 ? 10 + textHeight + 16 : chipsTop + rows.length * chipHeight + 12;
  const chipsWidth = rows.reduce((width, row) => Math.max(width, row.width), 0);
  const textRight = left + 36 + Math.max(head, widest(below, 'detail'));
  const width = onGrid(Math.max(textRight + 16, left + 8 + chipsWidth + 12));
  return {
    width,
    height: top + 4,
    inset: { top, right: 20, bottom: 20, left: 20 + left },
    draw(area) {
      const x = area.x + left + 36;
      let y = area.y + 10;
      const texts: Text[] = names.map((text) => ({
        x,
        y: (y += lineHeights.title) - 3,
        text,
        style: 'title',
        anchor: 'start',
      }));
      if (beside && remark !== '')
        texts.push({ x: x + nameRoom, y: y - 3, text: clean(remark), style: 'detail', anchor: 'start' });
      for (const text of below)
        texts.push({ x, y: (y += lineHeights.detail) - 3, text, style: 'detail', anchor: 'start' });
      return { icon: { x: area.x + left + 12, y: area.y + 11, width: 16, height: 16 }, texts };
    },
    chipsAt(area) {
      const places: Area[] = [];
      rows.forEach((row, index) => {
        let x = area.x + left + 8;
        for (const width of row.widths) {
          places.push({ x, y: area.y + chipsTop + index * chipHeight, width, height: chipHeight });
          x += width + chipGap;
        }
      });
      return places;
    },
  };
}

/** Rounded to the grid of half a name, so that a letter more does not move what stands behind it by a hair. */
function onHalf(width: number): number {
  return Math.ceil(width / 4) * 4;
}

function rowsOf(chips: readonly { readonly width: number }[], most: number): { widths: number[]; width: number }[] {
  const rows: { widths: number[]; width: number }[] = [];
  for (const { width } of chips) {
    const row = rows.at(-1);
    if (row && row.width + chipGap + width <= most) {
      row.widths.push(width);
      row.width += chipGap + width;
    } else rows.push({ widths: [width], width });
  }
  return rows;
}

const rowHeight = 26;
const dataWidth = 176;
/** Behind the data of a record, for the mark of a finding. */
const recordRoom = 32;

/** A zone of names: its domain above its records, one in a row. */
export interface ZoneFace extends Face {
  /** The records, in their order. */
  rowsAt(area: Area): { readonly area: Area; readonly texts: readonly Text[] }[];
}

export function zoneFace(zone: Zone, node: Node): ZoneFace {
  const names = wrap(node.label ?? zone.name, 'title', titleWidth, 3);
  const remark = zone.private ? 'private' : '';
  const notes = wrap(node.facts.note?.value ?? '', 'detail', titleWidth, 5);
  const rows = zone.records.map((record) => ({
    name: shorten(record.name === zone.name ? '@' : record.name.slice(0, -zone.name.length - 1), 'label', 132),
    type: record.type,
    data: shorten(record.data.map((word) => word.text).join(' '), 'detail', dataWidth),
  }));
  const nameColumn =
    12 +
    Math.max(
      16,
      onHalf(
        widest(
          rows.map((row) => row.name),
          'label',
        ),
      ),
    );
  const typeColumn =
    nameColumn +
    10 +
    onHalf(
      widest(
        rows.map((row) => row.type),
        'detail',
      ),
    );
  const dataColumn = widest(
    rows.map((row) => row.data),
    'detail',
  );
  const small = [...(remark === '' ? [] : [remark]), ...notes];
  const top = 10 + names.length * lineHeights.title + small.length * lineHeights.detail + 8;
  const head = 36 + Math.max(widest(names, 'title'), widest(small, 'detail')) + 12;
  return {
    width: Math.max(88, onGrid(Math.max(head, rows.length === 0 ? 0 : typeColumn + 10 + dataColumn + recordRoom))),
    height: top + (rows.length === 0 ? 4 : rows.length * rowHeight + 6),
    inset: noInset,
    draw(area) {
      let y = area.y + 10;
      const x = area.x + 36;
      const texts: Text[] = names.map((text) => ({
        x,
        y: (y += lineHeights.title) - 3,
        text,
        style: 'title',
        anchor: 'start',
      }));
      for (const text of small)
        texts.push({ x, y: (y += lineHeights.detail) - 3, text, style: 'detail', anchor: 'start' });
      return { icon: { x: area.x + 12, y: area.y + 11, width: 16, height: 16 }, texts };
    },
    rowsAt: (area) =>
      rows.map((row, index) => {
        const y = area.y + top + index * rowHeight;
        const baseline = y + rowHeight / 2 + 4;
        const texts: Text[] = [
          { x: area.x + 12, y: baseline, text: row.name, style: 'label', anchor: 'start' },
          { x: area.x + nameColumn + 10, y: baseline, text: row.type, style: 'detail', anchor: 'start' },
          { x: area.x + typeColumn + 10, y: baseline, text: row.data, style: 'detail', anchor: 'start' },
        ];
        return { area: { x: area.x, y, width: area.width, height: rowHeight }, texts };
      }),
  };
}
