// `npm install` in a clone, and `npm pack`: builds unless what is built is newer than all that it is made of. pre-commit calls both, one after the other.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Written when all else is built. */
const built = join(root, 'dist/meta.json');
const sources = ['src', 'grammar', 'rules', 'package.json', 'package-lock.json'].map((name) =>
  newest(join(root, name)),
);

if (!existsSync(built) || statSync(built).mtimeMs < Math.max(...sources)) await import('./bundle.mjs');

/** The latest change below a folder, in milliseconds. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
