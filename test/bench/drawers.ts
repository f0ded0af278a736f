// The programs of D2 and Mermaid, unpacked from their packages: what they need to draw or read, without installing what else they name.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const versions = { d2: '0.1.33', mermaid: '12.3.0' } as const;

/** Fetches both into the folder. */
export function unpackInto(folder: string): void {
  for (const [name, spec] of [
    ['d2', `@terrastruct/d2@${versions.d2}`],
    ['mermaid', `mermaid@${versions.mermaid}`],
  ] as const) {
    const packed = execFileSync('npm', ['pack', '--silent', spec, '--pack-destination', folder], { encoding: 'utf8' });
    mkdirSync(join(folder, name), { recursive: true });
    execFileSync('tar', ['xzf', join(folder, packed.trim()), '-C', join(folder, name)]);
  }
}

export function d2In(folder: string): string {
  return join(folder, 'd2/package/dist/node-esm/index.js');
}

export function mermaidIn(folder: string): string {
  return join(folder, 'mermaid/package/dist/mermaid.min.js');
}
