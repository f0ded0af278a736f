// System and findings → a diagram: named shapes within shapes, arrows between them, and which finding belongs to which. What every text format writes.

import type { Diagnostic, Severity } from '../base/diagnostic.js';
import { append } from '../base/lists.js';
import { bundlesOf, recordId, type Bundle } from '../layout/bundles.js';
import { stacksOf, type Stacks } from '../layout/stacks.js';
import { clean } from '../layout/text.js';
import { detailsOf, kindWord, remarksOf, statesOf } from '../layout/words.js';
import type { KindName } from '../model/kinds.js';
import type { Node, System } from '../model/system.js';

export interface Diagram {
  readonly title: string;
  readonly note: string;
  readonly shapes: readonly Shape[];
  readonly arrows: readonly Arrow[];
  readonly findings: readonly Found[];
}

export interface Shape {
  /** Letters, digits and `_`; begins with the kind, so that no format takes it for a word of its own. Unique in the diagram. */
  readonly key: string;
  /** Paths of nodes, or the name of a record. */
  readonly subjects: readonly string[];
  readonly kind: KindName | 'record';
  readonly name: string;
  /** What stands under the name. */
  readonly details: readonly string[];
  readonly link?: string;
  readonly states: readonly string[];
  /** How many hosts it stands for. */
  readonly count: number;
  readonly parent?: Shape;
  readonly children: readonly Shape[];
  readonly marks: readonly Found[];
  readonly node: Node;
}

export interface Arrow {
  readonly from: Shape;
  readonly to: Shape;
  readonly label: string;
  readonly encryption: Bundle['encryption'];
  readonly optional: boolean;
  readonly upkeep: boolean;
  /** Joins equals: a head at each end. */
  readonly mutual: boolean;
  readonly marks: readonly Found[];
}

export interface Found {
  readonly number: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly accepted: boolean;
}

type Building = { -readonly [key in keyof Shape]: Shape[key] } & { children: Building[]; marks: Found[] };

export function diagramOf(system: System, diagnostics: readonly Diagnostic[]): Diagram {
  const stacks = stacksOf(system, 'auto');
  const bundles = bundlesOf(system, stacks);
  const ends = new Set(bundles.flatMap((bundle) => [...bundle.from, ...bundle.to]).map((end) => end.id));
  const shapes = new Map<string, Building>();
  const bySubject = new Map<string, Building>();
  const roots: Building[] = [];
  const keys = new Set<string>();
  const add = (
    id: string,
    shape: Omit<Building, 'key' | 'children' | 'marks' | 'parent'>,
    parent?: Building,
  ): Building => {
    const built = {
      ...shape,
      key: unusedKey(keys, `${shape.kind}_${id}`),
      children: [],
      marks: [],
      ...(parent ? { parent } : {}),
    };
    shapes.set(id, built);
    for (const subject of built.subjects) if (!bySubject.has(subject)) bySubject.set(subject, built);
    (parent?.children ?? roots).push(built);
    return built;
  };
  for (const node of system.nodes.values()) {
    if (stacks.drawn(node) !== node) continue;
    const parent = node.parent && shapes.get(node.parent.id);
    const subjects = stacks.copies(node).map((copy) => copy.id);
    if (parent && isMention(node) && !ends.has(node.id)) {
      parent.details = [...parent.details, `${kindWord(node.kind)} ${clean(node.label ?? node.name)}`];
      for (const subject of subjects) bySubject.set(subject, parent);
    } else add(node.id, { ...faceOf(node, stacks), subjects, node }, parent);
  }
  for (const zone of system.zones) {
    const parent = shapes.get(zone.node.id);
    zone.records.forEach((record, index) => {
      const name = clean(record.name);
      const details = [clean([record.type, ...record.data.map(({ text }) => text)].join(' '))];
      const face = { kind: 'record' as const, name, details, states: [], count: 1 };
      add(recordId(zone, index), { ...face, subjects: [record.name], node: zone.node }, parent);
    });
  }
  const findings = diagnostics.map(({ code, severity, message, accepted }, index) => ({
    number: index + 1,
    rule: code,
    severity,
    message: clean(message),
    accepted: accepted !== undefined,
  }));
  const marked = new Map<Bundle, Found[]>();
  diagnostics.forEach((diagnostic, index) => {
    const found = findings[index];
    if (!found) return;
    const said = bundlesAt(bundles, diagnostic);
    for (const bundle of said) append(marked, bundle, found);
    const touched = new Set(said.flatMap((bundle) => [...bundle.from, ...bundle.to]).map((end) => shapes.get(end.id)));
    const about = new Set(diagnostic.subjects.map((subject) => bySubject.get(subject)));
    for (const shape of about) if (shape && !touched.has(shape)) shape.marks.push(found);
  });
  const arrows = bundles.flatMap((bundle) =>
    bundle.from.flatMap((from) =>
      bundle.to.flatMap((to): Arrow[] => {
        const [start, end] = [shapes.get(from.id), shapes.get(to.id)];
        if (!start || !end) return [];
        const { encryption, optional, upkeep, mutual, text } = bundle;
        return [
          {
            from: start,
            to: end,
            label: text,
            encryption,
            optional,
            upkeep,
            mutual,
            marks: marked.get(bundle) ?? [],
          },
        ];
      }),
    ),
  );
  return {
    title: clean(system.title ?? ''),
    note: clean(system.facts.note?.value ?? ''),
    shapes: roots,
    arrows,
    findings,
  };
}

