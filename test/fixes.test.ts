// Fixes: whatever a page shows as wrong and a rule knows how to mend is mended by it, and `check --fix` writes it.

import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { catalogue } from '../rules/index.js';
import type { Diagnostic } from '../src/base/diagnostic.js';
import { mend } from '../src/lint/fixes.js';
import { lint } from '../src/lint/index.js';
import { projectOf, resolve } from '../src/model/index.js';
import { filesOf, readPage } from './pages.js';
import { archlint } from './world.js';

function lookAt(text: string): readonly Diagnostic[] {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'example.infra', text })));
  return lint(system, diagnostics, catalogue, { preset: 'strict', today: '2026-06-01' });
}

const all = { safe: true, suggestions: true, rules: new Set<string>() };

/** What the description itself gets wrong: a fix may bring older findings to light, but no fault of its own. */
const ofReading = new Set(
  catalogue.filter(({ category }) => category === 'the description itself').map(({ id }) => id),
);

function faults(findings: readonly Diagnostic[]): readonly string[] {
  return findings
    .filter(({ code, severity }) => severity === 'error' && ofReading.has(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

interface Case {
  readonly page: string;
  readonly text: string;
  readonly finding: Diagnostic;
}

const cases: readonly Case[] = filesOf('.md').flatMap((path) =>
  readPage(path).blocks.flatMap(({ text }) =>
    lookAt(text)
      .filter(({ code, fix, accepted }) => code === basename(path, '.md') && fix !== undefined && !accepted)
      .map((finding) => ({ page: basename(path, '.md'), text, finding })),
  ),
);

/** What is wrong after a fix that should not be: nothing. */
function flaws({ text, finding }: Case): readonly string[] {
  const { texts } = mend([finding], all, () => true);
  const [after = text] = texts.values();
  const [before, findings] = [lookAt(text), lookAt(after)];
  const alike = (list: readonly Diagnostic[]) =>
    list.filter(({ code, message }) => code === finding.code && message === finding.message).length;
  const known = new Set(faults(before));
  return [
    ...(after === text ? ['it changes nothing'] : []),
    ...(alike(findings) < alike(before) ? [] : ['the finding is still there']),
    ...faults(findings).filter((fault) => !known.has(fault)),
  ].map((flaw) => `${finding.code} in\n${text}${flaw}`);
}

describe('a fix of the examples on the pages', () => {
  test('is offered by the rules that should have one', () => {
    const codes = new Set(cases.map(({ finding }) => finding.code));
    expect([...codes].sort()).toEqual([
      'bad-template',
      'cleartext',
      'cname-at-apex',
      'cname-to-address',
      'duplicate-record',
      'missing-https',
      'missing-redirect',
      'tls-terminated-early',
      'unknown-kind',
      'unknown-name',
      'unknown-property',
      'unknown-protocol',
      'useless-accept',
      'weak-tls',
      'wrong-value',
    ]);
  });

  test('is safe only for rules that say so', () => {
    const safe = new Set(
      cases.filter(({ finding }) => finding.fix?.safety === 'safe').map(({ finding }) => finding.code),
    );
    const fixable = new Set(catalogue.filter((rule) => rule.fixable).map(({ id }) => id));
    expect([...safe].sort()).toEqual([...fixable].sort());
  });

  test.each([...new Set(cases.map(({ page }) => page))])(
    '%s: it parses, the finding is gone, no fault comes',
    (page) => {
      expect(cases.filter((one) => one.page === page).flatMap(flaws)).toEqual([]);
    },
  );
});

const site = `client visitor
host server {
  web nginx { listen 80 http, 443 https }
}
visitor -> ngnix : https
`;
const mended = site.replace('ngnix', 'nginx');

describe('check --fix', () => {
  const file = '/project/site.infra';

  test('writes what is safe, and reports what is left', async () => {
    const { status, stdout, stderr, written } = await archlint(['check', '--fix', 'site.infra'], {
      files: { [file]: site },
    });
    expect(written).toEqual({ [file]: mended });
    expect(stderr).toBe('1 fix in 1 file written\n');
    expect(stdout).not.toContain('unknown-name');
    expect(stdout).toContain('missing-redirect');
    expect(status).toBe(1);
  });

  test('writes what changes a fact when that is asked for, by rule or altogether', async () => {
    const redirecting = mended.replace('80 http', '80 redirect');
    for (const which of ['suggestions', 'missing-redirect,unknown-name']) {
      const { written } = await archlint(['check', `--fix=${which}`, 'site.infra'], { files: { [file]: site } });
      expect(written).toEqual({ [file]: redirecting });
    }
    const { written } = await archlint(['check', '--fix=missing-redirect', 'site.infra'], {
      files: { [file]: mended },
    });
    expect(written).toEqual({ [file]: redirecting });
  });

  test('with --diff shows it and writes nothing; 1 where something would change', async () => {
    const shown = await archlint(['check', '--diff', 'site.infra'], { files: { [file]: site } });
    expect(shown.written).toEqual({});
    expect(shown.status).toBe(1);
    expect(shown.stdout).toContain('-visitor -> ngnix : https\n+visitor -> nginx : https\n');
    expect(shown.stderr).toBe('1 fix in 1 file to be written by `--fix`\n');
    const nothing = await archlint(['check', '--diff', 'site.infra'], { files: { [file]: mended } });
    expect(nothing).toMatchObject({ status: 0, stdout: '', stderr: 'nothing to fix\n' });
  });

  test('keeps line ends and a byte order mark', async () => {
    const text = `\ufeff${site.replaceAll('\n', '\r\n')}`;
    const { written } = await archlint(['check', '--fix', 'site.infra'], { files: { [file]: text } });
    expect(written[file]).toBe(text.replace('ngnix', 'nginx'));
  });

  test('goes on until nothing changes: one name misspelt at several places', async () => {
    const text = `${site}visitor -> ngnix : https/8443\n`;
    const { written } = await archlint(['check', '--fix', 'site.infra'], { files: { [file]: text } });
    expect(written[file]).toBe(text.replaceAll('ngnix', 'nginx'));
  });

  test('leaves files alone that were not named, and accepted findings', async () => {
    const files = {
      '/project/.git/HEAD': '',
      [file]: 'import "./part.infra"\nclient visitor\nvisitor -> nginx : https\n',
      '/project/part.infra': 'host server { web nginx; app site }\nnginx -> sote : http\n',
    };
    const part = '/project/part.infra';
    expect((await archlint(['check', '--fix', 'part.infra'], { files })).written).toEqual({
      [part]: files[part].replace('sote', 'site'),
    });
    const accepted = mended.replace('web nginx {', 'web nginx { accept missing-redirect "for a week";');
    expect(
      (await archlint(['check', '--fix=suggestions', 'site.infra'], { files: { [file]: accepted } })).written,
    ).toEqual({});
  });

  test.each([
    [
      ['--fix=spof,missing-htps', 'site.infra'],
      '`--fix` takes `suggestions` or ids of rules, not `missing-htps`; did you mean `missing-https`?',
    ],
    [['--fix', '-'], '`--fix` has no file to write to for `-`'],
    [['--diff', '--format', 'json', 'site.infra'], '`--diff` shows edits and no findings'],
  ])('%j is no use', async (args, message) => {
    const { status, stderr } = await archlint(['check', ...args], { files: { [file]: site }, stdin: site });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('--diff reads stdin', async () => {
    const { status, stdout } = await archlint(['check', '--diff', '-'], { stdin: site });
    expect(status).toBe(1);
    expect(stdout).toContain('+visitor -> nginx : https');
  });
});
