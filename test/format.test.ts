// The canonical form: its laws on the examples, on the blocks of all pages, and on texts that are put together at random.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { format } from '../grammar/format.js';
import { parse } from '../grammar/index.js';
import { graphOf, projectOf, resolve } from '../src/model/index.js';
import { patchOf } from '../src/report/index.js';
import { filesOf, readPage } from './pages.js';
import { randomSite } from './random-site.js';
import { faults, read, shapes } from './shapes.js';
import { archlint } from './world.js';

function formatted(text: string): string | undefined {
  return format(read(text));
}

function graph(text: string): string {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'test.infra', text })));
  const accepts = system.accepts.map(({ rule, reason, until, owners }) => ({
    rule,
    reason,
    until,
    owners: owners.map((owner) => (owner.of === 'node' ? owner.node.id : owner.of)),
  }));
  const found = diagnostics.map(({ code, message }) => `${code} ${message}`);
  return JSON.stringify({ graph: graphOf(system), accepts, found });
}

const comments = (text: string) => read(text).comments.map((comment) => comment.text.trimEnd());

/** What must hold of any text without a fault. */
function holds(text: string): void {
  const once = formatted(text);
  if (once === undefined) throw new Error('it has a fault');
  expect(faults(once)).toEqual([]);
  expect(formatted(once)).toBe(once);
  expect(shapes(once)).toEqual(shapes(text));
  expect(comments(once)).toEqual(comments(text));
  expect(once).not.toMatch(/[^\S\r\n](?:\r?\n|$)|\n\r?\n\r?\n|^\s|[^\n]$/);
}

function infraBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.infra'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

const runs = (few: number) => few * Number(process.env.RUNS ?? 1);

describe('laws', () => {
  const files = infraBelow('examples').map((path) => [path, readFileSync(path, 'utf8')] as const);
  const blocks = [...filesOf('.md'), 'grammar/README.md', 'README.md'].flatMap((path) =>
    readPage(path).blocks.map(({ text, line }) => [`${path}:${line}`, text] as const),
  );
  const all = [...files, ...blocks].filter(([, text]) => faults(text).length === 0);

  test('of every example and every block of every page: the form is one, and the meaning the same', () => {
    expect(all.length).toBeGreaterThan(150);
    for (const [name, text] of all) {
      try {
        holds(text);
        expect(graph(formatted(text) ?? '')).toBe(graph(text));
        // How it was spaced makes no difference.
        expect(formatted(spread(text))).toBe(formatted(text));
      } catch (error) {
        throw new Error(`${name}\n${text}\n---\n${formatted(text) ?? ''}`, { cause: error });
      }
    }
  });

  test('of examples squeezed together', () => {
    for (const [, text] of files) holds(squeezed(text));
  });

  test('of random systems', () => {
    fc.assert(
      fc.property(randomSite, (text) => {
        holds(text);
        expect(graph(formatted(text) ?? '')).toBe(graph(text));
      }),
      { numRuns: runs(15) },
    );
  });

  test('of texts whose comments, line ends and spaces stand anywhere they may', () => {
    fc.assert(
      fc.property(scattered, (text) => {
        if (faults(text).length === 0) holds(text);
        else expect(formatted(text)).toBeUndefined();
      }),
      { numRuns: runs(400) },
    );
  });

  test('of a statement that a comment holds, with an empty block over two lines', () => {
    holds('host a {\n# archlint-accept spof: x\na -> b : http {\n} ; a -> a,a : mysql tls\n}\n');
    holds('host a {\n# archlint-accept spof: x\na -> b : http {\n}\nab -> c : mysql\n}\n');
  });

  test('of any text: with a fault nothing, else the same said', () => {
    const pieces = fc.constantFrom(
      ...['host', 'a', 'web[3]', '{', '}', '{\n', '}\n', '->', ',', '|', ' : ', ';', '"x"', '# c\n', '\n', '\r\n', '\r', ' ', '  ', '\t', '\n\n\n'],
    ); // prettier-ignore
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 40 }).map((some) => some.join('')),
          fc.string(),
        ),
        (text) => {
          if (faults(text).length === 0) holds(text);
          else expect(formatted(text)).toBeUndefined();
        },
      ),
      { numRuns: runs(400) },
    );
  });
});

