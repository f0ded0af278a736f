// Completion: the words that a line being typed may go on with.

import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../rules/index.js';
import { archlint } from './world.js';

describe('completion', () => {
  const words = async (...typed: readonly string[]) => {
    const { status, stdout, stderr } = await archlint(['--complete', ...typed]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout
      .split('\n')
      .map((line) => line.replace(/\t.*/, ''))
      .slice(0, -1);
  };

  test.each([
    [['ex'], ['explain']],
    [['--v'], ['--version']],
    [['help', 'ana'], ['analyze']],
    [['check', '--fo'], ['--format']],
    [['check', '--format', 'ju'], ['junit']],
    [['check', '--format=ju'], ['--format=junit']],
    [['check', '--format', 'json='], []],
    [
      ['check', 'shop.infra', '--preset', ''],
      ['recommended', 'strict'],
    ],
    [['check', '--rule', 'quor'], ['quorum=']],
    [['check', '--rule', 'spof=off,quorum=w'], ['spof=off,quorum=warning']],
    [['check', '--fix=sugg'], ['--fix=suggestions']],
    [['check', '--fix', 'sugg'], []],
    [['check', '--today', ''], []],
    [['render', '--focus', 'missing-mo'], ['missing-monitoring']],
    [['render', '-o', ''], []],
    [['explain', 'missing-mo'], ['missing-monitoring']],
    [['explain', '--', 'missing-mo'], ['missing-monitoring']],
    [
      ['completion', ''],
      ['bash', 'zsh'],
    ],
    [['check', '--fail-on', 'error', '--fail'], []],
    [['check', ''], []],
    [['chekc', '--fo'], []],
  ])('%j', async (typed, expected) => {
    expect(await words(...typed)).toEqual(expected);
  });

  test('has the rules of modules that the config names, without running them', async () => {
    const files = {
      '/project/.git/HEAD': '',
      '/project/archlint.config.json': `{ "plugins": ["./own.mjs", "acme", "./none.mjs"], // as configs may have
        "rules": { "acme/from-a-package": "off", "spof": "off" } }`,
      '/project/own.mjs': `throw new Error('it ran'); export const rules = [{ id: 'shop/own', category: 'x' }, { id: "nonsense" }];`,
    };
    const offered = async (...typed: string[]) =>
      (await archlint(['--complete', ...typed], { files, folder: '/project' })).stdout.replaceAll(/\t.*/g, '');
    expect(await offered('explain', 'shop')).toBe('shop/own\n');
    expect(await offered('check', '--rule', 'spof=off,acme')).toBe('spof=off,acme/from-a-package=\n');
    expect(await offered('explain', 'n')).not.toContain('nonsense');
    const broken = await archlint(['--complete', 'explain', 'spo'], {
      files: { ...files, '/project/archlint.config.json': '{' },
    });
    expect(broken).toMatchObject({ status: 0, stdout: expect.stringContaining('spof'), stderr: '' });
  });

  test('has every command, option and rule, each with what it is', async () => {
    expect(await words('')).toEqual(expect.arrayContaining(['check', 'render', 'fmt', 'help']));
    expect(await words('explain', '')).toEqual(catalogue.map(({ id }) => id));
    expect((await archlint(['--complete', 'explain', 'spof'])).stdout).toMatch(/^spof\t\S.* stops a journey\n$/);
    const { stdout } = await archlint(['check', '--help']);
    for (const option of await words('check', '-')) expect(stdout).toContain(option);
  });

  test('prints the script of the shell that is named, or of the one that the user has', async () => {
    const bash = await archlint(['completion', 'bash']);
    expect(bash.stdout).toContain('complete -o bashdefault');
    expect(await archlint(['completion'])).toEqual(bash);
    const zsh = await archlint(['completion'], { environment: { SHELL: '/usr/bin/zsh' } });
    expect(zsh.stdout).toMatch(/^#compdef archlint\n/);
    const { status, stderr } = await archlint(['completion', 'fish']);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `archlint: archlint cannot complete in \`fish\`; say \`archlint completion bash\` or \`archlint completion zsh\`
\`archlint completion --help\` shows what it takes
`,
    });
  });
});
