// A linear program → its largest value: maximise c·x subject to A·x ≤ b and x ≥ 0, with b ≥ 0 (Dantzig 1951). For the few hundred rows of a
// network of requests, where a flow through one tier binds the flows through others and no algorithm for flows alone will do.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

export interface LinearProgram {
  readonly variables: number;
  /** By variable; what is left out counts nothing. */
  readonly objective: ReadonlyMap<number, number>;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly coefficients: ReadonlyMap<number, number>;
  /** Not negative, and finite. */
  readonly limit: number;
}

export interface Optimum {
  /** Infinity where nothing limits it. */
  readonly value: number;
  /** By row: how much the value would rise with its limit. Weighted with the limits they add up to the value. Empty where that is infinite. */
  readonly prices: readonly number[];
  /** By variable. Empty where the value is infinite. */
  readonly solution: readonly number[];
}

/** A count of single operations that goes down; the same for the same input on any machine. */
export interface Steps {
  left: number;
}

const TINY = 1e-9;
/** What a cell of the table counts: it is the memory that a large program would end in. */
const STEPS_PER_CELL = 10;
/** After this many steps without gain the first candidate is taken instead of the best: such a walk never goes in circles (Bland 1977). */
const PATIENCE = 40;

/** Undefined where the steps do not suffice; none are left then. */
export function maximise({ variables, objective, rows }: LinearProgram, steps: Steps): Optimum | undefined {
  const width = variables + rows.length + 1;
  steps.left -= width * (rows.length + 1) * STEPS_PER_CELL;
  if (steps.left < 0) return undefined;
  const last = width - 1;
  const scale = rows.reduce((most, { limit }) => Math.max(most, limit), 0) || 1;
  const table = rows.map(({ coefficients, limit }, row) => {
    const line = new Float64Array(width);
    for (const [variable, value] of coefficients) line[variable] = value;
    line[variables + row] = 1;
    line[last] = limit / scale;
    return line;
  });
  const gains = new Float64Array(width);
  for (const [variable, value] of objective) gains[variable] = value;
  const basis = rows.map((_, row) => variables + row);
  let idle = 0;
  for (;;) {
    const entering = enteringOf(gains, last, idle > PATIENCE);
    if (entering < 0) break;
    const leaving = leavingOf(table, basis, entering);
    if (leaving < 0) return { value: Infinity, prices: [], solution: [] };
    idle = table[leaving]![last]! > TINY ? 0 : idle + 1;
    steps.left -= width + rows.length + pivot(table, gains, leaving, entering);
    if (steps.left < 0) return undefined;
    basis[leaving] = entering;
  }
  const solution = new Array<number>(variables).fill(0);
  basis.forEach((variable, row) => {
    if (variable < variables) solution[variable] = table[row]![last]! * scale;
  });
  return {
    value: -gains[last]! * scale,
    prices: rows.map((_, row) => Math.max(0, -gains[variables + row]!)),
    solution,
  };
}

function enteringOf(gains: Float64Array, last: number, first: boolean): number {
  let best = -1;
  let most = TINY;
  for (let column = 0; column < last; column++) {
    if (gains[column]! <= most) continue;
    if (first) return column;
    best = column;
    most = gains[column]!;
  }
  return best;
}

/** The row that binds first; of several the one whose variable has the smallest number. */
function leavingOf(table: readonly Float64Array[], basis: readonly number[], entering: number): number {
  let best = -1;
  let least = Infinity;
  for (let row = 0; row < table.length; row++) {
    const line = table[row]!;
    const coefficient = line[entering]!;
    if (coefficient <= TINY) continue;
    const ratio = line[line.length - 1]! / coefficient;
    if (ratio > least + TINY || (ratio > least - TINY && best >= 0 && basis[row]! > basis[best]!)) continue;
    if (ratio < least) least = ratio;
    best = row;
  }
  return best;
}

/** Gives how many cells were changed. */
function pivot(table: readonly Float64Array[], gains: Float64Array, row: number, column: number): number {
  const line = table[row]!;
  const divisor = line[column]!;
  const used: number[] = [];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === 0) continue;
    line[at]! /= divisor;
    used.push(at);
  }
  let changed = used.length;
  for (const other of [...table, gains]) {
    const factor = other[column]!;
    if (other === line || factor === 0) continue;
    for (const at of used) other[at]! -= factor * line[at]!;
    other[column] = 0;
    changed += used.length;
  }
  return changed;
}
