// The stage `render`: scene, findings and theme -> SVG.

import type { WhatIf } from '../base/figures.js';
import type { Branch, Line, Scene } from '../layout/scene.js';
import {
  noChanges,
  paintBands,
  paintBoxChanges,
  paintCrosses,
  paintLineChanges,
  type PictureChanges,
} from './changes.js';
import { headsOf, paintBox, paintContainer, paintCount, paintText } from './boxes.js';
import { newPage } from './drawing.js';
import { marksOf, type PictureFinding } from './findings.js';
import { chosen, fadedIn } from './focus.js';
import { fontRules } from './fonts.js';
import { paintKey } from './key.js';
import { paintLegend, paintOutcomes } from './legend.js';
import { paintLine, paintPlate, paintTrace } from './lines.js';
import { lossesOf, noLosses, outcomesOf, paintSigns, type Losses } from './losses.js';
import { paintMarkers, paintRing } from './markers.js';
import type { Theme } from './palette.js';

export type { PictureChanges } from './changes.js';
export { pictureFindings, type PictureFinding } from './findings.js';
export type { Theme } from './palette.js';

export interface RenderOptions {
  /** `auto`: light, and dark where the reader prefers that. */
  readonly theme: Theme;
  /** False leaves out the list of findings below the picture. */
  readonly legend?: boolean;
  /** The numbers of the findings that stand out: what they are not about fades, and other findings are left out. */
  readonly focus?: readonly number[];
  /** False leaves out markers, traces and the legend. */
  readonly findings?: boolean;
  /** Draws what stops, and tells in the legend what becomes of each journey; findings are left out then. */
  readonly whatIf?: WhatIf;
  /** What became of boxes and lines, in a picture of two systems. */
  readonly changes?: PictureChanges;
}

const margin = 24;

/** The same scene, findings and options give the same bytes. */
export function render(scene: Scene, findings: readonly PictureFinding[], options: RenderOptions): string {
  const shown = options.whatIf ? [] : chosen(findings, options);
  const losses = options.whatIf ? lossesOf(scene, options.whatIf) : noLosses;
  const outcomes = outcomesOf(losses);
  const page = newPage(options.theme, fadedIn(scene, shown, options));
  const { pen } = page;
  const changes = options.changes ?? noChanges;
  const marks = marksOf(scene, shown);
  const width = Math.max(scene.width, shown.length + outcomes.length > 0 ? 560 : 320);
  const paper = pen.group();
  const ground = pen.group();
  for (const text of scene.heading) paintText(ground, text);
  const heads = headsOf(scene.boxes);
  for (const box of scene.boxes) {
    const loss = losses.ofBox.get(box);
    if (box.form === 'container') paintContainer(ground, box, { head: heads.get(box) ?? 0, loss });
  }
  const traces = pen.group();
  for (const branches of marks.traced.values()) paintTrace(traces, branches);
  paintBands(traces, scene, changes);
  const lines = pen.group();
  // What keeps the system up lies above what only watches it.
  for (const line of scene.lines) if (line.upkeep) paintLine(lines, line, idleIn(losses, line));
  for (const line of scene.lines) if (!line.upkeep) paintLine(lines, line, idleIn(losses, line));
  paintCrosses(lines, scene, changes);
  const nodes = pen.group();
  const ends = new Set(scene.lines.flatMap(({ branches }) => branches.flatMap(({ from, to }) => [from, to])));
  for (const box of scene.boxes) {
    const loss = losses.ofBox.get(box);
    if (box.form !== 'container') paintBox(nodes, box, { ...(loss ? { loss } : {}), joined: ends.has(box.id) });
  }
  for (const line of scene.lines) paintPlate(nodes, line);
  const markers = pen.group();
  for (const [box, found] of marks.ofBox) paintRing(markers, box, found);
  for (const box of scene.boxes) if (box.count > 1) paintCount(markers, box);
  paintMarkers(markers, marks);
  paintSigns(markers, losses);
  paintBoxChanges(markers, scene, changes);
  paintLineChanges(markers, scene, changes);

  const strip = { left: margin, width: width - 2 * margin };
  let height = scene.height;
  const below = pen.group();
  const rule = { 'stroke-width': 1 };
  const place = { ...strip, top: height + 8 };
  const legend = options.whatIf
    ? paintOutcomes(below, outcomes, place)
    : paintLegend(below, options.legend === false ? [] : shown, place);
  if (legend > 0) {
    below.draw('path', 'rule', { d: `M${margin} ${height - 8}H${width - margin}`, ...rule });
    height += legend + 16;
  }
  const key = paintKey(
    below,
    { scene, findings: shown, losses, changes },
    { ...strip, top: height - (legend > 0 ? 0 : 4) },
  );
  if (key > 0) height += key + 14;
  paper.draw('rect', 'page', { x: 0, y: 0, width, height, rx: 8 });
  const said = shown.filter((finding) => !finding.accepted).length;
  const found =
    shown.length === 0
      ? ''
      : ` ${said === 1 ? '1 finding' : `${said} findings`}${said < shown.length ? `, ${shown.length - said} accepted` : ''}.`;
  return page.toText({
    width,
    height,
    name: scene.name,
    description: scene.description + found + (options.whatIf ? ` ${toldOf(options.whatIf)}` : ''),
    fonts: fontRules([textsOf(scene, shown), ...outcomes.map(({ text }) => text)].join('\n')),
  });
}

/** A branch is idle with the whole line, or with the box at its end. */
function idleIn({ idle, silent }: Losses, line: Line): (branch: Branch) => boolean {
  return ({ from, to }) => idle.has(line) || [from, to].some((end) => end !== undefined && silent.has(end));
}

function toldOf({ failed, journeys }: WhatIf): string {
  const stopped = journeys.filter(({ outcome }) => outcome === 'stops').length;
  const many = stopped === 0 ? 'no journey stops' : stopped === 1 ? '1 journey stops' : `${stopped} journeys stop`;
  return `As if ${failed.join(', ')} had failed: ${many}.`;
}

function textsOf(scene: Scene, findings: readonly PictureFinding[]): string {
  const texts = [
    ...scene.heading,
    ...scene.boxes.flatMap((box) => box.texts),
    ...scene.lines.flatMap((line) => line.plate?.texts ?? []),
  ];
  return [...texts.map(({ text }) => text), ...findings.map(({ message }) => message)].join('\n');
}
