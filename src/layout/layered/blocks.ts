// Items that touch -> where they stand together: the weighted median of where each wants the block, kept while blocks join.

/** Items from the place `first` to the place `last` of a column. Its wishes are in order, with their weights beside them. */
export interface Block {
  first: number;
  last: number;
  readonly wishes: number[];
  readonly weights: number[];
  total: number;
  /** The index of the median, and the weight of all before it. */
  middle: number;
  before: number;
}

export function blockOf(place: number): Block {
  return { first: place, last: place, wishes: [], weights: [], total: 0, middle: 0, before: 0 };
}

/** The median. */
export function placeOf({ wishes, middle }: Block): number {
  return wishes[middle] ?? 0;
}

export function insert(block: Block, at: number, weight: number): void {
  const { wishes, weights } = block;
  let [low, high] = [0, wishes.length];
  while (low < high) {
    const between = (low + high) >> 1;
    if ((wishes[between] ?? 0) < at) low = between + 1;
    else high = between;
  }
  if (low === wishes.length) {
    wishes.push(at);
    weights.push(weight);
  } else {
    wishes.splice(low, 0, at);
    weights.splice(low, 0, weight);
  }
  block.total += weight;
  if (low <= block.middle && wishes.length > 1) {
    block.middle += 1;
    block.before += weight;
  }
  while (block.middle > 0 && 2 * block.before >= block.total) {
    block.middle -= 1;
    block.before -= weights[block.middle] ?? 0;
  }
  while (2 * (block.before + (weights[block.middle] ?? 0)) < block.total && block.middle + 1 < wishes.length) {
    block.before += weights[block.middle] ?? 0;
    block.middle += 1;
  }
}

/** The one above and the one below as one; what has fewer wishes is taken into the other. */
export function joined(upper: Block, lower: Block): Block {
  const [large, small] = upper.wishes.length >= lower.wishes.length ? [upper, lower] : [lower, upper];
  small.wishes.forEach((at, index) => insert(large, at, small.weights[index] ?? 0));
  large.first = upper.first;
  large.last = lower.last;
  return large;
}
