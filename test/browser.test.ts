// Pictures in a real browser: the page with its keyboard and its screen reader's tree, names that would run, the SVG against librsvg.

import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { parse } from '../grammar/index.js';
import { layout } from '../src/layout/index.js';
import { projectOf } from '../src/model/index.js';
import { check } from '../src/pipeline.js';
import { pictureFindings, render } from '../src/render/index.js';
import { fontFiles } from '../src/render/font-files.gen.js';
import { renderPage } from '../src/render/page.js';
import { expectFile } from './generated.js';
import { inBrowser, openBrowser } from './in-browser.js';
import { relabelled } from './random-picture.js';
import { archlint } from './world.js';

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
  const { page: opened, trouble, folder, open } = openBrowser();
  let page: Page;
  beforeAll(() => {
    page = opened();
  });

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
});

test('the page that is generated is the one of its script and style', async () => {
  const maker = '../src/render/page/make.mjs';
  const { made } = (await import(maker)) as { readonly made: () => Promise<string> };
  expectFile('src/render/page.gen.ts', await made());
}, 30_000);
