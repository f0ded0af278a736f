// A fault tree and some of its gates → what lies below them as a small tree of its own, with its decision diagram where that fits. The cost is that of the part
// alone, so that thousands of parts of one large tree can be looked at.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { Interval } from './associated.js';
import type { BddBudget } from './bdd.js';
import { compile, type Diagram } from './compile.js';
import { walkedOrder } from './order.js';
import { probabilityOf } from './probability.js';
import type { FaultGate, FaultTree } from './tree.js';

export interface Part {
  /** Undefined where the diagram does not fit. */
  readonly bounds: Interval | undefined;
  readonly steps: number;
  readonly diagram: Diagram | undefined;
  /** Of the whole tree, ascending; the variable `i` of the diagram stands for `variables[i]`. */
  readonly variables: readonly number[];
}

/** `part(k, refs)` is about the failure of at least `k` of these variables and gates. */
export type Parts = (k: number, refs: readonly number[]) => Part;

export function partsIn(tree: FaultTree, bounds: readonly Interval[], budget: BddBudget): Parts {
  const { eventCount, gates } = tree;
  const local = new Int32Array(eventCount + gates.length).fill(-1);

  /** Everything below, ascending, or undefined when it is more than could fit. */
  const below = (refs: readonly number[]): number[] | undefined => {
    const met: number[] = [];
    for (const ref of refs) {
      if (local[ref] !== -1) continue;
      local[ref] = 0;
      met.push(ref);
    }
    let variables = 0;
    // The list grows while it is read.
    for (const ref of met) {
      if (ref < eventCount) variables++;
      else
        for (const input of gates[ref - eventCount]!.inputs) {
          if (local[input] !== -1) continue;
          local[input] = 0;
          met.push(input);
        }
      // Each variable takes a node at least.
      if (variables > budget.nodes || met.length > budget.steps) break;
    }
    const fits = variables <= budget.nodes && met.length <= budget.steps;
    for (const ref of met) local[ref] = -1;
    return fits ? met.sort((a, b) => a - b) : undefined;
  };

  const cutOut = (k: number, refs: readonly number[], met: readonly number[]): { tree: FaultTree; count: number } => {
    let count = 0;
    met.forEach((ref, at) => {
      local[ref] = at;
      if (ref < eventCount) count++;
    });
    const own: FaultGate[] = met.slice(count).map((ref) => {
      const gate = gates[ref - eventCount]!;
      return { k: gate.k, inputs: gate.inputs.map((input) => local[input]!) };
    });
    const tops = refs.map((ref) => local[ref]!);
    for (const ref of met) local[ref] = -1;
    const [only] = tops;
    if (tops.length === 1 && k === 1 && only !== undefined && only >= count)
      return { tree: { eventCount: count, gates: own, top: only }, count };
    return { tree: { eventCount: count, gates: [...own, { k, inputs: tops }], top: met.length }, count };
  };

  return (k, refs) => {
    const met = below(refs);
    if (met === undefined) return { bounds: undefined, steps: budget.steps, diagram: undefined, variables: [] };
    const { tree: own, count } = cutOut(k, refs, met);
    const variables = met.slice(0, count);
    const { diagram, steps } = compile(own, walkedOrder(own), budget);
    if (diagram === undefined) return { bounds: undefined, steps, diagram, variables };
    const low = probabilityOf(
      diagram,
      variables.map((variable) => bounds[variable]!.low),
    );
    const same = variables.every((variable) => bounds[variable]!.low === bounds[variable]!.high);
    const high = same
      ? low
      : probabilityOf(
          diagram,
          variables.map((variable) => bounds[variable]!.high),
        );
    return { bounds: { low, high }, steps: steps + met.length, diagram, variables };
  };
}
