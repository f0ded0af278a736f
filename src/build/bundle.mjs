// The sources → `dist/`: one bundle a command (so that none pays for another's libraries), the library, types, pages, schemas, licences, code cache.

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { notices } from './notices.mjs';
import {
  bundleBorders,
  drawingWithoutFonts,
  grammarIsLearned,
  lexerWithoutTable,
  mixinsInARow,
  suffixesWhenAsked,
} from './plugins.mjs';

const slimLibraries = [grammarIsLearned, lexerWithoutTable, mixinsInARow, drawingWithoutFonts];

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  metafile: true,
  define: { VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};

const programs = {
  archlint: 'src/cli/start.ts',
  thread: 'src/cli/thread.ts',
  'node-changes': 'src/cli/node-changes.ts',
  main: 'src/cli/bundle.ts',
  colour: 'src/cli/colour.ts',
  formats: 'src/cli/formats.ts',
  elk: 'src/cli/elk.ts',
  configured: 'src/cli/config/configured.ts',
  known: 'src/cli/check/known.ts',
  suffixes: 'tldts-icann',
  ...Object.fromEntries(
    ['src/cli/run', 'src/cli/pictures'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name !== 'shared.ts' && name !== 'format.ts')
        .map((name) => [basename(name, '.ts'), `${folder}/${name}`]),
    ),
  ),
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'pages'), { recursive: true });

const [commands, library, modules] = await Promise.all([
  build({
    ...shared,
    entryPoints: programs,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    supported: { 'dynamic-import': false },
    // Libraries ask where they stand; a bundle of this form has no such word of its own.
    define: { ...shared.define, 'import.meta.url': 'BUNDLE_URL' },
    inject: ['src/build/bundle-url.mjs'],
    plugins: [bundleBorders, suffixesWhenAsked('./suffixes.cjs'), ...slimLibraries],
  }),
  build({
    ...shared,
    entryPoints: { index: 'src/index.ts' },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'library-[hash]',
    // Some of what is bundled calls `require` for modules of Node, which this form does not have.
    banner: { js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);" },
    plugins: [suffixesWhenAsked('tldts-icann'), ...slimLibraries],
  }),
  // Loads modules of the user's own: the one place where `import()` stays what it is.
  build({
    ...shared,
    entryPoints: { modules: 'src/cli/modules.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
  }),
]);

const program = join(dist, 'archlint.cjs');
writeFileSync(program, `#!/usr/bin/env node\n${readFileSync(program, 'latin1')}`);
chmodSync(program, 0o755);
const metafile = {
  inputs: { ...commands.metafile.inputs, ...modules.metafile.inputs, ...library.metafile.inputs },
  outputs: { ...commands.metafile.outputs, ...modules.metafile.outputs, ...library.metafile.outputs },
};
writeFileSync(join(dist, 'THIRD-PARTY.txt'), notices(root, metafile));
for (const path of readdirSync(join(root, 'rules'), { recursive: true })) {
  if (path.endsWith('.md') && basename(path) !== 'README.md')
    cpSync(join(root, 'rules', path), join(dist, 'pages', basename(path)));
}
cpSync(join(root, 'node_modules/@resvg/resvg-wasm/index_bg.wasm'), join(dist, 'resvg.wasm'));
for (const folder of ['src/report/schema', 'src/config/schema'])
  cpSync(join(root, folder), join(dist, 'schema'), { recursive: true });

const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
node('node_modules/typescript/bin/tsc', '-p', 'src/build/tsconfig.json');
node('src/build/cache.mjs');
// What is built is whole: `prepare.mjs` goes by it.
writeFileSync(join(dist, 'meta.json'), JSON.stringify(metafile));
