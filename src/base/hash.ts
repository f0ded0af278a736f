// A short name for a text: the same text has the same one on every machine and in every version.

const prime = 0x100000001b3n;

/** FNV-1a, 64 bit, over the UTF-8 bytes, as 16 hexadecimal digits (draft-eastlake-fnv). It resists chance, not malice. */
export function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return hash.toString(16).padStart(16, '0');
}
