// What the programs of others say: they read our exports, and a table says what archlint draws beside them.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { parse } from '../grammar/index.js';
import { exportAs } from '../src/export/index.js';
import { projectOf } from '../src/model/index.js';
import { check } from '../src/pipeline.js';
import { drawn as drawnFor, folder as folderOfComparison, rowOf, sizes, sourcesOf } from './bench/comparison.js';
import { d2In, mermaidIn } from './bench/drawers.js';
import { measure } from './bench/measured.js';
import { expectFile, updating } from './generated.js';
import { inBrowser, openBrowser } from './in-browser.js';

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.infra'))
  .sort();

inBrowser('in Chromium (skipped where there is none)', () => {
  const { page: opened, trouble, folder, open } = openBrowser();
  let page: Page;
  beforeAll(() => {
    page = opened();
  });

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
