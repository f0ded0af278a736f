// A seed → the text of a large system such as no author writes but a program may: for measuring, and for laws about size.

import { randomNumbers } from './random-tree.js';

export interface Shape {
  readonly components: number;
  /** How long the longest chain of needs is. */
  readonly chain: number;
  /** Calls beyond the chain: at least this many for every component. */
  readonly calls: number;
  /** Every so many components call a hundred others. */
  readonly fanEvery: number;
  /** Every so many components call one before themselves, so that there are cycles. */
  readonly cycleEvery: number;
  /** The share of calls that are needs; the others are optional. */
  readonly needs: number;
}

export const large: Shape = { components: 10_000, chain: 10_000, calls: 1, fanEvery: 500, cycleEvery: 50, needs: 0.5 };

/** `n`, then the index in letters: a number at the end would make all of one kind a tier. */
function name(index: number): string {
  const letters = Array.from(String(index), (digit) => 'abcdefghij'[Number(digit)] ?? '');
  return `n${letters.join('')}`;
}

/** Region, zone, room and host: places four deep; ten components on a host, each a tier of its own, all in one chain. */
export function generate(seed: number, shape: Shape = large): string {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const lines = ['title "Generated"', '', 'client visitor', '', 'dns example.org {', '  www  A  203.0.113.10', '}', ''];
  const kinds = ['web', 'app', 'service', 'worker', 'cache', 'queue', 'db', 'storage'];
  const open: string[] = [];
  const enter = (depth: number, head: string): void => {
    while (open.length > depth) {
      open.pop();
      lines.push(`${'  '.repeat(open.length)}}`);
    }
    lines.push(`${'  '.repeat(depth)}${head} {`);
    open.push(head);
  };
  for (let index = 0; index < shape.components; index++) {
    if (index % 1000 === 0) enter(0, `region region-${index / 1000}`);
    if (index % 200 === 0) enter(1, `zone zone-${index / 200}`);
    if (index % 50 === 0) enter(2, `zone room-${index / 50}`);
    if (index % 10 === 0) {
      enter(3, `host host-${index / 10}`);
      if (index === 0) lines.push('        address 203.0.113.10');
    }
    const kind = index === 0 ? 'lb' : (kinds[below(kinds.length)] ?? 'app');
    lines.push(`        ${kind} ${name(index)}${index === 0 ? ' { listen 443 https }' : ''}`);
  }
  while (open.pop() !== undefined) lines.push(`${'  '.repeat(open.length)}}`);
  lines.push('', 'visitor -> www.example.org : https');
  const protocols = ['https', 'http', 'grpc', 'mysql', 'redis'];
  const call = (from: number, to: number, needed: boolean): void => {
    const protocol = protocols[below(protocols.length)] ?? 'http';
    if (from !== to) lines.push(`${name(from)} -> ${name(to)} : ${protocol}${needed ? '' : ' optional'}`);
  };
  for (let index = 0; index + 1 < Math.min(shape.chain, shape.components); index++) call(index, index + 1, true);
  for (let index = 0; index < shape.components; index++) {
    for (let count = 0; count < shape.calls; count++) {
      call(index, index + 1 + below(Math.max(1, shape.components - index - 1)), random() < shape.needs);
    }
    if (index % shape.fanEvery === 0) for (let fan = 0; fan < 100; fan++) call(index, below(shape.components), false);
    if (index > 0 && index % shape.cycleEvery === 0) call(index, below(index), true);
  }
  // The last component may have been asked to call one behind itself.
  return `${lines.filter((line) => !line.includes(`-> ${name(shape.components)} `)).join('\n')}\n`;
}
