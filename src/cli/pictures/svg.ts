// System and findings → SVG, as `render` draws it.

import { draw } from '../../index.js';
import { valueOf } from '../command.js';
import type { Request } from './format.js';

type Theme = 'auto' | 'light' | 'dark' | 'print';

export function make({ call, system, findings }: Omit<Request, 'toFile'>): Promise<string> {
  return draw(system, findings, { theme: (valueOf(call.arguments, 'theme') ?? 'auto') as Theme });
}
