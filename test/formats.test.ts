// Pictures in other formats than SVG: pixels, plain text, and the languages of other tools.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { cellsOf, widthOf } from '../src/base/cells.js';
import { exportAs, type ExportFormat } from '../src/export/index.js';
import { clean } from '../src/layout/text.js';
import { projectOf } from '../src/model/index.js';
import { check } from '../src/pipeline.js';
import { expectFile } from './generated.js';
import { archlint } from './world.js';

const shop = 'client visitor\nhost h { web nginx }\nvisitor -> nginx : https';

describe('a PNG', () => {
  const sizeOf = (png: string) => {
    const bytes = Buffer.from(png, 'latin1');
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  };
  const draw = async (text: string, ...args: string[]) => {
    const files = { '/project/a.infra': text, '/project/not-a.ttf': 'text' };
    const { status, stderr, written } = await archlint(['render', 'a.infra', '-o', 'a.png', ...args], { files });
    return { status, stderr, png: written['/project/a.png'] ?? '' };
  };

  test('has the size of the SVG, twice and three times', async () => {
    const svg = await archlint(['render', 'a.infra'], { files: { '/project/a.infra': shop } });
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg.stdout) ?? [];
    for (const scale of [1, 2, 3]) {
      const { status, stderr, png } = await draw(shop, '--scale', String(scale));
      expect({ status, stderr }).toEqual({ status: 0, stderr: 'drawn: a.png\n' });
      expect(sizeOf(png)).toEqual({ width: Number(width) * scale, height: Number(height) * scale });
    }
  }, 30_000);

  test('is the same bytes every time, and other ones in another theme', async () => {
    const { png } = await draw(shop);
    expect((await draw(shop)).png).toBe(png);
    expect((await draw(shop, '--theme', 'light')).png).toBe(png);
    expect((await draw(shop, '--theme', 'dark')).png).not.toBe(png);
  }, 30_000);

  test('says which characters it has no glyphs for, and takes a font that has them', async () => {
    expect((await draw('service s "データ"')).stderr).toMatch(
      /^note: 3 characters such as `デ` are not in archlint's font and drawn as `\ufffd`; .*`--font FILE`\ndrawn: a\.png\n$/,
    );
    expect((await draw('service s "Łódź Привет Ελλάδα Huế"')).stderr).toBe('drawn: a.png\n');
    expect(await draw(shop, '--font', 'not-a.ttf')).toMatchObject({ status: 2, png: '' });
    expect((await draw(shop, '--font', 'nowhere.ttf')).stderr).toContain('nowhere.ttf');
  });

  test('too large to be made is a matter of its scale', async () => {
    const hosts = Array.from({ length: 200 }, (_, index) => `host h${index} { app a "${'wide '.repeat(9)}${index}" }`);
    const { status, stderr } = await draw(hosts.join('\n'), '--scale', '3');
    expect(status).toBe(2);
    expect(stderr).toContain('`--scale 3`');
  });

  test('is not for the terminal', async () => {
    const given = { files: { '/project/a.infra': shop }, columns: 80 };
    const { status, stdout, stderr } = await archlint(['render', 'a.infra', '--format', 'png'], given);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('`-o a.png`');
  });
});

/** Names that would break out of quotes, comments, entities, Markdown or HTML. */
const hostile = readFileSync('test/hostile.infra', 'utf8');

