// The documents: every example in them is read, and what is generated in them is as it should be.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { textMateGrammar } from '../grammar/textmate.js';
import { catalogue } from '../rules/index.js';
import { categories } from '../rules/rule.js';
import { kindNames } from '../src/model/kinds.js';
import { propertyWords } from '../src/model/properties.js';
import { connectionWords, protocolNames } from '../src/model/protocols.js';
import { recordTypes } from '../src/model/records.js';
import { positionAt } from '../src/base/source.js';
import { projectOf, resolve } from '../src/model/index.js';
import { expectFile, expectPart } from './generated.js';
import { filesOf, promised, readPage } from './pages.js';
import { archlint } from './world.js';

describe('examples in documents mean what their marks say', () => {
  const pages = ['README.md', 'grammar/README.md'].map((path) => ({ path, page: readPage(path) }));
  const blocks = pages.flatMap(({ path, page }) =>
    page.blocks.map((block) => ({ ...block, name: `${path}:${block.line}` })),
  );

  test.each(blocks)('$name', ({ text }) => {
    const { diagnostics } = resolve(projectOf(parse({ path: 'example.infra', text })));
    const found = diagnostics.map(
      (one) => `${positionAt(one.at.source, one.at.start).line} ${one.severity}: ${one.code}`,
    );
    expect([...new Set(found)].sort()).toEqual(promised(text));
  });
});

test("the editors' grammar has the words of the tables", () => {
  const grammar = textMateGrammar({
    kinds: kindNames,
    protocols: protocolNames,
    properties: propertyWords,
    recordTypes,
    connectionWords,
  });
  expectFile('grammar/infra.tmLanguage.json', `${JSON.stringify(grammar, null, 2)}\n`);
});

describe('the README', () => {
  const readme = 'README.md';

  test('lists every rule with what it finds', () => {
    const tables = categories.map((category) => {
      const rows = catalogue
        .filter((rule) => rule.category === category)
        .map(({ id, severity, preset, summary }) => {
          const page = filesOf('.md').find((path) => path.endsWith(`/${id}.md`)) ?? '';
          const strict = preset === 'strict' ? ', strict only' : '';
          return `| [${id}](${page.slice(page.indexOf('rules/'))}) | ${severity}${strict} | ${summary} |`;
        });
      return [`**${category}**`, '', '| rule | severity | the flaw |', '| --- | --- | --- |', ...rows].join('\n');
    });
    expectPart(readme, 'rules', tables.join('\n\n'));
  });

  test('shows the file that its picture is made from', () => {
    const path = 'examples/three-servers-shared-database-host.infra';
    expectPart(readme, `file: ${path}`, `\`\`\`infra\n${readFileSync(path, 'utf8')}\`\`\``);
  });

  test('shows what `check` says about it', async () => {
    const path = 'examples/three-servers-shared-database-host.infra';
    const files = { [`/project/${path}`]: readFileSync(path, 'utf8') };
    const { stdout } = await archlint(['check', path, '--format', 'concise'], { files, folder: '/project' });
    expectPart(
      readme,
      `output: check ${path} --format concise`,
      `\`\`\`text\n$ archlint check ${path} --format concise\n${stdout}\`\`\``,
    );
  });

  test('shows the first finding that its reader will see', async () => {
    const text = readPage(readme).blocks.find((block) => block.section === 'One minute to a first finding')?.text ?? '';
    const { stdout } = await archlint(['check', 'site.infra'], {
      files: { '/project/site.infra': text },
      folder: '/project',
    });
    const message = stdout.split(/\n\n(?=\w+\[)/).find((part) => part.startsWith('error[spof]')) ?? '';
    expect(message).toContain('single point of failure');
    expectPart(readme, 'message: spof', `\`\`\`text\n${message.trim()}\n\`\`\``);
  });
});
