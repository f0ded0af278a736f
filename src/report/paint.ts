// What parts of a report look like on a terminal. The report says what a part is; whoever knows colours says how it is shown.

import type { Severity } from '../base/diagnostic.js';

export type Brush = (text: string) => string;

export interface Paint extends Readonly<Record<Severity, Brush>> {
  /** The word `accepted`. */
  readonly accepted: Brush;
  /** The headline, and headings of pages. */
  readonly strong: Brush;
  /** Line numbers, bars and arrows around the source text. */
  readonly frame: Brush;
  /** Secondary marks and their labels. */
  readonly secondary: Brush;
  /** What may be overlooked. */
  readonly faint: Brush;
  /** Code inside the text of a page. */
  readonly code: Brush;
  /** What a change brings, and what it takes away. */
  readonly added: Brush;
  readonly removed: Brush;
}

const asItIs: Brush = (text) => text;

export const plain: Paint = {
  error: asItIs,
  warning: asItIs,
  info: asItIs,
  accepted: asItIs,
  strong: asItIs,
  frame: asItIs,
  secondary: asItIs,
  faint: asItIs,
  code: asItIs,
  added: asItIs,
  removed: asItIs,
};
