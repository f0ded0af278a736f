// A system → where everything stands, as the options of `render` ask for it.

import { layout, type LayoutOptions, type Scene, type System } from '../index.js';
import { flag, valueOf, type Call } from './command.js';

export async function placed(call: Call, system: System): Promise<Scene> {
  return layout(system, await optionsOf(call));
}

async function optionsOf({ arguments: given }: Call): Promise<LayoutOptions> {
  const stacks = flag(given, 'expand') ? 'never' : flag(given, 'stack') ? 'always' : 'auto';
  if (valueOf(given, 'engine') !== 'elk') return { stacks };
  const { elk } = await import('./elk.js');
  return { stacks, engine: await elk() };
}
