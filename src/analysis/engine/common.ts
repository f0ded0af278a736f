// A structure → the same function with what all inputs of a gate need taken out of them: (a and x) or (a and y) is a and (x or y), and so for any `k` of gates
// that all need `a`. What every instance of a tier needs so stands beside the tier, and tiers that need each other in a round become a round of *and* gates.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { Structure, StructureGate } from './tree.js';

/** Gates keep their numbers; new ones come behind them. */
export function commonOut({ eventCount, gates }: Structure): Structure {
  const made: StructureGate[] = [...gates];
  const add = (gate: StructureGate): number => made.push(gate) - 1;
  gates.forEach((gate, index) => {
    if (gate.op === 'and' || gate.events.length > 0 || gate.gates.length < 2) return;
    if (gate.op === 'atleast' && (gate.k ?? 0) <= 0) return;
    const inputs = Array.from(gate.gates, (input) => gates[input]!);
    if (inputs.some(({ op }) => op !== 'and')) return;
    const commonGates = common(inputs.map((input) => input.gates));
    const commonEvents = common(inputs.map((input) => input.events));
    if (commonGates.size + commonEvents.size === 0) return;
    const rests = inputs.map((input) =>
      add({
        op: 'and',
        events: Array.from(input.events).filter((event) => !commonEvents.has(event)),
        gates: Array.from(input.gates).filter((below) => !commonGates.has(below)),
      }),
    );
    const inner = add({ ...gate, gates: rests });
    made[index] = { op: 'and', events: [...commonEvents], gates: [...commonGates, inner] };
  });
  return { eventCount, gates: made };
}

function common(lists: readonly ArrayLike<number>[]): Set<number> {
  const [first, ...others] = lists;
  let left = new Set(Array.from(first ?? []));
  for (const list of others) {
    if (left.size === 0) break;
    left = new Set(Array.from(list).filter((each) => left.has(each)));
  }
  return left;
}
