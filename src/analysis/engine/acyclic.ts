// The failure of a gate in a structure that may be cyclic → a fault tree without cycles that fails in the same states. Failing is the least fixed point:
// each cycle starts with nothing failed and is computed again, as decision diagrams, until nothing changes; the diagrams then become gates.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { createBdd, FALSE, NOT_FIT, TRUE, type Bdd, type BddBudget } from './bdd.js';
import { stronglyConnected } from './components.js';
import { failuresNeeded, type FaultGate, type FaultTree, type Structure } from './tree.js';

/** Most gates that a cycle may become when its diagrams do not fit and it is written out round by round. */
const MOST_GATES = 200_000;

/** A cycle that does not fit is replaced by something below or above it. */
export type Resort = 'never' | 'under' | 'over';

/**
 * With `never`, undefined when some cycle does not fit the budget. With `under` such a cycle fails only by what its gates fail of without each other, with `over`
 * as soon as anything that any of its gates uses has failed: so the true tree lies between the two.
 */
export function acyclicTree(
  structure: Structure,
  top: number,
  budget: BddBudget,
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
    const solved = asDiagrams(cycle, budget, add) ?? asRounds(cycle, add) ?? asBound(cycle, resort, add);
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
function asRounds(cycle: Cycle, add: Add): number[] | undefined {
  const { structure, members } = cycle;
  if (members.length * members.length > MOST_GATES) return undefined;
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

function asBound(cycle: Cycle, resort: Resort, add: Add): number[] | undefined {
  if (resort === 'never') return undefined;
  const { structure, members } = cycle;
  if (resort === 'under')
    return members.map((gate) => add(failuresNeeded(structure.gates[gate]!), outsideInputs(cycle, gate)));
  const anything = [...new Set(members.flatMap((gate) => outsideInputs(cycle, gate)))];
  // A member that always fails takes the others with it here, which is still above the truth.
  const always = members.some((gate) => failuresNeeded(structure.gates[gate]!) <= 0);
  const any = always ? add(0, []) : add(1, anything);
  return members.map(() => any);
}
