// The package as it is published: packed, installed into an empty folder, and run from there, by hand, by pre-commit, by GitHub's action and by
// GitLab's template.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { validateAction } from '@action-validator/core';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { quietEnvironment } from './bench/quiet.js';

const shop = `client visitor
lb balancer { managed }
host web-1, web-2 { monitor agent; web nginx }
visitor -> balancer -> nginx : https
`;
const mended = shop.replace('{ monitor', '{ firewall nftables; monitor');

const temporary = mkdtempSync(join(tmpdir(), 'archlint-package-'));
const home = join(temporary, 'home');
const bin = join(home, 'node_modules/.bin');
const environment = { ...quietEnvironment(), PATH: `${bin}:${process.env.PATH ?? ''}`, npm_config_offline: 'true' };
let archive = '';

beforeAll(() => {
  const npm = (...args: string[]) => execFileSync('npm', args, { encoding: 'utf8', env: environment });
  // As it stands: it was built when the tests were installed.
  archive = join(temporary, npm('pack', '--silent', '--ignore-scripts', '--pack-destination', temporary).trim());
  mkdirSync(home);
  npm('install', '--prefix', home, '--no-audit', '--no-fund', archive);
}, 240_000);

afterAll(() => {
  rmSync(temporary, { recursive: true, force: true });
});

function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

test('installed into an empty folder, it checks, explains, and is a library', () => {
  const cwd = folderWith('by hand', { 'shop.infra': shop });
  const run = (...args: string[]) => spawnSync('archlint', args, { cwd, encoding: 'utf8', env: environment });
  expect(run('check')).toMatchObject({ status: 1, stderr: '' });
  expect(run('check').stdout).toContain('error[missing-firewall]');
  expect(run('explain', 'missing-firewall').stdout).toMatch(/^missing-firewall\n/);
  const script = `import { parse } from 'archlint'; console.log(parse({ path: 'a', text: 'client v' }).statements.length)`;
  const library = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: home, encoding: 'utf8' });
  expect(library.stdout).toBe('1\n');
}, 60_000);

test('somebody tests a rule of their own by its page', () => {
  const cwd = join(home, 'own-rule');
  cpSync('examples/own-rule', cwd, { recursive: true });
  const run = () =>
    spawnSync(process.execPath, ['--test', 'runbooks.test.mjs'], { cwd, encoding: 'utf8', env: environment });
  expect(run()).toMatchObject({ status: 0, stderr: '' });
  const page = join(cwd, 'rules/missing-runbook.md');
  writeFileSync(page, readFileSync(page, 'utf8').replace('warning: acme/missing-runbook, ', ''));
  const { status, stdout } = run();
  expect(status).toBe(1);
  expect(stdout).toContain('line 12: warning: acme/missing-runbook is found, and not marked');
  const listed = spawnSync('archlint', ['rules', '--json'], { cwd, encoding: 'utf8', env: environment });
  expect(listed.stdout).toContain('"acme/missing-runbook"');
}, 60_000);

test('`init` writes a first system that passes, a config and a hook, and touches nothing that exists', () => {
  const cwd = folderWith('my "first" site', { 'package.json': '{ "name": "shop \\"one\\"" }' });
  spawnSync('git', ['init', '--quiet'], { cwd });
  const run = (...args: string[]) => spawnSync('archlint', args, { cwd, encoding: 'utf8', env: environment });
  const first = run('init');
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(first.stdout.match(/^wrote .*?:/gm)).toEqual([
    'wrote site.infra:',
    'wrote archlint.config.json:',
    'wrote .pre-commit-config.yaml:',
  ]);
  expect(run('check', '--fail-on', 'info')).toMatchObject({ status: 0, stdout: 'nothing to report in 1 file\n' });
  expect(run('fmt', '--check')).toMatchObject({ status: 0 });
  const text = readFileSync(join(cwd, 'site.infra'), 'utf8');
  expect(text).toContain('title "shop \\"one\\""');
  // Each thing that its comments say to take away brings the finding that they name.
  for (const [rule, changed] of [
    ['spof', text.replace('lb balancer { managed }', 'lb balancer')],
    ['spof', text.replace('web-1, web-2', 'web-1')],
    ['missing-firewall', text.replace('firewall nftables', '')],
    ['missing-monitoring', text.replace('monitor agent', '')],
    ['missing-https', text.replace('-> balancer  : https', '-> balancer : http')],
  ] as const) {
    writeFileSync(join(cwd, 'site.infra'), changed);
    expect(run('check', '--format', 'concise').stdout).toContain(`[${rule}]`);
  }
  const hook = parse(readFileSync(join(cwd, '.pre-commit-config.yaml'), 'utf8')) as {
    repos: { hooks: { id: string }[] }[];
  };
  expect(hook.repos[0]?.hooks.map(({ id }) => id)).toEqual(['archlint', 'archlint-fmt']);
  writeFileSync(join(cwd, '.pre-commit-config.yaml'), 'repos: []\n');
  const again = run('init');
  expect(again.stdout.match(/^wrote|^kept/gm)).toEqual(['kept', 'kept', 'kept']);
  expect(again.stdout).toContain('add to its `repos`:\n\n  - repo: ');
  expect(readFileSync(join(cwd, '.pre-commit-config.yaml'), 'utf8')).toBe('repos: []\n');
}, 120_000);

