// The stage `layout`: system -> scene.

import type { System } from '../model/system.js';
import { arrange } from './arrange.js';
import { bundlesOf } from './bundles.js';
import { gaps, type Engine, type Piece, type Progress, type Wire } from './engine.js';
import { isSound } from './faults.js';
import { folded } from './fold.js';
import { arrangeLanes } from './lanes.js';
import { placeLayered } from './layered/index.js';
import { outlineOf } from './pieces.js';
import { lanesOf, plateOf, runsOf, withPlates, type Run } from './runs.js';
import type { Scene } from './scene.js';
import { sceneOf, type Settled } from './settle.js';
import { stacksOf, type Stacking } from './stacks.js';

export { recordId } from './bundles.js';
export type * from './scene.js';

export interface LayoutOptions {
  /** Are copies of a host that are connected alike drawn once? `auto`: from about 40 nodes on. */
  readonly stacks?: Stacking;
  /** How wide the picture should be at most, in px: a wider one is laid in rows below each other, where that can be. Absent: 1,600, if it is wider than high. */
  readonly width?: number;
  /** What places connected boxes; absent: our own. */
  readonly engine?: Engine;
  /** Told now and then which share of the work is done; never less than before. */
  readonly progress?: Progress;
}

/** A picture of 1,600 px is still read at half its size, which is what a page gives it. One that is higher than wide would only grow. */
const usualWidth = 1600;

/** The engine that ELK is; loaded by whoever asks for it. */
export async function elk(): Promise<Engine> {
  return (await import('./elk.js')).placeByElk;
}

/** The same system gives the same scene, whatever was laid out before. */
export async function layout(system: System, options: LayoutOptions = {}): Promise<Scene> {
  const own = options.engine ?? placeLayered;
  const stacks = stacksOf(system, options.stacks ?? 'auto');
  const bundles = bundlesOf(system, stacks);
  const outline = outlineOf(system, stacks, bundles);
  const open = lanesOf(bundles);
  const engine = options.progress ? counted(own, outline.pieces, options.progress) : own;
  if (open.size > 0) {
    const runs = runsOf(bundles, open);
    const across = runs.filter((run) => !run.bundle.level);
    const beside = new Map(across.map((run) => [plateOf(run.id), run.from[0]?.id ?? '']));
    const placement = await arrangeLanes(withPlates(outline.pieces, runs), wiresOf(runs), { engine, open, beside });
    const settled = { system, stacks, outline, runs, placement };
    const scene = sceneOf(settled);
    if (isSound(scene)) return inWidth(scene, settled, options.width);
  }
  const runs = runsOf(bundles);
  const placement = await arrange(withPlates(outline.pieces, runs), wiresOf(runs), { engine, ordered: false });
  const settled = { system, stacks, outline, runs, placement };
  return inWidth(sceneOf(settled), settled, options.width);
}

/** The scene, or the same in rows below each other if it is too wide and nothing is worse in them. */
function inWidth(scene: Scene, settled: Settled, asked: number | undefined): Scene {
  const most = asked ?? (scene.width > scene.height ? usualWidth : Infinity);
  if (scene.width <= most) return scene;
  const { placement, outline, runs } = settled;
  const narrow = folded(placement, withPlates(outline.pieces, runs), wiresOf(runs), most - 2 * gaps.margin);
  if (!narrow) return scene;
  const inRows = sceneOf({ ...settled, placement: narrow });
  return isSound(inRows) ? inRows : scene;
}

/** An engine that places some of the pieces at a time -> one that tells its progress with all of them. */
function counted(engine: Engine, all: readonly Piece[], progress: Progress): Engine {
  const whole = sizeOf(all);
  let [done, most] = [0, 0];
  return async (pieces, wires, ordered) => {
    const part = sizeOf(pieces);
    const placement = await engine(pieces, wires, ordered, (share) => {
      const now = Math.min(1, (done + share * part) / whole);
      if (now > most) progress((most = now));
    });
    done += part;
    return placement;
  };
}

/** Labels count as well, but are not known before. */
function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (piece.plate ? 0 : 1 + sizeOf(piece.children)), 0);
}

function wiresOf(runs: readonly Run[]): Wire[] {
  return runs.flatMap((run) => run.wires.map((leg) => leg.wire));
}
