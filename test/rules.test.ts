// The catalogue and its pages: every rule has one file, one page and one entry, and every example on a page is run.

import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../rules/index.js';
import { categories } from '../rules/rule.js';
import { ruleNamed } from '../src/cli/run/explain.js';
import { expectPart } from './generated.js';
import { filesOf, found, promised, readPage, rulesFolder } from './pages.js';
import { archlint } from './world.js';

const ids = catalogue.map(({ id }) => id);

/** People accept, configure and baseline by these names. One may be added, and renamed only by leaving its old one as an alias. */
const promisedIds = `
  alias-target all-at-once ambiguous-listener ambiguous-name backup-shares-place bad-import bad-template
  balancer-bypass blocked-connection certificate-expired certificate-name cleartext cname-at-apex
  cname-conflict cname-loop cname-to-address co-location contradiction control-plane dangling-record
  dependency-cycle duplicate-address duplicate-name duplicate-record expired-accept exposed-admin
  exposed-data-store fault-pair invalid-name maintenance-downtime manual-failover missing-backup
  missing-certificate missing-firewall missing-health-check missing-https missing-monitoring missing-redirect
  missing-replication mixed-software mixed-tiers monitor-shares-fate no-journey not-scalable objective open-firewall overload
  overload-when-degraded port-closed port-conflict quorum session-on-instance single-backend single-nameserver
  slow-failover spof syntax tier-calls-itself tier-skipped tls-terminated-early too-large two-primaries
  unknown-kind unknown-name unknown-property unknown-protocol unreplicated unroutable-address unused
  useless-accept weak-tls write-spof wrong-host wrong-value
`
  .trim()
  .split(/\s+/);

describe('the catalogue', () => {
  test('names every rule once, aliases included', () => {
    const names = catalogue.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  test('has every rule that was ever promised, by that name or as an alias', () => {
    const names = new Set(catalogue.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]));
    expect(promisedIds.filter((id) => !names.has(id))).toEqual([]);
    expect([...names].filter((id) => !promisedIds.includes(id))).toEqual([]);
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

describe('on the command line', () => {
  test('on a terminal of 80 columns every line of the list fits, and every rule is there', async () => {
    const { stdout } = await archlint(['rules', '--color', 'never'], { columns: 80 });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const words = stdout.replace(/\s+/g, ' ');
    for (const { id, summary } of catalogue) {
      expect(words).toContain(` ${id} `);
      expect(words).toContain(summary);
    }
  });

  test('a page is shown page by page on a terminal, and nowhere else', async () => {
    const explain = (given: Parameters<typeof archlint>[1], ...more: string[]) =>
      archlint(['explain', 'spof', ...more], given);
    const own = await explain({ columns: 80 });
    expect(own.stdout).toBe('');
    expect(own.paged.less).toContain('\u001b[1mspof');
    expect((await explain({ columns: 80, environment: { PAGER: 'more -s' } })).paged['more -s']).toContain('Why');
    for (const plainly of [
      await explain({}),
      await explain({ environment: { PAGER: 'more' } }),
      await explain({ columns: 80 }, '--no-pager'),
      await explain({ columns: 80, environment: { PAGER: '' } }),
      await explain({ columns: 80, environment: { PAGER: 'cat' } }),
      await explain({ columns: 80, environment: { TERM: 'dumb' } }),
      await explain({ columns: 80, environment: { PAGER: 'missing-program' } }),
    ]) {
      expect(plainly.paged).toEqual({});
      expect(plainly.stdout).toContain('Known false positives');
    }
  });

  test('a rule is found by the name that it had before', () => {
    const [first] = catalogue;
    if (!first) throw new Error('the catalogue has rules');
    const renamed = { ...first, id: 'new-name', aliases: ['old-name'] };
    expect(ruleNamed('old-name', [renamed])).toBe(renamed);
    expect(() => ruleNamed('old-nam', [renamed])).toThrow('there is no rule `old-nam`; did you mean `old-name`?');
    expect(() => ruleNamed('NEW-NAME', [renamed])).toThrow('did you mean `new-name`?');
  });
});
