// A small fault tree → cheap orders of its variables for a decision diagram. No order is good for all trees; they differ by factors of hundreds.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { arranged } from './arrange.js';
import { inputsFirst, type FaultTree } from './tree.js';

/** Variables of the tree, the one to be tested first at the beginning. */
export type VariableOrder = readonly number[];

/** The orders worth trying, the one that most often is best first. */
export function variableOrders(tree: FaultTree): VariableOrder[] {
  const walked = depthFirst(tree, largeFirst(tree));
  const orders = [
    force(tree, walked),
    hubsFirst(tree, walked),
    walked,
    byWeight(tree),
    depthFirst(tree, (inputs) => inputs),
    breadthFirst(tree),
  ];
  const keys = orders.map((order) => order.join(','));
  return orders.filter((_, at) => keys.indexOf(keys[at]!) === at);
}

/** Orders that cost more to find, for trees on which the others failed: as many exchanges of neighbours in all. */
export function arrangedOrders(tree: FaultTree, exchanges: number): VariableOrder[] {
  const lines = [forceLine(tree, walkedOrder(tree)), forceLine(tree, breadthFirst(tree))];
  return lines.flatMap((line) =>
    [1.3, 2].map((base) =>
      arranged(tree, line, { base, exchanges: exchanges / 4 }).filter((ref) => ref < tree.eventCount),
    ),
  );
}

/** One order that costs little to find. */
export function walkedOrder(tree: FaultTree): VariableOrder {
  return depthFirst(tree, largeFirst(tree));
}

type Arrange = (inputs: readonly number[]) => readonly number[];

function depthFirst(tree: FaultTree, arrange: Arrange): number[] {
  const { eventCount, gates } = tree;
  const seen = new Uint8Array(eventCount + gates.length);
  const order: number[] = [];
  const open = [tree.top];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (seen[ref] === 1) continue;
    seen[ref] = 1;
    if (ref < eventCount) order.push(ref);
    else {
      const inputs = arrange(gates[ref - eventCount]!.inputs);
      for (let at = inputs.length - 1; at >= 0; at--) open.push(inputs[at]!);
    }
  }
  return order;
}

/** Shared variables first, as what they decide touches most; then small branches before large ones. */
function largeFirst(tree: FaultTree): Arrange {
  const { eventCount, gates } = tree;
  const uses = new Int32Array(eventCount + gates.length);
  const size = new Float64Array(eventCount + gates.length).fill(1);
  for (const gate of inputsFirst(tree) ?? []) {
    let sum = 1;
    for (const input of gates[gate]!.inputs) {
      uses[input]!++;
      sum += size[input]!;
    }
    size[eventCount + gate] = Math.min(sum, 1e9);
  }
  return (inputs) => [...inputs].sort((a, b) => size[a]! - size[b]! || uses[b]! - uses[a]! || a - b);
}

function breadthFirst(tree: FaultTree): number[] {
  const { eventCount, gates } = tree;
  const seen = new Uint8Array(eventCount + gates.length);
  const queue = [tree.top];
  const order: number[] = [];
  seen[tree.top] = 1;
  for (const ref of queue) {
    if (ref < eventCount) {
      order.push(ref);
      continue;
    }
    for (const input of gates[ref - eventCount]!.inputs) {
      if (seen[input] === 1) continue;
      seen[input] = 1;
      queue.push(input);
    }
  }
  return order;
}

/** The top has weight one and hands it down in equal parts; the heaviest variable is taken, and so on (after Minato, Ishiura & Yajima 1990). */
function byWeight(tree: FaultTree): number[] {
  const { eventCount, gates } = tree;
  const inputsUp = inputsFirst(tree) ?? [];
  const edges = gates.reduce((sum, gate) => sum + gate.inputs.length, 0);
  const weigh = (taken: Uint8Array): Float64Array => {
    const weight = new Float64Array(eventCount + gates.length);
    const left = new Int32Array(gates.length);
    for (const gate of inputsUp) {
      for (const input of gates[gate]!.inputs) {
        if (input < eventCount ? taken[input] === 0 : left[input - eventCount]! > 0) left[gate]!++;
      }
    }
    weight[tree.top] = 1;
    for (let at = inputsUp.length - 1; at >= 0; at--) {
      const gate = inputsUp[at]!;
      const share = weight[eventCount + gate]! / Math.max(1, left[gate]!);
      for (const input of gates[gate]!.inputs) {
        if (input < eventCount ? taken[input] === 0 : left[input - eventCount]! > 0) weight[input]! += share;
      }
    }
    return weight;
  };
  const taken = new Uint8Array(eventCount);
  const order: number[] = [];
  // Weighing anew after every variable is quadratic: on large trees several are taken at once.
  const atOnce = Math.max(1, Math.ceil((eventCount * edges) / 2e7));
  const rest = Array.from({ length: eventCount }, (_, variable) => variable);
  while (rest.length > 0) {
    const weight = weigh(taken);
    rest.sort((a, b) => weight[b]! - weight[a]! || a - b);
    for (const variable of rest.splice(0, atOnce)) {
      taken[variable] = 1;
      order.push(variable);
    }
  }
  return order;
}

