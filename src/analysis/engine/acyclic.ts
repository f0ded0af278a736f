// The failure of a gate in a structure that may be cyclic → a fault tree without cycles that fails in the same states. Failing is the least fixed point:
// each cycle starts with nothing failed and is computed again, as decision diagrams, until nothing changes; the diagrams then become gates.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { createBdd, FALSE, NOT_FIT, TRUE, type Bdd, type BddBudget } from './bdd.js';
import { stronglyConnected } from './components.js';
import { failuresNeeded, type FaultGate, type FaultTree, type Structure, type StructureGate } from './tree.js';

/** Most gates that a cycle may become when its diagrams do not fit and it is written out round by round, and most inputs of them. */
const MOST_GATES = 200_000;
const MOST_INPUTS = 2_000_000;

export interface CycleBudget extends BddBudget {
  /** Most gates that a cycle may become when it is written out; MOST_GATES by default. */
  readonly gates?: number;
}

/** A cycle that does not fit is replaced by something below or above it. */
export type Resort = 'never' | 'under' | 'over';

/**
 * With `never`, undefined when some cycle does not fit the budget. With `under` a step of such a cycle that leads back to where a walk came from never fails, with
 * `over` all of it fails as soon as anything that any of its gates uses has failed: so the true tree lies between the two.
 */
export function acyclicTree(
  structure: Structure,
  top: number,
  budget: CycleBudget,
  resort: Resort = 'never',
): FaultTree | undefined {
  const { eventCount, gates } = structure;
  const components = stronglyConnected(gates.length, [top], (gate) => gates[gate]!.gates);
  const made: FaultGate[] = [];
  const add = (k: number, inputs: readonly number[]): number => {
    made.push({ k, inputs });
    return eventCount + made.length - 1;
  };
  const meaning = new Int32Array(gates.length).fill(-1);
  for (const component of components) {
    const first = component[0]!;
    const { gates: inputs } = gates[first]!;
    if (component.length === 1 && !Array.from(inputs).includes(first)) {
      meaning[first] = add(failuresNeeded(gates[first]!), [
        ...gates[first]!.events,
        ...Array.from(inputs, (input) => meaning[input]!),
      ]);
      continue;
    }
    const cycle: Cycle = { structure, members: component, meaning };
    const solved =
      asOne(cycle, add) ??
      asDiagrams(cycle, budget, add) ??
      asRounds(cycle, budget.gates ?? MOST_GATES, add) ??
      asBound(cycle, resort, add);
    if (solved === undefined) return undefined;
    component.forEach((gate, at) => (meaning[gate] = solved[at]!));
  }
  return { eventCount, gates: made, top: meaning[top]! };
}

interface Cycle {
  readonly structure: Structure;
  readonly members: readonly number[];
  /** New references of the gates below the cycle; -1 for its members. */
  readonly meaning: Int32Array;
}

type Add = (k: number, inputs: readonly number[]) => number;

function outsideInputs({ structure, meaning }: Cycle, gate: number): number[] {
  const { events, gates } = structure.gates[gate]!;
  return [...events, ...Array.from(gates, (input) => meaning[input]!).filter((input) => input !== -1)];
}

function insideInputs({ structure, meaning }: Cycle, gate: number): number[] {
  return Array.from(structure.gates[gate]!.gates).filter((input) => meaning[input] === -1);
}

/** Where each gate fails with any of its inputs, all of them fail together. */
function asOne(cycle: Cycle, add: Add): number[] | undefined {
  const { structure, members } = cycle;
  if (members.some((gate) => failuresNeeded(structure.gates[gate]!) !== 1)) return undefined;
  const one = add(1, [...new Set(members.flatMap((gate) => outsideInputs(cycle, gate)))]);
  return members.map(() => one);
}

