// A structure in success space, cycles allowed → the events that alone stop a gate, and the pairs that do: exact, without any diagram. What stops
// an *and* is the union of what stops its inputs, what stops an *or* the intersection; in a cycle the least fixed point, as serving is the greatest.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { stronglyConnected } from './components.js';
import { ALL, createEventSets, EMPTY } from './event-sets.js';
import { failuresNeeded, type Structure } from './tree.js';

/** With more tops than this, what stops all of them is found at once. */
const FEW_TOPS = 8;

/**
 * For each of `tops` the events, ascending, that are a minimal cut set alone. None for a gate that never serves: it needs no event to fail.
 */
export function orderOneCuts(structure: Structure, tops: readonly number[]): number[][] {
  const distinct = new Set(tops);
  if (distinct.size > FEW_TOPS) {
    const stops = createStops(structure, tops);
    return tops.map((top) => stops.list(stops.all[top]!));
  }
  const found = new Map([...distinct].map((top) => [top, cutsOf(structure, top)]));
  return tops.map((top) => [...found.get(top)!]);
}

/**
 * What a top needs through gates that need all of their inputs is found by a walk. An event beyond that stops the top only by stopping, before anything on
 * that walk, one of the gates with a choice that it ends at: so these are asked as if all that the walk has met went on serving.
 */
function cutsOf(structure: Structure, top: number): number[] {
  const { gates, eventCount } = structure;
  const met = new Uint8Array(gates.length);
  const stopping = new Uint8Array(eventCount);
  const choices: number[] = [];
  const open = [top];
  met[top] = 1;
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const gate = gates[index]!;
    const needed = failuresNeeded(gate);
    if (needed <= 0) return [];
    if (needed > 1) {
      // Asked below; it stays free to be met by what leads to it there.
      choices.push(index);
      continue;
    }
    for (let at = 0; at < gate.events.length; at++) stopping[gate.events[at]!] = 1;
    for (let at = 0; at < gate.gates.length; at++) {
      const input = gate.gates[at]!;
      if (met[input] === 1) continue;
      met[input] = 1;
      open.push(input);
    }
  }
  if (choices.length > 0) {
    for (const choice of choices) met[choice] = 0;
    const stops = createStops(structure, choices, met);
    for (const choice of choices) {
      if (stops.all[choice] === ALL) return [];
      for (const event of stops.list(stops.all[choice]!)) stopping[event] = 1;
    }
  }
  const events: number[] = [];
  for (let event = 0; event < eventCount; event++) if (stopping[event] === 1) events.push(event);
  return events;
}

/**
 * For each of `tops` the minimal cut sets of two events, in ascending order: after the failure of each event that is no cut set itself, the single
 * events that stop the rest. Undefined when more than `most` inputs of gates would have to be looked at.
 */
export function orderTwoCuts(structure: Structure, tops: readonly number[]): [number, number][][];
export function orderTwoCuts(
  structure: Structure,
  tops: readonly number[],
  most: number,
): [number, number][][] | undefined;
export function orderTwoCuts(
  structure: Structure,
  tops: readonly number[],
  most = Infinity,
): [number, number][][] | undefined {
  const stops = createStops(structure, tops);
  const pairs: [number, number][][] = tops.map(() => []);
  for (const event of stops.events) {
    const open = tops.filter((top) => stops.all[top] !== ALL && !stops.has(stops.all[top]!, event));
    if (open.length === 0) continue;
    const after = stops.withFailed(event);
    if (stops.work() > most) return undefined;
    tops.forEach((top, at) => {
      if (!open.includes(top)) return;
      // An event that stops the top alone also does so after another one; it is no part of a minimal pair.
      for (const other of stops.list(after(top)))
        if (other > event && !stops.has(stops.all[top]!, other)) pairs[at]!.push([event, other]);
    });
  }
  return pairs;
}