/** Variables with far more uses than most and at least `least`, such as the places of everything, most uses first. */
export function hubsOf(tree: FaultTree, least = 4): number[] {
  const { eventCount, gates } = tree;
  const uses = new Int32Array(eventCount + gates.length);
  for (const gate of gates) for (const input of gate.inputs) uses[input]!++;
  const usual = [...uses.subarray(0, eventCount)].sort((a, b) => a - b)[eventCount >> 1] ?? 0;
  return Array.from({ length: eventCount }, (_, variable) => variable)
    .filter((variable) => uses[variable]! >= Math.max(least, usual * 4))
    .sort((a, b) => uses[b]! - uses[a]! || a - b);
}

/** Hubs come first and pull nothing; the others are arranged without them. */
function hubsFirst(tree: FaultTree, start: readonly number[]): number[] {
  const hubs = hubsOf(tree).filter((hub) => start.includes(hub));
  const isHub = new Set(hubs);
  const rest = {
    ...tree,
    gates: tree.gates.map(({ k, inputs }) => ({ k, inputs: inputs.filter((input) => !isHub.has(input)) })),
  };
  return [...hubs, ...force(rest, start).filter((variable) => start.includes(variable) && !isHub.has(variable))];
}

const FORCE_ROUNDS = 60;

/** Every gate pulls itself and its inputs to their common centre, until the sum of spans falls no further (Aloul, Markov & Sakallah 2003, FORCE). */
function force(tree: FaultTree, start: readonly number[]): number[] {
  return forceLine(tree, start).filter((ref) => ref < tree.eventCount);
}

/** Variables and gates together. */
function forceLine(tree: FaultTree, start: readonly number[]): number[] {
  const { eventCount, gates } = tree;
  const reached = inputsFirst(tree) ?? [];
  const count = eventCount + gates.length;
  // Gates stand in the line too, first where the walk leaves them: after the last of their inputs.
  const position = new Float64Array(count);
  start.forEach((variable, at) => (position[variable] = at));
  for (const gate of reached) {
    const inputs = gates[gate]!.inputs;
    position[eventCount + gate] = inputs.reduce((sum, input) => sum + position[input]!, 0) / Math.max(1, inputs.length);
  }
  const line = [...start, ...reached.map((gate) => eventCount + gate)];
  const settleLine = (): void => {
    line.sort((a, b) => position[a]! - position[b]! || a - b);
    line.forEach((ref, at) => (position[ref] = at));
  };
  const spans = (): number => {
    let sum = 0;
    for (const index of reached) {
      let least = position[eventCount + index]!;
      let most = least;
      for (const input of gates[index]!.inputs) {
        least = Math.min(least, position[input]!);
        most = Math.max(most, position[input]!);
      }
      sum += most - least;
    }
    return sum;
  };
  settleLine();
  let best = Infinity;
  let order: number[] = [...line];
  let failures = 0;
  for (let round = 0; round < FORCE_ROUNDS && failures < 5; round++) {
    const span = spans();
    if (span < best) {
      best = span;
      order = [...line];
      failures = 0;
    } else failures++;
    const pull = new Float64Array(count);
    const pulls = new Int32Array(count);
    for (const index of reached) {
      const { inputs } = gates[index]!;
      const own = eventCount + index;
      let sum = position[own]!;
      for (const input of inputs) sum += position[input]!;
      const centre = sum / (inputs.length + 1);
      for (const ref of [own, ...inputs]) {
        pull[ref]! += centre;
        pulls[ref]!++;
      }
    }
    for (const ref of line) if (pulls[ref]! > 0) position[ref] = pull[ref]! / pulls[ref]!;
    settleLine();
  }
  return order;
}
