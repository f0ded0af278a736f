// findings ── report ──▶ text

import type { Diagnostic } from '../base/diagnostic.js';
import type { Style } from './drawing.js';
import { json } from './json.js';
import { plain } from './paint.js';
import { concise, full } from './text.js';

/** What one run has to say. */
export interface Report {
  /** The files that were checked, as messages name them. */
  readonly files: readonly string[];
  /** By place, accepted ones among them. */
  readonly findings: readonly Diagnostic[];
  /** What could not be judged and why, a sentence each, so that silence is not mistaken for soundness. */
  readonly unjudged: readonly string[];
  /** Whether text ends with a summary. */
  readonly summary: boolean;
}

const formats = { full, concise, json } satisfies Record<string, (report: Report, style: Style) => string>;

export type Format = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly Format[];

export type ReportOptions = Partial<Style> & { readonly format?: Format };

/** Every format ends with a line end, or is empty. Nothing is cut off: all findings are in it. */
export function report(run: Report, options: ReportOptions = {}): string {
  return formats[options.format ?? 'full'](run, { paint: plain, ascii: false, ...options });
}

export { draw, said, wrap, type Style } from './drawing.js';
export { fingerprintsOf } from './json.js';
export { plain, type Brush, type Paint } from './paint.js';
export { showPage } from './page.js';
export { atLeast, summaryOf, type Summary } from './summary.js';
