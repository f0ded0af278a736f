// `--watch`: what a change shows, in a world whose files somebody saves; and the built program, whose files are saved as editors do.

import { afterAll, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietEnvironment } from './bench/quiet.js';
import { archlint } from './world.js';

const clear = 'client visitor\nhost c { monitor agent; firewall f; web nginx }\nvisitor -> nginx : http\n';
const encrypted = clear.replace(': http', ': https');
const sound = 'client visitor\n';

describe('check --watch', () => {
  test('shows what came and what went, and not what only moved', async () => {
    const { stdout, stderr } = await archlint(['check', '--watch', 'a.infra'], {
      files: { '/project/a.infra': encrypted },
      saves: [
        { '/project/a.infra': `\n\n# moved\n${encrypted}` },
        { '/project/a.infra': clear },
        { '/project/other.txt': 'nobody asked about it' },
        { '/project/a.infra': sound },
      ],
    });
    const [whole = '', ...rounds] = stdout.split(/^12:00:00, \d+ ms: /m);
    expect(whole).toContain('error[spof]');
    expect(whole).toMatch(/in 1 file\n\n$/);
    expect(rounds.map((round) => round.split('\n')[0])).toEqual([
      expect.stringMatching(/^nothing new, nothing gone; .* in 1 file$/),
      expect.stringMatching(/^1 new; .* in 1 file$/),
      expect.stringMatching(/^\d gone; .* in 1 file$/),
    ]);
    expect(rounds[0]).toMatch(/\n\nerror\[missing-https\]: .*\n +--> a.infra:3:/);
    expect(rounds[1]).toContain('\ngone: a.infra: error[missing-https] ');
    expect(stderr).toBe('watching 1 file; Ctrl-C ends it\n');
  });

  test.each<[what: string, saves: Record<string, string | undefined>, word: string]>([
    ['an imported file', { '/project/parts/web.infra': 'host shared { web nginx }\n' }, 'gone'],
    ['the config', { '/project/archlint.config.json': '{ "rules": { "spof": "off" } }' }, 'gone'],
    ['a config that comes', { '/project/sites/archlint.config.json': '{ "rules": { "spof": "off" } }' }, 'gone'],
    ['a file that comes', { '/project/sites/b.infra': clear }, 'new'],
    ['a file that goes', { '/project/sites/a.infra': undefined, '/project/sites/b.infra': sound }, 'gone'],
    ['a baseline that comes', { '/project/archlint.baseline.json': '{ "version": 1, "findings": [] }' }, 'nothing new'],
    ['a config with a fault', { '/project/archlint.config.json': '{ "rule": {} }' }, 'waiting for a change'],
    ['a file with errors', { '/project/sites/a.infra': 'host c { web -> }\n' }, 'new'],
  ])('follows %s', async (_, saves, word) => {
    const { stdout, stderr } = await archlint(['check', '--watch', 'sites', '--format', 'concise'], {
      files: {
        '/project/archlint.config.json': '{}',
        '/project/parts/web.infra': 'host shared { monitor agent; firewall f; web nginx }\nhost shared\n',
        '/project/sites/a.infra': `import "../parts/web.infra"\n${clear}`,
      },
      saves: [saves],
    });
    expect((stdout + stderr).split('Ctrl-C')[0]).toContain('error[');
    expect(`${stdout.slice(stdout.lastIndexOf('\n\n'))}${stderr}`).toContain(word);
  });

  test('reads modules of somebody again, and goes on after a fault', async () => {
    const { stdout, stderr, status } = await archlint(['check', '--watch', 'a.infra'], {
      files: {
        '/project/a.infra': clear,
        '/project/own.mjs': '1',
        '/project/archlint.config.json': '{"plugins":["./own.mjs"]}',
      },
      modules: { '/project/own.mjs': { rules: [] } },
      saves: [{ '/project/a.infra': undefined }, { '/project/a.infra': clear }, { '/project/own.mjs': '2' }],
    });
    expect(stderr).toContain('12:00:00: `a.infra` does not exist; waiting for a change\n');
    expect(stdout.match(/nothing new, nothing gone/g)).toHaveLength(2);
    expect(status).toBe(1);
  });

  test.each([
    [
      ['--format', 'json'],
      '`--watch` shows changes as `full` or `concise`; give the other a file: `--format json=FILE`',
    ],
    [['--fix'], '`--watch` and `--fix` exclude each other'],
    [['-'], '`--watch` needs files; `-` is read once'],
    [['nowhere.infra'], '`nowhere.infra` does not exist'],
  ])('refuses %j', async (args, word) => {
    const { status, stderr } = await archlint(['check', '--watch', ...args], { files: { '/project/a.infra': sound } });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(word) });
  });
});

