// A fault tree with names, as somebody writes it by hand or reads it from a published one → the probability and the minimal cut sets of its top.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { solve, type SolveOptions } from './solve.js';
import { inputsFirst, type FaultTree } from './tree.js';

/** A gate in failure space: `or` fails when any input does, `and` when all do, `atleast` when `k` of them do. */
export interface NamedGate {
  readonly op: 'or' | 'and' | 'atleast';
  readonly k?: number;
  readonly inputs: readonly string[];
}

export interface NamedFaultTree {
  /** A gate or an event. */
  readonly top: string;
  readonly gates: Readonly<Record<string, NamedGate>>;
  /** Name → probability that the event has failed. */
  readonly events: Readonly<Record<string, number>>;
}

export interface FaultTreeResult {
  /** The exact probability, or the middle of the interval. */
  readonly probability: number;
  /** Whether `probability` is exact, but for the rounding of floating-point numbers. */
  readonly exact: boolean;
  /** Never above the true value; equal to `probability` when that is exact. */
  readonly low: number;
  /** Never below the true value. */
  readonly high: number;
  /** How many minimal cut sets there are of each order; index 0 is order one. */
  readonly cutSetsByOrder: bigint[];
  /** False when there may be minimal cut sets of more events than `cutSetsByOrder` reaches; the counts it has are exact all the same. */
  readonly cutSetsComplete: boolean;
}

/**
 * Probability and minimal cut sets of a coherent fault tree of independent events. Gates and events may be shared by any number of gates; an input that a gate
 * names twice counts twice. A tree that does not fit the budget gives a rigorous interval. Without `now` the result depends on the input alone.
 *
 * ```ts
 * analyzeFaultTree({
 *   top: 'dark',
 *   gates: {
 *     dark: { op: 'and', inputs: ['mains', 'backup'] },
 *     backup: { op: 'or', inputs: ['generator', 'relay'] },
 *   },
 *   events: { mains: 0.03, generator: 0.02, relay: 0.05 },
 * }); // { probability: 0.00207, exact: true, low: 0.00207, high: 0.00207, cutSetsByOrder: [0n, 2n], cutSetsComplete: true }
 * ```
 *
 * @throws TypeError when something is missing or of the wrong kind, an input or the top names nothing, or a name is both a gate and an event.
 * @throws RangeError on a probability outside 0 to 1, a `k` outside 1 to the number of inputs, a gate without inputs, a cycle, or a budget below 1.
 */
export function analyzeFaultTree(input: NamedFaultTree, options: SolveOptions = {}): FaultTreeResult {
  const { tree, probabilities } = numbered(input);
  for (const [name, value] of [
    ['nodeBudget', options.nodeBudget],
    ['milliseconds', options.milliseconds],
  ] as const) {
    if (value !== undefined && !(value >= 1)) throw new RangeError(`\`${name}\` is ${value}; it must be at least 1`);
  }
  const { probability, exact, low, high, cutSetsByOrder, cutSetsComplete } = solve(tree, probabilities, options);
  return { probability, exact, low, high, cutSetsByOrder: [...cutSetsByOrder], cutSetsComplete };
}

function numbered(input: NamedFaultTree): { readonly tree: FaultTree; readonly probabilities: number[] } {
  const { top, gates, events } = input as Partial<NamedFaultTree>;
  if (typeof gates !== 'object' || typeof events !== 'object')
    throw new TypeError('a fault tree has `top`, `gates` and `events`');
  const eventNames = Object.keys(events);
  const gateNames = Object.keys(gates);
  const numbers = new Map<string, number>(eventNames.map((name, at) => [name, at]));
  for (const [at, name] of gateNames.entries()) {
    if (numbers.has(name)) throw new TypeError(`\`${name}\` is both a gate and an event`);
    numbers.set(name, eventNames.length + at);
  }
  const probabilities = eventNames.map((name) => {
    const probability: unknown = events[name];
    if (typeof probability !== 'number') throw new TypeError(`the probability of event \`${name}\` is not a number`);
    if (!(probability >= 0 && probability <= 1))
      throw new RangeError(`the probability of event \`${name}\` is ${probability}; it must be from 0 to 1`);
    return probability;
  });
  const faultGates = gateNames.map((name) => {
    const { op, k, inputs } = gates[name]! as Partial<NamedGate>;
    if (!Array.isArray(inputs)) throw new TypeError(`gate \`${name}\` has no list of inputs`);
    if (inputs.length === 0) throw new RangeError(`gate \`${name}\` has no inputs`);
    const references = inputs.map((each: string) => {
      const number = numbers.get(each);
      if (number === undefined)
        throw new TypeError(`gate \`${name}\` has the input \`${each}\`, which is neither a gate nor an event`);
      return number;
    });
    return { k: failures(name, op, k, inputs.length), inputs: references };
  });
  const number = top === undefined ? undefined : numbers.get(top);
  if (number === undefined) throw new TypeError(`the top \`${String(top)}\` is neither a gate nor an event`);
  const tree = { eventCount: eventNames.length, gates: faultGates, top: number };
  // Cycles are an error wherever they are, also where the top does not lead.
  const all = {
    ...tree,
    gates: [...faultGates, { k: 1, inputs: faultGates.map((_, at) => eventNames.length + at) }],
    top: eventNames.length + faultGates.length,
  };
  if (inputsFirst(all) === undefined) throw new RangeError(`the gates contain a cycle${cycleThrough(tree, gateNames)}`);
  return { tree, probabilities };
}

function failures(name: string, op: unknown, k: number | undefined, inputs: number): number {
  switch (op) {
    case 'or':
      return 1;
    case 'and':
      return inputs;
    case 'atleast':
      if (k === undefined || !Number.isInteger(k) || k < 1 || k > inputs) {
        throw new RangeError(
          `gate \`${name}\` has \`k\` ${String(k)}; it must be a whole number from 1 to its ${inputs} inputs`,
        );
      }
      return k;
    default:
      throw new TypeError(
        `gate \`${name}\` has the \`op\` \`${String(op)}\`; there are \`or\`, \`and\` and \`atleast\``,
      );
  }
}

/** The names along one cycle. */
function cycleThrough({ eventCount, gates }: FaultTree, names: readonly string[]): string {
  // What is left after removing all gates whose inputs are removed leads to a cycle whichever way one follows it.
  const waiting = gates.map(({ inputs }) => inputs.filter((input) => input >= eventCount).length);
  const users: number[][] = gates.map(() => []);
  gates.forEach(({ inputs }, gate) => {
    for (const input of inputs) if (input >= eventCount) users[input - eventCount]!.push(gate);
  });
  const free = waiting.flatMap((count, gate) => (count === 0 ? [gate] : []));
  for (const gate of free) for (const user of users[gate]!) if (--waiting[user]! === 0) free.push(user);
  const steps: number[] = [];
  let gate = waiting.findIndex((count) => count > 0);
  const visited = new Map<number, number>();
  while (gate !== -1 && !visited.has(gate)) {
    visited.set(gate, steps.length);
    steps.push(gate);
    const next = gates[gate]!.inputs.find((input) => input >= eventCount && waiting[input - eventCount]! > 0);
    gate = next === undefined ? -1 : next - eventCount;
  }
  if (gate === -1) return '';
  return `: ${[...steps.slice(visited.get(gate)), gate].map((step) => `\`${names[step]!}\``).join(' → ')}`;
}
