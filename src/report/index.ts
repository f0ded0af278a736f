// findings ── report ──▶ text

import type { Diagnostic, Entry, Severity, SubjectId } from '../base/diagnostic.js';
import type { Location } from '../base/source.js';
import { checkstyle } from './checkstyle.js';
import type { Style } from './drawing.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { plain } from './paint.js';
import { rdjson } from './rdjson.js';
import { sarif } from './sarif.js';
import { concise, full } from './text.js';

/** What one run has to say. */
export interface Report {
  /** The files that were checked, as messages name them. */
  readonly files: readonly string[];
  /** By place, accepted ones among them. */
  readonly findings: readonly Diagnostic[];
  /** Where findings were compared with those of a baseline. */
  readonly baseline?: {
    /** How many of its entries occur; the findings are left out. */
    readonly hidden: number;
    /** Its entries that no longer occur. */
    readonly stale: readonly Entry[];
  };
  /** What could not be judged and why, a sentence each, so that silence is not mistaken for soundness. */
  readonly unjudged: readonly string[];
  /** Whether text ends with a summary. */
  readonly summary: boolean;
  /** Findings from this severity on fail the run. Absent: `error`. */
  readonly failOn?: Severity | 'never';
  /** The version of archlint, for formats that name their tool. */
  readonly version?: string;
  /** The catalogue, for formats that describe their rules. */
  readonly rules?: readonly RuleText[];
  /** By file, for formats that show pictures. */
  readonly pictures?: readonly Picture[];
  /** Where a step of a finding's witness stands in the text. Without it a step stands where its finding does. */
  readonly locate?: (finding: Diagnostic, node: SubjectId) => Location | undefined;
  /** From the root of the repository to the folder that paths are relative to, `sites/shop`; for formats that a forge reads. */
  readonly folder?: string;
}

/** A rule as a report describes it. */
export interface RuleText {
  readonly id: string;
  readonly category: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly preset: 'recommended' | 'strict';
  /** Its page, in Markdown. */
  readonly page?: string;
}

/** A system as a reader sees it. */
export interface Picture {
  /** The file that it shows, as messages name it. */
  readonly file: string;
  readonly title?: string;
  readonly svg?: string;
  /** The same in Mermaid's language, for readers who draw that themselves. */
  readonly mermaid?: string;
}

type Write = (report: Report, style: Style) => string;

/** What nearly every run asks for. The command line loads the others only when they are asked for. */
const everyday = { full, concise, json } satisfies Record<string, Write>;

const formats = {
  ...everyday,
  sarif,
  junit,
  github,
  gitlab,
  checkstyle,
  rdjson,
  markdown,
  html,
} satisfies Record<string, Write>;

export type EverydayFormat = keyof typeof everyday;
export type Format = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly Format[];

export type ReportOptions<F = Format> = Partial<Style> & { readonly format?: F };

/** Every format ends with a line end, or is empty. Nothing is cut off: all findings are in it. */
export function report(run: Report, options: ReportOptions = {}): string {
  return formats[options.format ?? 'full'](run, { paint: plain, ascii: false, ...options });
}

/** The same, without the formats that are rarely asked for: what does not use `report` does not carry them. */
export function reportEveryday(run: Report, options: ReportOptions<EverydayFormat> = {}): string {
  return everyday[options.format ?? 'full'](run, { paint: plain, ascii: false, ...options });
}

export { draw, said, wrap, type Style } from './drawing.js';
export { fingerprintsOf } from './json.js';
export { patchOf, type Rewritten } from './patch.js';
export { plain, type Brush, type Paint } from './paint.js';
export { showPage } from './page.js';
export { atLeast, hiddenText, summaryOf, summaryText, type Summary } from './summary.js';
