// Texts before and after → a unified diff, as `git apply` and `patch -p1` read it.

import { formatPatch, structuredPatch, type StructuredPatch } from 'diff';
import { visible } from '../base/cells.js';
import { plain, type Paint } from './paint.js';

export interface Rewritten {
  /** As messages name the file. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface PatchStyle {
  readonly paint: Paint;
  /** For eyes: what would act on a terminal is made visible. Otherwise it is exact, for programs. */
  readonly shown: boolean;
}

/** Beyond so many changed lines the smallest change is no longer looked for: the time to find it grows with their square. */
const mostChanges = 1000;

/** Files that are the same before and after are left out. */
export function patchOf(files: readonly Rewritten[], style: Partial<PatchStyle> = {}): string {
  const { paint, shown } = { paint: plain, shown: false, ...style };
  return files
    .filter(({ before, after }) => before !== after)
    .map((file) => {
      const text = formatPatch(changes(file)).replace(/^(?:Index|={3,}).*\n/gm, '');
      return shown || paint !== plain
        ? `${text
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => painted(line, paint))
            .join('\n')}\n`
        : text;
    })
    .join('');
}

function changes({ path, before, after }: Rewritten): StructuredPatch {
  const names = [`a/${path}`, `b/${path}`] as const;
  const options = { context: 3, maxEditLength: mostChanges };
  return (
    structuredPatch(...names, before, after, undefined, undefined, options) ?? {
      oldFileName: names[0],
      newFileName: names[1],
      oldHeader: undefined,
      newHeader: undefined,
      hunks: [whole(before, after)],
    }
  );
}

/** All of one text for all of the other. */
function whole(before: string, after: string): StructuredPatch['hunks'][number] {
  const [old, anew] = [before, after].map((text) => text.split(/(?<=\n)/).filter((line) => line !== ''));
  const signed = (sign: string, lines: readonly string[] = []) =>
    lines.flatMap((line) =>
      line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'],
    );
  return {
    oldStart: 1,
    oldLines: old?.length ?? 0,
    newStart: 1,
    newLines: anew?.length ?? 0,
    lines: [...signed('-', old), ...signed('+', anew)],
  };
}

function painted(line: string, paint: Paint): string {
  const text = visible(line);
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return paint.strong(text);
  if (line.startsWith('@@')) return paint.frame(text);
  return line.startsWith('+') ? paint.added(text) : line.startsWith('-') ? paint.removed(text) : text;
}
