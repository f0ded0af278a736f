// Findings that are to stand out → what is shown of all findings, and which elements of the drawing fade.

import type { Scene } from '../layout/scene.js';
import { aboutOf, marksOf, type PictureFinding } from './findings.js';
import { idOf } from './ids.js';

interface Choice {
  readonly findings?: boolean;
  readonly focus?: readonly number[];
}

export function chosen(all: readonly PictureFinding[], { findings, focus }: Choice): readonly PictureFinding[] {
  if (findings === false) return [];
  return focus ? all.filter(({ number }) => focus.includes(number)) : all;
}

/** The ids of all that the findings in focus are not about; without a focus nothing fades. */
export function fadedIn(scene: Scene, shown: readonly PictureFinding[], { focus }: Choice): ReadonlySet<string> {
  if (!focus) return new Set();
  const clear = new Set(aboutOf(scene, marksOf(scene, shown)));
  return new Set([
    ...scene.boxes
      .filter((box) => !clear.has(box))
      .flatMap(({ form, id }) => (form === 'record' ? [idOf('record', id)] : [idOf('node', id), idOf('count', id)])),
    ...scene.lines.filter((line) => !clear.has(line)).flatMap(({ id }) => [idOf('line', id), idOf('label', id)]),
  ]);
}