/** Guards and agents that no line ends at are mentioned in what they stand in. */
function isMention({ kind, children }: Node): boolean {
  return (kind === 'firewall' || kind === 'monitor') && children.length === 0;
}

function faceOf(node: Node, stacks: Stacks): Pick<Shape, 'kind' | 'name' | 'details' | 'states' | 'count' | 'link'> {
  const place = node.children.length > 0 || node.kind === 'dns';
  const remarks = remarksOf(node);
  const note = node.facts.note?.value;
  const link = node.facts.link?.value;
  return {
    kind: node.kind,
    name: clean(node.label ?? node.name),
    details: [
      ...(place ? (remarks === '' ? [] : [remarks]) : detailsOf(node)),
      ...(note === undefined ? [] : [note]),
    ].map(clean),
    states: statesOf(node),
    count: stacks.copies(node).length,
    ...(link !== undefined && /^https?:\/\/[^\s]+$/i.test(link) ? { link } : {}),
  };
}

/** The lines whose text is nearest around the finding's. */
function bundlesAt(bundles: readonly Bundle[], { at }: Diagnostic): readonly Bundle[] {
  let nearest = Infinity;
  let found: Bundle[] = [];
  for (const bundle of bundles) {
    for (const connection of bundle.connections) {
      for (const around of [connection.at, connection.extent]) {
        const length = around.end - around.start;
        const holds = around.source.path === at.source.path && around.start <= at.start && at.end <= around.end;
        if (!holds || length > nearest) continue;
        if (length < nearest) found = [];
        nearest = length;
        if (found.at(-1) !== bundle) found.push(bundle);
      }
    }
  }
  // The way from a record to what answers belongs to the call, which carries the label.
  const labelled = found.filter((bundle) => bundle.label.length > 0);
  return labelled.length > 0 ? labelled : found;
}

function unusedKey(used: Set<string>, wanted: string): string {
  const plain = wanted.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '');
  let key = plain;
  for (let copy = 2; used.has(key); copy++) key = `${plain}_${copy}`;
  used.add(key);
  return key;
}

/** `[1] [3]`, behind a name or a label. */
export function marksText(marks: readonly Found[]): string {
  return marks.map(({ number, accepted }) => (accepted ? `(${number})` : `[${number}]`)).join(' ');
}

/** What a legend says of a finding, without its number. */
export function findingText({ rule, severity, message, accepted }: Found): string {
  return `${accepted ? 'accepted' : severity} ${rule}: ${message}`;
}

/** The lines of a shape: its name with its marks, then what stands under it. */
export function linesOf({ name, details, marks, count }: Shape): string[] {
  const first = [name, count > 1 ? `×${count}` : '', marksText(marks)].filter((word) => word !== '').join(' ');
  return [first, ...details];
}

/** The gravest of what is not accepted. */
export function gravest(marks: readonly Found[]): Severity | undefined {
  const open = marks.filter(({ accepted }) => !accepted).map(({ severity }) => severity);
  return (['error', 'warning', 'info'] as const).find((severity) => open.includes(severity));
}
