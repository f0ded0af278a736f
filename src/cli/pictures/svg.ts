// System and findings → SVG, as `render` draws it.

import { pictureFindings, render } from '../../index.js';
import { lookOf } from '../look.js';
import { placed } from '../placed.js';
import type { Request } from './format.js';

export async function make(request: Omit<Request, 'toFile'>): Promise<string> {
  const { call, findings, whatIf } = request;
  const look = { ...lookOf(call, findings), ...(whatIf ? { whatIf } : {}) };
  return render(await placed(request), pictureFindings(findings), look);
}
