// A directed graph → its strongly connected components, those that others lead to first (Tarjan 1972, without recursion).
/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes come from loops over the same arrays; a check of each costs time and could never fail */

/** `next(node)` gives the nodes that a node leads to. Only what the roots lead to is visited. */
export function stronglyConnected(
  count: number,
  roots: Iterable<number>,
  next: (node: number) => ArrayLike<number>,
): number[][] {
  const index = new Int32Array(count); // 0 is unvisited
  const lowest = new Int32Array(count);
  const closed = new Uint8Array(count);
  const waiting: number[] = [];
  const components: number[][] = [];
  let date = 0;
  const path: number[] = [];
  const place: number[] = [];
  const enter = (node: number): void => {
    index[node] = lowest[node] = ++date;
    waiting.push(node);
    path.push(node);
    place.push(0);
  };
  for (const root of roots) {
    if (index[root] !== 0) continue;
    enter(root);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      const targets = next(node);
      const at = place[place.length - 1]!++;
      if (at < targets.length) {
        const target = targets[at]!;
        if (index[target] === 0) enter(target);
        else if (closed[target] === 0) lowest[node] = Math.min(lowest[node]!, index[target]!);
        continue;
      }
      path.pop();
      place.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) lowest[parent] = Math.min(lowest[parent]!, lowest[node]!);
      if (lowest[node] !== index[node]) continue;
      const component: number[] = [];
      let member: number;
      do {
        member = waiting.pop()!;
        closed[member] = 1;
        component.push(member);
      } while (member !== node);
      components.push(component);
    }
  }
  return components;
}
