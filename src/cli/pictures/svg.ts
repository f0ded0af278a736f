// System and findings → SVG, as `render` draws it.

import { pictureFindings, render } from '../../index.js';
import { lookOf } from '../look.js';
import { placed } from '../placed.js';
import type { Request } from './format.js';

export async function make({ call, system, findings, whatIf }: Omit<Request, 'toFile'>): Promise<string> {
  const look = { ...lookOf(call, findings), ...(whatIf ? { whatIf } : {}) };
  return render(await placed(call, system), pictureFindings(findings), look);
}
