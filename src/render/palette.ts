// The colours of every theme, and which of them each part of a drawing takes. Colour says nothing that form does not say too.

export type Theme = 'auto' | 'light' | 'dark' | 'print';

export const light = {
  paper: '#ffffff',
  ink: '#000000',
  soft: '#3f4b5b',
  faint: '#768395',
  edge: '#b9c4d2',
  place0: '#e9eef5',
  place1: '#f1f4f9',
  place2: '#f8fafc',
  card: '#ffffff',
  cardEdge: '#8390a2',
  mark: '#34435a',
  line: '#55637a',
  quiet: '#7c899b',
  secure: '#0a6b5d',
  band: '#8995a6',
  error: '#a8221b',
  warning: '#824c00',
  info: '#2455a4',
  onMarker: '#ffffff',
  trace: '#f3c1bd',
  hatch: '#f8d6d3',
  added: '#10633a',
  removed: '#a3195b',
  changed: '#683db3',
  addedBand: '#b5e3c6',
  removedBand: '#f3bdd6',
  changedBand: '#c9b6ee',
};

export type Token = keyof typeof light;
export type Colours = Readonly<Record<Token, string>>;

export const dark: Colours = {
  paper: '#10151c',
  ink: '#e9eef4',
  soft: '#bcc6d2',
  faint: '#8592a3',
  edge: '#435062',
  place0: '#18202a',
  place1: '#202a36',
  place2: '#283341',
  card: '#2b3644',
  cardEdge: '#7c8b9e',
  mark: '#cfd9e5',
  line: '#a0adbd',
  quiet: '#78869a',
  secure: '#52d0b6',
  band: '#66748a',
  error: '#ff9a92',
  warning: '#ffbe5c',
  info: '#8fbcff',
  onMarker: '#1b0d0b',
  trace: '#6d3331',
  hatch: '#5c2d2c',
  added: '#6fd79b',
  removed: '#ff9ac6',
  changed: '#c4a8ff',
  addedBand: '#1d5737',
  removedBand: '#6b2a4b',
  changedBand: '#4b3a78',
};

export const print: Colours = {
  paper: '#ffffff',
  ink: '#000000',
  soft: '#333333',
  faint: '#666666',
  edge: '#777777',
  place0: '#ffffff',
  place1: '#ffffff',
  place2: '#ffffff',
  card: '#ffffff',
  cardEdge: '#333333',
  mark: '#000000',
  line: '#222222',
  quiet: '#666666',
  secure: '#000000',
  band: '#777777',
  error: '#000000',
  warning: '#444444',
  info: '#000000',
  onMarker: '#ffffff',
  trace: '#c4c4c4',
  hatch: '#d2d2d2',
  added: '#000000',
  removed: '#000000',
  changed: '#000000',
  addedBand: '#c8c8c8',
  removedBand: '#d8d8d8',
  changedBand: '#b4b4b4',
};

interface Paint {
  readonly fill: Token | 'none';
  readonly stroke?: Token;
}

