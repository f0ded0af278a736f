// A small fault tree and a line of its variables and gates → a line in which fewer wires cross any one place: what a decision diagram must remember there.
// Each variable and gate in turn moves to where the line costs least, as in sifting (Rudell 1993), but on the wires instead of on the diagram.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import type { FaultTree } from './tree.js';

export interface Effort {
  /** What a place costs is this to the power of the wires across it. */
  readonly base: number;
  /** Most exchanges of neighbours. */
  readonly exchanges: number;
}

/** Wires lead from a variable or gate to the gates that use it. Everything that the top leads to stands once in `start`. */
export function arranged(tree: FaultTree, start: readonly number[], { base, exchanges }: Effort): number[] {
  const wires = wiresOf(tree);
  const { length } = start;
  const line = Int32Array.from(start);
  const position = new Int32Array(tree.eventCount + tree.gates.length);
  line.forEach((ref, at) => (position[ref] = at));
  const of: number[][] = Array.from(position, () => []);
  const first = new Int32Array(wires.length);
  const last = new Int32Array(wires.length);
  const across = new Int32Array(length); // between `at` and `at + 1`
  wires.forEach((members, wire) => {
    const places = members.map((ref) => position[ref]!);
    first[wire] = Math.min(...places);
    last[wire] = Math.max(...places);
    for (let at = first[wire]; at < last[wire]; at++) across[at]!++;
    for (const ref of members) of[ref]!.push(wire);
  });
  const price = Float64Array.from({ length: wires.length + 1 }, (_, count) => Math.pow(base, count));
  const met = new Int32Array(wires.length).fill(-1);
  let left = exchanges;

  /** Exchanges the neighbours at `at` and `at + 1`; only what crosses between them changes. Gives by how much the line costs more. */
  const exchange = (at: number): number => {
    left--;
    const a = line[at]!;
    const b = line[at + 1]!;
    const before = price[across[at]!]!;
    for (const wire of of[b]!) met[wire] = left;
    for (const wire of of[a]!) {
      if (met[wire] === left) {
        met[wire] = -1; // of both: it crosses here before and after
        continue;
      }
      if (last[wire]! > at) across[at]!--;
      else last[wire] = at + 1;
      if (first[wire]! < at) across[at]!++;
      else first[wire] = at + 1;
    }
    for (const wire of of[b]!) {
      if (met[wire] !== left) continue;
      if (first[wire]! <= at) across[at]!--;
      else first[wire] = at;
      if (last[wire]! > at + 1) across[at]!++;
      else last[wire] = at;
    }
    line[at] = b;
    line[at + 1] = a;
    position[a] = at + 1;
    position[b] = at;
    return price[across[at]!]! - before;
  };

  /** Whether the line became cheaper. */
  const sift = (ref: number): boolean => {
    const from = position[ref]!;
    let cost = 0;
    let best = -1e-9;
    let place = from;
    const walk = (step: 1 | -1, until: number): void => {
      while (position[ref] !== until) {
        cost += exchange(step === 1 ? position[ref]! : position[ref]! - 1);
        if (cost < best) {
          best = cost;
          place = position[ref]!;
        }
      }
    };
    walk(1, length - 1);
    walk(-1, 0);
    while (position[ref] !== place) exchange(position[ref]!);
    return place !== from;
  };

  for (let moved = true; moved && left > 0;) {
    moved = false;
    for (const ref of start) {
      if (left <= 0) break;
      if (sift(ref)) moved = true;
    }
  }
  return [...line];
}

function wiresOf({ eventCount, gates }: FaultTree): number[][] {
  const wires = Array.from({ length: eventCount + gates.length }, (_, ref) => [ref]);
  gates.forEach(({ inputs }, gate) => {
    for (const input of new Set(inputs)) wires[input]!.push(eventCount + gate);
  });
  return wires.filter((members) => members.length > 1);
}
