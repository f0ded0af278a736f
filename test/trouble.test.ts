// What the world can refuse: each ends with its status and a clear word, and leaves no half-written file.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietEnvironment } from './bench/quiet.js';

const shop = 'client visitor\nhost c { web nginx }\nvisitor -> nginx : http\n';
const temporary = mkdtempSync(join(tmpdir(), 'archlint-trouble-'));
const program = join(temporary, 'program/archlint.cjs');
const work = join(temporary, 'work');
const isRoot = process.getuid?.() === 0;
/** `nobody`, on most systems. */
const unprivileged = { uid: 65534, gid: 65534 };

beforeAll(() => {
  // Where another user can read it, too.
  chmodSync(temporary, 0o755);
  cpSync('dist', join(temporary, 'program'), { recursive: true, filter: (path) => !path.endsWith('/types') });
  mkdirSync(join(work, 'empty'), { recursive: true });
  mkdirSync(join(work, 'closed'));
  writeFileSync(join(work, 'shop.infra'), shop);
  writeFileSync(join(work, 'secret.infra'), shop, { mode: 0o000 });
  writeFileSync(join(work, 'closed/known.svg'), 'as it was');
  chmodSync(join(work, 'closed'), 0o555);
});

afterAll(() => {
  rmSync(temporary, { recursive: true, force: true });
});

/** Through a shell, with `archlint` as the program; as another user where a case needs one and there is root to become it. */
function run(line: string, user: object = {}) {
  const shell = `archlint() { "${process.execPath}" "${program}" "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', shell], {
    cwd: work,
    encoding: 'utf8',
    env: quietEnvironment(),
    ...user,
  });
  return { status, stdout, stderr };
}

/** Everything in the folder and what it holds: nothing may appear or change. */
function everything(): readonly string[] {
  return readdirSync(work, { recursive: true, withFileTypes: true })
    .map(
      (entry) =>
        join(entry.parentPath, entry.name) +
        (entry.isFile() ? `: ${readFileSync(join(entry.parentPath, entry.name), 'utf8').slice(0, 80)}` : ''),
    )
    .sort();
}

const other = isRoot ? unprivileged : {};

test.each<[what: string, line: string, status: number, stderr: string, user?: object]>([
  ['a missing file', 'archlint check nowhere.infra', 2, 'archlint: `nowhere.infra` does not exist\n'],
  ['a missing file to draw', 'archlint render nowhere.infra', 2, 'archlint: `nowhere.infra` does not exist\n'],
  [
    'a folder without files',
    'archlint check empty',
    2,
    'archlint: no .infra file in `empty`\n`--no-error-on-unmatched` makes this no fault\n',
  ],
  ['a folder to draw', 'archlint render empty', 2, 'archlint: `empty` is a folder\nname one file\n'],
  [
    'a closed pipe, reports',
    '(archlint check shop.infra --fail-on never; echo "$?" >&3) 3>&1 >/dev/null | cat; archlint check shop.infra --fail-on never | true',
    0,
    '',
  ],
  ['a closed pipe, pictures', 'archlint render shop.infra | head -c 10 >/dev/null; exit "${PIPESTATUS[0]}"', 0, ''],
  [
    'a full disk behind stdout',
    'archlint check shop.infra > /dev/full',
    2,
    'archlint: cannot write `stdout`: no space is left\n',
  ],
  [
    'a full disk behind stdout, pictures',
    'archlint render shop.infra > /dev/full',
    2,
    'archlint: cannot write `stdout`: no space is left\n',
  ],
  [
    'a full device',
    'archlint render shop.infra -o /dev/full --format svg',
    2,
    'archlint: cannot write `/dev/full`: no space is left\n',
  ],
  [
    'a folder that is not there',
    'archlint render shop.infra -o no/such.svg',
    2,
    `archlint: cannot write \`${work}/no/such.svg\`: its folder does not exist\n`,
  ],
  [
    'a folder in place of the output',
    'archlint check shop.infra --format sarif=empty',
    2,
    `archlint: cannot write \`${work}/empty\`: it is a folder\n`,
  ],
  [
    'a read-only folder, a new file',
    'archlint render shop.infra -o closed/new.svg',
    2,
    `archlint: cannot write \`${work}/closed/new.svg\`: permission denied\n`,
    other,
  ],
  [
    'a read-only folder, a file that is there',
    'archlint render shop.infra -o closed/known.svg',
    2,
    `archlint: cannot write \`${work}/closed/known.svg\`: permission denied\n`,
    other,
  ],
  [
    'a file that may not be read',
    'archlint check secret.infra',
    2,
    `archlint: cannot read \`${work}/secret.infra\`: permission denied\n`,
    other,
  ],
  [
    'a first file where none may be written',
    'archlint init closed',
    2,
    `archlint: cannot write \`${work}/closed/site.infra\`: permission denied\n`,
    other,
  ],
])(
  '%s',
  (_what, line, status, stderr, user = {}) => {
    const before = everything();
    const ended = run(line, user);
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status, stderr });
    expect(everything()).toEqual(before);
  },
  30_000,
);

