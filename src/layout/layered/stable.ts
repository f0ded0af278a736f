// Numbers of things and a key for each -> the same in the order of their keys; of equals, what was first stays first.
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

/** As many are sorted by insertion before runs are merged. */
const run = 16;

/** Sorts the first `count`; tells whether anything changed its place. */
export function sortBy(things: Int32Array, count: number, keys: Float64Array): boolean {
  let changed = false;
  for (let start = 0; start < count; start += run) {
    const end = Math.min(count, start + run);
    for (let at = start + 1; at < end; at++) {
      const thing = things[at]!;
      const key = keys[thing]!;
      let place = at;
      for (; place > start && keys[things[place - 1]!]! > key; place--) things[place] = things[place - 1]!;
      if (place === at) continue;
      things[place] = thing;
      changed = true;
    }
  }
  if (count <= run) return changed;
  const scratch = new Int32Array(count);
  for (let width = run; width < count; width *= 2)
    for (let start = 0; start + width < count; start += 2 * width) {
      const middle = start + width;
      const end = Math.min(count, middle + width);
      if (keys[things[middle - 1]!]! <= keys[things[middle]!]!) continue;
      changed = true;
      scratch.set(things.subarray(start, middle));
      let [one, other, to] = [0, middle, start];
      while (one < width && other < end)
        things[to++] = keys[scratch[one]!]! <= keys[things[other]!]! ? scratch[one++]! : things[other++]!;
      while (one < width) things[to++] = scratch[one++]!;
    }
  return changed;
}
