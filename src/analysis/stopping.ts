// Structure → what stops with given events, asked many times: each answer takes time for what stops, not for the whole. The engine's
// `propagate` answers one question in one pass over everything; a property test holds the two to each other.

import { failuresNeeded, type Structure } from './engine/tree.js';

/** The answer to one question; good until the next one is asked. */
export interface Stopping {
  /** In the order of stopping. Gates that never served are not among them. */
  readonly gates: readonly number[];
  has(gate: number): boolean;
  /** The last input that a stopped gate could lose: an event, or `eventCount` plus a gate, which stopped before it. */
  cause(gate: number): number;
}

export interface Stops {
  with(failed: Iterable<number>): Stopping;
  /** Never serves, whatever is up. */
  never(gate: number): boolean;
}

export function stopsOf(structure: Structure): Stops {
  const { eventCount, gates } = structure;
  const { begin, users } = usersOf(structure);
  const needed = Int32Array.from(gates, failuresNeeded);
  const never = new Uint8Array(gates.length);
  const left = needed.slice();
  // What the present question has changed carries its number, so that nothing is cleared between questions.
  const asked = new Int32Array(gates.length);
  const causes = new Int32Array(gates.length);
  let question = 0;

  const spread = (from: Iterable<number>): number[] => {
    const queue = [...from];
    const stopped: number[] = [];
    // The queue grows while it is read.
    for (const input of queue) {
      const end = begin[input + 1] ?? 0;
      for (let at = begin[input] ?? 0; at < end; at++) {
        const gate = users[at] ?? 0;
        if (never[gate] === 1) continue;
        if (asked[gate] !== question) {
          asked[gate] = question;
          left[gate] = needed[gate] ?? 0;
        }
        const rest = (left[gate] ?? 0) - 1;
        left[gate] = rest;
        if (rest !== 0) continue;
        causes[gate] = input;
        stopped.push(gate);
        queue.push(eventCount + gate);
      }
    }
    return stopped;
  };

  // Question 0: what stops with nothing lost. Later questions begin with what is left then.
  const born: number[] = [];
  needed.forEach((count, gate) => {
    if (count > 0) return;
    never[gate] = 1;
    born.push(eventCount + gate);
  });
  for (const gate of spread(born)) never[gate] = 1;
  needed.set(left);

  return {
    never: (gate) => never[gate] === 1,
    with(failed) {
      question++;
      const own = question;
      const stopped = spread(new Set(failed));
      const has = (gate: number): boolean => {
        if (own !== question) throw new Error('the answer to an earlier question');
        return asked[gate] === own && (left[gate] ?? 1) <= 0;
      };
      return { gates: stopped, has, cause: (gate) => (has(gate) ? (causes[gate] ?? -1) : -1) };
    },
  };
}

/** Who uses each event and gate, one list behind the other. */
function usersOf({ eventCount, gates }: Structure): { begin: Int32Array; users: Int32Array } {
  const begin = new Int32Array(eventCount + gates.length + 1);
  const each = (visit: (input: number, gate: number) => void): void => {
    gates.forEach((gate, index) => {
      for (const event of gate.events) visit(event, index);
      for (const input of gate.gates) visit(eventCount + input, index);
    });
  };
  each((input) => (begin[input + 1] = (begin[input + 1] ?? 0) + 1));
  for (let input = 1; input < begin.length; input++) begin[input] = (begin[input] ?? 0) + (begin[input - 1] ?? 0);
  const users = new Int32Array(begin.at(-1) ?? 0);
  const filled = begin.slice();
  each((input, gate) => {
    const place = filled[input] ?? 0;
    users[place] = gate;
    filled[input] = place + 1;
  });
  return { begin, users };
}
