// Seeded random fault trees, as somebody testing from outside would generate them: every gate picks inputs among later gates and all events.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import type { FaultTree, FaultGate } from '../../src/analysis/engine/tree.js';

/** mulberry32: a small generator of numbers in [0, 1) that is the same everywhere. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface RandomTreeShape {
  readonly events: number;
  readonly gates: number;
  readonly least: number;
  readonly most: number;
  /** A gate sees only this many gates after itself; unlimited by default. */
  readonly window?: number;
  /** Chance that an input is a gate; by default every later gate and every event is as likely as any other. */
  readonly gateShare?: number;
}

export function randomTree(seed: number, shape: RandomTreeShape): { tree: FaultTree; probabilities: number[] } {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const gates: FaultGate[] = [];
  for (let gate = 0; gate < shape.gates; gate++) {
    const later = Math.min(shape.gates - gate - 1, shape.window ?? Infinity);
    const wanted = shape.least + below(shape.most - shape.least + 1);
    const inputs = new Set<number>();
    while (inputs.size < wanted) {
      const share = shape.gateShare ?? later / (later + shape.events);
      if (later > 0 && random() < share) inputs.add(shape.events + gate + 1 + below(later));
      else inputs.add(below(shape.events));
    }
    const kind = below(3);
    const k = kind === 0 ? 1 : kind === 1 ? wanted : wanted < 3 ? 1 + below(wanted) : 2 + below(wanted - 2);
    gates.push({ k, inputs: [...inputs] });
  }
  const probabilities = Array.from({ length: shape.events }, () => 0.001 * Math.pow(100, random()));
  return { tree: { eventCount: shape.events, gates, top: shape.events }, probabilities };
}

/**
 * A tree in which every gate and event is used, with up to six inputs a gate, and on top of it a share of further inputs, half of them
 * gates, that tie distant parts together.
 */
export function sharedTree(
  seed: number,
  events: number,
  gates: number,
  share: number,
): { tree: FaultTree; probabilities: number[] } {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const inputs = Array.from({ length: gates }, () => new Set<number>());
  const place = (ref: number, limit: number, most: number): void => {
    let parent = below(limit);
    while (inputs[parent]!.size >= most) parent = below(limit);
    inputs[parent]!.add(ref);
  };
  for (let gate = 1; gate < gates; gate++) place(events + gate, gate, 5);
  for (let gate = 0; gate < gates && gate < events; gate++) if (inputs[gate]!.size < 2) inputs[gate]!.add(gate);
  for (let event = 0; event < events; event++) if (!inputs.some((own) => own.has(event))) place(event, gates, 6);
  for (let gate = 0; gate < gates; gate++) while (inputs[gate]!.size < 2) inputs[gate]!.add(below(events));
  for (let more = Math.round(share * gates); more > 0; more--) {
    const gate = below(gates - 1);
    inputs[gate]!.add(random() < 0.5 ? events + gate + 1 + below(gates - gate - 1) : below(events));
  }
  const list = inputs.map((own) => {
    const kind = below(3);
    return { k: kind === 0 ? 1 : kind === 1 ? own.size : 1 + below(own.size), inputs: [...own] };
  });
  const probabilities = Array.from({ length: events }, () => 0.001 * Math.pow(100, random()));
  return { tree: { eventCount: events, gates: list, top: events }, probabilities };
}

/** Ten tiers of twelve instances on 36 hosts in three zones; each tier needs one instance by default, and the whole needs every tier. */
export function hostedTiers(variant: {
  /** Instance i needs the instance of the next tier on its own host. */
  readonly own: boolean;
  /** Every instance of every second tier needs the tier after next as well. */
  readonly shared: boolean;
  /** How many of the twelve must fail; all by default. */
  readonly needed?: number;
  /** Chooses the twelve hosts of each tier, four in each zone. */
  readonly seed?: number;
}): { tree: FaultTree; probabilities: number[] } {
  const [tiers, instances, hosts, zones] = [10, 12, 36, 3];
  const eventCount = zones + hosts + tiers * instances;
  const gates: { k: number; inputs: number[] }[] = [{ k: 1, inputs: [] }];
  const gate = (k: number, inputs: number[]): number => gates.push({ k, inputs }) - 1 + eventCount;
  const placed = Array.from({ length: hosts }, (_, host) => gate(1, [host % zones, zones + host]));
  const random = randomNumbers(variant.seed ?? 1);
  let chosen: number[] = [];
  const built: { tier: number; at: number[] }[] = [];
  for (let tier = tiers - 1; tier >= 0; tier--) {
    const below = built.at(-1);
    const after = built.at(-2);
    // Host h stands in zone h % 3; four different hosts of each zone carry the tier, with `own` always the same ones.
    if (!variant.own || chosen.length === 0) {
      chosen = Array.from({ length: zones }, (_, zone) =>
        shuffled(random, hosts / zones)
          .slice(0, instances / zones)
          .map((at) => at * zones + zone),
      ).flat();
    }
    const at = Array.from({ length: instances }, (_, instance) => {
      const inputs = [zones + hosts + tier * instances + instance, placed[chosen[instance]!]!];
      if (variant.own && below !== undefined) inputs.push(below.at[instance]!);
      if (variant.shared && after !== undefined && tier % 2 === 0) inputs.push(after.tier);
      return gate(1, inputs);
    });
    built.push({ at, tier: gate(variant.needed ?? instances, at) });
  }
  gates[0]!.inputs.push(...built.map(({ tier }) => tier));
  const probabilities = [
    ...Array<number>(zones).fill(1e-4),
    ...Array<number>(hosts).fill(1e-3),
    ...Array<number>(tiers * instances).fill(1e-3),
  ];
  return { tree: { eventCount, gates, top: eventCount }, probabilities };
}

function shuffled(random: () => number, count: number): number[] {
  const list = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
  return list;
}
