// A text → a hash for each of its lines, by which GitHub knows a finding again when lines above it come and go.
//
// The hash that github/codeql-action computes when it uploads results without one (src/fingerprints.ts there), so that both give the same: a
// rolling hash, base 37, modulo 2⁶⁴, over the 100 UTF-16 units from the start of the line on that are neither space nor tab, across line ends,
// with every line end as LF. U+FFFF stands for the end of the text, and zeros fill up behind it.

const block = 100;
const base = 37n;
const endOfText = 0xffff;

/** `c129715d7a2bc9a3:1` for each line, in order; equal hashes are numbered. */
export function lineHashes(text: string): readonly string[] {
  const { units, starts } = unitsOf(text);
  const farthest = power(base, block);
  const counts = new Map<string, number>();
  const unit = (index: number): bigint => BigInt(units[index] ?? 0);
  let hash = 0n;
  for (let index = 0; index < block; index++) hash = BigInt.asUintN(64, hash * base + unit(index));
  let at = 0;
  return starts.map((start) => {
    for (; at < start; at++) hash = BigInt.asUintN(64, hash * base + unit(at + block) - farthest * unit(at));
    const name = hash.toString(16);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name}:${count}`;
  });
}

/** What is hashed, and where in it each line begins. */
function unitsOf(text: string): { readonly units: readonly number[]; readonly starts: readonly number[] } {
  const units: number[] = [];
  const starts: number[] = [];
  let atStart = true;
  const add = (unit: number): void => {
    if (atStart) starts.push(units.length);
    atStart = unit === 0x0a;
    units.push(unit);
  };
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0x20 || unit === 0x09) continue;
    if (unit === 0x0a && text.charCodeAt(index - 1) === 0x0d) continue;
    add(unit === 0x0d ? 0x0a : unit);
  }
  add(endOfText);
  return { units, starts };
}

function power(number: bigint, exponent: number): bigint {
  let result = 1n;
  for (let count = 0; count < exponent; count++) result = BigInt.asUintN(64, result * number);
  return result;
}