const hasPreCommit = spawnSync('pre-commit', ['--version']).status === 0;

/** In a repository with that hook: a commit without a firewall is refused, the mended one passes. */
function expectHook(name: string, repo: object, more: Readonly<Record<string, string>> = {}): void {
  const cwd = folderWith(name, {
    '.pre-commit-config.yaml': JSON.stringify({ repos: [repo] }),
    'shop.infra': shop,
    'other.txt': 'not ours',
  });
  const env = { ...environment, GIT_CONFIG_NOSYSTEM: '1', PRE_COMMIT_HOME: join(temporary, `${name} home`), ...more };
  const git = (...args: string[]) => spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8', env });
  git('init', '--quiet');
  expect(spawnSync('pre-commit', ['install'], { cwd, env }).status).toBe(0);
  git('add', '.');
  const refused = git('commit', '-m', 'one');
  expect(refused.stdout + refused.stderr).toContain('error[missing-firewall]');
  expect(refused.status).toBe(1);
  expect(git('rev-parse', '--verify', '--quiet', 'HEAD').status).toBe(1);
  writeFileSync(join(cwd, 'shop.infra'), mended);
  git('add', '.');
  expect(git('commit', '-m', 'two').status).toBe(0);
  expect(git('rev-parse', '--verify', '--quiet', 'HEAD').status).toBe(0);
}

const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];

(hasPreCommit ? test : test.skip)(
  'pre-commit refuses a commit without a firewall and lets the mended one pass (needs the program pre-commit)',
  () => {
    // The published hook, run as the program that is installed: what `language: node` would install comes from a network.
    const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { id: string; language: string }[];
    const local = hooks.filter(({ id }) => id === 'archlint').map((hook) => ({ ...hook, language: 'system' }));
    expectHook('repository', { repo: 'local', hooks: local });
  },
  60_000,
);

// Installs all that a build needs, and builds: a minute or more, so only where it is asked for, as CI does.
const isAsked = process.env.ARCHLINT_CLONE !== undefined && hasPreCommit;
const clones = isAsked && spawnSync('npm', ['ping'], { timeout: 20_000 }).status === 0;

(clones ? test : test.skip)(
  'so it does from a plain clone (needs ARCHLINT_CLONE in the environment, pre-commit, and a registry of npm that answers)',
  () => {
    const repo = join(temporary, 'clone');
    const git = (cwd: string, ...args: string[]) =>
      execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' });
    // What git tracks here, as it stands, is what a clone would have.
    for (const path of git('.', 'ls-files', '-z')
      .split('\0')
      .filter((each) => existsSync(each) && each !== ''))
      cpSync(path, join(repo, path));
    git(repo, 'init', '--quiet');
    git(repo, 'add', '.');
    git(repo, 'commit', '--quiet', '-m', 'all');
    const rev = git(repo, 'rev-parse', 'HEAD').trim();
    const online = { npm_config_offline: 'false', npm_config_prefer_offline: 'true' };
    expectHook('cloned', { repo: `file://${repo}`, rev, hooks: [{ id: 'archlint' }, { id: 'archlint-fmt' }] }, online);
  },
  900_000,
);

