// The stage `export`: system and findings → the text formats of others, for pasting elsewhere.

import type { Diagnostic } from '../base/diagnostic.js';
import type { System } from '../model/system.js';
import { d2 } from './d2.js';
import { diagramOf } from './diagram.js';
import { dot } from './dot.js';
import { mermaid } from './mermaid.js';
import { text, type TextOptions } from './text.js';

export type { TextOptions } from './text.js';
export type ExportFormat = 'mermaid' | 'd2' | 'dot' | 'text';

/** The layout of `text` is made here; of the others, by whatever reads them. */
export function exportAs(
  format: ExportFormat,
  system: System,
  { findings, ...options }: { readonly findings: readonly Diagnostic[] } & TextOptions,
): string {
  const diagram = diagramOf(system, findings);
  switch (format) {
    case 'mermaid':
      return mermaid(diagram);
    case 'd2':
      return d2(diagram);
    case 'dot':
      return dot(diagram);
    case 'text':
      return text(diagram, options);
  }
}
