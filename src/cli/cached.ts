// The name of a bundle beside this one → what it exports, read through V8's code cache.
//
// The cache is made when the package is built, for the V8 of that moment; it is data beside the code, never written later. V8 itself refuses
// one that does not fit. Where none fits, Node's own compile cache serves, if this Node has one (22 and on).

import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { Script } from 'node:vm';

type Exports = Record<string, unknown>;
type Wrapped = (
  exports: Exports,
  require: (id: string) => unknown,
  module: { exports: Exports },
  file: string,
  folder: string,
) => void;

const nodeRequire = nodeModule.createRequire(__filename);

export function load(id: string): unknown {
  if (!id.startsWith('./')) return nodeRequire(id);
  const path = `${__dirname}/${id.slice(2)}`;
  const cache = `${path}.${process.versions.v8}-${process.arch}.cache`;
  if (existsSync(cache)) {
    // Bundles are ASCII, so this is the shortest way to a string that V8 keeps in one byte a character.
    const code = `(function(exports,require,module,__filename,__dirname){${readFileSync(path, 'latin1')}})`;
    const script = new Script(code, { filename: path, cachedData: readFileSync(cache) });
    if (script.cachedDataRejected !== true) {
      const module = { exports: {} };
      (script.runInThisContext() as Wrapped)(module.exports, load, module, path, __dirname);
      return module.exports;
    }
  }
  (nodeModule as { readonly enableCompileCache?: () => void }).enableCompileCache?.();
  return nodeRequire(path);
}
