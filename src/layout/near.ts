// Things that have a place -> those that may share it with an area, found by the cells of a grid that both touch.

import type { Area } from './scene.js';

/** The side of a cell. */
const cell = 256;

export class Near<T extends Area> {
  readonly #things: T[] = [];
  readonly #cells = new Map<number, number[]>();
  /** For each thing the last search that came upon it. */
  readonly #seen: number[] = [];
  #searches = 0;

  constructor(things: readonly T[]) {
    for (const thing of things) this.add(thing);
  }

  add(thing: T): void {
    const index = this.#things.push(thing) - 1;
    this.#seen.push(0);
    for (const key of keysOf(thing)) {
      const known = this.#cells.get(key);
      if (known) known.push(index);
      else this.#cells.set(key, [index]);
    }
  }

  /** In the order in which they were added. */
  around(area: Area): T[] {
    const search = ++this.#searches;
    const found: number[] = [];
    for (const key of keysOf(area))
      for (const index of this.#cells.get(key) ?? []) {
        if (this.#seen[index] === search) continue;
        this.#seen[index] = search;
        found.push(index);
      }
    return found.sort((a, b) => a - b).flatMap((index) => this.#things[index] ?? []);
  }
}

function keysOf({ x, y, width, height }: Area): number[] {
  const keys: number[] = [];
  for (let column = Math.floor(x / cell); column <= Math.floor((x + width) / cell); column++)
    for (let row = Math.floor(y / cell); row <= Math.floor((y + height) / cell); row++)
      keys.push(column * 65_536 + row);
  return keys;
}
