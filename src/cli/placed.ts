// A system → where everything stands, as the options of `render` ask for it. It takes most of the time that a picture takes.

import { layout, type LayoutOptions, type Scene } from '../index.js';
import { flag, valueOf, type Call } from './command.js';
import type { Request } from './pictures/format.js';

/** From here on ELK takes more than a second. */
const manyForElk = 60;

export async function placed({ call, system, progress }: Omit<Request, 'toFile'>): Promise<Scene> {
  const options = await optionsOf(call);
  progress.begin('placing boxes', options.engine !== undefined && system.nodes.size > manyForElk);
  const scene = await layout(system, { ...options, progress: progress.share });
  const { width = Infinity } = options;
  if (scene.width > width) {
    progress.end();
    call.world.stderr.write(
      `archlint: the picture stays ${scene.width} px wide: for ${width}, a box or many lines would have to be cut through\n`,
    );
  }
  progress.begin('drawing');
  return scene;
}

async function optionsOf({ arguments: given }: Call): Promise<LayoutOptions> {
  const stacks = flag(given, 'expand') ? 'never' : flag(given, 'stack') ? 'always' : 'auto';
  const asked = valueOf(given, 'width');
  const width = asked === undefined ? {} : { width: asked === 'none' ? Infinity : Number(asked) };
  if (valueOf(given, 'engine') !== 'elk') return { stacks, ...width };
  const { elk } = await import('./elk.js');
  return { stacks, ...width, engine: await elk() };
}
