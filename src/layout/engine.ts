// What is to be placed, and what comes back: boxes of known size in boxes, and lines between them. Whatever engine does it.

import type { Inset } from './faces.js';
import type { Area, Point } from './scene.js';

/** A box to be placed. With children it grows around them; its size is then the smallest. */
export interface Piece {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly inset: Inset;
  readonly children: readonly Piece[];
  /** Where lines end at either edge if it grows no higher than this says: from the top. Absent: around the middle. */
  readonly middle?: number;
  /** Where lines may end: at the left and the right edge, `y` below the top. Absent: anywhere on both edges. */
  readonly ports?: readonly { readonly id: string; readonly y: number }[];
  /** How far what is drawn of it reaches below its lower edge: the other copies of a stack, and their number. */
  readonly below?: number;
  /** A label of lines: they come in at the middle of the left edge and go on at the middle of the right one. */
  readonly plate?: boolean;
}

/** A line that is to run from left to right. Ends are ids of pieces or of ports. */
export interface Wire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly areas: ReadonlyMap<string, Area>;
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

/** Told now and then which share of the work is done, from 0 to 1. */
export type Progress = (share: number) => void;

/**
 * Places all pieces in one drawing, all of which lines join; labels at the top keep their order within a column if `ordered`.
 * It tells its progress if it knows it.
 */
export type Engine = (
  pieces: readonly Piece[],
  wires: readonly Wire[],
  ordered: boolean,
  progress?: Progress,
) => Placement | Promise<Placement>;

/** Distances, in px. */
export const gaps = {
  /** Around the whole picture. */
  margin: 24,
  /** Between boxes above each other, and between parts that nothing connects. */
  boxes: 32,
  parts: 40,
  /** Between a box and the label or box to its right. */
  columns: 24,
  /** Between a line and what it passes, and between lines. */
  lines: 14,
} as const;