function asDiagrams(cycle: Cycle, budget: BddBudget, add: Add): number[] | undefined {
  const { structure, members } = cycle;
  const variables = [...new Set(members.flatMap((gate) => outsideInputs(cycle, gate)))];
  const level = new Map(variables.map((variable, at) => [variable, at]));
  const bdd = createBdd(budget);
  const place = new Map(members.map((gate, at) => [gate, at]));
  const functions = new Int32Array(members.length).fill(FALSE);
  const users: number[][] = members.map(() => []);
  const outside: number[][] = [];
  const inside: number[][] = [];
  members.forEach((gate, at) => {
    outside.push(outsideInputs(cycle, gate).map((variable) => bdd.node(level.get(variable)!, TRUE, FALSE)));
    inside.push(insideInputs(cycle, gate).map((input) => place.get(input)!));
    for (const input of inside[at]!) users[input]!.push(at);
  });
  // Every member once, and again whenever one of its inputs has changed.
  const waiting = new Set(members.keys());
  for (const at of waiting) {
    waiting.delete(at);
    const inputs = [...outside[at]!, ...inside[at]!.map((input) => functions[input]!)];
    const now = inputs.includes(NOT_FIT)
      ? NOT_FIT
      : bdd.atLeast(failuresNeeded(structure.gates[members[at]!]!), inputs);
    if (now === NOT_FIT) return undefined;
    if (now === functions[at]) continue;
    functions[at] = now;
    for (const user of users[at]!) waiting.add(user);
  }
  return asGates(bdd, [...functions], variables, add);
}

/** Functions as gates: a node is its variable and `high`, or `low`, as the functions are monotone. */
function asGates(bdd: Bdd, roots: readonly number[], variables: readonly number[], add: Add): number[] {
  const kept = bdd.collect(roots);
  const { level, high, low } = bdd.arrays();
  const gates: number[] = [add(1, []), add(0, [])];
  for (let node = 2; node < bdd.size(); node++) {
    const variable = variables[level[node]!]!;
    const then = high[node] === TRUE ? variable : add(2, [variable, gates[high[node]!]!]);
    gates.push(low[node] === FALSE ? then : add(1, [then, gates[low[node]!]!]));
  }
  return kept.map((root) => gates[root]!);
}

/** The same iteration written out as gates: after as many rounds as there are gates nothing changes any more. */
function asRounds(cycle: Cycle, most: number, add: Add): number[] | undefined {
  const { structure, members } = cycle;
  const inputs = members.reduce((sum, gate) => sum + sizeOf(structure.gates[gate]!), 0);
  if (members.length * members.length > most || members.length * inputs > MOST_INPUTS) return undefined;
  const place = new Map(members.map((gate, at) => [gate, at]));
  const never = add(1, []);
  let round = members.map(() => never);
  for (let count = 0; count < members.length; count++) {
    const before = round;
    round = members.map((gate) =>
      add(failuresNeeded(structure.gates[gate]!), [
        ...outsideInputs(cycle, gate),
        ...insideInputs(cycle, gate).map((input) => before[place.get(input)!]!),
      ]),
    );
  }
  return round;
}

function sizeOf({ events, gates }: StructureGate): number {
  return events.length + gates.length;
}

function asBound(cycle: Cycle, resort: Resort, add: Add): number[] | undefined {
  if (resort === 'never') return undefined;
  if (resort === 'under') return asWalk(cycle, add);
  const { structure, members } = cycle;
  const anything = [...new Set(members.flatMap((gate) => outsideInputs(cycle, gate)))];
  // A member that always fails takes the others with it here, which is still above the truth.
  const always = members.some((gate) => failuresNeeded(structure.gates[gate]!) <= 0);
  const any = always ? add(0, []) : add(1, anything);
  return members.map(() => any);
}

/** Each member once, after those that it leads to; what is not done yet is left out, as if it never failed. */
function asWalk(cycle: Cycle, add: Add): number[] {
  const { structure, members } = cycle;
  const made = new Map<number, number>();
  const path: { readonly gate: number; readonly inside: readonly number[]; next: number }[] = [];
  const begun = new Set<number>();
  const begin = (gate: number): void => {
    if (begun.has(gate)) return;
    begun.add(gate);
    path.push({ gate, inside: insideInputs(cycle, gate), next: 0 });
  };
  for (const member of members) {
    begin(member);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { gate, inside } = step;
      if (step.next < inside.length) begin(inside[step.next++]!);
      else {
        const done = inside.flatMap((input) => made.get(input) ?? []);
        made.set(gate, add(failuresNeeded(structure.gates[gate]!), [...outsideInputs(cycle, gate), ...done]));
        path.pop();
      }
    }
  }
  return members.map((gate) => made.get(gate)!);
}
