// What takes long, on a terminal -> a line on stderr that says how far it is, and is gone before anything else is said.

import type { World } from './world.js';

export interface Progress {
  /** What is done from here on. `long`: it will take more than a second, and tells nothing meanwhile. */
  readonly begin: (what: string, long?: boolean) => void;
  /** Which share of that is done, from 0 to 1. */
  readonly share: (share: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** What is done sooner needs no line, in milliseconds. */
const patience = 1000;
/** Between two looks of the line, in milliseconds. */
const pause = 100;
/** To the first column, and nothing from there on. */
const cleared = '\r\u001B[K';

/** Nothing is shown in a pipe, on a terminal that cannot take a line back, and where nobody watches. */
export function progressIn({ stderr, environment, clock }: World): Progress {
  const watched = !environment.CI && environment.TERM !== 'dumb' && stderr.terminal();
  if (!watched) return { begin: nothing, share: nothing, end: nothing };
  const start = clock();
  let [task, line, last] = ['', '', -Infinity];
  const show = (text: string, now: number): void => {
    if (text === line) return;
    last = now;
    line = text;
    // A line that fills the terminal would begin the next, which cannot be taken back.
    stderr.write(`${cleared}${text.slice(0, (stderr.columns() ?? 80) - 1)}`);
  };
  return {
    begin: (what, long = false) => {
      task = `archlint: ${what}`;
      const now = clock();
      if (long || line !== '' || now - start >= patience) show(task, now);
    },
    share: (share) => {
      const now = clock();
      if (now - start >= patience && now - last >= pause) show(`${task}, ${Math.floor(100 * share)} %`, now);
    },
    end: () => {
      if (line !== '') stderr.write(cleared);
      line = '';
    },
  };
}

function nothing(): void {
  return undefined;
}