describe('plain text', () => {
  const examples = ['three-servers-shared-database-host', 'scaled-up', 'secured-and-monitored'];
  const draw = async (text: string, columns: number, ...args: string[]) => {
    const given = { files: { '/project/a.infra': text }, columns };
    return (await archlint(['render', 'a.infra', ...args], given)).stdout;
  };

  test.each(examples)('of %s is what a reviewer can open', async (name) => {
    const text = await draw(readFileSync(`examples/${name}.infra`, 'utf8'), 80);
    expectFile(`examples/text/${name}.txt`, text);
  });

  test('keeps within the terminal, and every name and finding is in it', async () => {
    for (const name of ['three-servers-shared-database-host', 'load-balanced-one-database', 'two-zones']) {
      const source = readFileSync(`examples/${name}.infra`, 'utf8');
      const { system, findings } = check(projectOf(parse({ path: 'a.infra', text: source })));
      for (const columns of [60, 80, 120]) {
        const shown = await draw(source, columns);
        for (const line of shown.split('\n')) expect(widthOf(cellsOf(line))).toBeLessThanOrEqual(columns);
        const words = shown.replace(/[│║┊\s]+/g, ' ');
        for (const node of system.nodes.values()) {
          const mentioned = node.kind !== 'firewall' && node.kind !== 'monitor';
          if (mentioned) expect(words).toContain(node.label ?? node.tier?.name ?? node.name);
        }
        for (const { code } of findings) expect(words).toContain(` ${code}: `);
      }
    }
  });

  test('has nothing but ASCII of its own where that is asked for', async () => {
    expect(await draw(shop, 80, '--ascii')).toMatch(/^[\x20-\x7e\n]*$/);
    expect(await draw(shop, 80)).toMatch(/┌/);
  });

  test('leads arrows that pass a box around it, upwards too', async () => {
    const text = `client a\nservice b\nservice c "| ▼ データ"\na -> b : http\nb -> c : http\na -> c : https\nc -> a : http optional`;
    const shown = await draw(text, 80);
    expect(shown).toContain('▼');
    expectFile('examples/text/around.txt', shown);
  });
});