describe("GitHub's action", () => {
  interface Step {
    readonly name: string;
    readonly id?: string;
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const text = readFileSync('action.yml', 'utf8');
  const action = parse(text) as { inputs: Record<string, { default: string }>; runs: { steps: readonly Step[] } };

  test('is what the schema of actions says (as action-validator carries it)', () => {
    expect(validateAction(text).errors).toEqual([]);
    expect(validateAction(text.replace('using: composite', 'using: nothing')).errors).not.toEqual([]);
  });

  /** Runs the steps that are shell, in a made-up workspace; `uses` is for GitHub. */
  const runAction = (
    name: string,
    files: Readonly<Record<string, string>>,
    given: Readonly<Record<string, string>>,
    isInstalled = false,
  ) => {
    const workspace = folderWith(name, files);
    const runner = folderWith(`${name} runner`, { summary: '', output: '' });
    if (isInstalled) symlinkSync(home, join(runner, 'archlint'));
    const inputs = Object.fromEntries(Object.entries(action.inputs).map(([key, { default: value }]) => [key, value]));
    const values = { ...inputs, version: archive, ...given };
    const outputs = (): Record<string, string> =>
      Object.fromEntries(
        readFileSync(join(runner, 'output'), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => line.split(/=(.*)/s) as [string, string]),
      );
    const evaluated = (value: string): string =>
      value.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
        const [, kind, key = ''] = /^(inputs|steps\.check\.outputs)\.([a-z-]+)$/.exec(expression) ?? [];
        if (kind === 'inputs') return values[key as keyof typeof values];
        if (kind !== undefined) return outputs()[key] ?? '';
        const asPath = "contains(inputs.version, '/') && inputs.version || format('archlint@{0}', inputs.version)";
        if (expression === asPath) return values.version.includes('/') ? values.version : `archlint@${values.version}`;
        throw new Error(`the test cannot evaluate ${expression}`);
      });
    const ran = action.runs.steps
      .filter(({ run, name: step }) => run !== undefined && !(isInstalled && step === 'Install archlint'))
      .map(({ run = '', env = {} }) => {
        const own = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, evaluated(value)]));
        const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run];
        const github = {
          GITHUB_ACTIONS: 'true',
          GITHUB_WORKSPACE: workspace,
          GITHUB_OUTPUT: join(runner, 'output'),
          GITHUB_STEP_SUMMARY: join(runner, 'summary'),
          RUNNER_TEMP: runner,
        };
        return spawnSync('bash', shell, {
          cwd: workspace,
          encoding: 'utf8',
          env: { ...environment, ...github, ...own },
        });
      });
    return { ran, outputs: outputs(), summary: readFileSync(join(runner, 'summary'), 'utf8') };
  };

  test('annotates, writes SARIF and the summary with the picture, and fails', () => {
    const { ran, outputs, summary } = runAction(
      'checkout',
      { 'the shop.infra': shop, 'two.infra': mended },
      {
        paths: 'the shop.infra\ntwo.infra\n',
        arguments: '--today\n2026-05-01',
      },
    );
    expect(ran.map(({ status }) => status)).toEqual([0, 0, 1]);
    expect(ran[1]?.stdout).toContain('error[missing-firewall]');
    expect(ran[1]?.stderr).toContain('::error title=archlint%3A missing-firewall,file=the shop.infra,line=3');
    expect(outputs.status).toBe('1');
    const log = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8')) as { runs: { results: { ruleId: string }[] }[] };
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('missing-firewall');
    expect(summary).toContain('### archlint: 1 error');
    expect(summary).toContain('```mermaid\n');
  }, 120_000);

  test('passes where nothing is wrong, and says what it could not do', () => {
    const clean = runAction('clean', { 'two.infra': mended }, {}, true);
    expect(clean.ran.map(({ status }) => status)).toEqual([0, 0]);
    expect(clean.outputs.status).toBe('0');
    const missing = runAction('missing', {}, { paths: 'nowhere.infra' }, true);
    expect(missing.ran.map(({ status }) => status)).toEqual([0, 2]);
    expect(missing.ran[0]?.stderr).toBe('archlint: `nowhere.infra` does not exist\n');
    expect(missing.outputs).toEqual({ status: '2' });
  }, 120_000);
});

test("GitLab's template makes the reports that it names", () => {
  const template = parse(readFileSync('ci/gitlab.yml', 'utf8')) as {
    archlint: {
      script: readonly string[];
      variables: Readonly<Record<string, string>>;
      artifacts: { paths: readonly string[]; reports: Readonly<Record<string, string>> };
    };
  };
  const { script, variables, artifacts } = template.archlint;
  const [install = '', check = ''] = script;
  const prefix = '/tmp/archlint/node_modules/.bin/archlint';
  expect(install).toContain('npm install --prefix /tmp/archlint ');
  expect(check.startsWith(prefix)).toBe(true);
  const cwd = folderWith('gitlab', { 'shop.infra': shop });
  const { status } = spawnSync('sh', ['-ec', check.replace(prefix, 'archlint')], {
    cwd,
    env: { ...environment, ...variables, CI_PROJECT_DIR: cwd },
  });
  expect(status).toBe(1);
  for (const path of [...artifacts.paths, ...Object.values(artifacts.reports)])
    expect(existsSync(join(cwd, path))).toBe(true);
}, 60_000);
