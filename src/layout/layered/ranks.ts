// A level -> the rank of each item, which is its column: links run to the right and are short, ports stand at the ends.

import { left, right, type Item, type Level, type Link } from './graph.js';
import { tightest, type Tie } from './simplex.js';

/** Sets `forward` of the links and `rank` of the items; boxes have ranks from 1 on. */
export function rankItems(level: Level): void {
  const { items, links, ports } = level;
  turnRound(items, links);
  const numbers = new Map(items.map((item, index) => [item, index + 1] as const));
  const [first, last] = [0, items.length + 1];
  const numberOf = (item: Item, end: number) => numbers.get(item) ?? end;
  const ties: Tie[] = items.flatMap((_, index) => [
    { from: first, to: index + 1, least: 1, weight: 0 },
    { from: index + 1, to: last, least: 1, weight: 0 },
  ]);
  if (items.length === 0) ties.push({ from: first, to: last, least: 1, weight: 0 });
  const joined = new Map<string, { from: number; to: number; weight: number }>();
  for (const link of links) {
    const from = numberOf(left(link), first);
    const to = numberOf(right(link), last);
    const key = `${from} ${to}`;
    const known = joined.get(key);
    if (known) known.weight += 1;
    else joined.set(key, { from, to, weight: 1 });
  }
  for (const tie of joined.values()) ties.push({ ...tie, least: 1 });
  const ranks = tightest(items.length + 2, ties);
  items.forEach((item, index) => (item.rank = ranks[index + 1] ?? 0));
  for (const port of ports.left) port.rank = 0;
  const end = items.reduce((most, item) => Math.max(most, item.rank), 0) + 1;
  for (const port of ports.right) port.rank = end;
}

/** Links that would close a circle are laid the other way round: those that lead back to where a walk in order of declaration comes from. */
function turnRound(items: readonly Item[], links: readonly Link[]): void {
  const out = new Map<Item, Link[]>(items.map((item) => [item, []]));
  for (const link of links) if (out.has(link.to)) out.get(link.from)?.push(link);
  const state = new Map<Item, 'open' | 'done'>();
  for (const start of items) {
    if (state.has(start)) continue;
    const path: { item: Item; next: number }[] = [{ item: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const link = out.get(top.item)?.[top.next];
      top.next += 1;
      if (!link) {
        state.set(top.item, 'done');
        path.pop();
        continue;
      }
      const known = state.get(link.to);
      if (known === 'open') link.forward = false;
      else if (known === undefined) {
        state.set(link.to, 'open');
        path.push({ item: link.to, next: 0 });
      }
    }
  }
}
