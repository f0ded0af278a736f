// The catalogue and its pages: every rule has one file, one page and one entry, and every example on a page is run.

import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../rules/index.js';
import { categories } from '../rules/rule.js';
import { expectPart } from './generated.js';
import { filesOf, found, promised, readPage, rulesFolder } from './pages.js';

const ids = catalogue.map(({ id }) => id);

describe('the catalogue', () => {
  test('names every rule once, aliases included', () => {
    const names = catalogue.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  test('has every file under rules/, and nothing else', () => {
    expect([...ids].sort()).toEqual(
      filesOf('.ts')
        .map((path) => basename(path, '.ts'))
        .sort(),
    );
  });

  test('has a page for every rule, and no page without one', () => {
    expect(
      filesOf('.md')
        .map((path) => basename(path, '.md'))
        .sort(),
    ).toEqual([...ids].sort());
  });

  test.each(catalogue.map((rule) => [rule.id, rule] as const))('%s says in one sentence what it finds', (_, rule) => {
    expect(categories).toContain(rule.category);
    expect(rule.summary).toMatch(/^[^A-Z].*[^.]$/);
  });

  test('stands in the index of rules', () => {
    const rows = catalogue.map(({ id, severity, preset, summary, category }) => {
      const page =
        filesOf('.md')
          .find((path) => basename(path, '.md') === id)
          ?.slice(rulesFolder.length + 1)
          .replaceAll('\\', '/') ?? '';
      return { category, row: `| [${id}](${page}) | ${severity} | ${preset} | ${summary} |` };
    });
    const tables = categories.map((category) => {
      const own = rows.filter((one) => one.category === category).map(({ row }) => row);
      return own.length === 0
        ? ''
        : [`### ${category}`, '', '| rule | severity | preset | finds |', '|---|---|---|---|', ...own, ''].join('\n');
    });
    expectPart(join(rulesFolder, 'README.md'), 'rules', tables.filter((table) => table !== '').join('\n'));
  });
});

describe.each(filesOf('.md').map((path) => [basename(path, '.md'), path] as const))('%s', (id, path) => {
  const page = readPage(path);
  const rule = catalogue.find((one) => one.id === id);

  test('has its sections', () => {
    const options = Object.keys(rule?.options ?? {}).length > 0 ? ['Options'] : [];
    expect(page.text.startsWith(`# ${id}\n`)).toBe(true);
    expect(page.sections).toEqual(
      expect.arrayContaining(['What', 'Why', 'Wrong', 'Right', ...options, 'Known false positives', 'How to accept']),
    );
  });

  test('shows what is wrong, and where it is silent', () => {
    const marked = page.blocks.filter(({ text }) => promised(text).some((mark) => mark.endsWith(`: ${id}`)));
    expect(marked.length).toBeGreaterThanOrEqual(1);
    expect(page.blocks.filter(({ text }) => promised(text).length === 0).length).toBeGreaterThanOrEqual(3);
    // What makes a text hard to read is mended, not accepted.
    if (rule?.check) expect(page.text).toContain(`accept ${id} "`);
  });

  test.each(page.blocks.map((block) => [block.line, block] as const))('line %d is as marked', (_, { text }) => {
    expect(found(text, id)).toEqual(promised(text));
  });
});
