// A small fault tree and an order to start from → a decision diagram whose order gets better on the way: whenever what is alive has doubled, its variables
// are sifted. An operation that grows beyond its limit is given up, and made again in the better order.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { createBdd, FALSE, NOT_FIT, TRUE, type BddBudget } from './bdd.js';
import { beginningOf, type Compiled } from './compile.js';
import type { VariableOrder } from './order.js';
import { sifted } from './sift.js';
import type { FaultTree } from './tree.js';

export interface SiftingBudget extends BddBudget {
  /** Most nodes that sifting looks at in all. */
  readonly work: number;
  /** Below this many nodes nothing is sifted; 1000 by default. */
  readonly from?: number;
}

const SIFT_FROM = 1000;

export function compileSifting(tree: FaultTree, start: VariableOrder, budget: SiftingBudget): Compiled {
  const { eventCount, gates } = tree;
  const siftFrom = budget.from ?? SIFT_FROM;
  const bdd = createBdd(budget);
  const order = [...start];
  const { level, sequence, usesLeft, functions } = beginningOf(tree, start);
  let workLeft = budget.work;
  let siftAt = siftFrom;
  let limit = siftFrom * 2;
  bdd.limit(limit);

  const reorder = (roots: readonly number[]): readonly number[] => {
    const given = { ...bdd.arrays(), size: bdd.size(), roots };
    const found = sifted(given, eventCount, { ...budget, work: workLeft });
    workLeft -= found.work;
    bdd.replace(found, found.size);
    for (const [at, variable] of [...order].entries()) {
      order[found.moved[at]!] = variable;
      level[variable] = found.moved[at]!;
    }
    siftAt = Math.max(siftFrom, found.size * 2);
    return found.roots;
  };

  /** For one more attempt at the same operation. Gives the caller's own functions under their new numbers, or undefined at the end of the budget. */
  const makeRoom = (own: readonly number[], again: boolean): number[] | undefined => {
    if (bdd.spent() || (again && limit >= budget.nodes)) return undefined;
    const live = sequence.filter((gate) => functions[gate] !== -1);
    let roots: readonly number[] = bdd.collect([...own, ...live.map((gate) => functions[gate]!)]);
    if (bdd.size() > siftAt && workLeft > 0) roots = reorder(roots);
    limit = Math.min(budget.nodes, Math.max(again ? limit * 2 : limit, bdd.size() * 3));
    bdd.limit(limit);
    live.forEach((gate, at) => (functions[gate] = roots[own.length + at]!));
    return roots.slice(0, own.length);
  };

  const functionOf = (input: number): number =>
    input < eventCount ? bdd.node(level[input]!, TRUE, FALSE) : functions[input - eventCount]!;

  const atLeast = (k: number, inputs: readonly number[]): number | undefined => {
    // The deepest first, as in `bdd.ts`, where the order stood when the gate was begun.
    const { level: levels } = bdd.arrays();
    const depth = (input: number): number => (input < eventCount ? level[input]! : levels[functionOf(input)]!);
    const ordered = inputs.map((input) => ({ input, depth: depth(input) }));
    ordered.sort((a, b) => b.depth - a.depth || b.input - a.input);
    let reached = new Array<number>(k + 1).fill(FALSE);
    reached[0] = TRUE;
    for (const [seen, { input }] of ordered.entries()) {
      const least = Math.max(1, k - (ordered.length - seen - 1));
      for (let j = Math.min(k, seen + 1); j >= least; j--) {
        for (let again = false; ; again = true) {
          const more = bdd.or(bdd.and(functionOf(input), reached[j - 1]!), reached[j]!);
          if (more !== NOT_FIT) {
            reached[j] = more;
            break;
          }
          const moved = makeRoom(reached, again);
          if (moved === undefined) return undefined;
          reached = moved;
        }
      }
    }
    return reached[k]!;
  };

  let root = FALSE;
  for (const [done, index] of sequence.entries()) {
    const gate = gates[index]!;
    const made = atLeast(gate.k, gate.inputs);
    if (made === undefined)
      return { diagram: undefined, steps: bdd.steps(), progress: done / sequence.length, inUse: bdd.size() };
    functions[index] = root = made;
    for (const input of gate.inputs)
      if (input >= eventCount && --usesLeft[input - eventCount]! === 0) functions[input - eventCount] = -1;
  }
  let kept: readonly number[] = bdd.collect([root]);
  // What follows is linear in the diagram or worse: it is worth one more round.
  if (bdd.size() > siftFrom && workLeft > 0) kept = reorder(kept);
  return { diagram: { bdd, root: kept[0]!, order }, steps: bdd.steps(), progress: 1, inUse: bdd.size() };
}
