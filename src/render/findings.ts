// Diagnostics -> what a picture shows of them, and where in the scene each belongs.

import type { Diagnostic, Severity, SubjectId } from '../base/diagnostic.js';
import type { Box, Line, Place, Scene } from '../layout/scene.js';

export interface PictureFinding {
  /** From 1; stands in the marker and in the legend. */
  readonly number: number;
  readonly rule: string;
  readonly severity: Severity;
  /** The headline. */
  readonly message: string;
  readonly subjects: readonly SubjectId[];
  /** The calls along which the witness goes. */
  readonly hops: readonly (readonly [from: SubjectId, to: SubjectId])[];
  /** The text it is about; where a connection stands, it marks the line. */
  readonly place?: Place;
  readonly accepted: boolean;
}

/** In the order given, which is that of the report. */
export function pictureFindings(diagnostics: readonly Diagnostic[]): PictureFinding[] {
  return diagnostics.map((diagnostic, index) => {
    const { code, severity, message, subjects, witness, at, accepted } = diagnostic;
    const steps = witness?.kind === 'path' ? witness.steps.map((step) => step.node) : [];
    const hops = steps.slice(1).map((to, before) => [steps[before] ?? '', to] as const);
    const place = { path: at.source.path, start: at.start, end: at.end };
    return {
      number: index + 1,
      rule: code,
      severity,
      message,
      subjects,
      hops,
      place,
      accepted: accepted !== undefined,
    };
  });
}

/** The findings of each box and line, and the lines that witnesses go along. */
export interface Marks {
  readonly ofBox: ReadonlyMap<Box, readonly PictureFinding[]>;
  readonly ofLine: ReadonlyMap<Line, readonly PictureFinding[]>;
  readonly traced: readonly Line[];
}

export function marksOf(scene: Scene, findings: readonly PictureFinding[]): Marks {
  const ofBox = new Map<Box, PictureFinding[]>();
  const ofLine = new Map<Line, PictureFinding[]>();
  const traced = new Set<Line>();
  const boxes = new Map<SubjectId, Box[]>();
  for (const box of scene.boxes) for (const subject of box.subjects) append(boxes, subject, box);
  for (const finding of findings) {
    const said = linesOf(scene, finding);
    const ends = new Set(said.flatMap((line) => [...line.from, ...line.to]));
    // The way from a record to what answers belongs to the call, which carries the label.
    const labelled = said.filter((line) => line.plate !== undefined);
    for (const line of labelled.length > 0 ? labelled : said) append(ofLine, line, finding);
    const marked = new Set<Box>();
    for (const subject of finding.subjects) {
      if (ends.has(subject)) continue;
      const [box] = boxes.get(subject) ?? [];
      if (box) marked.add(box);
    }
    for (const box of marked) append(ofBox, box, finding);
    if (!finding.accepted) for (const hop of finding.hops) for (const line of along(scene, hop)) traced.add(line);
  }
  return { ofBox, ofLine, traced: scene.lines.filter((line) => traced.has(line)) };
}

/** All that findings are about, and the ends of the lines that their witnesses go along. */
export function aboutOf(scene: Scene, { ofBox, ofLine, traced }: Marks): (Box | Line)[] {
  const lines = [...new Set([...ofLine.keys(), ...traced])];
  const ends = new Set(lines.flatMap(({ branches }) => branches.flatMap(({ from, to }) => [from, to])));
  return [...ofBox.keys(), ...scene.boxes.filter((box) => ends.has(box.id)), ...lines];
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** The lines whose text is nearest around the finding's; of several copies those that its subjects touch. */
function linesOf(scene: Scene, { place, subjects }: PictureFinding): Line[] {
  if (!place) return [];
  const around = scene.lines.flatMap((line) => {
    const lengths = line.places.filter((one) => isWithin(place, one)).map((one) => one.end - one.start);
    return lengths.length > 0 ? [{ line, length: Math.min(...lengths) }] : [];
  });
  const shortest = Math.min(...around.map(({ length }) => length));
  const said = around.filter(({ length }) => length === shortest).map(({ line }) => line);
  const touching = said.filter((line) => [...line.from, ...line.to].some((end) => subjects.includes(end)));
  // Of copies, those that are touched; a call by way of a record is touched at its second half alone, and stays whole.
  return touching.some((line) => line.plate !== undefined) ? touching : said;
}

function isWithin(inner: Place, outer: Place): boolean {
  return inner.path === outer.path && outer.start <= inner.start && inner.end <= outer.end;
}

function along(scene: Scene, [from, to]: readonly [SubjectId, SubjectId]): Line[] {
  return scene.lines.filter((line) => line.from.includes(from) && line.to.includes(to));
}

const weight: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1 };

/** What the outline of a marked box shows: the gravest, unless all are accepted. */
export function gravest(findings: readonly PictureFinding[]): Severity | undefined {
  let result: Severity | undefined;
  for (const { severity, accepted } of findings) {
    if (!accepted && (result === undefined || weight[severity] > weight[result])) result = severity;
  }
  return result;
}
