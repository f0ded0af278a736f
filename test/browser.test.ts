// Pictures in a real browser: the page with its keyboard and its screen reader's tree, names that would run, the SVG against librsvg.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { parse } from '../grammar/index.js';
import { exportAs } from '../src/export/index.js';
import { layout } from '../src/layout/index.js';
import { projectOf } from '../src/model/index.js';
import { check } from '../src/pipeline.js';
import { pictureFindings, render } from '../src/render/index.js';
import { fontFiles } from '../src/render/font-files.gen.js';
import { renderPage } from '../src/render/page.js';
import { drawn as drawnFor, folder as folderOfComparison, rowOf, sizes, sourcesOf } from './bench/comparison.js';
import { d2In, mermaidIn } from './bench/drawers.js';
import { measure } from './bench/measured.js';
import { expectFile, updating } from './generated.js';
import { archlint } from './world.js';
import { relabelled } from './random-picture.js';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const inBrowser = program === undefined ? describe.skip : describe;
const hasLibrsvg = spawnSync('rsvg-convert', ['--version']).error === undefined;

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.infra'))
  .sort();
/** The share of pixels in which two rasterisers may differ, at the edges of letters and lines; another font makes it twice as much and more. */
const alike = 0.016;

/** At half its size. */
async function rasterised(svg: string, env: NodeJS.ProcessEnv): Promise<Buffer> {
  const program = spawn('rsvg-convert', ['--zoom', '0.5'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  program.stdin.end(svg);
  const parts: Buffer[] = [];
  for await (const part of program.stdout) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function drawn(text: string, label?: string) {
  const { system, findings } = check(projectOf(parse({ path: 'a.infra', text })));
  const scene = await layout(label === undefined ? system : relabelled(system, label));
  return { scene, findings: pictureFindings(findings) };
}

/** In the browser: the share of pixels of an SVG, drawn at half its size, that differ from those of a PNG by more than a quarter in any channel. */
const compare = `async ([svg, png]) => {
  const pixels = async (address, scale, size) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = size ?? [image.width, image.height];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    // What is beyond the rounded corners of the picture is left to the reader.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, image.width * scale, image.height * scale);
    return [context.getImageData(0, 0, canvas.width, canvas.height).data, [canvas.width, canvas.height]];
  };
  const [a, size] = await pixels('data:image/png;base64,' + png, 1);
  const address = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
  const [b] = await pixels(address, 0.5, size);
  let different = 0;
  for (let at = 0; at < a.length; at += 4)
    if ([0, 1, 2].some((channel) => Math.abs(a[at + channel] - b[at + channel]) > 64)) different += 1;
  return different / (a.length / 4);
}`;

/** In the browser: the texts of boxes that are not within the outline of their box. */
const outside = `[...document.querySelectorAll('g[id^="node."]')].flatMap((group) => {
  const [shape] = group.querySelectorAll('rect,path:not(.mark)');
  if (!shape) return [];
  const { x, width } = shape.getBBox();
  return [...group.querySelectorAll('text')]
    .filter((words) => words.getBBox().x < x - 1 || words.getBBox().x + words.getBBox().width > x + width + 1)
    .map((words) => words.textContent);
})`;

inBrowser('in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  let page: Page;
  const trouble: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'archlint-browser-'));

  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'];
    browser = await chromium.launch({ executablePath: program ?? '', args });
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => {
      trouble.push(`it ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!/^(?:file|data|about):/.test(request.url())) trouble.push(`it asked for ${request.url()}`);
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    trouble.length = 0;
    await page.goto(`file://${path}`);
  };

  test('the page moves, zooms, searches, explains and traces, by keyboard alone', async () => {
    const files = { '/project/a.infra': readFileSync('examples/three-servers-primary-replica.infra', 'utf8') };
    const { written, stderr } = await archlint(['render', 'a.infra', '-o', 'a.html'], { files });
    expect(stderr).toBe('drawn: a.html\n');
    await open('a.html', written['/project/a.html'] ?? '');
    expect(await page.locator('h1, #view text', { hasText: 'Three servers, primary and replica' }).count()).toBe(1);
    const transform = () => page.evaluate<string>(`document.querySelector('#view svg').style.transform`);
    const fitted = await transform();
    await page.locator('#view').focus();
    await page.keyboard.press('+');
    const zoomed = await transform();
    expect(zoomed).not.toBe(fitted);
    await page.keyboard.press('ArrowLeft');
    expect(await transform()).not.toBe(zoomed);
    await page.keyboard.press('0');
    expect(await transform()).toBe(fitted);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, -300);
    expect(await transform()).not.toBe(fitted);

    // Into the picture, along its lines, and out.
    await page.locator('#view').focus();
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate<string>(`document.activeElement.getAttribute('aria-label') ?? ''`);
    expect(await focused()).toBe('client visitor');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain('www.foobar.com');
    expect(await page.locator('#details').textContent()).toContain('www.foobar.com');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('view');

    await page.keyboard.press('/');
    await page.keyboard.type('gunicorn');
    expect(await page.locator('[role=status]').textContent()).toMatch(/^\d+ matches$/);
    await page.keyboard.press('Enter');
    expect(await page.locator('[role=status]').textContent()).toMatch(/^1 of \d+: .*gunicorn/);

    const finding = page.locator('[data-finding]', { hasText: 'missing-https' });
    await finding.focus();
    await page.keyboard.press('Enter');
    expect(await finding.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('[role=status]').textContent()).toContain('visitor');
    expect(await page.locator('#view .faded').count()).toBeGreaterThan(5);
    await page.keyboard.press('Escape');
    expect(await page.locator('#view .faded').count()).toBe(0);
    expect(trouble).toEqual([]);
  }, 60_000);

  test('axe finds nothing, in light, dark and narrow', async () => {
    const { scene, findings } = await drawn(readFileSync('examples/secured-and-monitored.infra', 'utf8'));
    await open('axe.html', renderPage(scene, findings, { theme: 'auto' }));
    await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 500],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 720 });
      const violations = await page.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))',
      );
      expect({ colorScheme, width, violations }).toEqual({ colorScheme, width, violations: [] });
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 720 });
  }, 60_000);

  test('names made to break out run nothing, in SVG and in HTML', async () => {
    const labels = [
      '</text><script>alert(1)</script>',
      '</script><script>alert(1)</script><!--',
      ']]><svg onload="alert(1)"/>',
      '&#0;&#x3c;script&#x3e;" onclick="alert(1)',
      'x'.repeat(10_000),
      'a\nb\r\n\tc',
      '\ud800 \udfff \u0000 \uffff',
    ];
    for (const label of labels) {
      const { scene, findings } = await drawn(readFileSync('test/hostile.infra', 'utf8'), label);
      await open('hostile.svg', render(scene, findings, { theme: 'auto' }));
      expect(
        await page.evaluate(
          `[document.documentElement.nodeName, document.querySelectorAll('script,parsererror').length]`,
        ),
      ).toEqual(['svg', 0]);
      await open('hostile.html', renderPage(scene, findings, { theme: 'auto' }));
      expect(await page.evaluate(`document.querySelectorAll('script').length`)).toBe(2);
      expect(await page.locator('#view svg').count()).toBe(1);
      await page.locator('[data-finding]').first().click();
      expect(trouble).toEqual([]);
    }
  }, 120_000);

  (hasLibrsvg ? test : test.skip)(
    'librsvg draws every example the same, light and dark (skipped without rsvg-convert)',
    async () => {
      fontFiles.forEach((file, index) => {
        writeFileSync(join(folder, `inter-${index}.ttf`), Buffer.from(file, 'base64'));
      });
      const config = join(folder, 'fonts.conf');
      writeFileSync(config, `<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`);
      const env = { ...process.env, FONTCONFIG_FILE: config };
      await open('blank.html', '<!doctype html>');
      const shares: { name: string; theme: string; share: number }[] = [];
      for (const name of examples) {
        const { scene, findings } = await drawn(readFileSync(`examples/${name}`, 'utf8'));
        const both = (['light', 'dark'] as const).map(async (theme) => {
          const svg = render(scene, findings, { theme });
          const png = await rasterised(svg, env);
          const share = await page.evaluate<number>(`(${compare})(${JSON.stringify([svg, png.toString('base64')])})`);
          return { name, theme, share: Math.round(share * 1e4) / 1e4 };
        });
        shares.push(...(await Promise.all(both)));
      }
      expect(shares.filter(({ share }) => share > alike)).toEqual([]);
      expect(shares.length).toBe(2 * examples.length);
    },
    120_000,
  );

  test('no text of any example leaves its box where a wider font stands in', async () => {
    const longest = `${readFileSync('examples/secured-and-monitored.infra', 'utf8')}
service long-name-of-a-payments-api.internal "Привет, データベース 👩‍👩‍👧 قاعدة البيانات e\u0301e\u0301"`;
    const texts = [longest, ...examples.map((name) => readFileSync(`examples/${name}`, 'utf8'))];
    for (const text of texts) {
      const { scene, findings } = await drawn(text);
      const svg = render(scene, findings, { theme: 'light' }).replace(/<style>[^]*?<\/style>/, '');
      await page.setContent(
        `<!doctype html><body>${svg.replace(/font-family="[^"]*"/, 'font-family="DejaVu Sans, Verdana, sans-serif"')}`,
      );
      expect({ name: scene.name, outside: await page.evaluate(outside) }).toEqual({ name: scene.name, outside: [] });
    }
  }, 60_000);

  const drawers = process.env['ARCHLINT_DRAWERS'] ?? '';
  const withDrawers = drawers === '' ? test.skip : test;
  const exported = (format: 'd2' | 'mermaid') => {
    const sources = ['test/hostile.infra', ...examples.map((name) => `examples/${name}`)];
    return sources.map((path) => {
      const { system, findings } = check(projectOf(parse({ path, text: readFileSync(path, 'utf8') })));
      return { path, text: exportAs(format, system, { findings, columns: 80, ascii: false }) };
    });
  };

  withDrawers(
    'Mermaid reads the export of every example, and names run nothing (needs ARCHLINT_DRAWERS)',
    async () => {
      await open('mermaid.html', '<!doctype html><body>');
      await page.addScriptTag({ path: mermaidIn(drawers) });
      for (const { path, text } of exported('mermaid')) {
        const read = await page.evaluate<string>(
          `mermaid.parse(${JSON.stringify(text)}).then((it) => it.diagramType, String)`,
        );
        expect({ path, read }).toEqual({ path, read: 'flowchart-v2' });
      }
      const [hostile] = exported('mermaid');
      const shown = await page.evaluate<string>(
        `mermaid.render('hostile', ${JSON.stringify(hostile?.text)}).then(({ svg }) => { document.body.innerHTML = svg; return document.body.textContent; })`,
      );
      expect(shown).toContain('</text><script>alert(1)</script>');
      expect(await page.evaluate(`document.body.querySelectorAll('script, [onload], [onclick]').length`)).toBe(0);
      expect(trouble).toEqual([]);
    },
    120_000,
  );

  withDrawers(
    'D2 compiles the export of every example, every name as its characters (needs ARCHLINT_DRAWERS)',
    () => {
      const all = exported('d2');
      const program = `import { D2 } from ${JSON.stringify(pathToFileURL(d2In(drawers)).href)};
      const d2 = new D2();
      const found = [];
      for (const text of ${JSON.stringify(all.map(({ text }) => text))})
        found.push(await d2.compile(text).then(({ diagram }) => diagram.shapes.map(({ label }) => label), String));
      console.log(JSON.stringify(found));
      process.exit(0);`;
      const path = join(folder, 'd2.mjs');
      writeFileSync(path, program);
      const { stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8', maxBuffer: 1e9 });
      expect(stderr).toBe('');
      const labels = JSON.parse(stdout) as (string | string[])[];
      const refused = all.flatMap(({ path }, index) =>
        Array.isArray(labels[index]) ? [] : [`${path}: ${String(labels[index])}`],
      );
      expect(refused).toEqual([]);
      expect(
        (Array.isArray(labels[0]) ? labels[0] : []).some((label) =>
          label.startsWith('</text><script>alert(1)</script>'),
        ),
      ).toBe(true);
    },
    120_000,
  );

  test.each(sizes)(
    'the table of the comparison says what archlint draws of %i nodes',
    async (size) => {
      for (const [end, text] of Object.entries(sourcesOf(size)))
        expectFile(`${folderOfComparison}/${size}.${end}`, text);
      const row = rowOf(size, 'archlint', await measure(page, 'archlint', await drawnFor(size)));
      const document = 'docs/comparison.md';
      const bare = (line: string) => line.replace(/ +\|/g, ' |');
      const lines = readFileSync(document, 'utf8').split('\n');
      const at = lines.findIndex((line) => bare(line).startsWith(`| ${size} | archlint |`));
      if (updating) {
        const [cells, old] = [row.split('|'), lines[at]?.split('|') ?? []];
        lines[at] = cells.map((cell, index) => cell.padEnd(old[index]?.length ?? 0)).join('|');
        writeFileSync(document, lines.join('\n'));
      }
      expect(bare(lines[at] ?? '')).toBe(row);
      const [, , , , overlaps, collisions] = row.split(' | ').map(Number);
      expect({ overlaps, collisions }).toEqual({ overlaps: 0, collisions: 0 });
    },
    60_000,
  );
});

test('the page that is generated is the one of its script and style', async () => {
  const maker = '../src/render/page/make.mjs';
  const { made } = (await import(maker)) as { readonly made: () => Promise<string> };
  expectFile('src/render/page.gen.ts', await made());
}, 30_000);
