// Diagram → bands: what does the same job in one, from callers to what answers, and the arrows between bands.

import { kindWord } from '../layout/words.js';
import { marksText, type Arrow, type Diagram, type Found, type Shape } from './diagram.js';

export interface Band {
  /** In order, from 0: arrows lead down wherever there is no circle. */
  readonly index: number;
  readonly title: string;
  readonly rows: readonly string[];
}

/** All arrows between two bands that say the same. */
export interface Link {
  readonly from: Band;
  readonly to: Band;
  readonly label: string;
  readonly look: 'encrypted' | 'open' | 'quiet';
  readonly mutual: boolean;
}

interface Group {
  readonly shapes: Shape[];
  readonly calls: Set<Group>;
}

export function bandsOf({ shapes, arrows }: Diagram): { bands: readonly Band[]; links: readonly Link[] } {
  const groups = new Map<string, Group>();
  const groupOf = new Map<Shape, Group>();
  const ends = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const visit = (shape: Shape): void => {
    if (shape.children.length === 0 || ends.has(shape) || shape.kind === 'dns') {
      const key =
        shape.kind === 'record'
          ? `zone ${shape.node.id}`
          : shape.kind === 'dns'
            ? `zone ${shape.node.id}`
            : shape.node.tier
              ? `tier ${shape.node.tier.id}`
              : `node ${shape.node.id}`;
      const group = groups.get(key) ?? { shapes: [], calls: new Set() };
      groups.set(key, group);
      group.shapes.push(shape);
      groupOf.set(shape, group);
    }
    shape.children.forEach(visit);
  };
  shapes.forEach(visit);
  const endsOf = ({ from, to }: Arrow): [Group, Group] | undefined => {
    const [start, end] = [groupOf.get(from), groupOf.get(to)];
    return start && end && [start, end];
  };
  for (const arrow of arrows) {
    const [from, to] = endsOf(arrow) ?? [];
    if (from && to && from !== to && !arrow.upkeep && !arrow.mutual) from.calls.add(to);
  }
  const order = ordered([...groups.values()]);
  const within = new Map<Group, Map<string, Arrow>>();
  const joined = new Map<string, { from: Group; to: Group; arrow: Arrow; marks: Set<Found> }>();
  for (const arrow of arrows) {
    const [from, to] = endsOf(arrow) ?? [];
    if (!from || !to) continue;
    if (from === to) {
      const known = within.get(from) ?? new Map<string, Arrow>();
      within.set(from, known.set(arrow.label, arrow));
      continue;
    }
    const key = [order.indexOf(from), order.indexOf(to), lookOf(arrow), arrow.mutual, arrow.label].join(' ');
    const known = joined.get(key);
    if (known) for (const mark of arrow.marks) known.marks.add(mark);
    else joined.set(key, { from, to, arrow, marks: new Set(arrow.marks) });
  }
  const bands = order.map((group, index) => bandOf(group, index, [...(within.get(group)?.values() ?? [])]));
  const links = [...joined.values()].flatMap(({ from, to, arrow, marks }): Link[] => {
    const [start, end] = [bands[order.indexOf(from)], bands[order.indexOf(to)]];
    if (!start || !end) return [];
    return [
      { from: start, to: end, label: labelOf(arrow.label, [...marks]), look: lookOf(arrow), mutual: arrow.mutual },
    ];
  });
  return { bands, links };
}

function labelOf(label: string, marks: readonly Found[]): string {
  return [label, marksText(marks)].filter((word) => word !== '').join(' ');
}

function lookOf({ upkeep, optional, encryption }: Arrow): Link['look'] {
  return upkeep || optional ? 'quiet' : encryption === 'yes' ? 'encrypted' : 'open';
}

/** Whoever calls before whoever answers; of a circle, what was declared first. */
function ordered(groups: readonly Group[]): Group[] {
  const left = new Set(groups);
  const order: Group[] = [];
  while (left.size > 0) {
    const called = new Set([...left].flatMap((group) => [...group.calls]));
    const all = [...left];
    const next = all.find((group) => !called.has(group)) ?? all[0];
    if (!next) break;
    left.delete(next);
    order.push(next);
  }
  return order;
}

function bandOf({ shapes }: Group, index: number, within: readonly Arrow[]): Band {
  const [first] = shapes;
  const peers = within.map((arrow) => `<-> ${labelOf(arrow.label, arrow.marks)}`.trim());
  if (!first) return { index, title: '', rows: [] };
  if (first.kind === 'dns' || first.kind === 'record') {
    const zone = first.kind === 'dns' ? first : first.parent;
    const records = shapes.filter(({ kind }) => kind === 'record');
    return {
      index,
      title: [zone?.name ?? first.node.name, marksText(zone?.marks ?? [])].join(' ').trim(),
      rows: [...records.map((record) => rowOf([record.name, ...record.details, marksText(record.marks)])), ...peers],
    };
  }
  const kind = kindWord(first.node.kind);
  const name = shapes.length > 1 ? (first.node.tier?.name ?? first.name) : first.name;
  const own = shapes.length > 1 ? '' : marksText(first.marks);
  const rows = shapes.map((shape) => {
    const copies = shape.count > 1 ? `×${shape.count}` : '';
    const marks = shapes.length > 1 ? marksText(shape.marks) : '';
    const details = shape.details.filter((line) => line !== kind);
    const called = shapes.length > 1 && shape.name !== name ? shape.name : '';
    return rowOf([whereOf(shape), called, copies, marks, ...details]);
  });
  return {
    index,
    title: [name, '·', kind, own].join(' ').trim(),
    rows: [...rows.filter((row) => row !== ''), ...peers],
  };
}

function rowOf(words: readonly string[]): string {
  return words.filter((word) => word !== '').join('  ');
}

/** The places around it with their own findings: `zone-1 / web [2]`. */
function whereOf(shape: Shape): string {
  const around: string[] = [];
  for (let place = shape.parent; place; place = place.parent) {
    const words = [place.name, place.count > 1 ? `×${place.count}` : '', marksText(place.marks)];
    around.unshift(words.filter((word) => word !== '').join(' '));
  }
  return around.join(' / ');
}