const mountable =
  isRoot &&
  spawnSync('bash', [
    '-c',
    `mkdir -p ${temporary}/try && mount -t tmpfs -o size=4k none ${temporary}/try && umount ${temporary}/try`,
  ]).status === 0;

(mountable ? test : test.skip)(
  'a full disk: what was there stays whole (needs a file system that may be mounted)',
  () => {
    const disk = join(temporary, 'disk');
    mkdirSync(disk);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', disk]).status).toBe(0);
    try {
      writeFileSync(join(disk, 'known.html'), 'as it was');
      const { status, stderr } = run(`archlint check shop.infra --quiet --format html=${disk}/known.html`);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `archlint: cannot write \`${disk}/known.html\`: no space is left\n`,
      });
      expect(readdirSync(disk)).toEqual(['known.html']);
      expect(readFileSync(join(disk, 'known.html'), 'utf8')).toBe('as it was');
    } finally {
      spawnSync('umount', [disk]);
    }
  },
  30_000,
);

describe('outputs are written whole', () => {
  const begin = (args: readonly string[]) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: work, env: quietEnvironment(), stdio: 'ignore' });
    const ended = new Promise<number | string | null>((resolve) => {
      child.on('close', (code, signal) => {
        resolve(code ?? signal);
      });
    });
    return { child, ended };
  };

  test('or not at all: an interruption while a picture is drawn ends with 130 and leaves nothing', async () => {
    const hosts = Array.from(
      { length: 2000 },
      (_, index) => `host h${index} { web w${index} }\nv -> w${index} : http\n`,
    );
    writeFileSync(join(work, 'large.infra'), `client v\n${hosts.join('')}`);
    const { child, ended } = begin(['render', 'large.infra', '-o', 'large.svg']);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    // A shell shows 130 for a program that the signal itself has ended.
    expect(['SIGINT', 130]).toContain(await ended);
    rmSync(join(work, 'large.infra'));
    expect(readdirSync(work).filter((name) => name.startsWith('large'))).toEqual([]);
  }, 60_000);

  test('by several runs at once, too', async () => {
    const runs = [1, 2, 3].map(
      () => begin(['check', 'shop.infra', '--today', '2026-05-01', '--format', 'html=same.html']).ended,
    );
    expect(await Promise.all(runs)).toEqual([1, 1, 1]);
    const together = readFileSync(join(work, 'same.html'), 'utf8');
    rmSync(join(work, 'same.html'));
    run('archlint check shop.infra --today 2026-05-01 --format html=same.html');
    expect(together).toBe(readFileSync(join(work, 'same.html'), 'utf8'));
    rmSync(join(work, 'same.html'));
    expect(readdirSync(work).filter((name) => name.includes('part') || name.startsWith('same'))).toEqual([]);
    expect(existsSync(join(work, 'shop.infra'))).toBe(true);
  }, 60_000);
});
