// What changed from one system to another: pages with both, laws on random pairs, the command in memory and on a real repository.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { format } from '../grammar/format.js';
import { parse } from '../grammar/index.js';
import { isEmpty, type Difference } from '../src/base/difference.js';
import { diff, type Side } from '../src/diff/index.js';
import { layout } from '../src/layout/index.js';
import { faultsOf } from '../src/layout/faults.js';
import { projectOf } from '../src/model/index.js';
import { sideOf } from '../src/pipeline.js';
import { expectFile, expectPart } from './generated.js';
import { readPage } from './pages.js';
import { randomStatements } from './random-site.js';
import { archlint } from './world.js';

function sideFrom(text: string): Side {
  const { side, reading } = sideOf(projectOf(parse({ path: 'site.infra', text })));
  if (!side) throw new Error(`${reading.map(({ message }) => message).join('\n')}\n${text}`);
  return side;
}

const between = (old: string, now: string) => diff(sideFrom(old), sideFrom(now)).difference;

const folder = 'examples/changes';
const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .sort();
const blocksOf = (page: string) => readPage(join(folder, page)).blocks.map(({ text }) => text);
const validate = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('src/report/schema/diff.json', 'utf8')) as object,
);

describe.each(pages)('%s', (page) => {
  const [old = '', now = ''] = blocksOf(page);
  const files = { '/project/old.infra': old, '/project/new.infra': now };

  test('shows both in canonical form, and what changed', async () => {
    for (const text of [old, now]) expect(format(parse({ path: page, text }))).toBe(text);
    const { status, stdout, stderr } = await archlint(['diff', 'old.infra', 'new.infra'], { files });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expectPart(join(folder, page), 'output: diff', `\`\`\`text\n$ archlint diff old.infra new.infra\n${stdout}\`\`\``);
  });

  test('as JSON by its schema, both ways round', async () => {
    for (const names of [
      ['old.infra', 'new.infra'],
      ['new.infra', 'old.infra'],
    ]) {
      const { stdout } = await archlint(['diff', ...names, '--format', 'json'], { files });
      expect(validate(JSON.parse(stdout)) || validate.errors).toBe(true);
    }
  });

  test('in one sound picture', async () => {
    const svg = join(folder, page.replace('.md', '.svg'));
    const { written } = await archlint(['diff', 'old.infra', 'new.infra', '-o', 'diff.svg'], { files });
    expectFile(svg, written['/project/diff.svg'] ?? '');
    expect(struck(written['/project/diff.svg'] ?? '')).toEqual([]);
    const { union } = diff(sideFrom(old), sideFrom(now));
    expect(faultsOf(await layout(union().system, { stacks: 'never' }))).toEqual([]);
  });
});

/** The texts that a stroke of what is removed goes through. */
function struck(svg: string): string[] {
  const strokes = [...svg.matchAll(/class="removed-ring" d="([^"]*)"/g)].flatMap(([, path = '']) =>
    [...path.matchAll(/M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/g)].map((match) => match.slice(1).map(Number)),
  );
  const texts = [...svg.matchAll(/<text class="(?:name|detail|title|label)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</g)];
  expect(texts.length).toBeGreaterThan(0);
  return texts.flatMap(([, x, y, text = '']) =>
    strokes.some(([left = 0, top = 0, right = 0, bottom = 0]) => {
      const slope = (bottom - top) / (right - left);
      const at = top + (Number(x) - left) * slope;
      return left <= Number(x) && Number(x) <= right && Number(y) - 12 < at && at < Number(y) + 2;
    })
      ? [text]
      : [],
  );
}

/** What one calls added the other calls removed, old and new change places; the order of the lists is that of the new system. */
function mirrored(difference: Difference): unknown {
  const swap: Readonly<Record<string, string>> = { added: 'removed', removed: 'added', changed: 'changed' };
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, part]): [string, unknown] => {
      if (key === 'change') return [key, swap[String(part)]];
      return [
        (
          { old: 'new', new: 'old', oldInstances: 'newInstances', newInstances: 'oldInstances' } as Record<
            string,
            string
          >
        )[key] ?? key,
        turn(part),
      ];
    });
    return Object.fromEntries(entries);
  };
  const { file, nodes, tiers, records, connections } = difference;
  return comparable({ file, nodes, tiers, records, connections }, turn);
}

/** Without order, and without the kind of what changed its kind. */
function comparable(
  lists: Readonly<Record<string, readonly object[]>>,
  turn: (value: unknown) => unknown = (value) => value,
): unknown {
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [
      name,
      list.map((one) => JSON.stringify(turn(one), sortedKeys)).sort(),
    ]),
  );
}

