// The formats of `check` that programs read, each held to its published schema or to a program that reads it, all from one file: with findings,
// accepted risks, names of many bytes, and texts that mean something to XML, Markdown, HTML and GitHub's runner.

import { describe, expect, test } from '@jest/globals';
import * as actions from '@actions/core';
import { Ajv } from 'ajv';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { SaxesParser } from 'saxes';
import { getValidationErrors } from '@umbrelladocs/rdformat-validator';
import { diagnostic } from '../src/base/diagnostic.js';
import { report } from '../src/report/index.js';
import { all, checked, files, open, path, source, type Found } from './awkward.js';
import { archlint } from './world.js';

const load = createRequire(import.meta.url);

test('the file has what formats must cope with', () => {
  expect(all.length - open.length).toBe(2);
  expect(new Set(open.map(({ severity }) => severity))).toEqual(new Set(['error', 'warning', 'info']));
  expect(open.some(({ fix }) => fix !== null)).toBe(true);
  for (const text of ['日本', '<img/src', '`spoff`', '👩‍👩‍👧']) {
    expect(all.map(({ message }) => message).join('\n')).toContain(text);
  }
});

describe('XML', () => {
  const wellFormed = (text: string): void => {
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
  };

  test("JUnit's, by the parser that reports of CI are made with", async () => {
    const text = await checked('junit');
    wellFormed(text);
    const folder = mkdtempSync(join(tmpdir(), 'archlint-junit-'));
    writeFileSync(join(folder, 'out.xml'), text);
    const { parse } = load('test-results-parser') as {
      parse: (options: object) => {
        suites: { name: string; cases: { name: string; status: string; failure: string }[] }[];
        total: number;
        failed: number;
        skipped: number;
      };
    };
    const result = parse({ type: 'junit', files: [join(folder, 'out.xml')] });
    rmSync(folder, { recursive: true });
    const failing = open.filter(({ severity }) => severity === 'error');
    expect(result).toMatchObject({ failed: failing.length, skipped: all.length - open.length });
    expect(result.suites[0]?.cases).toHaveLength(all.length);
    expect(result.suites.map(({ name }) => name)).toEqual([path]);
    const failed = result.suites[0]?.cases.filter(({ status }) => status === 'FAIL') ?? [];
    expect(failed.map(({ failure }) => failure)).toEqual(failing.map(({ message }) => message));
    expect(failed.map(({ name }) => name)).toEqual(failing.map(({ rule, message }) => `${rule}: ${message}`));
  });

  test("JUnit's: a file without findings passes, and the severity that fails the run decides", async () => {
    const clean = { files: { '/project/a.infra': 'client visitor { note "alone" }\n' } };
    expect((await archlint(['check', '--format', 'junit'], clean)).stdout).toContain('tests="1" failures="0"');
    const never = await archlint(['check', path, '--format', 'junit', '--fail-on', 'never'], { files });
    expect(never.stdout).toContain('failures="0"');
    const info = await archlint(['check', path, '--format', 'junit', '--fail-on', 'info'], { files });
    expect(info.stdout).toContain(`failures="${open.length}"`);
  });

  test("Checkstyle's, by a plugin that comments pull requests from it", async () => {
    const text = await checked('checkstyle');
    wellFormed(text);
    const { parseCheckstyle } = load('danger-plugin-lint-report/dist/parse/checkstyle_parser') as {
      parseCheckstyle: (report: object, root: string) => readonly object[];
    };
    const { xml2js } = load('xml-js') as { xml2js: (text: string) => object };
    const violations = parseCheckstyle(xml2js(text), '');
    expect(violations).toMatchObject(
      open.map(({ severity, message, line, column }) => {
        return {
          file: path,
          line,
          column,
          severity,
          message: expect.stringContaining(message.slice(0, 20)),
        };
      }),
    );
  });

  test('whatever the names: well-formed, and every text comes back', () => {
    const unit = fc.constantFrom(
      ...'a<>&"\'\u0000\u0007\n\t\r\ufffe\ud800é日🛒 ]'.split(''),
      ']]>',
      '<!--',
      '%',
      '`',
      '🛒',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), fc.string({ unit, maxLength: 20 }), (message, name) => {
        const at = { source: { path: name, text: message }, start: 0, end: 0 };
        const run = {
          files: [name],
          findings: [diagnostic({ code: 'spof', message, at })],
          unjudged: [],
          summary: true,
        };
        for (const format of ['junit', 'checkstyle'] as const) wellFormed(report(run, { format }));
        const texts: string[] = [];
        const parser = new SaxesParser();
        parser.on('opentag', ({ name: tag, attributes }) => {
          if (tag === 'file') texts.push(String(attributes.name));
          if (tag === 'error') texts.push(String(attributes.message));
        });
        parser.write(report(run, { format: 'checkstyle' })).close();
        const kept = (text: string): string => text.replace(/[\u0000-\u0008\ufffe]|[\ud800-\udfff]/gu, '\ufffd');
        expect(texts).toEqual([kept(name), kept(message)]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('GitHub', () => {
  /** What the toolkit itself would print for the same annotations. */
  const issued = (findings: readonly { severity: string; message: string; properties: object }[]): string => {
    let text = '';
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (part: string) => {
      text += part;
      return true;
    };
    try {
      for (const { severity, message, properties } of findings) {
        const issue = severity === 'error' ? actions.error : severity === 'warning' ? actions.warning : actions.notice;
        issue(message, properties);
      }
    } finally {
      process.stdout.write = write;
    }
    return text;
  };
  const unescaped = (text: string): string =>
    text
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');

  test('annotations are, byte for byte, what its toolkit prints', async () => {
    const text = await checked('github');
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(open.length);
    const expected = open.map(({ rule, severity, line, endLine, column, endColumn }, index) => {
      const message = unescaped((lines[index] ?? '').replace(/^::.*?::/, ''));
      const properties = {
        title: `archlint: ${rule}`,
        file: path,
        startLine: line,
        endLine,
        startColumn: column,
        endColumn,
      };
      return { severity, message, properties };
    });
    expect(text).toBe(issued(expected));
    open.forEach(({ message }, index) => {
      expect(expected[index]?.message.startsWith(message)).toBe(true);
    });
  });

  test('in GitHub Actions they are printed as well, on stderr, with paths from the root of the repository', async () => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/project' };
    const given = { files, environment, folder: '/project/wo' };
    const name = path.slice('wo/'.length);
    const both = await archlint(['check', name, '--format', 'concise'], given);
    expect(both.stdout).toMatch(/^lä den/);
    expect(both.stderr.split('\n')).toHaveLength(open.length + 1);
    expect(both.stderr).toContain('file=wo/lä den%2C 100%25%3A 🛒 &<1>.infra,line=');
    const once = await archlint(['check', name, '--format', 'github'], given);
    expect(once).toMatchObject({ stdout: both.stderr, stderr: '' });
    const elsewhere = await archlint(['check', name, '--format', 'concise'], { ...given, environment: {} });
    expect(elsewhere).toMatchObject({ stdout: both.stdout, stderr: '' });
  });
});

test('GitLab: code quality, as its documentation states it', async () => {
  const text = { type: 'string', minLength: 1 };
  const line = { type: 'integer', minimum: 1 };
  const object = (properties: object, required = Object.keys(properties)) => ({
    type: 'object',
    required,
    properties,
    additionalProperties: false,
  });
  // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format; `end` is of the Code Climate specification that it takes its shape from.
  const issue = object({
    description: text,
    check_name: text,
    fingerprint: text,
    severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
    location: object({ path: text, lines: object({ begin: line, end: line }) }),
  });
  const validate = new Ajv().compile({ type: 'array', items: issue });
  const issues = JSON.parse(await checked('gitlab')) as {
    fingerprint: string;
    check_name: string;
    location: { path: string };
  }[];
  expect(validate(issues) || validate.errors).toBe(true);
  expect(issues.map(({ check_name }) => check_name)).toEqual(open.map(({ rule }) => rule));
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  expect(issues[0]?.location.path).toBe(path);
  // Two files that say the same have issues of their own.
  const shop = 'client v\nhost c { web nginx }\nv -> nginx : http\n';
  const two = await archlint(['check', '--format', 'gitlab'], {
    files: { '/project/a.infra': shop, '/project/b.infra': shop },
  });
  const ids = (JSON.parse(two.stdout) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
  expect(new Set(ids).size).toBe(ids.length);
});

test('rdjson: what reviewdog reads, with columns in bytes of UTF-8', async () => {
  const document = JSON.parse(await checked('rdjson')) as {
    diagnostics: {
      code: { value: string };
      location: { range: { start: { line: number; column: number }; end: { line: number; column: number } } };
    }[];
  };
  expect(await getValidationErrors(document)).toEqual([]);
  expect(await getValidationErrors({ diagnostics: [{ location: 1 }] })).not.toEqual([]);
  const lines = source.split('\n').map((line) => Buffer.from(line));
  document.diagnostics.forEach(({ code, location: { range } }, index) => {
    const { rule, line, column, endLine, endColumn } = open[index] as Found;
    expect([code.value, range.start.line, range.end.line]).toEqual([rule, line, endLine]);
    const before = (row: number, end: number): string =>
      (lines[row - 1] ?? Buffer.alloc(0)).subarray(0, end - 1).toString();
    expect(before(range.start.line, range.start.column)).toHaveLength(column - 1);
    expect(before(range.end.line, range.end.column)).toHaveLength(endColumn - 1);
  });
});

/** The elements of a text in HTML, in order, and its words. */
function readHtml(text: string): { readonly tags: readonly string[]; readonly words: string } {
  const tags = [...text.matchAll(/<([a-z][a-z0-9]*)\b/gi)].map(([, name = '']) => name.toLowerCase());
  const words = text
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '')
    .replaceAll('\u200b', '');
  return { tags, words };
}

describe('Markdown', () => {
  const rendered = (text: string): string =>
    micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const allowed = 'h3 p table thead tbody tr th td strong code details summary pre'.split(' ');

  test('as GitHub renders it: every finding in the table and in full, and no name is more than text', async () => {
    const { tags, words } = readHtml(rendered(await checked('markdown')));
    expect(tags.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(tags.filter((name) => name === 'tr')).toHaveLength(all.length + 2);
    expect(tags.filter((name) => name === 'td')).toHaveLength(4 * open.length + 3 * (all.length - open.length));
    expect(tags.filter((name) => name === 'pre')).toHaveLength(open.length);
    for (const { message, accepted } of all) {
      expect(words).toContain(message.replaceAll('`', ''));
      if (accepted) expect(words).toContain(accepted.reason.replaceAll('`', ''));
    }
  });

  test('has the picture in the language that forges draw', async () => {
    const given = { files: { '/project/a.infra': 'client v\nhost c { web nginx }\nv -> nginx : http\n' } };
    const [, drawing] =
      /^```mermaid\n(.*?)^```$/ms.exec((await archlint(['check', '--format', 'markdown'], given)).stdout) ?? [];
    expect(drawing).toBe((await archlint(['render', 'a.infra', '--format', 'mermaid'], given)).stdout);
  });

  test('whatever the names: the same elements', () => {
    const unit = fc.constantFrom(
      ...'a |`<>&*_~[]()#@!\\$-+:.\n\t'.split(''),
      'www.a.org',
      'https://a.org',
      '```',
      '<b>',
      '</details>',
      '@team',
    );
    const of = (message: string): readonly string[] => {
      const at = { source: { path: message, text: message }, start: 0, end: 0 };
      const known = diagnostic({ code: 'spof', message, at, accepted: { reason: message } });
      const found = diagnostic({ code: 'spof', message, at, label: message, notes: [message] });
      const run = { files: [message], findings: [found, known], unjudged: [`x ${message}`], summary: true };
      return readHtml(rendered(report(run, { format: 'markdown' }))).tags.filter((name) => name !== 'code');
    };
    const plain = of('a');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (message) => {
        expect(of(message)).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });
});

describe('HTML', () => {
  test('one page that needs nothing else, with the picture, and no name is more than text', async () => {
    const page = await checked('html');
    const { tags, words } = readHtml(page);
    expect(tags.filter((name) => name === 'section')).toHaveLength(open.length);
    expect(tags).not.toContain('script');
    expect(tags).not.toContain('link');
    expect(page).toContain("default-src 'none'");
    // This file is not understood whole, so there is no picture of it; the next one is.
    expect(tags).not.toContain('img');
    for (const { message } of all) expect(words.replaceAll('`', '')).toContain(message.replaceAll('`', ''));
    const shop = 'title "A & <b>"\nclient v\nhost c { web nginx }\nv -> nginx : http\n';
    const drawn = (await archlint(['check', 'a.infra', '--format', 'html'], { files: { '/project/a.infra': shop } }))
      .stdout;
    const picture = decodeURIComponent(
      /<img [^>]*src="data:image\/svg\+xml;charset=utf-8,([^"]*)"/.exec(drawn)?.[1] ?? '',
    );
    expect(picture).toBe((await archlint(['render', 'a.infra'], { files: { '/project/a.infra': shop } })).stdout);
    expect(readHtml(drawn).words).toContain('A & <b>');
  });

  test('whatever the names: the same elements', () => {
    const unit = fc.constantFrom(...'a`<>&"\'\u0001\u0002 \n'.split(''), '<b>', '</pre>', '\u0001error ', '日');
    const of = (message: string): readonly string[] => {
      const at = { source: { path: message, text: message }, start: 0, end: 0 };
      const found = diagnostic({ code: 'spof', message, at, label: message, notes: [message] });
      const known = { ...found, accepted: { reason: message } };
      const pictures = [{ file: message, title: message, svg: message }];
      const run = { files: [message], findings: [found, known], unjudged: [message], summary: true, pictures };
      return readHtml(report(run, { format: 'html' })).tags.filter((name) => name !== 'code' && name !== 'span');
    };
    const plain = of('a');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (message) => {
        expect(of(message)).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });
});
