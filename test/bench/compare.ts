// Draws the systems of the comparison with archlint, Graphviz, D2 and Mermaid (PlantUML for its time alone), measures every picture, and writes
// docs/comparison.md with the pictures beside each other. Needs `dot`, Chromium and `plantuml`; fetches D2 and Mermaid, unless they are in
// ARCHLINT_DRAWERS. With ARCHLINT_COMPARED, what is drawn and timed is kept in that folder, and a run goes on where another stopped.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { drawn, folder, rowOf, sizes, sourcesOf } from './comparison.js';
import { d2In, mermaidIn, unpackInto, versions } from './drawers.js';
import { measure, type Tool } from './measured.js';

const compared = process.env['ARCHLINT_COMPARED']?.split(':');
const kept = compared?.[0];
const work = kept ?? mkdtempSync(join(tmpdir(), 'archlint-compare-'));
const browserPath = '/usr/bin/chromium';
const given = process.env['ARCHLINT_DRAWERS'];
const drawers = given ?? work;
if (given === undefined) unpackInto(work);

const program = (name: string, text: string): string => {
  const path = join(work, name);
  writeFileSync(path, text);
  return path;
};

const byD2 = program(
  'd2.mjs',
  `import { readFileSync, writeFileSync } from 'node:fs';
import { D2 } from ${JSON.stringify(pathToFileURL(d2In(drawers)).href)};
const d2 = new D2();
const { diagram, renderOptions } = await d2.compile(readFileSync(process.argv[2], 'utf8'));
writeFileSync(process.argv[3], await d2.render(diagram, renderOptions));
process.exit(0);
`,
);
// As Mermaid's own command line does it: a page in a browser that is started for it.
const byMermaid = program(
  'mermaid.mjs',
  `import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const { chromium } = createRequire(${JSON.stringify(join(process.cwd(), 'package.json'))})('playwright-core');
const browser = await chromium.launch({ executablePath: '${browserPath}', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.addScriptTag({ path: ${JSON.stringify(mermaidIn(drawers))} });
const svg = await page.evaluate(async (text) => {
  mermaid.initialize({ startOnLoad: false, maxEdges: 5000, maxTextSize: 1e6 });
  return (await mermaid.render('picture', text)).svg;
}, readFileSync(process.argv[2], 'utf8'));
writeFileSync(process.argv[3], svg);
await browser.close();
`,
);

interface Drawer {
  readonly tool: Tool | 'plantuml';
  readonly name: string;
  readonly version: string;
  readonly command: (size: number, out: string) => readonly string[];
}

const source = (size: number, end: string) => join(folder, `${size}.${end}`);
const said = (command: string, args: readonly string[]) => {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? '';
};
const own = 'dist/archlint.cjs';
const all: readonly Drawer[] = [
  {
    tool: 'archlint',
    name: 'archlint',
    version: said(process.execPath, [own, '--version']),
    command: (size, out) => [process.execPath, own, 'render', '--no-findings', source(size, 'infra'), '-o', out],
  },
  {
    tool: 'graphviz',
    name: 'Graphviz',
    version: said('dot', ['-V']),
    command: (size, out) => ['dot', '-Tsvg', source(size, 'dot'), '-o', out],
  },
  {
    tool: 'd2',
    name: 'D2',
    version: `${versions.d2} of its package, in WebAssembly, with dagre`,
    command: (size, out) => [process.execPath, byD2, source(size, 'd2'), out],
  },
  {
    tool: 'mermaid',
    name: 'Mermaid',
    version: `${versions.mermaid} in Chromium`,
    command: (size, out) => [process.execPath, byMermaid, source(size, 'mmd'), out],
  },
  {
    tool: 'plantuml',
    name: 'PlantUML',
    version: said('plantuml', ['-version']),
    command: (size, out) => [
      'sh',
      '-c',
      `PLANTUML_LIMIT_SIZE=100000 plantuml -tsvg -pipe < ${source(size, 'puml')} > ${out}`,
    ],
  },
];

