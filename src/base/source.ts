// A text that was read, a place in it, and the way from an offset to a line and a column.

/** One text as it was read. `path` is what messages show: relative to the working folder, with `/`. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Whether a byte order mark stood before the text. */
  readonly byteOrderMark?: boolean;
}

/** A half-open range of UTF-16 offsets in one source. An empty range marks a gap, such as the end of the file. */
export interface Location {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both from 1; the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A position as editors and formats such as JSON name it; the end is one past the last unit. */
export interface Region extends Position {
  readonly endLine: number;
  readonly endColumn: number;
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

/** The offsets at which lines begin; LF, CRLF and a lone CR each end a line. */
export function lineStarts(source: Source): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known) return known;
  const starts = [0];
  const lineEnd = /\r\n|\r|\n/g;
  while (lineEnd.exec(source.text)) starts.push(lineEnd.lastIndex);
  lineStartsOf.set(source, starts);
  return starts;
}

export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

export function regionOf(at: Location): Region {
  const start = positionAt(at.source, at.start);
  const end = positionAt(at.source, at.end);
  return { ...start, endLine: end.line, endColumn: end.column };
}

/** The smallest range that holds both; both are in the same source. */
export function spanning(first: Location, last: Location): Location {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}

export function textAt(at: Location): string {
  return at.source.text.slice(at.start, at.end);
}

/** By file, then by where it begins. Paths compare by code unit, so that no locale enters. */
export function byStart(a: Location, b: Location): number {
  if (a.source.path !== b.source.path) return a.source.path < b.source.path ? -1 : 1;
  return a.start - b.start;
}

/** By file, then by place: the order in which findings are printed. */
export function byPlace(a: Location, b: Location): number {
  return byStart(a, b) || a.end - b.end;
}
