// A network of nodes and directed edges with capacities → the largest flow and a smallest cut (Dinic 1970, every node split in two).
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

export interface FlowNode {
  /** Most that may pass through the node; unlimited when left out. It holds for the source and the sink as well. */
  readonly capacity?: number;
}

export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly capacity?: number;
}

export interface Flow {
  /** Infinity when nothing on some way limits it; the cut is empty then. */
  readonly value: number;
  /** A smallest cut: the nodes and edges, by index, whose capacities add up to the value. Of several the one nearest to the source. */
  readonly cut: { readonly nodes: readonly number[]; readonly edges: readonly number[] };
}

export interface Network {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

/**
 * Capacities are not negative; source and sink differ.
 * @throws RangeError on a node that does not exist, a negative capacity or NaN, or a source that is the sink.
 */
export function maxFlow(network: Network, source: number, sink: number): Flow {
  const { nodes, edges } = network;
  const known = (node: number): boolean => Number.isInteger(node) && node >= 0 && node < nodes.length;
  if (!known(source) || !known(sink) || source === sink)
    throw new RangeError('source and sink must be two different nodes');
  for (const { from, to } of edges)
    if (!known(from) || !known(to)) throw new RangeError(`an edge from ${from} to ${to} leads to no node`);
  for (const { capacity = 0 } of [...nodes, ...edges]) {
    if (!(capacity >= 0)) throw new RangeError(`a capacity is ${capacity}; it must not be negative`);
  }
  // More than all limits together stands for no limit: infinity cannot be subtracted.
  const limits = [...nodes, ...edges].flatMap(({ capacity }) =>
    capacity === undefined || capacity === Infinity ? [] : [capacity],
  );
  const unlimited = limits.reduce((sum, limit) => sum + limit, 0) * 2 + 1;
  const limit = (capacity = Infinity): number => (capacity === Infinity ? unlimited : capacity);

  // Arc 2i goes forward, 2i + 1 back. Node n enters at 2n and leaves at 2n + 1; its own arc is number n, then follow the edges.
  const target: number[] = [];
  const residual: number[] = [];
  const arcs: number[][] = Array.from({ length: nodes.length * 2 }, () => []);
  const connect = (from: number, to: number, capacity: number): void => {
    arcs[from]!.push(target.length);
    arcs[to]!.push(target.length + 1);
    target.push(to, from);
    residual.push(capacity, 0);
  };
  nodes.forEach(({ capacity }, node) => {
    connect(node * 2, node * 2 + 1, limit(capacity));
  });
  for (const { from, to, capacity } of edges) connect(from * 2 + 1, to * 2, limit(capacity));

  const start = source * 2;
  const end = sink * 2 + 1;
  let value = 0;
  for (;;) {
    const distance = distances(start, arcs, target, residual);
    if (distance[end] === -1) break;
    value += block({ start, end, arcs, target, residual, distance });
    if (value >= unlimited) return { value: Infinity, cut: { nodes: [], edges: [] } };
  }
  const reached = distances(start, arcs, target, residual);
  const crosses = (from: number, to: number): boolean => reached[from] !== -1 && reached[to] === -1;
  return {
    value,
    cut: {
      nodes: nodes.flatMap((_, node) => (crosses(node * 2, node * 2 + 1) ? [node] : [])),
      edges: edges.flatMap(({ from, to }, edge) => (crosses(from * 2 + 1, to * 2) ? [edge] : [])),
    },
  };
}

function distances(
  start: number,
  arcs: readonly (readonly number[])[],
  target: readonly number[],
  residual: readonly number[],
): Int32Array {
  const distance = new Int32Array(arcs.length).fill(-1);
  distance[start] = 0;
  const queue = [start];
  for (const node of queue) {
    for (const arc of arcs[node]!) {
      const next = target[arc]!;
      if (residual[arc]! <= 0 || distance[next] !== -1) continue;
      distance[next] = distance[node]! + 1;
      queue.push(next);
    }
  }
  return distance;
}

interface Layers {
  readonly start: number;
  readonly end: number;
  readonly arcs: readonly (readonly number[])[];
  readonly target: readonly number[];
  readonly residual: number[];
  readonly distance: Int32Array;
}

/** Fills the shortest ways until each has a full arc; gives what went through. */
function block({ start, end, arcs, target, residual, distance }: Layers): number {
  const next = new Int32Array(arcs.length);
  const way: number[] = [];
  let total = 0;
  let node = start;
  for (;;) {
    if (node === end) {
      let least = Infinity;
      for (const arc of way) least = Math.min(least, residual[arc]!);
      let backTo = way.length;
      for (let at = way.length - 1; at >= 0; at--) {
        const arc = way[at]!;
        residual[arc]! -= least;
        residual[arc ^ 1]! += least;
        if (residual[arc]! <= 0) backTo = at;
      }
      total += least;
      node = target[way[backTo]! ^ 1]!;
      way.length = backTo;
      continue;
    }
    const own = arcs[node]!;
    let step = -1;
    for (; next[node]! < own.length; next[node]!++) {
      const arc = own[next[node]!]!;
      if (residual[arc]! > 0 && distance[target[arc]!] === distance[node]! + 1) {
        step = arc;
        break;
      }
    }
    if (step !== -1) {
      way.push(step);
      node = target[step]!;
    } else {
      const back = way.pop();
      if (back === undefined) return total;
      node = target[back ^ 1]!;
      next[node]!++;
    }
  }
}
