// Diagnostics -> what a picture shows of them, and where in the scene each belongs.

import type { Diagnostic, Severity, SubjectId } from '../base/diagnostic.js';
import { append } from '../base/lists.js';
import type { Box, Branch, Line, Place, Scene } from '../layout/scene.js';

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
  /** Of each line, the branches that a witness goes along. */
  readonly traced: ReadonlyMap<Line, readonly Branch[]>;
}

export function marksOf(scene: Scene, findings: readonly PictureFinding[]): Marks {
  const ofBox = new Map<Box, PictureFinding[]>();
  const ofLine = new Map<Line, PictureFinding[]>();
  const traced = new Set<Branch>();
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
    if (finding.accepted) continue;
    for (const hop of finding.hops) for (const branch of along(scene, hop, boxes)) traced.add(branch);
  }
  const ways = scene.lines.map((line) => [line, line.branches.filter((branch) => traced.has(branch))] as const);
  return { ofBox, ofLine, traced: new Map(ways.filter(([, branches]) => branches.length > 0)) };
}

/** All that findings are about, and the ends of the lines that their witnesses go along. */
export function aboutOf(scene: Scene, { ofBox, ofLine, traced }: Marks): (Box | Line)[] {
  const lines = [...new Set([...ofLine.keys(), ...traced.keys()])];
  const branches = lines.flatMap((line) => traced.get(line) ?? line.branches);
  const ends = new Set(branches.flatMap(({ from, to }) => [from, to]));
  return [...ofBox.keys(), ...scene.boxes.filter((box) => ends.has(box.id)), ...lines];
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

/** Of a line with several callers, those branches that the caller shares with its own copies. */
function along(
  scene: Scene,
  [from, to]: readonly [SubjectId, SubjectId],
  boxes: ReadonlyMap<SubjectId, readonly Box[]>,
): Branch[] {
  const own = new Set((boxes.get(from) ?? []).map(({ id }) => id));
  return scene.lines.flatMap((line) => {
    if (!line.from.includes(from) || !line.to.includes(to)) return [];
    const callers = line.callers?.find((ids) => ids.some((id) => own.has(id)));
    return line.branches.filter((one) => !callers || one.from === undefined || callers.includes(one.from));
  });
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
