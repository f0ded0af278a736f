// The scene: where everything of a system stands in its picture, in px, without colours. What `layout` makes and painters read.

import type { SubjectId } from '../base/diagnostic.js';
import type { Encryption } from '../model/system.js';
import type { KindName } from '../model/kinds.js';

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** What the picture is called, in one line. */
  readonly name: string;
  /** What it shows, in a sentence: "2 load balancers, 3 web servers, …". */
  readonly description: string;
  /** The title and the note of the file, as they stand in the picture. */
  readonly heading: readonly Text[];
  /** A container comes before what it contains. */
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** Three sizes: `heading` 18, `name` 14, and 12 for the others. */
export type TextStyle = 'heading' | 'name' | 'title' | 'detail' | 'label';

/** One line of text; `y` is its baseline. */
export interface Text extends Point {
  readonly text: string;
  readonly style: TextStyle;
  readonly anchor: 'start' | 'middle';
}

/** How a box is drawn: around others, by itself, small (an agent, the name of a firewall), or as a record in its zone. */
export type Form = 'container' | 'card' | 'chip' | 'record';

export type State = 'primary' | 'replica' | 'standby' | 'managed' | 'external';

export interface Box extends Area {
  /** A node's path. A record has its name and its place in the zone. Unique in the scene. */
  readonly id: string;
  /** What it stands for: itself, in a stack every copy. */
  readonly subjects: readonly SubjectId[];
  readonly kind: KindName;
  readonly form: Form;
  /** The id of the container, from outermost (absent) inward. */
  readonly parent?: string;
  readonly depth: number;
  readonly icon?: Area & { readonly key: string };
  readonly texts: readonly Text[];
  readonly states: readonly State[];
  /** How many hosts are drawn as this one; 1 where it stands for itself. */
  readonly count: number;
  /** Firewalls that guard it, drawn as a band on its left edge. */
  readonly guards: readonly SubjectId[];
  /** What it is, in words. */
  readonly title: string;
  readonly link?: string;
}

/** One connection as it was written, from all its callers to all that answers. */
export interface Line {
  /** Made of the ends. Unique in the scene. */
  readonly id: string;
  readonly from: readonly SubjectId[];
  readonly to: readonly SubjectId[];
  /** Where its statement lists several callers, the boxes of each. */
  readonly callers?: readonly (readonly string[])[];
  readonly encryption: Encryption;
  /** Not needed to serve: optional or asynchronous. */
  readonly optional: boolean;
  /** Metrics, logs, backup and the like: quieter. */
  readonly upkeep: boolean;
  /** Joins equals: a head at each end. */
  readonly mutual: boolean;
  /** One or more pieces that meet at the plate, or where it would be. */
  readonly branches: readonly Branch[];
  readonly plate?: Plate;
  /** The middle of where marks of findings belong. */
  readonly anchor: Point;
  readonly title: string;
  readonly link?: string;
  /** The text that it draws: of each connection the hop, then the whole statement. */
  readonly places: readonly Place[];
}

/** A right-angled line in the direction of the call. An end that is absent lies at the plate. */
export interface Branch {
  readonly from?: string;
  readonly to?: string;
  readonly points: readonly Point[];
}

/** The label of a line. */
export interface Plate extends Area {
  readonly texts: readonly Text[];
  /** A closed or an open lock. */
  readonly lock?: Area & { readonly closed: boolean };
}

/** A range in a text, by the path of its source. */
export interface Place {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}