test('render --watch draws again, and keeps the last picture where the text cannot be understood', async () => {
  const { stderr, written } = await archlint(['render', 'a.infra', '-o', 'a.svg', '--watch'], {
    files: { '/project/a.infra': clear, '/project/a.svg': 'as it was' },
    saves: [
      { '/project/a.infra': 'host c { web -> }\n' },
      { '/project/a.infra': clear.replace('nginx }', 'caddy }').replace('nginx', 'caddy') },
    ],
  });
  expect(stderr).toMatch(
    /^12:00:00: a.svg drawn\nwatching; Ctrl-C ends it\nerror\[syntax\]: [^]*\n12:00:00: a.svg not drawn, so it stays as it was\n12:00:00: a.svg drawn\n$/,
  );
  expect(written['/project/a.svg']).toContain('caddy');
});

describe('the built program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'archlint-watch-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const begin = (...args: string[]) => {
    const child = spawn(process.execPath, [join(process.cwd(), 'dist/archlint.cjs'), ...args], {
      cwd: folder,
      env: quietEnvironment(),
    });
    let heard = '';
    let look = (): void => undefined;
    const hear = (data: Buffer): void => {
      heard += data.toString();
      look();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)));
    /** Waits for a text beyond what was waited for before. */
    const hears = (wanted: RegExp): Promise<void> =>
      new Promise((resolve) => {
        look = () => {
          const found = wanted.exec(heard);
          if (!found) return;
          heard = heard.slice(found.index + found[0].length);
          look = () => undefined;
          resolve();
        };
        look();
      });
    return { child, ended, hears };
  };
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  /** As many editors save: a new file is moved over the old one. */
  const replace = (name: string, text: string): void => {
    write(`${name}.new`, text);
    renameSync(join(folder, `${name}.new`), join(folder, name));
  };

  test('follows files as editors save them, and ends with 130', async () => {
    write('a.infra', encrypted);
    const { child, ended, hears } = begin('check', '--watch', '--format', 'concise', '--format', 'json=out.json', '.');
    await hears(/watching 1 file/);
    write('a.infra', clear);
    await hears(/error\[missing-https\][^]* 1 new; /);
    replace('a.infra', encrypted);
    await hears(/gone: a.infra: error\[missing-https\][^]* 1 gone; /);
    // The file that is new by its number is followed as the old one was.
    write('a.infra', clear);
    await hears(/ 1 new; /);
    mkdirSync(join(folder, 'more'));
    write('more/b.infra', clear);
    await hears(/more\/b.infra:[^]* new; .* in 2 files/);
    rmSync(join(folder, 'more/b.infra'));
    await hears(/gone: more\/b.infra[^]* gone; .* in 1 file\n/);
    write('more/b.infra', clear);
    await hears(/ new; .* in 2 files/);
    write('own.mjs', own('first'));
    write('archlint.config.json', '{ "plugins": ["./own.mjs"] }');
    await hears(/warning\[acme\/own\] first/);
    write('own.mjs', own('second'));
    await hears(/warning\[acme\/own\] second[^]*gone: .*first/);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).toContain('second');
    expect(readdirSync(folder).sort()).toEqual(['a.infra', 'archlint.config.json', 'more', 'out.json', 'own.mjs']);
    rmSync(join(folder, 'archlint.config.json'));
  }, 120_000);

  test('writing many files holds interruptions once, not once a file: Node would warn', () => {
    mkdirSync(join(folder, 'many'));
    for (let index = 0; index < 12; index++) write(`many/${index}.infra`, 'client   visitor\n');
    const { stderr } = spawnSync(process.execPath, [join(process.cwd(), 'dist/archlint.cjs'), 'fmt', 'many'], {
      cwd: folder,
      encoding: 'utf8',
      env: quietEnvironment(),
    });
    rmSync(join(folder, 'many'), { recursive: true });
    expect(stderr).toBe('12 files formatted\n');
  });

  test('redraws, and ends with 130', async () => {
    write('a.infra', encrypted);
    const { child, ended, hears } = begin('render', '--watch', 'a.infra', '-o', 'a.svg');
    await hears(/a.svg drawn\nwatching/);
    replace('a.infra', 'host c { web -> }\n');
    await hears(/a.svg not drawn, so it stays as it was/);
    expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toContain('nginx');
    replace('a.infra', encrypted.replaceAll('nginx', 'caddy'));
    await hears(/a.svg drawn/);
    expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toContain('caddy');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  }, 120_000);
});

/** A module with one rule, which finds each host. */
function own(message: string): string {
  return `export const rules = [{ id: 'acme/own', category: 'eyes and data', summary: 'finds', severity: 'warning', preset: 'recommended',
  options: {}, fixable: false,
  *check(system) { for (const node of system.nodes.values()) if (node.kind === 'host') yield { message: '${message}', at: node.at, subjects: [] }; } }];`;
}
