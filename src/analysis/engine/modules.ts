// A simplified fault tree → its modules: parts that share nothing with the rest, each a small tree over events and modules below it
// (Dutuit & Rauzy 1996, "A linear-time algorithm to find modules of fault trees").
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { inputsFirst, type FaultGate, type FaultTree } from './tree.js';

/** A module: a fault tree of its own over `variables`. Variable `i` of `tree` stands for `variables[i]`. */
export interface Module {
  readonly tree: FaultTree;
  /** Below the `eventCount` of the whole an event, else the module `variable - eventCount`, which comes before this one. */
  readonly variables: readonly number[];
}

/** Modules, those below before those above; the last one is the top. The top of the tree must be a gate. */
export function modulesOf(tree: FaultTree): Module[] {
  const grouped = group(tree);
  return split(grouped, moduleGates(grouped));
}

/** Which gates share nothing below them with the rest of the tree. */
function moduleGates(tree: FaultTree): Uint8Array {
  const { eventCount, gates } = tree;
  const count = eventCount + gates.length;
  const first = new Int32Array(count); // when the walk first met it; 0 is never
  const leave = new Int32Array(count); // when the walk left it for the first time
  const last = new Int32Array(count); // when the walk last met it
  let date = 0;
  const path = [tree.top];
  const next = [0];
  first[tree.top] = ++date;
  while (path.length > 0) {
    const ref = path[path.length - 1]!;
    const inputs = gates[ref - eventCount]!.inputs;
    const at = next[next.length - 1]!++;
    if (at === inputs.length) {
      leave[ref] = last[ref] = ++date;
      path.pop();
      next.pop();
      continue;
    }
    const input = inputs[at]!;
    date++;
    last[input] = date;
    if (first[input] !== 0) continue;
    first[input] = date;
    if (input >= eventCount) {
      path.push(input);
      next.push(0);
    } else leave[input] = date;
  }
  const result = new Uint8Array(gates.length);
  const earliest = new Int32Array(count);
  const latest = new Int32Array(count);
  for (let ref = 0; ref < eventCount; ref++) {
    earliest[ref] = first[ref]!;
    latest[ref] = last[ref]!;
  }
  for (const gate of inputsFirst(tree) ?? []) {
    const ref = eventCount + gate;
    let low = Infinity;
    let high = 0;
    for (const input of gates[gate]!.inputs) {
      low = Math.min(low, earliest[input]!);
      high = Math.max(high, latest[input]!);
    }
    if (low > first[ref]! && high < leave[ref]!) result[gate] = 1;
    earliest[ref] = Math.min(low, first[ref]!);
    latest[ref] = Math.max(high, last[ref]!);
  }
  return result;
}

const WIDEST_KEY = 40;

/** Events and modules with the same parents, all of them *or* or all of them *and*, become one gate and so one module. */
function group(tree: FaultTree): FaultTree {
  const { eventCount, gates } = tree;
  const isModule = moduleGates(tree);
  const parents: number[][] = Array.from({ length: eventCount + gates.length }, () => []);
  gates.forEach((gate, index) => {
    for (const input of gate.inputs) if (parents[input]!.length <= WIDEST_KEY) parents[input]!.push(index);
  });
  const kind = (gate: FaultGate): number => (gate.k === 1 ? 1 : gate.k === gate.inputs.length ? 2 : 0);
  const groups = new Map<string, number[]>();
  for (let ref = 0; ref < parents.length; ref++) {
    const above = parents[ref]!;
    if (above.length === 0 || above.length > WIDEST_KEY || (ref >= eventCount && isModule[ref - eventCount] === 0))
      continue;
    const shape = kind(gates[above[0]!]!);
    if (shape === 0 || above.some((parent) => kind(gates[parent]!) !== shape)) continue;
    const key = above.join(',');
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [ref]);
    else members.push(ref);
  }
  const made: FaultGate[] = [];
  const replaced = new Int32Array(parents.length).fill(-1);
  for (const members of groups.values()) {
    if (members.length < 2) continue;
    const parent = gates[parents[members[0]!]![0]!]!;
    if (members.length === parent.inputs.length) continue;
    for (const member of members) replaced[member] = eventCount + gates.length + made.length;
    made.push({ k: parent.k === 1 ? 1 : members.length, inputs: members });
  }
  if (made.length === 0) return tree;
  const rewritten = gates.map((gate) => {
    if (!gate.inputs.some((input) => replaced[input] !== -1)) return gate;
    const inputs = [...new Set(gate.inputs.map((input) => (replaced[input] === -1 ? input : replaced[input]!)))];
    return { k: gate.k === 1 ? 1 : inputs.length, inputs };
  });
  return { eventCount, gates: [...rewritten, ...made], top: tree.top };
}

function split(tree: FaultTree, isModule: Uint8Array): Module[] {
  const { eventCount, gates } = tree;
  const order = inputsFirst(tree) ?? [];
  const moduleAt = new Int32Array(gates.length).fill(-1);
  const modules: Module[] = [];
  const local = new Int32Array(eventCount + gates.length).fill(-1); // number within the module being cut out
  for (const root of order) {
    if (isModule[root] === 0) continue;
    const variables: number[] = [];
    const inner: number[] = [];
    const met: number[] = [];
    const open = [root];
    local[eventCount + root] = 0;
    met.push(eventCount + root);
    while (open.length > 0) {
      const gate = open.pop()!;
      inner.push(gate);
      for (const input of gates[gate]!.inputs) {
        if (local[input] !== -1) continue;
        met.push(input);
        local[input] = 0;
        const below = input - eventCount;
        if (below < 0) variables.push(input);
        else if (moduleAt[below] !== -1) variables.push(input);
        else open.push(below);
      }
    }
    variables.forEach((ref, index) => (local[ref] = index));
    inner.forEach((gate, index) => (local[eventCount + gate] = variables.length + index));
    modules.push({
      tree: {
        eventCount: variables.length,
        gates: inner.map((gate) => ({
          k: gates[gate]!.k,
          inputs: gates[gate]!.inputs.map((input) => local[input]!),
        })),
        top: variables.length,
      },
      variables: variables.map((ref) => (ref < eventCount ? ref : eventCount + moduleAt[ref - eventCount]!)),
    });
    moduleAt[root] = modules.length - 1;
    for (const ref of met) local[ref] = -1;
  }
  return modules;
}