/** As much on one line as the language allows. */
function squeezed(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/([^\n{},|>])\n(?=[^\n#]*\n)/g, (all, before: string) => (before === '' ? all : `${before}\n`));
}

/** The same words with other spaces and blank lines. */
function spread(text: string): string {
  const lines = text.split('\n').map((line) => {
    const indented = line.replace(/^ +/, '\t');
    return /[#"{]/.test(line) ? indented : indented.replace(/ : /g, '   :  ').replace(/ -> /g, '  ->  ');
  });
  return lines.join('\n').replaceAll('\n\n', '\n\n\n\n');
}

const space = fc.constantFrom('', ' ', '   ', '\t');
const lineEnd = fc.constantFrom(
  '\n',
  '\n\n',
  '\n\n\n',
  ' # c\n',
  '\n# own\n',
  '\n\n  # own\n\n',
  '\n# archlint-accept spof: x\n',
);
const goesOn = fc.oneof({ weight: 4, arbitrary: space }, lineEnd);
const name = fc
  .constantFrom('a', 'nginx', 'a/nginx', 'www.foobar.com', '[3]', 'x'.repeat(45))
  .map((word) => (word === '[3]' ? 'web[3]' : word));

const list = fc
  .tuple(name, fc.array(fc.tuple(fc.constantFrom(',', ',', ',', '|'), goesOn, name), { maxLength: 4 }))
  .map(
    ([first, rest]) =>
      first +
      rest
        .map(([mark, gap, word]) => `${mark}${mark === '|' ? ' ' : ''}${gap}${word}`)
        .join('')
        .replaceAll('|', ' |'),
  );

const call = fc
  .tuple(
    list,
    fc.array(fc.tuple(goesOn, list), { minLength: 1, maxLength: 2 }),
    space,
    fc.constantFrom('', ': http', ': mysql tls', '"x"', ': unix "a # b"'),
  )
  .map(
    ([from, hops, gap, words]) =>
      from + hops.map(([between, to]) => ` ->${between} ${to}`).join('') + gap + (words === '' ? '' : ` ${words}`),
  );

const property = fc
  .tuple(fc.constantFrom('listen', 'certificate', 'address each', 'www A', 'www 300 A', '@ CNAME'), list)
  .map((parts) => parts.join(' '));

const statement: fc.Memo<string> = fc.memo((depth) => {
  const flat = fc.oneof(call, property, fc.constantFrom('managed', 'note "a  b"', 'accept spof "x" until 2027-03-01'));
  if (depth <= 1) return flat;
  const inside = fc.array(fc.tuple(statement(), fc.oneof(fc.constantFrom(' ; ', ';'), lineEnd)), { maxLength: 3 });
  const block = fc
    .tuple(
      fc.constantFrom('host a', 'web nginx "X"', 'dns foobar.com', 'host a : t', 'a -> b : http', 'host a, b'),
      space,
      fc.oneof(space, lineEnd),
      inside,
    )
    .map(([head, gap, first, some]) => `${head} ${gap}{${first}${some.flat().join('')}}`);
  return fc.oneof(flat, block);
});

const scattered = fc
  .array(fc.tuple(statement(3), fc.oneof(fc.constantFrom(';', ' ; '), lineEnd)), { maxLength: 5 })
  .map((some) => some.flat().join(''));

describe('the form', () => {
  const page = readPage('grammar/README.md').blocks.filter(({ section }) => section === 'The canonical form');
  const pairs = page.flatMap((before, index) =>
    index % 2 === 0 ? [[before.line, before.text, page[index + 1]?.text] as const] : [],
  );

  test.each(pairs)('grammar/README.md:%i', (_, before, after) => {
    expect(formatted(before)).toBe(after);
    expect(formatted(before)).not.toBe(before);
  });

  test('is that of the examples', async () => {
    const paths = ['examples', 'test/bench', 'src/build'].flatMap(infraBelow);
    const files = Object.fromEntries(paths.map((path) => [`/project/${path}`, readFileSync(path, 'utf8')]));
    expect(paths.length).toBeGreaterThan(20);
    expect(await archlint(['fmt', '--check'], { files })).toMatchObject({ status: 0, stdout: '' });
  });

  test.each([
    ['CRLF where the first line has it', 'client a\r\n\n\n\nclient b', 'client a\r\n\r\nclient b\r\n'],
    ['a lone CR is no line end to keep', 'client a\rclient b\r', 'client a\nclient b\n'],
    ['an empty text', ' \n\n', ''],
    ['a comment alone', '#x', '#x\n'],
    ['wide letters count twice', 'web a # x\nweb 日本 # y\n', 'web a     # x\nweb 日本  # y\n'],
    [
      'a directive above keeps the line whole',
      '# archlint-accept spof: x\nweb a; web b',
      '# archlint-accept spof: x\nweb a; web b\n',
    ],
    [
      'as does one further up, above another comment',
      'web a  # about it # archlint-accept spof: x\n# one # archlint-accept spof: x\n\n# two\nweb a; web b',
      'web a  # about it # archlint-accept spof: x\n# one # archlint-accept spof: x\n\n# two\nweb a; web b\n',
    ],
    [
      'a comment behind the last brace is about what is before it',
      'host a {\n  web b } # c',
      'host a {\n  web b  # c\n}\n',
    ],
  ])('%s', (_, before, after) => {
    expect(formatted(before)).toBe(after);
  });
});

describe('archlint fmt', () => {
  const loose = 'client   a\nhost b {web nginx}\na->nginx:http';
  const tight = 'client a\nhost b { web nginx }\na -> nginx : http\n';
  const broken = 'host c {\n  web nginx\n';

  test('writes what changes, and only that; says so in one line', async () => {
    const files = { '/project/a.infra': loose, '/project/b/c.infra': tight };
    const { status, stdout, stderr, written } = await archlint(['fmt'], { files });
    expect({ status, stdout, written }).toEqual({ status: 0, stdout: '', written: { '/project/a.infra': tight } });
    expect(stderr).toBe('1 file formatted, 1 file is as it should be\n');
  });

  test('--check names what would change, --diff shows it; neither writes', async () => {
    const files = { '/project/a.infra': loose, '/project/b/c.infra': tight };
    const checked = await archlint(['fmt', '--check', '.'], { files });
    expect(checked).toMatchObject({ status: 1, stdout: 'a.infra\n', written: {} });
    expect(checked.stderr).toBe('1 file would be formatted, 1 file is as it should be\n');
    const diffed = await archlint(['fmt', '--diff', 'a.infra'], { files });
    expect(diffed).toMatchObject({ status: 1, written: {} });
    expect(diffed.stdout).toBe(
      '--- a/a.infra\n+++ b/a.infra\n@@ -1,3 +1,3 @@\n-client   a\n-host b {web nginx}\n-a->nginx:http\n\\ No newline at end of file\n' +
        '+client a\n+host b { web nginx }\n+a -> nginx : http\n',
    );
    const coloured = await archlint(['fmt', '--diff', '--color', 'always', 'a.infra'], { files });
    expect(coloured.stdout).toContain('\u001b[32m+client a\u001b[39m');
    expect(await archlint(['fmt', '--diff', '--check', 'b'], { files })).toMatchObject({ status: 0, stdout: '' });
  });

  test('what the config ignores is left alone; named itself it says so, and from stdin it comes back as it was', async () => {
    const files = {
      '/project/.git/HEAD': '',
      '/project/archlint.config.json': '{ "ignore": ["drafts"], "plugins": ["./own.mjs"] }',
      '/project/own.mjs': '',
      '/project/a.infra': loose,
      '/project/drafts/b.infra': loose,
    };
    const modules = { '/project/own.mjs': new Error('a module of rules has no business here') };
    const run = (args: readonly string[], more = {}) => archlint(['fmt', ...args], { files, modules, ...more });
    expect(Object.keys((await run([])).written)).toEqual(['/project/a.infra']);
    const named = await run(['a.infra', 'drafts/b.infra']);
    expect(Object.keys(named.written)).toEqual(['/project/a.infra']);
    expect(named.status).toBe(0);
    expect(named.stderr).toContain('archlint: skipped `drafts/b.infra`, which `archlint.config.json` ignores\n');
    expect(Object.keys((await run(['--no-config', 'drafts'])).written)).toEqual(['/project/drafts/b.infra']);
    expect(await run(['drafts'])).toMatchObject({ status: 2, written: {} });
    const piped = await run(['-', '--stdin-filename', 'drafts/c.infra'], { stdin: loose });
    expect(piped).toMatchObject({ status: 0, stdout: loose, written: {} });
    const strange = await run([], { files: { ...files, '/project/archlint.config.json': '{ "ignored": [] }' } });
    expect(strange).toMatchObject({ status: 2, written: {} });
    expect(strange.stderr).toContain('did you mean `ignore`?');
  });

  test('a file that is not understood is left alone, the others are formatted', async () => {
    const files = { '/project/a.infra': loose, '/project/b.infra': broken, '/project/c.infra': null };
    const { status, stdout, stderr, written } = await archlint(['fmt', 'a.infra', 'b.infra'], { files });
    expect({ status, stdout, written }).toEqual({ status: 1, stdout: '', written: { '/project/a.infra': tight } });
    expect(stderr).toContain('error[syntax]');
    expect(stderr).toMatch(/\n1 file formatted, 1 file not understood, and left alone\n$/);
    const third = await archlint(['fmt'], { files });
    expect(third).toMatchObject({ status: 2, written: { '/project/a.infra': tight } });
    expect(third.stderr).toContain('cannot read');
  });

  test('stdin goes to stdout', async () => {
    expect(await archlint(['fmt', '-'], { stdin: loose })).toMatchObject({
      status: 0,
      stdout: tight,
      stderr: '',
      written: {},
    });
    const named = ['fmt', '-', '--stdin-filename', 'shop.infra'];
    expect(await archlint([...named, '--check'], { stdin: loose })).toMatchObject({
      status: 1,
      stdout: 'shop.infra\n',
    });
    const bad = await archlint(named, { stdin: broken });
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toContain('shop.infra:1');
  });

  test('a byte order mark and CRLF stay', async () => {
    const files = { '/project/a.infra': `\ufeff${loose.replaceAll('\n', '\r\n')}` };
    const { written } = await archlint(['fmt'], { files });
    expect(written['/project/a.infra']).toBe(`\ufeff${tight.replaceAll('\n', '\r\n')}`);
  });

  test('wrong input: each has its word', async () => {
    expect(await archlint(['fmt', 'none.infra'])).toMatchObject({
      status: 2,
      stderr: 'archlint: `none.infra` does not exist\n',
    });
    expect(await archlint(['fmt'], { files: { '/project/x.txt': '' } })).toMatchObject({ status: 2 });
    expect(await archlint(['fmt', '--no-error-on-unmatched'], { files: { '/project/x.txt': '' } })).toMatchObject({
      status: 0,
      stderr: 'no files\n',
    });
  });
});

describe('a patch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'archlint-patch-'));
  const git = (args: readonly string[], input?: string) =>
    spawnSync('git', args, { cwd: folder, encoding: 'utf8', ...(input === undefined ? {} : { input }) });

  test('is applied by git to the byte: of few changes, of many, with and without last line ends', () => {
    const long = Array.from({ length: 3000 }, (_, index) => `line ${index}`).join('\n');
    const cases = [
      ['a\nb\nc\n', 'a\nx\nc\n'],
      ['a\r\nb', 'a\r\nb\r\n'],
      ['', 'a\n'],
      [long, `${long.replaceAll('line', 'other')}\n`],
    ] as const;
    mkdirSync(join(folder, 'deep'));
    for (const [before, after] of cases) {
      writeFileSync(join(folder, 'deep/x.infra'), before);
      const { stderr, status } = git(
        ['apply', '--whitespace=nowarn', '-'],
        patchOf([{ path: 'deep/x.infra', before, after }]),
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(readFileSync(join(folder, 'deep/x.infra'), 'utf8')).toBe(after);
    }
    rmSync(folder, { recursive: true });
  });
});
