// A small fault tree and an order of its variables → a decision diagram, or the news that it does not fit.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { createBdd, NOT_FIT, type Bdd, type BddBudget } from './bdd.js';
import type { VariableOrder } from './order.js';
import type { FaultTree } from './tree.js';

export interface Diagram {
  readonly bdd: Bdd;
  readonly root: number;
  /** Level → variable of the tree. */
  readonly order: VariableOrder;
}

/** Below this many nodes nothing is swept. */
const SWEEP_FROM = 1 << 15;

export interface Compiled {
  readonly diagram: Diagram | undefined;
  readonly steps: number;
  /** Share of the gates that were built. */
  readonly progress: number;
  /** Where it did not fit, the nodes that were in use before the gate that was too much: with fewer an order is more likely to come to the end. */
  readonly inUse: number;
}

/** What building gate by gate begins with, however it goes on. */
export interface Beginning {
  /** Variable → level, as the order says. */
  readonly level: Int32Array;
  readonly sequence: readonly number[];
  /** By gate: how often it is still to be an input. */
  readonly usesLeft: Int32Array;
  /** By gate: its function, or -1 while it has none, or none is needed any more. */
  readonly functions: Int32Array;
}

export function beginningOf(tree: FaultTree, order: VariableOrder): Beginning {
  const { eventCount, gates } = tree;
  const level = new Int32Array(eventCount);
  order.forEach((variable, at) => (level[variable] = at));
  const sequence = buildSequence(tree);
  const usesLeft = new Int32Array(gates.length);
  for (const gate of sequence) {
    for (const input of gates[gate]!.inputs) if (input >= eventCount) usesLeft[input - eventCount]!++;
  }
  return { level, sequence, usesLeft, functions: new Int32Array(gates.length).fill(-1) };
}

/** Builds gate by gate, in the order in which a walk along the variable order meets them. */
export function compile(tree: FaultTree, order: VariableOrder, budget: BddBudget): Compiled {
  const { eventCount, gates } = tree;
  const bdd = createBdd(budget);
  const { level, sequence, usesLeft, functions } = beginningOf(tree, order);
  let sweepAt = SWEEP_FROM;
  let root = NOT_FIT;
  for (const [done, index] of sequence.entries()) {
    const gate = gates[index]!;
    const inputs = gate.inputs.map((input) =>
      input < eventCount ? bdd.node(level[input]!, 1, 0) : functions[input - eventCount]!,
    );
    root = inputs.includes(NOT_FIT) ? NOT_FIT : bdd.atLeast(gate.k, inputs);
    if (root === NOT_FIT) {
      const steps = bdd.steps();
      bdd.collect(sequence.filter((other) => functions[other] !== -1).map((other) => functions[other]!));
      return { diagram: undefined, steps, progress: done / sequence.length, inUse: bdd.size() };
    }
    functions[index] = root;
    for (const input of gate.inputs)
      if (input >= eventCount && --usesLeft[input - eventCount]! === 0) functions[input - eventCount] = -1;
    if (bdd.size() > sweepAt) {
      const live = sequence.filter((other) => functions[other] !== -1);
      const moved = bdd.collect(live.map((other) => functions[other]!));
      live.forEach((other, at) => (functions[other] = moved[at]!));
      root = functions[index];
      sweepAt = Math.max(SWEEP_FROM, Math.min(bdd.size() * 3, (bdd.size() + budget.nodes) >> 1));
    }
  }
  const [kept] = bdd.collect([root]);
  return { diagram: { bdd, root: kept!, order }, steps: bdd.steps(), progress: 1, inUse: bdd.size() };
}

/** Gates after their inputs, so near each other that few functions wait at one time. */
function buildSequence(tree: FaultTree): number[] {
  const { eventCount, gates, top } = tree;
  const state = new Uint8Array(gates.length);
  const sequence: number[] = [];
  const open: number[] = [top - eventCount];
  while (open.length > 0) {
    const gate = open[open.length - 1]!;
    if (state[gate] === 2) {
      open.pop();
      continue;
    }
    if (state[gate] === 1) {
      state[gate] = 2;
      sequence.push(gate);
      open.pop();
      continue;
    }
    state[gate] = 1;
    for (const input of gates[gate]!.inputs)
      if (input >= eventCount && state[input - eventCount] === 0) open.push(input - eventCount);
  }
  return sequence;
}
