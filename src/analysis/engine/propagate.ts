// A structure in success space and the events that have failed → the gates that stop, each with one input that was the last it could lose. Linear.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */
import { failuresNeeded, type Structure } from './tree.js';

/** `cause` of a gate that serves. */
export const SERVES = -1;
/** `cause` of a gate that never serves, whatever happens. */
export const NEVER = -2;

export interface Propagation {
  /** 1 for each gate that stops. Gates that need only each other go on serving: the least fixed point of failing. */
  readonly stopped: Uint8Array;
  /**
   * What stopped each gate: an event below `eventCount`, else the gate `cause - eventCount`, or SERVES or NEVER. Following causes ends at a failed event
   * or at NEVER; each gate was stopped after its cause.
   */
  readonly cause: Int32Array;
}

export function propagate(structure: Structure, failed: readonly number[]): Propagation {
  const { eventCount, gates } = structure;
  // Users of every event and gate, one list behind the other.
  const begin = new Int32Array(eventCount + gates.length + 1);
  const each = (visit: (input: number, gate: number) => void): void => {
    gates.forEach((gate, index) => {
      for (let at = 0; at < gate.events.length; at++) visit(gate.events[at]!, index);
      for (let at = 0; at < gate.gates.length; at++) visit(eventCount + gate.gates[at]!, index);
    });
  };
  each((input) => begin[input + 1]!++);
  for (let input = 0; input < begin.length - 1; input++) begin[input + 1]! += begin[input]!;
  const users = new Int32Array(begin[begin.length - 1]!);
  const filled = begin.slice();
  each((input, gate) => (users[filled[input]!++] = gate));

  const left = Int32Array.from(gates, failuresNeeded);
  const stopped = new Uint8Array(gates.length);
  const cause = new Int32Array(gates.length).fill(SERVES);
  const queue: number[] = [];
  left.forEach((needed, gate) => {
    if (needed > 0) return;
    stopped[gate] = 1;
    cause[gate] = NEVER;
    queue.push(eventCount + gate);
  });
  queue.push(...new Set(failed));
  for (const input of queue) {
    for (let at = begin[input]!; at < begin[input + 1]!; at++) {
      const gate = users[at]!;
      if (stopped[gate] === 1 || --left[gate]! > 0) continue;
      stopped[gate] = 1;
      cause[gate] = input;
      queue.push(eventCount + gate);
    }
  }
  return { stopped, cause };
}
