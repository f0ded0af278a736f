// Which of densely numbered things are marked: a set of numbers as bits, as sets of objects are what walks over a large system spend most time on.

export class Marks {
  private words = new Uint32Array(4);

  /** False if it was marked before. */
  add(index: number): boolean {
    const at = index >>> 5;
    if (at >= this.words.length) {
      const grown = new Uint32Array(Math.max(at + 1, this.words.length * 2));
      grown.set(this.words);
      this.words = grown;
    }
    const word = this.words[at] ?? 0;
    const bit = 1 << (index & 31);
    if ((word & bit) !== 0) return false;
    this.words[at] = word | bit;
    return true;
  }

  has(index: number): boolean {
    return ((this.words[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
  }
}
