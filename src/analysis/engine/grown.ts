// An array → a larger one that begins with it.

export function grown(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array.length > length ? array.subarray(0, length) : array);
  return larger;
}
