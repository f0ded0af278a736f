// System and findings → one HTML page that needs nothing else.

import { pictureFindings, renderPage } from '../../index.js';
import { lookOf } from '../look.js';
import { placed } from '../placed.js';
import type { Request } from './format.js';

export async function make({ call, system, findings, whatIf }: Request): Promise<string> {
  const look = { ...lookOf(call, findings), ...(whatIf ? { whatIf } : {}) };
  return renderPage(await placed(call, system), pictureFindings(findings), look);
}
