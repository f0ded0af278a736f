// A fault tree → the same function with common inputs taken out of the gates below a gate: (a or x) and (a or y) is a or (x and y), and so for any
// `k` of gates that all have `a`; likewise with *and* and *or* exchanged. What every instance of a tier needs so stands once, above the tier.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { FaultGate, FaultTree } from './tree.js';

/** Gates with more inputs than this in all of the gates below them are left as they are. */
const WIDEST = 5000;

/** The same tree when nothing is to be taken out; else one with new gates, some of them without inputs: a constant. */
export function factor(tree: FaultTree, work: { left: number } = { left: Infinity }): FaultTree {
  const { eventCount } = tree;
  const uses = new Int32Array(tree.gates.length);
  for (const gate of tree.gates) for (const input of gate.inputs) if (input >= eventCount) uses[input - eventCount]!++;
  const gates: FaultGate[] = [...tree.gates];
  const add = (k: number, inputs: readonly number[]): number => gates.push({ k, inputs }) - 1 + eventCount;
  let changed = false;
  for (let index = 0; index < tree.gates.length; index++) {
    const gate = gates[index]!;
    if (gate.inputs.length < 2) continue;
    if (work.left < 0) break;
    // Below an *and* the *or* gates are of interest, and the other way round; below `k` of n those of the one kind that all of them have.
    const ands = gate.inputs.filter((input) => kindOf(gates, uses, input - eventCount) === 'and');
    const ors = gate.inputs.filter((input) => kindOf(gates, uses, input - eventCount) === 'or');
    const isAnd = gate.k === gate.inputs.length;
    const isOr = gate.k === 1;
    const outer = isAnd ? 'or' : isOr ? 'and' : ors.length === gate.inputs.length ? 'or' : 'and';
    const below = outer === 'or' ? ors : ands;
    if (below.length < 2 || (!isAnd && !isOr && below.length < gate.inputs.length)) continue;
    const joined = (inputs: readonly number[], upper: 'or' | 'and'): number =>
      upper === 'or' ? add(1, inputs) : add(inputs.length, inputs);
    const sets = below.map((input) => ({ ref: input, inputs: new Set(gates[input - eventCount]!.inputs) }));
    const sum = sets.reduce((all, { inputs }) => all + inputs.size, 0);
    if (sum > WIDEST) continue;
    /** The members with their common inputs taken out, as one reference. */
    const takenOut = (members: readonly (typeof sets)[number][], common: readonly number[]): number => {
      const isCommon = new Set(common);
      const rests = members.map(({ inputs }) =>
        joined(
          [...inputs].filter((input) => !isCommon.has(input)),
          outer,
        ),
      );
      const inner = isAnd ? add(rests.length, rests) : isOr ? add(1, rests) : add(gate.k, rests);
      return joined([...common, inner], outer);
    };
    if (!isAnd && !isOr) {
      const common = commonOf(sets.map(({ inputs }) => inputs));
      if (common.length === 0) continue;
      gates[index] = { k: 1, inputs: [takenOut(sets, common)] };
      changed = true;
      continue;
    }
    let open = sets;
    const made: number[] = [];
    for (let most = mostCommon(open); most !== undefined; most = mostCommon(open)) {
      const wanted = most;
      work.left -= sum;
      const members = open.filter(({ inputs }) => inputs.has(wanted));
      made.push(takenOut(members, commonOf(members.map(({ inputs }) => inputs))));
      open = open.filter(({ inputs }) => !inputs.has(wanted));
    }
    if (made.length === 0) continue;
    const isBelow = new Set(below);
    const inputs = [...gate.inputs.filter((input) => !isBelow.has(input)), ...open.map(({ ref }) => ref), ...made];
    gates[index] = { k: isOr ? 1 : inputs.length, inputs };
    changed = true;
  }
  return changed ? { ...tree, gates } : tree;
}

/** Only of gates that nothing else uses: others would have to be kept beside what they become. */
function kindOf(gates: readonly FaultGate[], uses: Int32Array, gate: number): 'or' | 'and' | undefined {
  if (gate < 0 || uses[gate] !== 1) return undefined;
  const { k, inputs } = gates[gate]!;
  if (inputs.length < 2) return undefined;
  return k === 1 ? 'or' : k === inputs.length ? 'and' : undefined;
}

function commonOf([first, ...others]: readonly ReadonlySet<number>[]): number[] {
  return [...(first ?? [])].filter((input) => others.every((inputs) => inputs.has(input)));
}

/** The input that most have, the smallest of several; undefined when no two share one. */
function mostCommon(sets: readonly { readonly inputs: ReadonlySet<number> }[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { inputs } of sets) for (const input of inputs) counts.set(input, (counts.get(input) ?? 0) + 1);
  let best: number | undefined;
  let most = 1;
  for (const [input, count] of counts) {
    if (count < most || count < 2 || (count === most && best !== undefined && best < input)) continue;
    best = input;
    most = count;
  }
  return best;
}
