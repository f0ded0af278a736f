// The stage `layout`: system -> scene.

import type { System } from '../model/system.js';
import { arrange } from './arrange.js';
import { bundlesOf } from './bundles.js';
import type { Engine, Wire } from './engine.js';
import { isSound } from './faults.js';
import { arrangeLanes } from './lanes.js';
import { placeLayered } from './layered/index.js';
import { outlineOf } from './pieces.js';
import { lanesOf, plateOf, runsOf, withPlates, type Run } from './runs.js';
import type { Scene } from './scene.js';
import { sceneOf } from './settle.js';
import { stacksOf, type Stacking } from './stacks.js';

export { recordId } from './bundles.js';
export type * from './scene.js';

export interface LayoutOptions {
  /** Are copies of a host that are connected alike drawn once? `auto`: from about 40 nodes on. */
  readonly stacks?: Stacking;
  /** What places connected boxes; absent: our own. */
  readonly engine?: Engine;
}

/** The engine that ELK is; loaded by whoever asks for it. */
export async function elk(): Promise<Engine> {
  return (await import('./elk.js')).placeByElk;
}

/** The same system gives the same scene, whatever was laid out before. */
export async function layout(system: System, options: LayoutOptions = {}): Promise<Scene> {
  const engine = options.engine ?? placeLayered;
  const stacks = stacksOf(system, options.stacks ?? 'auto');
  const bundles = bundlesOf(system, stacks);
  const outline = outlineOf(system, stacks, bundles);
  const whole = { system, stacks, outline };
  const open = lanesOf(bundles);
  if (open.size > 0) {
    const runs = runsOf(bundles, open);
    const across = runs.filter((run) => !run.bundle.level);
    const beside = new Map(across.map((run) => [plateOf(run.id), run.from[0]?.id ?? '']));
    const placement = await arrangeLanes(withPlates(outline.pieces, runs), wiresOf(runs), { engine, open, beside });
    const scene = sceneOf({ ...whole, runs, placement });
    if (isSound(scene)) return scene;
  }
  const runs = runsOf(bundles);
  const placement = await arrange(withPlates(outline.pieces, runs), wiresOf(runs), { engine, ordered: false });
  return sceneOf({ ...whole, runs, placement });
}

function wiresOf(runs: readonly Run[]): Wire[] {
  return runs.flatMap((run) => run.wires.map((leg) => leg.wire));
}
