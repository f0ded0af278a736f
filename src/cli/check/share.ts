// Many main files → their verdicts, by several threads where that pays. Which thread judges a file makes no difference to the outcome.
//
// Every thread, the first among them, takes the next few files until none is left: a counter in shared memory tells which. So none waits for
// another that has the larger systems, and nobody has to hand out work.

import { check as command } from '../commands/check.js';
import type { Arguments, Call } from '../command.js';
import { settingsFor } from '../config/settings.js';
import { openLoader, type Loader } from '../load.js';
import type { World } from '../world.js';
import { baselinesFor, placesOf } from './baselines.js';
import { nestingFor } from './judge.js';
import { verdictOf, type Judging, type Verdict } from './verdict.js';

/** Files that a thread takes at a time: few enough that all end together, many enough that the counter costs nothing. */
const atATime = 4;

/** A thread costs what it takes to judge some ten systems of sixty lines before it judges its first. */
const worthAThread = 25;

/** More threads than this wait for memory, and each needs its own. */
const mostThreads = 8;

/** What a thread is told: data alone. Configs, modules of somebody's own, baselines and files it reads itself. */
interface Task {
  readonly arguments: Arguments;
  readonly mains: readonly string[];
  /** What `settingsFor` asks for. */
  readonly paths: readonly string[];
  readonly linked: ReadonlyMap<string, string>;
  readonly today: string;
  readonly locates: boolean;
  /** The index of the first main file that nobody has taken. */
  readonly next: SharedArrayBuffer;
}

/** The verdicts of one thread, by the index of the main file. */
type Share = readonly (readonly [number, Verdict])[];

export interface Sharing extends Judging {
  readonly mains: readonly string[];
  readonly paths: readonly string[];
  /** In how many threads, if that is stated. */
  readonly threads: number | undefined;
}

export async function verdictsFor(
  call: Call,
  loader: Loader,
  { mains, paths, threads, ...judging }: Sharing,
): Promise<readonly Verdict[]> {
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const { today, locates = false } = judging;
  const task: Task = { arguments: call.arguments, mains, paths, linked: loader.linked(), today, locates, next };
  const others = Array.from({ length: threadsFor(call.world, mains.length, threads) - 1 }, () =>
    call.world.thread(task),
  );
  // All are awaited below; one that fails earlier is no rejection that nobody handles.
  for (const other of others) other.catch(() => undefined);
  // Other threads say so themselves, once they have loaded what they need.
  if (others.length === 0 && mains.length >= 2 * worthAThread) call.world.optimiseLate();
  const own = shareOf(call, loader, { mains, next, ...judging });
  const verdicts: Verdict[] = [];
  for (const share of [own, ...((await Promise.all(others)) as readonly Share[])]) {
    for (const [index, verdict] of share) verdicts[index] = verdict;
  }
  return verdicts;
}

function threadsFor(world: World, files: number, stated: number | undefined): number {
  if (stated !== undefined) return Math.max(1, Math.min(stated, files));
  const worth = Math.floor(files / worthAThread);
  return Math.max(1, Math.min(world.processors(), worth, mostThreads));
}

/** What another thread does with its task. */
export async function judgeShare(world: World, told: unknown): Promise<Share> {
  const { arguments: given, mains, paths, linked, today, locates, next } = told as Task;
  const call: Call = { world, arguments: given };
  const settings = await settingsFor(call, command, paths);
  const loader = openLoader(world, { linked, nesting: nestingFor(settings) });
  const baseline = await baselinesFor(call, settings, { places: placesOf(call, command, settings), paths });
  return shareOf(call, loader, { mains, next, settings, today, baseline, locates });
}

function shareOf(
  call: Call,
  loader: Loader,
  { mains, next, ...judging }: Judging & { readonly mains: readonly string[]; readonly next: SharedArrayBuffer },
): Share {
  const counter = new Int32Array(next);
  const share: (readonly [number, Verdict])[] = [];
  for (;;) {
    const first = Atomics.add(counter, 0, atATime);
    if (first >= mains.length) return share;
    for (const [offset, main] of mains.slice(first, first + atATime).entries()) {
      share.push([first + offset, verdictOf(call, loader, { main, ...judging }).verdict]);
    }
  }
}
