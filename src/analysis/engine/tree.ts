// The shapes the engine works on: a structure in success space (what serves), and a fault tree in failure space (what fails),
// with the one step from the first to the second.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

/** A gate in success space: `and` serves when all its inputs do, `or` when any does (never, without inputs), `atleast` when `k` do. */
export interface StructureGate {
  readonly op: 'and' | 'or' | 'atleast';
  /** For `atleast` only. */
  readonly k?: number;
  /** Indexes of events; an event serves while it has not failed. */
  readonly events: readonly number[] | Int32Array;
  /** Indexes of gates; these may lead round in cycles. */
  readonly gates: readonly number[] | Int32Array;
}

/** Serving is the greatest fixed point: gates that only need each other serve. */
export interface Structure {
  readonly eventCount: number;
  readonly gates: readonly StructureGate[];
}

/**
 * A coherent fault tree. An input below `eventCount` is an event, any other the gate `input - eventCount`. A gate fails when at least `k` of its
 * inputs fail: 1 is *or*, all is *and*; 0 always fails, more than there are inputs never. No cycles.
 */
export interface FaultTree {
  readonly eventCount: number;
  readonly gates: readonly FaultGate[];
  readonly top: number;
}

export interface FaultGate {
  readonly k: number;
  readonly inputs: readonly number[];
}

/** How many inputs of a gate must fail for it to fail. */
export function failuresNeeded(gate: StructureGate): number {
  const inputs = gate.events.length + gate.gates.length;
  switch (gate.op) {
    case 'and':
      return 1;
    case 'or':
      return inputs;
    case 'atleast':
      return inputs - (gate.k ?? 0) + 1;
  }
}

/** Sees the failure of gate `top` as a fault tree. Cycles stay as they are: `acyclic.ts` is for them. */
export function faultTreeOf(structure: Structure, top: number): FaultTree {
  const { eventCount } = structure;
  const gates = structure.gates.map((gate) => ({
    k: failuresNeeded(gate),
    inputs: [...gate.events, ...Array.from(gate.gates, (input) => eventCount + input)],
  }));
  return { eventCount, gates, top: eventCount + top };
}

/** The gates that `top` leads to, inputs before those who use them; undefined when there is a cycle among them. */
export function inputsFirst(tree: FaultTree): number[] | undefined {
  const { eventCount, gates } = tree;
  const state = new Uint8Array(gates.length); // 1 open, 2 done
  const order: number[] = [];
  if (tree.top < eventCount) return order;
  const path = [tree.top - eventCount];
  const next = [0];
  state[path[0]!] = 1;
  while (path.length > 0) {
    const gate = path[path.length - 1]!;
    const inputs = gates[gate]!.inputs;
    const at = next[next.length - 1]!++;
    if (at < inputs.length) {
      const input = inputs[at]! - eventCount;
      if (input < 0 || state[input] === 2) continue;
      if (state[input] === 1) return undefined;
      state[input] = 1;
      path.push(input);
      next.push(0);
    } else {
      state[gate] = 2;
      order.push(gate);
      path.pop();
      next.pop();
    }
  }
  return order;
}
