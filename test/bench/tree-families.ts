// Families of seeded random fault trees of any size, each made the way somebody might write a generator who has not seen this engine.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays */
import type { FaultGate, FaultTree } from '../../src/analysis/engine/tree.js';
import { randomNumbers, randomTree, sharedTree } from './random-tree.js';

export interface Made {
  readonly tree: FaultTree;
  readonly probabilities: readonly number[];
}

export type Family = (seed: number, size: number) => Made;

interface Dice {
  readonly random: () => number;
  /** A whole number from `least` to `most`. */
  readonly from: (least: number, most: number) => number;
}

function dice(seed: number): Dice {
  const random = randomNumbers(seed);
  return { random, from: (least, most) => least + Math.floor(random() * (most - least + 1)) };
}

/** An operator of one in three, *or*, *and*, or at least `k`. */
function gateOf({ from }: Dice, inputs: Iterable<number>): FaultGate {
  const list = [...inputs];
  const kind = from(0, 2);
  return { k: kind === 0 ? 1 : kind === 1 ? list.length : from(1, list.length), inputs: list };
}

function made({ random }: Dice, eventCount: number, gates: readonly FaultGate[]): Made {
  const probabilities = Array.from({ length: eventCount }, () => 0.001 * Math.pow(100, random()));
  return { tree: { eventCount, gates, top: eventCount }, probabilities };
}

/** Two to five inputs, each an event or a later gate with the same chance. */
const coinForEach: Family = (seed, size) => {
  const own = dice(seed);
  const gates = Array.from({ length: size }, (_, gate) => {
    const inputs = new Set<number>();
    for (let wanted = own.from(2, 5); wanted > 0; wanted--)
      inputs.add(own.random() < 0.5 && gate < size - 1 ? size + own.from(gate + 1, size - 1) : own.from(0, size - 1));
    return gateOf(own, inputs);
  });
  return made(own, size, gates);
};

/** Every gate has a parent among those before it, at random, and `own` random events. */
const treeWithEvents =
  (least: number, most: number): Family =>
  (seed, size) => {
    const own = dice(seed);
    const inputs = Array.from({ length: size }, () => new Set<number>());
    for (let gate = 1; gate < size; gate++) inputs[own.from(0, gate - 1)]!.add(size + gate);
    for (const each of inputs) {
      for (let wanted = own.from(least, most); wanted > 0; wanted--) each.add(own.from(0, size - 1));
      while (each.size < 2) each.add(own.from(0, size - 1));
    }
    return made(
      own,
      size,
      inputs.map((each) => gateOf(own, each)),
    );
  };

/** A tree of gates with two inputs each, in which every event is used once; then some events and gates are used once more. */
const treeWithCommon =
  (events: number, gates: number): Family =>
  (seed, size) => {
    const own = dice(seed);
    const inputs = Array.from({ length: size }, () => new Set<number>());
    const open = [0];
    const place = (ref: number): void => {
      const at = own.from(0, open.length - 1);
      inputs[open[at]!]!.add(ref);
      if (inputs[open[at]!]!.size === 2) open.splice(at, 1);
    };
    for (let gate = 1; gate < size; gate++) {
      place(size + gate);
      open.push(gate);
    }
    for (let event = 0; event < size; event++) place(event);
    for (const each of inputs) while (each.size < 2) each.add(own.from(0, size - 1));
    for (let more = Math.round(size * events); more > 0; more--)
      inputs[own.from(0, size - 1)]!.add(own.from(0, size - 1));
    for (let more = Math.round(size * gates); more > 0; more--) {
      const gate = own.from(0, size - 2);
      inputs[gate]!.add(size + own.from(gate + 1, size - 1));
    }
    return made(
      own,
      size,
      inputs.map((each) => gateOf(own, each)),
    );
  };

