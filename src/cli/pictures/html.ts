// System and findings → one HTML page that needs nothing else.

import { layout, pictureFindings, renderPage } from '../../index.js';
import { lookOf } from '../look.js';
import type { Request } from './format.js';

export async function make({ call, system, findings, whatIf }: Request): Promise<string> {
  return renderPage(await layout(system), pictureFindings(findings), {
    ...lookOf(call, findings),
    ...(whatIf ? { whatIf } : {}),
  });
}
