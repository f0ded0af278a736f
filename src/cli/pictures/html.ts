// System and findings → one HTML page that needs nothing else.

import { pictureFindings, renderPage } from '../../index.js';
import { lookOf } from '../look.js';
import { placed } from '../placed.js';
import type { Request } from './format.js';

export async function make(request: Request): Promise<string> {
  const { call, findings, whatIf } = request;
  const look = { ...lookOf(call, findings), ...(whatIf ? { whatIf } : {}) };
  return renderPage(await placed(request), pictureFindings(findings), look);
}
