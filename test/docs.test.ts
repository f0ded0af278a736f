// The pages under docs/: every system on them is read, every command line is run, one after the other as a reader would, and what they show of an
// output is that output.

import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expectPart } from './generated.js';
import { archlint } from './world.js';

const site = `client visitor
lb balancer { managed }
host a { web nginx }
host b { web nginx }
visitor -> balancer -> nginx : https
`;

/** What is no command of archlint, and so is not run here. */
const others = ['git diff --exit-code site.svg'];

/** What a command says of what it did. */
const done =
  /^(?:drawn: .*|(?:\d\d:\d\d:\d\d: .* drawn\n)?watching.*|\d+ (?:fix|fixes|file|files|entry|entries) .*|.*baseline.*|nothing to fix)\n$/;

const pages = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

test('there are pages', () => {
  expect(pages.length).toBeGreaterThan(4);
});

test.each(pages)('%s does what it says', async (page) => {
  const text = readFileSync(page, 'utf8');
  const files: Record<string, string> = {
    '/project/.git/HEAD': '',
    '/project/site.infra': site,
    '/project/old.infra': site,
  };
  const run = async (line: string) => {
    const outcome = await archlint(line.split(/\s+/).slice(2), { files });
    // 1 says that something was found; a page has no command that cannot be done.
    expect({ line, done: outcome.status < 2, stderr: outcome.stderr.replace(done, '') }).toEqual({
      line,
      done: true,
      stderr: '',
    });
    for (const [path, content] of Object.entries(outcome.written))
      if (typeof content === 'string') files[path] = content;
    return outcome;
  };
  const parts = text.matchAll(/^```(infra|sh)\n(.*?)^```|^<!-- output: (.*?) -->/gms);
  for (const [, language, block = '', shown] of parts) {
    if (language === 'infra') {
      files['/project/site.infra'] = block;
      const { stdout } = await archlint(['check', 'site.infra', '--format', 'concise'], { files });
      expect(stdout).not.toContain('[syntax]');
      expect(stdout.includes('[unknown-')).toBe(block.includes('# error: unknown-'));
    } else if (shown !== undefined) {
      const { stdout } = await run(`npx archlint ${shown}`);
      expectPart(page, `output: ${shown}`, `\`\`\`text\n$ archlint ${shown}\n${stdout}\`\`\``);
    } else {
      for (const line of block.trimEnd().split(/\n| && /)) {
        if (!others.includes(line)) expect(line).toMatch(/^npx archlint /);
        if (line.startsWith('npx archlint ')) await run(line);
      }
    }
  }
});

test('every link to a file leads to one', () => {
  const broken = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => target !== 'site.svg' && !existsSync(join(dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});
