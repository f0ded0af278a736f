// Structure, top and probabilities → what the engine says of it, with the single points split off first: the top fails when one of them does, or
// else what is left does. That is exact, and what is left is often small, or nothing, where the whole is too large or full of cycles.

import { analyzeStructure, orderOneCuts, type Importance, type Solution, type Structure } from './engine/index.js';

export function analyzeTop(structure: Structure, top: number, failures: readonly number[]): Solution {
  const singles = orderOneCuts(structure, [top])[0] ?? [];
  if (singles.length === 0) return analyzeStructure(structure, top, failures, { singles });
  // Whatever alone stops what is left would alone stop the whole.
  const rest = analyzeStructure(neverFailing(structure, new Set(singles)), top, failures, { singles: [] });
  const without = products(singles.map((event) => 1 - (failures[event] ?? 0)));
  // By logarithms, so that small chances keep their digits.
  const log = singles.reduce((sum, event) => sum + Math.log1p(-(failures[event] ?? 0)), 0);
  const joined = (chance: number) => -Math.expm1(log + Math.log1p(-chance));
  const probability = joined(rest.probability);
  const low = joined(rest.low);
  const high = joined(rest.high);
  return {
    probability: rest.exact ? probability : (low + high) / 2,
    exact: rest.exact,
    low,
    high,
    cutSetsByOrder: [BigInt(singles.length), ...rest.cutSetsByOrder.slice(1)],
    cutSetsComplete: rest.cutSetsComplete,
    cutSets: (order) => (order === 1 ? singles.map((event) => [event]) : rest.cutSets(order)),
    importance: () => {
      const own = rest.importance();
      if (!own) return undefined;
      const found = [...own].map(([event, { birnbaum }]) => [event, birnbaum * without.all] as const);
      singles.forEach((event, at) => found.push([event, (without.others[at] ?? 0) * (1 - rest.probability)]));
      found.sort(([a], [b]) => a - b);
      return new Map(found.map(([event, birnbaum]) => [event, weigh(birnbaum, failures[event] ?? 0, probability)]));
    },
  };
}

/** The product of all factors, and for each the product of the others. */
function products(factors: readonly number[]): { readonly all: number; readonly others: readonly number[] } {
  const before = [1];
  for (const factor of factors) before.push((before.at(-1) ?? 1) * factor);
  const others = new Array<number>(factors.length).fill(1);
  let behind = 1;
  for (let at = factors.length - 1; at >= 0; at--) {
    others[at] = (before[at] ?? 1) * behind;
    behind *= factors[at] ?? 1;
  }
  return { all: behind, others };
}

/** The same structure while these events do not happen. */
function neverFailing({ eventCount, gates }: Structure, events: ReadonlySet<number>): Structure {
  return {
    eventCount,
    gates: gates.map((gate) => {
      const left = Array.from(gate.events).filter((event) => !events.has(event));
      const serving = gate.events.length - left.length;
      if (serving === 0) return gate;
      const k = gate.op === 'atleast' ? (gate.k ?? 0) - serving : gate.op === 'or' ? 1 - serving : undefined;
      if (k === undefined) return { op: 'and', events: left, gates: gate.gates };
      return k <= 0 ? { op: 'and', events: [], gates: [] } : { op: 'atleast', k, events: left, gates: gate.gates };
    }),
  };
}

function weigh(birnbaum: number, q: number, top: number): Importance {
  const share = top === 0 ? 0 : (q * birnbaum) / top;
  return {
    birnbaum,
    criticality: share,
    fussellVesely: share,
    riskAchievementWorth: top === 0 ? 0 : (top + (1 - q) * birnbaum) / top,
  };
}