function sortedKeys(key: string, value: unknown): unknown {
  if (key === 'kind') return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const structureOf = ({ file, nodes, tiers, records, connections }: Difference) =>
  comparable({ file, nodes, tiers, records, connections });

/** Two of one length, through one application. */
const circles = ['a -> c : grpc', 'c -> a : grpc', 'a -> b : grpc', 'b -> a : grpc'];

describe('laws', () => {
  /** A site and the same with statements left out, put elsewhere or renamed. */
  const pair = fc
    .tuple(randomStatements, randomStatements, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }))
    .map(([one, other, keep]) => {
      const text = one.join('\n');
      const changed = one.filter((statement, index) => keep[index] || !/->/.test(statement)).join('\n');
      return keep[0]
        ? [text, other.join('\n')]
        : [text, changed.replaceAll('h2', keep[1] ? 'h2' : 'h9').replaceAll('page-i', keep[2] ? 'page-i' : 'p-i')];
    });

  test('nothing changes from a system to itself, however it is ordered', () => {
    fc.assert(
      fc.property(randomStatements, fc.integer(), (statements, seed) => {
        const text = statements.join('\n');
        const shuffled = statements
          .map((one, index) => [Math.sin(seed + index * 7.3), one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one)
          .join('\n');
        expect(isEmpty(between(text, text))).toBe(true);
        const { journeys, findings, ...structure } = between(text, shuffled);
        expect(Object.values(structure).flat()).toEqual([]);
        expect(findings.introduced.length + findings.resolved.length).toBe(0);
        expect(journeys).toEqual([]);
      }),
      // Which of two circles is told must not hang on which was declared first.
      {
        numRuns: 15,
        examples: [[['client u', 'app a', 'app b', 'app c', 'u -> a : http', ...circles], 3]],
      },
    );
  });

  test('both ways round say the same', () => {
    fc.assert(
      fc.property(pair, ([old = '', now = '']) => {
        const [there, back] = [between(old, now), between(now, old)];
        expect(mirrored(there)).toEqual(structureOf(back));
        expect(there.findings.introduced.map(({ code }) => code).sort()).toEqual(
          back.findings.resolved.map(({ code }) => code).sort(),
        );
        expect(there.findings.same).toBe(back.findings.same);
        expect(there.journeys.length).toBe(back.journeys.length);
      }),
      { numRuns: 25 },
    );
  });

  test('the picture of both is sound, and holds all that either has', async () => {
    for (const [old = '', now = ''] of fc.sample(pair, { numRuns: 4, seed: 7 })) {
      const [one, other] = [sideFrom(old), sideFrom(now)];
      const { system, nodes } = diff(one, other).union();
      expect(system.nodes.size).toBe(
        other.system.nodes.size + [...nodes.values()].filter((change) => change === 'removed').length,
      );
      for (const [id, node] of system.nodes) {
        expect(node.id).toBe(id);
        for (const child of node.children) expect(system.nodes.get(child.id)).toBe(child);
        if (node.parent) expect(system.nodes.get(node.parent.id)).toBe(node.parent);
      }
      for (const { from, choices } of system.connections)
        for (const node of [...from, ...choices.flatMap(({ named, nodes: all }) => [...named, ...all])])
          expect(system.nodes.get(node.id)).toBe(node);
      // Lines from one record, to what answered and to what answers, may begin together.
      const faults = faultsOf(await layout(system, { stacks: 'never' }));
      expect(faults.filter((fault) => !/^(\S+#\d+ ).* and \1.* run on top of each other$/.test(fault))).toEqual([]);
    }
  });
});

describe('what is the same under another name', () => {
  const identities = (old: string, now: string) =>
    between(old, now).nodes.map((node) =>
      `${node.change} ${node.old ?? ''} ${node.new ?? ''}${node.identity ? ` ${node.identity.is} ${String(node.identity.certain)}` : ''}`.trim(),
    );

  test.each([
    [
      'all else alike',
      'host a { web nginx; db mysql }',
      'host b { web nginx; db mysql }',
      ['changed a b renamed true'],
    ],
    [
      'most else alike',
      'host a { web nginx; db mysql }',
      'host b { web nginx; db mysql; cache redis }',
      ['changed a b renamed false', 'added  b/redis'],
    ],
    [
      'nothing alike',
      'host a { web nginx }',
      'host b { db mysql }',
      ['added  b', 'added  b/mysql', 'removed a', 'removed a/nginx'],
    ],
    [
      'which of two cannot be told',
      'host a { web nginx }',
      'host b { web nginx }\nhost c { web nginx }',
      ['added  b', 'added  b/nginx', 'added  c', 'added  c/nginx', 'removed a', 'removed a/nginx'],
    ],
    [
      'elsewhere',
      'host a { web nginx { listen 80 } }\nhost b',
      'host a\nhost b { web nginx { listen 80 } }',
      ['changed a/nginx b/nginx moved true'],
    ],
    ['another kind', 'service x { note "y" }', 'app x { note "y" }', ['changed x x']],
  ])('%s', (_, old, now, wanted) => {
    expect(identities(old, now)).toEqual(wanted);
  });
});

describe('archlint diff', () => {
  const one = 'client visitor\nhost a { web nginx }\nvisitor -> nginx : https\n';
  const two = 'client visitor\nhost a, b { web nginx }\nvisitor -> nginx : https\n';
  const files = {
    '/project/a.infra': one,
    '/project/b.infra': two,
    '/project/c.infra': `# the same\n${one}`,
    '/project/bad.infra': 'host {',
  };

  test('the same: one line', async () => {
    expect(await archlint(['diff', 'a.infra', 'c.infra'], { files })).toMatchObject({
      status: 0,
      stdout: '`a.infra` and `c.infra` describe the same system\n',
    });
  });

  test('--fail-on decides about the status', async () => {
    const status = async (...args: string[]) => (await archlint(['diff', ...args], { files })).status;
    expect(await status('a.infra', 'b.infra')).toBe(0);
    expect(await status('a.infra', 'b.infra', '--fail-on', 'change')).toBe(1);
    expect(await status('a.infra', 'c.infra', '--fail-on', 'change')).toBe(0);
    expect(await status('a.infra', 'b.infra', '--fail-on', 'error')).toBe(1);
    expect(await status('a.infra', 'c.infra', '--fail-on', 'introduced')).toBe(0);
  });

  test('wrong input: each has its word', async () => {
    const bad = await archlint(['diff', 'a.infra', 'bad.infra'], { files });
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toContain('bad.infra:1');
    for (const [args, words] of [
      [['a.infra'], '`diff` needs two files, or `--git` and one'],
      [['a.infra', 'none.infra'], '`none.infra` does not exist'],
      [['a.infra', 'b.infra', '-o', 'diff.gif'], 'does not say what to draw'],
      [['-', '-'], 'only one of the two can come from stdin'],
      [['--git', 'HEAD', '-'], '`-` is none'],
      [['--git', 'HEAD', 'a.infra'], '`git` is not there to be asked'],
    ] as const) {
      const { status, stderr } = await archlint(['diff', ...args], { files });
      expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
    }
  });

  test('as Markdown', async () => {
    const { stdout } = await archlint(['diff', 'a.infra', 'b.infra', '--format', 'markdown', '-o', 'x y.svg'], {
      files,
    });
    expect(stdout).toMatch(/^## a\\?\.infra, now b\\?\.infra\n/);
    expect(stdout).toContain('```diff\n+ host b with web nginx\n');
    expect(stdout).toContain('![What changed](x%20y.svg)');
  });
});

describe('two revisions', () => {
  const repository = mkdtempSync(join(tmpdir(), 'archlint-git-'));
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@foobar.com', '-c', 'init.defaultBranch=main', ...args], {
      cwd: repository,
      encoding: 'utf8',
    });
  const run = (args: readonly string[], cwd = repository) => archlint(['diff', ...args], { folder: cwd, real: true });

  afterAll(() => {
    rmSync(repository, { recursive: true, force: true });
  });

  test('with the imports of each, and a word for whatever git refuses', async () => {
    git('init', '-q');
    const put = (name: string, text: string) => {
      writeFileSync(join(repository, name), text);
    };
    put('site.infra', 'import "./inside.infra"\nclient visitor\nvisitor -> nginx : https\n');
    put('inside.infra', 'host a { web nginx }\n');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    git('tag', 'one');
    put('inside.infra', 'host a, b { web nginx }\n');
    git('add', '.');
    git('commit', '-q', '-m', 'two');
    put('inside.infra', 'host a, b, c { web nginx }\n');
    const added = async (range: string) =>
      (
        JSON.parse((await run(['--git', range, 'site.infra', '--format', 'json'])).stdout) as {
          nodes: { new: string }[];
        }
      ).nodes.map((node) => node.new);
    expect(await added('one..HEAD')).toEqual(['b', 'b/nginx']);
    expect(await added('one...')).toEqual(['b', 'b/nginx']);
    expect(await added('one')).toEqual(['b', 'b/nginx', 'c', 'c/nginx']);
    expect((await run(['--git', 'HEAD..HEAD', 'site.infra'])).stdout).toBe(
      '`site.infra` describes the same system at `HEAD` and at `HEAD`\n',
    );
    const refused = async (...args: string[]) => {
      const { status, stderr } = await run(args);
      return [status, stderr.split('\n')[0]];
    };
    expect(await refused('--git', 'mian..HEAD', 'site.infra')).toEqual([2, 'archlint: git knows no revision `mian`']);
    expect(await refused('--git=--output=x', 'site.infra')).toEqual([
      2,
      'archlint: git knows no revision `--output=x`',
    ]);
    expect(await refused('--git', 'one..HEAD', 'other.infra')).toEqual([
      2,
      'archlint: `other.infra` does not exist at `one`',
    ]);
    const outside = mkdtempSync(join(tmpdir(), 'archlint-no-git-'));
    expect((await run(['--git', 'HEAD', 'site.infra'], outside)).stderr).toContain(
      'this folder is in no git repository',
    );
    rmSync(outside, { recursive: true });
  });
});
