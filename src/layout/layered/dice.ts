// A number -> numbers that look like chance and are the same on every machine.

/** The same rolls for the same seed: 0 up to `sides`, without it. */
export function dice(seed: number): (sides: number) => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return (sides) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 1013904223) >>> 0;
    return (state >>> 8) % sides;
  };
}
