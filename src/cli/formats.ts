// The formats of `check` that are loaded only when one of them is asked for, with what they need beside the findings.

import { report, type Checked, type Format, type Picture, type ReportOptions } from '../index.js';
import type { Call } from './command.js';
import type { Outcome } from './outputs.js';
import type { Make } from './pictures/format.js';
import { progressIn } from './progress.js';

/** Adds pictures, where the format shows them, and where the steps of witnesses stand. */
export async function reportRare(
  call: Call,
  { shown, judged: { systems, locate } }: Outcome,
  options: ReportOptions,
): Promise<string> {
  const pictures = await drawn(call, systems, options.format);
  return report({ ...shown, pictures, locate }, options);
}

async function drawn(call: Call, systems: readonly Checked[], format?: Format): Promise<readonly Picture[]> {
  const make = await makerFor(format);
  if (!make) return [];
  const progress = progressIn(call.world);
  const pictures: Picture[] = [];
  for (const { system, findings } of systems) {
    const [main] = system.sources;
    if (!main || system.incomplete || system.nodes.size === 0) continue;
    const drawing = String(await make({ call, system, findings, progress, toFile: true }));
    const title = system.title === undefined ? {} : { title: system.title };
    pictures.push({ file: main.path, ...title, [format === 'html' ? 'svg' : 'mermaid']: drawing });
  }
  progress.end();
  return pictures;
}

/** Forges draw Mermaid in Markdown themselves; an image would have to be put somewhere first. */
async function makerFor(format?: Format): Promise<Make | undefined> {
  if (format === 'html') return (await import('./pictures/svg.js')).make;
  return format === 'markdown' ? (await import('./pictures/text.js')).maker('mermaid') : undefined;
}
