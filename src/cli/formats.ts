// The formats of `check` that are loaded only when one of them is asked for, with what they need beside the findings.

import { report, type Checked, type Diagnostic, type Location, type Picture, type ReportOptions } from '../index.js';
import type { Call } from './command.js';
import type { Outcome } from './outputs.js';

/** Adds pictures, where the format shows them, and where the steps of witnesses stand. */
export async function reportRare(call: Call, { shown, judged }: Outcome, options: ReportOptions): Promise<string> {
  const pictures = options.format === 'html' ? await drawn(call, judged) : [];
  return report({ ...shown, pictures, locate: locating(judged) }, options);
}

async function drawn(call: Call, judged: readonly Checked[]): Promise<readonly Picture[]> {
  const { make } = await import('./pictures/svg.js');
  const pictures: Picture[] = [];
  for (const { system, findings } of judged) {
    const [main] = system.sources;
    if (!main || system.incomplete || system.nodes.size === 0) continue;
    const svg = await make({ call, system, findings });
    pictures.push({ file: main.path, ...(system.title === undefined ? {} : { title: system.title }), svg });
  }
  return pictures;
}

/** By the system that a finding is about: another one may have a node of the same name. */
function locating(judged: readonly Checked[]): (finding: Diagnostic, node: string) => Location | undefined {
  const systems = new Map(
    judged.flatMap(({ system, findings }) => findings.map((finding) => [finding, system] as const)),
  );
  return (finding, node) => {
    const system = systems.get(finding);
    const record = (): Location | undefined =>
      system?.zones.flatMap(({ records }) => records).find(({ name }) => name === node)?.at;
    return system?.nodes.get(node)?.at ?? record();
  };
}