/** Level by level: a gate takes two to four of the next level, those of the last level take events. */
const levels =
  (count: number): Family =>
  (seed, size) => {
    const own = dice(seed);
    const wide = Math.ceil((size - 1) / count);
    const gates: FaultGate[] = [];
    for (let gate = 0; gate < size; gate++) {
      const level = gate === 0 ? 0 : Math.floor((gate - 1) / wide) + 1;
      const first = 1 + level * wide;
      const last = Math.min(size, first + wide) - 1;
      const inputs = new Set<number>();
      const wanted = own.from(2, 4);
      while (inputs.size < wanted)
        inputs.add(first < last - 3 && own.random() < 0.8 ? size + own.from(first, last) : own.from(0, size - 1));
      gates.push(gateOf(own, inputs));
    }
    return made(own, size, gates);
  };

/** As the generator of a well-known set of fault trees makes them: three inputs a gate, one in ten events and gates used by two. */
const published: Family = (seed, size) => {
  const own = dice(seed);
  const inputs = Array.from({ length: size }, () => new Set<number>());
  let next = 1;
  const common = Math.floor(size / 10);
  let event = common;
  for (let gate = 0; gate < size; gate++) {
    const wanted = Math.max(2, own.from(2, 4));
    const must = Math.max(0, gate + 1 - next + 1); // so that no gate is left without a parent
    while (inputs[gate]!.size < wanted) {
      const roll = own.random();
      if ((must > 0 && inputs[gate]!.size === 0 && next < size) || (roll < 0.35 && next < size))
        inputs[gate]!.add(size + next++);
      else if (roll < 0.42 && gate + 1 < size) inputs[gate]!.add(size + own.from(gate + 1, Math.min(size - 1, next)));
      else if (roll < 0.55) inputs[gate]!.add(own.from(0, common - 1));
      else inputs[gate]!.add(event < size ? event++ : own.from(0, size - 1));
    }
  }
  return made(
    own,
    size,
    inputs.map((each) => gateOf(own, each)),
  );
};

export const families: Readonly<Record<string, Family>> = {
  'later gates and events, 2–6 inputs': (seed, size) =>
    randomTree(seed, { events: size, gates: size, least: 2, most: 6 }),
  'later gates and events, 2–4 inputs': (seed, size) =>
    randomTree(seed, { events: size, gates: size, least: 2, most: 4 }),
  'an event or a later gate, 2–5 inputs': coinForEach,
  'half of the inputs later gates, 2–4 inputs': (seed, size) =>
    randomTree(seed, { events: size, gates: size, least: 2, most: 4, gateShare: 0.5 }),
  'half of the inputs later gates, 2–6 inputs': (seed, size) =>
    randomTree(seed, { events: size, gates: size, least: 2, most: 6, gateShare: 0.5 }),
  'as they come, a third of the inputs shared': published,
  'two inputs, 10 % of the events twice': treeWithCommon(0.1, 0),
  'two inputs, 10 % of the events and gates twice': treeWithCommon(0.1, 0.1),
  'two inputs, 20 % of the events and gates twice': treeWithCommon(0.2, 0.2),
  'two inputs, 40 % of the events and 20 % of the gates twice': treeWithCommon(0.4, 0.2),
  'a tree, up to one random event a gate': treeWithEvents(0, 1),
  'a tree, one or two random events a gate': treeWithEvents(1, 2),
  'a tree, up to three random events a gate': treeWithEvents(0, 3),
  'a tree used whole and 2 % more': (seed, size) => sharedTree(seed, size, size, 0.02),
  'a tree used whole and 5 % more': (seed, size) => sharedTree(seed, size, size, 0.05),
  'a tree used whole and 10 % more': (seed, size) => sharedTree(seed, size, size, 0.1),
  'levels of thirty': levels(10),
  'levels of sixty': levels(5),
  'window of 10, 2–4 inputs': (seed, size) =>
    randomTree(seed, { events: size, gates: size, least: 2, most: 4, window: 10, gateShare: 0.5 }),
  'window of 20, 2–4 inputs': (seed, size) =>
    randomTree(seed, { events: size, gates: size, least: 2, most: 4, window: 20, gateShare: 0.5 }),
  'window of 20, 2–6 inputs': (seed, size) =>
    randomTree(seed, { events: size, gates: size, least: 2, most: 6, window: 20, gateShare: 0.5 }),
};