interface Stops {
  /** What stops each gate that the tops lead to, as a set of the store. */
  readonly all: Int32Array;
  /** The events that the tops lead to, ascending. */
  readonly events: readonly number[];
  /** What stops each gate once an event has failed. The answer is good until the next call. */
  readonly withFailed: (event: number) => (gate: number) => number;
  readonly has: (set: number, event: number) => boolean;
  readonly list: (set: number) => number[];
  /** How many inputs of gates were looked at so far. */
  readonly work: () => number;
}

/** Gates that are 1 in `serving` never stop, and nothing below them is looked at for their sake. */
function createStops(structure: Structure, tops: readonly number[], serving?: Uint8Array): Stops {
  const { gates } = structure;
  const sets = createEventSets();
  const none: readonly number[] = [];
  const components = stronglyConnected(gates.length, tops, (gate) =>
    serving?.[gate] === 1 ? none : gates[gate]!.gates,
  );
  const componentOf = new Int32Array(gates.length);
  components.forEach((component, at) => {
    for (const gate of component) componentOf[gate] = at;
  });
  const { gateUsers, eventUsers } = usersOf(structure, components);
  const needed = Int32Array.from(gates, failuresNeeded);

  const base = new Int32Array(gates.length).fill(EMPTY);
  // After the failure of one event: values that differ from the base carry the number of the question.
  const changed = new Int32Array(gates.length);
  const stamp = new Int32Array(gates.length);
  let question = 0;
  let failed = -1;
  let work = 0;
  const value = (gate: number): number => (question > 0 && stamp[gate] === question ? changed[gate]! : base[gate]!);
  const write = (gate: number, set: number): void => {
    if (question === 0) base[gate] = set;
    else {
      changed[gate] = set;
      stamp[gate] = question;
    }
  };
  const compute = (index: number): number => {
    const { events, gates: inputs } = gates[index]!;
    work += events.length + inputs.length;
    const parts: number[] = [];
    for (let at = 0; at < events.length; at++) parts.push(events[at] === failed ? ALL : sets.single(events[at]!));
    for (let at = 0; at < inputs.length; at++) parts.push(value(inputs[at]!));
    return sets.inAtLeast(needed[index]!, parts);
  };

  const dirty = new Uint8Array(gates.length);
  const waiting = new Uint8Array(components.length);
  const mark = (gate: number): void => {
    if (serving?.[gate] === 1) return;
    dirty[gate] = 1;
    waiting[componentOf[gate]!] = 1;
  };
  /** Upward from what is marked. Sets only grow, within a cycle until nothing changes: the least fixed point. */
  const settle = (): void => {
    for (let at = waiting.indexOf(1); at !== -1; at = waiting.indexOf(1, at)) {
      waiting[at] = 0;
      for (const gate of components[at]!) {
        if (dirty[gate] === 0) continue;
        dirty[gate] = 0;
        const now = compute(gate);
        if (now === value(gate)) continue;
        write(gate, now);
        gateUsers[gate]!.forEach(mark);
      }
    }
  };

  for (const component of components) component.forEach(mark);
  settle();
  return {
    all: base,
    events: [...eventUsers.keys()].sort((a, b) => a - b),
    withFailed: (event) => {
      question++;
      failed = event;
      eventUsers.get(event)?.forEach(mark);
      settle();
      return value;
    },
    has: sets.has,
    list: (set) => (set === ALL ? [] : sets.list(set)),
    work: () => work,
  };
}

function usersOf(
  structure: Structure,
  components: readonly (readonly number[])[],
): { gateUsers: number[][]; eventUsers: Map<number, number[]> } {
  const gateUsers: number[][] = Array.from({ length: structure.gates.length }, () => []);
  const eventUsers = new Map<number, number[]>();
  for (const gate of components.flat()) {
    const { events, gates } = structure.gates[gate]!;
    for (let at = 0; at < gates.length; at++) gateUsers[gates[at]!]!.push(gate);
    for (let at = 0; at < events.length; at++) {
      const users = eventUsers.get(events[at]!);
      if (users === undefined) eventUsers.set(events[at]!, [gate]);
      else users.push(gate);
    }
  }
  return { gateUsers, eventUsers };
}