describe('the languages of others', () => {
  const exported = (format: ExportFormat, text: string) => {
    const { system, findings } = check(projectOf(parse({ path: 'a.infra', text })));
    return exportAs(format, system, { findings, columns: 80, ascii: false });
  };
  const ends = { mermaid: 'mmd', d2: 'd2', dot: 'dot' } as const;

  test.each(['mermaid', 'd2', 'dot'] as const)('%s is what a reviewer can open', (format) => {
    const source = readFileSync('examples/three-servers-primary-replica.infra', 'utf8');
    expectFile(`examples/text/three-servers-primary-replica.${ends[format]}`, exported(format, source));
  });

  test('by the name of the file or by `--format`', async () => {
    const files = { '/project/a.infra': shop };
    for (const format of ['mermaid', 'd2', 'dot'] as const) {
      const { written } = await archlint(['render', 'a.infra', '-o', `x.${ends[format]}`], { files });
      const { stdout } = await archlint(['render', 'a.infra', '--format', format], { files });
      expect(written[`/project/x.${ends[format]}`]).toBe(stdout);
      expect(stdout).toBe(exported(format, shop));
    }
  });

  (found('dot') ? test : test.skip)('DOT is read by Graphviz, every name as its characters (needs `dot`)', () => {
    const { system } = check(projectOf(parse({ path: 'a.infra', text: hostile })));
    const { stdout, stderr, status } = spawnSync('dot', ['-Tjson0'], {
      input: exported('dot', hostile),
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const labels = (JSON.parse(stdout) as { objects: { label?: string }[] }).objects.map(({ label = '' }) => label);
    const read = labels.map((label) =>
      label.replace(/\\(.)|&amp;/g, (all, next: string | undefined) => (next === 'n' ? '\n' : (next ?? '&'))),
    );
    for (const node of system.nodes.values()) {
      expect(read.some((label) => label.split('\n')[0]?.startsWith(clean(node.label ?? node.name)))).toBe(true);
    }
  });

  test('D2 holds every name in quotes from which nothing breaks out', () => {
    // In a line: a key or an arrow, then at most one string in double quotes, where `\\` stands before each of `"`, `\\` and `$`.
    const string = /"(?:[^"\\$]|\\["\\$n])*"/.source;
    const key = /[A-Za-z0-9_.-]+/.source;
    const line = new RegExp(`^ *(?:\\}|${key}(?: <?-> ${key})?(?:: ?(?:${string}|[a-z-]+|[\\d.]+))?(?::? \\{)?)$`);
    const lines = exported('d2', hostile).trimEnd().split('\n');
    expect(lines.filter((each) => !line.test(each))).toEqual([]);
    expect(lines.join('\n')).toContain('"</text><script>alert(1)</script>\\n');
  });

  test('Mermaid holds every sign that it would read as an entity', () => {
    const lines = exported('mermaid', hostile).split('\n').slice(3);
    const quoted = lines.flatMap((line) => [...line.matchAll(/"([^"]*)"/g)].map(([, inner = '']) => inner));
    expect(quoted.length).toBeGreaterThan(8);
    for (const inner of quoted.filter((each) => !each.startsWith('https:')))
      expect(inner.replaceAll('<br>', '')).toMatch(/^(?:[\p{L}\p{N} _:/,()[\]×·—.`-]|#\d+;)*$/u);
  });
});

function found(program: string): boolean {
  return spawnSync(program, ['-V']).error === undefined;
}

describe('`--focus`', () => {
  const files = { '/project/a.infra': readFileSync('examples/three-servers-primary-replica.infra', 'utf8') };
  const focused = (wanted: string, ...more: string[]) =>
    archlint(['render', 'a.infra', '--focus', wanted, ...more], { files });

  test('lets one finding stand out, by number, rule or rule and subject', async () => {
    const { status, stdout } = await focused('spof');
    expect(status).toBe(0);
    expect(stdout.match(/opacity="0.25"/g)?.length).toBeGreaterThan(5);
    expect(stdout).toContain('<tspan font-weight="600">spof');
    expect(stdout).not.toContain('<tspan font-weight="600">missing-https');
    expect((await focused('spof:balancer')).stdout).toBe(stdout);
    const [, number = ''] = /class="number"[^>]*>(\d+)</.exec(stdout) ?? [];
    expect((await focused(number)).stdout).toBe(stdout);
  });

  test('says what there is where there is no such finding', async () => {
    expect(await focused('spoff')).toMatchObject({ status: 2, stdout: '' });
    expect((await focused('spoff')).stderr).toContain('did you mean `spof`');
    expect((await focused('99')).stderr).toContain('a number from 1 to 7');
    expect((await focused('spof', '--format', 'dot')).stderr).toContain('`--focus` is for pictures that are drawn');
  });
});

test('the words of a line are one line in every text format, cut where they are long', async () => {
  const note = `first\\nsecond ${'and so on '.repeat(80)}`;
  const files = { '/project/a.infra': `app a\ndb c\na -> c : mysql tls { note "${note}" }\n` };
  for (const format of ['d2', 'dot', 'mermaid']) {
    const { stdout } = await archlint(['render', 'a.infra', '--format', format, '--no-findings'], { files });
    const said = stdout.split('\n').filter((line) => line.includes('mysql'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/mysql tls first second .*(?:…|#8230;)/);
    expect(said[0]?.length).toBeLessThan(300);
  }
});

test('hosts that are alike: each by itself, or once as a stack', async () => {
  const hosts = ['a', 'b', 'c'].map((name) => `host ${name} { db etcd }`).join('\n');
  const files = { '/project/few.infra': `${hosts}\netcd -> etcd : tcp/2380 tls\n` };
  const drawn = async (...options: string[]) => archlint(['render', 'few.infra', ...options], { files });
  const each = await drawn('--expand');
  expect(each.stdout).toBe((await drawn()).stdout);
  expect(each.stdout).not.toContain('×3');
  expect((await drawn('--stack')).stdout).toMatch(/to each other[\s\S]*×3/);
  expect(await drawn('--stack', '--expand')).toMatchObject({ status: 2, stdout: '' });
  expect((await drawn('--stack', '--format', 'dot')).stderr).toContain('`--stack` is for pictures');
});
