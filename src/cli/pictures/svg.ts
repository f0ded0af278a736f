// System and findings → SVG, as `render` draws it.

import { draw } from '../../index.js';
import { lookOf } from '../look.js';
import type { Request } from './format.js';

export function make({ call, system, findings, whatIf }: Omit<Request, 'toFile'>): Promise<string> {
  return draw(system, findings, { ...lookOf(call, findings), ...(whatIf ? { whatIf } : {}) });
}
