// difference ── reportDifference ──▶ text, JSON or Markdown

import { isEmpty, type Difference } from '../../base/difference.js';
import { quoted } from '../../base/words.js';
import { said, type Style } from '../drawing.js';
import { markdownOf, textOf } from '../figures/blocks.js';
import { plain } from '../paint.js';
import { blocksOf } from './blocks.js';
import { json } from './json.js';

export interface DiffReport {
  /** What the two are called: files, or one file at two revisions. */
  readonly old: SideName;
  readonly new: SideName;
  readonly difference: Difference;
  /** Where the picture is, as Markdown names it. */
  readonly picture?: string;
}

export interface SideName {
  readonly file: string;
  /** In git. */
  readonly revision?: string;
  readonly title: string | null;
}

const formats = { text, json, markdown };

export type DiffFormat = keyof typeof formats;

export function reportDifference(run: DiffReport, options: Partial<Style> & { format?: DiffFormat } = {}): string {
  return formats[options.format ?? 'text'](run, { paint: plain, ascii: false, ...options });
}

function text(run: DiffReport, style: Style): string {
  if (isEmpty(run.difference)) return `${said(sameText(run), style)}\n`;
  return textOf(blocksOf(run), style);
}

function markdown(run: DiffReport, style: Style): string {
  if (isEmpty(run.difference)) return `${said(sameText(run), style)}\n`;
  const picture = run.picture === undefined ? '' : `\n![What changed](${encodeURI(run.picture)})\n`;
  return markdownOf(blocksOf(run), style) + picture;
}

function sameText({ old, new: now }: DiffReport): string {
  const at = (revision: string | undefined) =>
    revision === undefined ? 'in the working folder' : `at ${quoted(revision)}`;
  if (old.file === now.file && (old.revision !== undefined || now.revision !== undefined))
    return `${quoted(now.file)} describes the same system ${at(old.revision)} and ${at(now.revision)}`;
  return `${quoted(old.file)} and ${quoted(now.file)} describe the same system`;
}