/** The least of three runs, or of as many as begin within twenty seconds, in seconds: by the clock, and of the processors. */
function timed(command: readonly string[]): { clock: number; processor: number } {
  const found = { clock: Infinity, processor: Infinity };
  const start = performance.now();
  for (let run = 0; run < 3 && performance.now() - start < 20_000; run++) {
    const { stderr, status } = spawnSync(
      'bash',
      ['-c', 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1', '-', ...command],
      {
        encoding: 'utf8',
        timeout: 300_000,
        env: { ...process.env, NODE_EXTRA_CA_CERTS: '' },
      },
    );
    if (status !== 0) throw new Error(`${command.join(' ')} gives up: ${stderr}`);
    const [clock = 0, user = 0, system = 0] = stderr.trim().split(/\s+/).map(Number);
    found.clock = Math.min(found.clock, clock);
    found.processor = Math.min(found.processor, user + system);
  }
  return found;
}

interface Drawn {
  readonly clock: number;
  readonly processor: number;
  readonly bytes: number;
}

/** With ARCHLINT_COMPARED=folder:kept, nothing more is drawn: the page is written of what the folder has. */
const onlyKept = compared?.[1] === 'kept';

/** Draws it into the file, unless that has been done. */
function once({ command }: Drawer, size: number, out: string): Drawn | undefined {
  const known = out.replace(/svg$/, 'json');
  if (existsSync(known)) return JSON.parse(readFileSync(known, 'utf8')) as Drawn;
  if (onlyKept) return undefined;
  const found = { ...timed(command(size, out)), bytes: readFileSync(out).length };
  writeFileSync(known, JSON.stringify(found));
  return found;
}

/** A picture as it stands in the document: WebP, no wider or higher than this. */
const most = 1400;
async function smaller(page: Page, svg: string): Promise<Buffer> {
  const [, width = 0, height = 0] = (/viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
  const scale = Math.min(1, most / Math.max(width, height));
  const size = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  await page.setViewportSize(size);
  await page.setContent(
    `<!doctype html><style>body{margin:0}body>svg{display:block;width:${size.width}px!important;height:${size.height}px!important;max-width:none!important}</style>${svg.slice(svg.indexOf('<svg'))}`,
  );
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const png = (await page.screenshot({ clip: { x: 0, y: 0, ...size }, timeout: 300_000 })).toString('base64');
  const webp = await page.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png}';
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.7).split(',')[1];
  })()`);
  return Buffer.from(webp, 'base64');
}

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
});
try {
  const page = await browser.newPage();
  const looks: string[] = [];
  const times: string[] = [];
  const pictures: string[] = [];
  for (const size of sizes) {
    for (const [end, text] of Object.entries(sourcesOf(size))) writeFileSync(source(size, end), text);
    const cells = new Map<string, Drawn>();
    for (const drawer of all) {
      const { tool, name } = drawer;
      const out = join(work, `${size}.${tool}.svg`);
      const found = once(drawer, size, out);
      if (found) cells.set(tool, found);
      console.log(size, name, JSON.stringify(found));
      if (tool === 'plantuml' || !existsSync(out)) continue;
      const svg = readFileSync(out, 'utf8');
      const shown = tool === 'archlint' ? await drawn(size) : svg;
      looks.push(rowOf(size, name, await measure(page, tool, shown)));
      writeFileSync(join(folder, `${size}-${tool}.webp`), await smaller(page, shown));
    }
    const cell = (tool: string, what: 'clock' | 'processor' | 'bytes') => cells.get(tool)?.[what] ?? NaN;
    const row = (what: 'clock' | 'processor' | 'bytes', by: (value: number) => string) =>
      all.map(({ tool }) => (cells.has(tool) ? by(cell(tool, what)) : '–')).join(' | ');
    times.push(
      `| ${size} | ${row('clock', (value) => value.toFixed(2))} |`,
      `| | ${row('processor', (value) => `(${value.toFixed(2)})`)} |`,
      `| | ${row('bytes', (value) => `${Math.round(value / 1000)} kB`)} |`,
    );
    const image = (tool: Tool, name: string) =>
      !existsSync(join(folder, `${size}-${tool}.webp`))
        ? '–'
        : `[![${size} nodes by ${name}](comparison/${size}-${tool}.webp)](comparison/${size}-${tool}.webp)`;
    pictures.push(
      `### ${size} nodes\n\n${['infra', 'dot', 'd2', 'mmd', 'puml'].map((end) => `[${end}](comparison/${size}.${end})`).join(' · ')}\n`,
      `| archlint | Graphviz |\n|---|---|\n| ${image('archlint', 'archlint')} | ${image('graphviz', 'Graphviz')} |\n| **D2** | **Mermaid** |\n| ${image('d2', 'D2')} | ${image('mermaid', 'Mermaid')} |\n`,
    );
  }
  const [processor] = cpus();
  const versionsSaid = all.map(({ name, version }) => `${name} ${version}`).join(', ');
  const parts = {
    'table: looks': `| nodes | by | crossings | bends | overlaps | collisions | least contrast | words below 7 |\n|---|---|---|---|---|---|---|---|\n${looks.join('\n')}`,
    'table: times': `| nodes | ${all.map(({ name }) => name).join(' | ')} |\n|---|${'---|'.repeat(all.length)}\n${times.join('\n')}`,
    machine: `${new Date().toISOString().slice(0, 10)}; ${versionsSaid}; Chromium ${browser.version()}; Node ${process.version}; ${cpus().length} × ${processor?.model ?? ''}, shared with other work.`,
    pictures: pictures.join('\n'),
  };
  let document = readFileSync('docs/comparison.md', 'utf8');
  for (const [mark, text] of Object.entries(parts)) {
    const end = (mark.split(' ')[0] ?? mark).replace(/:$/, '');
    const from = document.indexOf(`<!-- ${mark} -->`) + `<!-- ${mark} -->`.length;
    document = `${document.slice(0, from)}\n\n${text.trim()}\n\n${document.slice(document.indexOf(`<!-- /${end} -->`, from))}`;
  }
  writeFileSync('docs/comparison.md', document);
  execFileSync('npx', ['prettier', '--write', 'docs/comparison.md'], { stdio: 'inherit' });
} finally {
  await browser.close();
  if (kept === undefined) rmSync(work, { recursive: true, force: true });
}