/** The parts of a drawing. The name is the class by which a style sheet finds them. */
export const parts = {
  page: { fill: 'paper' },
  heading: { fill: 'ink' },
  name: { fill: 'ink' },
  title: { fill: 'ink' },
  label: { fill: 'ink' },
  detail: { fill: 'ink' },
  place0: { fill: 'place0', stroke: 'edge' },
  place1: { fill: 'place1', stroke: 'edge' },
  place2: { fill: 'place2', stroke: 'edge' },
  net0: { fill: 'place0', stroke: 'faint' },
  net1: { fill: 'place1', stroke: 'faint' },
  net2: { fill: 'place2', stroke: 'faint' },
  band: { fill: 'band' },
  mortar: { fill: 'none', stroke: 'paper' },
  card: { fill: 'card', stroke: 'cardEdge' },
  first: { fill: 'card', stroke: 'mark' },
  rule: { fill: 'none', stroke: 'edge' },
  mark: { fill: 'none', stroke: 'mark' },
  line: { fill: 'none', stroke: 'line' },
  head: { fill: 'line' },
  quiet: { fill: 'none', stroke: 'quiet' },
  'quiet-head': { fill: 'quiet' },
  secure: { fill: 'none', stroke: 'secure' },
  'secure-head': { fill: 'secure' },
  core: { fill: 'none', stroke: 'paper' },
  plate: { fill: 'paper' },
  lock: { fill: 'none', stroke: 'secure' },
  open: { fill: 'none', stroke: 'soft' },
  trace: { fill: 'none', stroke: 'trace' },
  hatch: { fill: 'none', stroke: 'hatch' },
  idle: { fill: 'none', stroke: 'soft' },
  'idle-head': { fill: 'paper', stroke: 'soft' },
  sign: { fill: 'none', stroke: 'onMarker' },
  stopped: { fill: 'paper', stroke: 'error' },
  lessened: { fill: 'paper', stroke: 'warning' },
  'lessened-word': { fill: 'warning' },
  'error-ring': { fill: 'none', stroke: 'error' },
  'warning-ring': { fill: 'none', stroke: 'warning' },
  'info-ring': { fill: 'none', stroke: 'info' },
  error: { fill: 'error', stroke: 'paper' },
  warning: { fill: 'warning', stroke: 'paper' },
  info: { fill: 'paper', stroke: 'info' },
  accepted: { fill: 'paper', stroke: 'soft' },
  number: { fill: 'onMarker' },
  'info-number': { fill: 'info' },
  'accepted-number': { fill: 'soft' },
  added: { fill: 'added', stroke: 'paper' },
  removed: { fill: 'removed', stroke: 'paper' },
  changed: { fill: 'changed', stroke: 'paper' },
  'added-ring': { fill: 'none', stroke: 'added' },
  'removed-ring': { fill: 'none', stroke: 'removed' },
  'changed-ring': { fill: 'none', stroke: 'changed' },
  'added-band': { fill: 'none', stroke: 'addedBand' },
  'removed-band': { fill: 'none', stroke: 'removedBand' },
  'changed-band': { fill: 'none', stroke: 'changedBand' },
} as const satisfies Record<string, Paint>;

export type Part = keyof typeof parts;

export function coloursOf(theme: Theme): Colours {
  return theme === 'dark' ? dark : theme === 'print' ? print : light;
}

/** What a part's attributes are, without any style sheet. */
export function paintOf(part: Part, colours: Colours): { fill: string; stroke?: string } {
  const paint: Paint = parts[part];
  return {
    fill: paint.fill === 'none' ? 'none' : colours[paint.fill],
    ...(paint.stroke === undefined ? {} : { stroke: colours[paint.stroke] }),
  };
}

/** The rules that make a light drawing dark where the reader prefers that; for the parts that occur. */
export function darkRules(used: ReadonlySet<Part>): string[] {
  const rules = (Object.keys(parts) as Part[])
    .filter((part) => used.has(part))
    .map((part) => {
      const { fill, stroke } = paintOf(part, dark);
      const declarations = [fill === 'none' ? '' : `fill:${fill}`, stroke === undefined ? '' : `stroke:${stroke}`];
      return `.archlint .${part}{${declarations.filter((one) => one !== '').join(';')}}`;
    });
  return ['@media (prefers-color-scheme:dark){', ...rules, '}'];
}

/** Text on what it stands on, for the test of contrast. */
export const textPairs: readonly (readonly [text: Token, ground: Token])[] = [
  ['ink', 'paper'],
  ['ink', 'card'],
];

/** The numbers and signs in markers, and words in their colours, which have to be told from one another, too. */
export const markerPairs: readonly (readonly [text: Token, ground: Token])[] = [
  ['onMarker', 'error'],
  ['onMarker', 'warning'],
  ['onMarker', 'added'],
  ['onMarker', 'removed'],
  ['onMarker', 'changed'],
  ['info', 'paper'],
  ['soft', 'paper'],
  ['warning', 'paper'],
];

/** On what has failed, words are read less often. */
export const hatchedPairs: readonly (readonly [text: Token, ground: Token])[] = [['ink', 'hatch']];

/** Marks need less than words. */
export const markPairs: readonly (readonly [mark: Token, ground: Token])[] = (
  ['paper', 'place0', 'place1', 'place2', 'card'] as const
).flatMap((ground) =>
  (['error', 'warning', 'info', 'line', 'secure', 'mark', 'soft', 'added', 'removed', 'changed'] as const).map(
    (mark) => [mark, ground] as const,
  ),
);
