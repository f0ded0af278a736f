// The name of a module of somebody's own → what it exports. A bundle of its own that is built with `import()` as it stands: everywhere else
// in the program the border of a bundle is a `require`, which cannot load a plain ES module on every Node.

import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OwnModule } from './world.js';

/** A file relative to the file `from`, or a package in a node_modules above it. Throws what the module's own code throws. */
export async function importModule(name: string, from: string, again = false): Promise<OwnModule | undefined> {
  const path = pathOf(name, from);
  if (path === undefined || !existsSync(path)) return undefined;
  // Node keeps each module by its address for as long as it runs.
  const version = again ? `?${statSync(path).mtimeMs}` : '';
  return { path, exports: (await import(pathToFileURL(path).href + version)) as OwnModule['exports'] };
}

function pathOf(name: string, from: string): string | undefined {
  if (/^(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:)/.test(name)) return resolve(dirname(from), name);
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
