// What a run of the built program loads, and how soon it is there.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietEnvironment } from './bench/quiet.js';
import { startup } from './bench/startup.js';

const root = process.cwd();

describe('the built program', () => {
  const program = join(root, 'dist/archlint.cjs');
  const temporary = mkdtempSync(join(tmpdir(), 'archlint-start-'));
  const environment = quietEnvironment();

  beforeAll(() => {
    execFileSync(process.execPath, ['src/build/prepare.mjs'], { cwd: root });
    writeFileSync(join(temporary, 'shop.infra'), 'client visitor\nhost c { web nginx }\nvisitor -> nginx : http\n');
  }, 60_000);

  afterAll(() => {
    rmSync(temporary, { recursive: true, force: true });
  });

  test('check is built without the layout, the pictures, yargs and chalk', () => {
    const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as {
      outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
    };
    for (const bundle of ['archlint', 'main', 'check']) {
      const inputs = Object.entries(outputs[`dist/${bundle}.cjs`]?.inputs ?? {}).filter(
        ([, { bytesInOutput }]) => bytesInOutput > 0,
      );
      expect(inputs.length).toBeGreaterThan(0);
      const foreign = inputs.filter(([path]) =>
        /src\/(layout|render)\/|node_modules\/(elkjs|svgdom|@svgdotjs|yargs|chalk)\//.test(path),
      );
      expect(foreign.map(([path]) => path)).toEqual([]);
    }
  });

  /** What a run opens of the program, and of Node. */
  const watched = (
    args: readonly string[],
  ): { stdout: string; bundles: readonly string[]; loaded: readonly string[] } => {
    const watch = join(temporary, 'watch.cjs');
    writeFileSync(
      watch,
      `const fs = require('fs'); const opened = []; const read = fs.readFileSync;
fs.readFileSync = (path, ...rest) => { opened.push(String(path)); return read(path, ...rest); };
process.on('exit', () => process._rawDebug(JSON.stringify({ opened, loaded: process.moduleLoadList })));`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, ['--require', watch, program, ...args], {
      encoding: 'utf8',
      env: environment,
      cwd: temporary,
    });
    rmSync(watch);
    const { opened, loaded } = JSON.parse(stderr) as { opened: string[]; loaded: string[] };
    const bundles = opened
      .filter((path) => path.endsWith('.cjs'))
      .map((path) => path.replace(`${join(root, 'dist')}/`, ''));
    return { stdout, bundles: bundles.filter((name) => name !== 'archlint.cjs'), loaded };
  };

  test('check opens nothing else, and no module of Node that costs', () => {
    const { bundles, loaded } = watched(['check', 'shop.infra']);
    expect(bundles).toEqual(['main.cjs', 'check.cjs']);
    // It has a wildcard, below a zone of its own.
    const sample = join(root, 'test/bench/sixty-lines.infra');
    expect(readFileSync(sample, 'utf8')).toContain('*.foobar.com');
    expect(watched(['check', sample]).bundles).toEqual(['main.cjs', 'check.cjs']);
    for (const costly of ['net', 'tty', 'http', 'worker_threads', 'child_process'])
      expect(loaded).not.toContain(`NativeModule ${costly}`);
  });

  test('the list of public suffixes is opened, once, where a wildcard stands for a name that is called', () => {
    const shops = ['foobar', 'other'].map(
      (name) => `dns ${name}.co.uk { @ A 203.0.113.10 }\nvisitor -> ${name}.co.uk : https\n`,
    );
    const text = `client visitor\n${shops.join('')}host c { address 203.0.113.10; web nginx { certificate *.co.uk } }\n`;
    writeFileSync(join(temporary, 'wildcard.infra'), text);
    const { stdout, bundles } = watched(['check', 'wildcard.infra', '--format', 'concise']);
    rmSync(join(temporary, 'wildcard.infra'));
    expect(stdout).toMatch(/does not cover `foobar\.co\.uk`[^]*does not cover `other\.co\.uk`/);
    expect(bundles).toEqual(['main.cjs', 'check.cjs', 'suffixes.cjs']);

    const script = `import { check, parse } from ${JSON.stringify(join(root, 'dist/index.js'))};
const main = parse({ path: 'a.infra', text: ${JSON.stringify(text)} });
const { findings } = check({ main: 'a.infra', trees: new Map([['a.infra', main]]), unreadable: new Map() });
process.stdout.write(findings.map(({ code }) => code).join(' '));`;
    const library = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: environment,
    });
    expect([library.stderr, library.stdout]).toEqual(['', expect.stringContaining('certificate-name')]);
  });

  test('starts in less than 2.8 times what Node itself takes', () => {
    const alone = mkdtempSync(join(tmpdir(), 'archlint-start-'));
    const sample = join(alone, 'sixty-lines.infra');
    copyFileSync(join(root, 'test/bench/sixty-lines.infra'), sample);
    // A machine that is busy with other things may spoil one measurement, hardly three; where the first is good, the others need not be made.
    let ratio = Infinity;
    for (let times = 0; times < 3 && ratio >= 2.8; times++)
      ratio = Math.min(ratio, startup(program, ['check', sample], 7).ratio);
    rmSync(alone, { recursive: true });
    expect(ratio).toBeLessThan(2.8);
  }, 30_000);
});
