// How findings are shown: the drawings as they stand in a terminal, and laws about them.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { diagnostic, type Diagnostic, type DiagnosticParts } from '../src/base/diagnostic.js';
import type { Location, Source } from '../src/base/source.js';
import { filesOf } from './pages.js';
import { fingerprintsOf, plain, report, showPage, type ReportOptions } from '../src/report/index.js';
import { cellsOf, columnFrom, columnTo, widthOf } from '../src/base/cells.js';

/** The place of `words`, or of the n-th of several. */
function at(source: Source, words: string, nth = 1): Location {
  let start = -1;
  for (let count = 0; count < nth; count++) start = source.text.indexOf(words, start + 1);
  if (start < 0) throw new Error(`\`${words}\` is not in the source`);
  return { source, start, end: start + words.length };
}

function file(text: string, path = 'shop.infra'): Source {
  return { path, text };
}

function drawn(parts: Partial<DiagnosticParts> & Pick<DiagnosticParts, 'at'>, options: ReportOptions = {}): string {
  const finding = diagnostic({ code: 'spof', message: 'something is wrong', ...parts });
  return report({ files: [], findings: [finding], unjudged: [], summary: false }, options);
}

describe('a finding drawn in full', () => {
  test('marks, gaps, witness, notes and help', () => {
    const shop = file(
      `${'\n'.repeat(13)}host c {\n  lb haproxy { algorithm round-robin }\n\n  db mysql\n}\n\n\nhost d\n`,
    );
    const text = drawn({
      message: 'host `c` is a single point of failure',
      at: at(shop, 'c'),
      label: 'if it stops, `visitor` can no longer use www.foobar.com',
      related: [
        { at: at(shop, 'haproxy'), message: 'the only load balancer' },
        { at: at(shop, 'mysql'), message: 'the only database' },
        { at: at(shop, 'd', 3), message: 'it has none' },
      ],
      witness: {
        kind: 'failure',
        steps: [
          { node: 'c', text: 'c' },
          { node: 'c/haproxy', text: 'haproxy (0 of 1)' },
          { node: 'www.foobar.com', text: 'www.foobar.com' },
        ],
      },
      notes: ['one\ntwo'],
      help: 'give `haproxy` and `mysql` a second host each',
    });
    expect(text).toBe(`error[spof]: host \`c\` is a single point of failure
  --> shop.infra:14:6
   |
14 | host c {
   |      ^ if it stops, \`visitor\` can no longer use www.foobar.com
15 |   lb haproxy { algorithm round-robin }
   |      ------- the only load balancer
16 |
17 |   db mysql
   |      ----- the only database
...
21 | host d
   |      - it has none
   |
   = path: c → haproxy (0 of 1) → www.foobar.com
   = note: one
           two
   = help: give \`haproxy\` and \`mysql\` a second host each
`);
  });

  test('several marks on one line, overlapping ones, and another file', () => {
    const main = file('host a, b, c { web nginx }\nvisitor -> a : http\n');
    const other = file('\tdb mysql\r\n\tdb "日本語" x', 'other.infra');
    const text = drawn({
      severity: 'warning',
      at: at(main, 'a'),
      label: 'first',
      related: [
        { at: at(main, 'a'), message: 'the same place' },
        { at: at(main, 'a'), message: 'the same place' },
        { at: at(main, 'b'), message: 'second' },
        { at: at(main, 'c'), message: 'third' },
        { at: at(main, 'http'), message: '' },
        { at: at(other, 'mysql'), message: 'behind a tab' },
        { at: at(other, '日本語'), message: 'wide' },
        { at: at(other, 'x'), message: 'after wide' },
      ],
    });
    expect(text).toBe(`warning[spof]: something is wrong
 --> shop.infra:1:6
  |
1 | host a, b, c { web nginx }
  |      ^  -  - third
  |      |  |
  |      |  second
  |      first
  |      the same place
2 | visitor -> a : http
  |                ----
  |
 --> other.infra:1:5
  |
1 |     db mysql
  |        ----- behind a tab
2 |     db "日本語" x
  |         ------  - after wide
  |         |
  |         wide
`);
    expect(
      drawn({ at: at(main, 'b, c'), label: 'inner', related: [{ at: at(main, 'a, b, c {'), message: 'outer' }] }),
    ).toContain(
      `1 | host a, b, c { web nginx }
  |      ---^^^^--
  |      |  |
  |      |  inner
  |      outer
`,
    );
  });

  test('the end of a file, with and without a last line end, and an empty file', () => {
    const at8 = drawn({ at: { source: file('host a {'), start: 8, end: 8 }, label: 'a `}` is missing' });
    expect(at8).toContain('1 | host a {\n  |         ^ a `}` is missing\n');
    const at9 = drawn({ at: { source: file('host a {\n'), start: 9, end: 9 }, label: 'a `}` is missing' });
    expect(at9).toContain(':2:1\n  |\n2 |\n  | ^ a `}` is missing\n');
    expect(drawn({ at: { source: file(''), start: 0, end: 0 } })).toContain(':1:1\n  |\n1 |\n  | ^\n');
  });

  test('a mark over several lines is shown on its first', () => {
    const source = file('host a {\r\n  web nginx\r\n}\r\n');
    expect(drawn({ at: { source, start: 0, end: source.text.length } })).toContain('1 | host a {\n  | ^^^^^^^^\n');
  });

  test('long lines are cut around their marks, in pieces where those are far apart', () => {
    const source = file(`${'x'.repeat(300)} HERE ${'y'.repeat(300)} THERE`);
    const parts = { at: at(source, ' HERE'), label: 'here', related: [{ at: at(source, 'THERE'), message: 'there' }] };
    const text = drawn(parts, { columns: 60 });
    expect(text).toBe(`error[spof]: something is wrong
 --> shop.infra:1:301
  |
1 | …xxxxxxxxxxxxxxxxxxxxxxxx HERE yyyyyyyyyyyyyyyyyyyyyyyy…
  |                          ^^^^^ here
1 | …yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy THERE
  |                                                    ----- there
`);
    expect(drawn(parts, { columns: 60, ascii: true })).toMatch(/^1 \| \.\.\.x+ HERE y+\.\.\.$/m);
  });

  test('what would act on the terminal, or reorder what is read, is made visible', () => {
    const source = file('host "\u001b[31m" \u202eevil');
    const text = drawn({ at: at(source, 'evil'), label: 'a\u0007b' });
    expect(text).toContain('1 | host "␛[31m" �evil\n  |               ^^^^ a␇b\n');
  });

  test('emoji, flags and combining marks keep their columns', () => {
    const source = file('host 👩‍👩‍👧 "e\u0301té" 🇩🇪x');
    const text = drawn({
      at: at(source, '👩‍👩‍👧'),
      related: [
        { at: at(source, 'e\u0301té'), message: '' },
        { at: at(source, 'x'), message: '' },
      ],
    });
    expect(text).toContain('\n  |      ^^  ---    -\n');
  });

  test('with ASCII alone, and with the width of a terminal', () => {
    const source = file('host a');
    const text = drawn(
      { at: at(source, 'a'), notes: [`a → b… ${'and so on '.repeat(9)}`] },
      { ascii: true, columns: 50 },
    );
    expect(text).toMatch(/= note: a -> b\.\.\. and so on/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(50);
    expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  });
});

test('accepted findings are short, and counted apart', () => {
  const source = file('host a\nhost b\n');
  const findings: Diagnostic[] = [
    diagnostic({ code: 'spof', message: 'open', at: at(source, 'b') }),
    diagnostic({
      code: 'spof',
      message: 'known',
      at: at(source, 'a'),
      accepted: { reason: 'fine', until: '2027-03-01' },
    }),
  ];
  const run = { files: ['shop.infra'], findings, unjudged: ['a part'], summary: true };
  expect(report(run)).toContain(
    'accepted[spof]: known\n --> shop.infra:1:6\n  = reason: fine (until 2027-03-01)\n\n1 error in 1 file; 1 finding is accepted\nnot judged: a part\n',
  );
  expect(report(run, { format: 'concise' })).toBe('shop.infra:2:6: error[spof] open\n');
  expect(report({ ...run, findings: [], unjudged: [] })).toBe('nothing to report in 1 file\n');
  expect(report({ ...run, findings: [], unjudged: [], summary: false })).toBe('');
});

describe('JSON', () => {
  const source = file('host a\r\nhost "é" b\r\n');
  const findings = [
    diagnostic({
      code: 'spof',
      message: 'm',
      at: at(source, 'b'),
      subjects: ['b'],
      related: [{ at: at(source, 'a'), message: 'r' }],
      witness: { kind: 'path', steps: [{ node: 'b', text: 'B' }] },
      fix: { title: 't', safety: 'safe', edits: [{ at: at(source, 'host a'), text: 'x' }] },
      accepted: { reason: 'fine' },
    }),
    diagnostic({ code: 'syntax', message: 'm', at: at(source, 'a'), severity: 'warning' }),
  ];

  test('is what its schema says, in UTF-16 columns', () => {
    const schema = JSON.parse(readFileSync('src/report/schema/check.json', 'utf8')) as object;
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    const document: unknown = JSON.parse(
      report({ files: ['shop.infra'], findings, unjudged: [], summary: true }, { format: 'json' }),
    );
    expect(validate(document) || validate.errors).toBe(true);
    expect(document).toMatchObject({
      version: 1,
      files: ['shop.infra'],
      findings: [
        {
          rule: 'spof',
          severity: 'error',
          file: 'shop.infra',
          line: 2,
          column: 10,
          endLine: 2,
          endColumn: 11,
          subjects: ['b'],
          related: [{ file: 'shop.infra', line: 1, column: 6, message: 'r' }],
          help: null,
          accepted: { reason: 'fine', until: null },
          fix: {
            title: 't',
            safety: 'safe',
            edits: [{ file: 'shop.infra', startLine: 1, startColumn: 1, endLine: 1, endColumn: 7, text: 'x' }],
          },
        },
        { rule: 'syntax', severity: 'warning', accepted: null, fix: null, witness: null },
      ],
      summary: { error: 0, warning: 1, info: 0, accepted: 1 },
    });
  });

  test('fingerprints stay when lines move, and tell rule, subject and witness apart', () => {
    const moved = findings.map((finding) => ({ ...finding, at: at(source, 'host') }));
    const [first, second] = fingerprintsOf(findings);
    expect(fingerprintsOf(moved)).toEqual([first, second]);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    const base = diagnostic({ code: 'spof', message: 'm', at: at(source, 'a'), subjects: ['a'] });
    const others = [
      base,
      { ...base, code: 'quorum' },
      { ...base, subjects: ['b'] },
      { ...base, witness: { kind: 'path' as const, steps: [{ node: 'z', text: '' }] } },
    ];
    expect(new Set(fingerprintsOf(others)).size).toBe(4);
    expect(fingerprintsOf([base, base])).toEqual([fingerprintsOf([base])[0], `${fingerprintsOf([base])[0] ?? ''}-2`]);
  });
});

describe('laws', () => {
  const line = fc.string({
    unit: fc.constantFrom('a', ' ', '\t', 'é', 'e\u0301', '日', '👩‍👧', '🇩🇪', '\u0007', '❤\ufe0f', '\ud800'),
    maxLength: 60,
  });

  test('cells cover the line without gaps, and columns never run back', () => {
    fc.assert(
      fc.property(line, (text) => {
        const cells = cellsOf(text);
        let column = 0;
        for (const cell of cells) {
          expect(cell.column).toBe(column);
          column += cell.width;
        }
        expect(widthOf(cells)).toBe(column);
        for (let offset = 0; offset < text.length; offset++) {
          expect(columnFrom(cells, offset)).toBeLessThanOrEqual(columnFrom(cells, offset + 1));
          expect(columnTo(cells, offset + 1)).toBeGreaterThanOrEqual(columnFrom(cells, offset));
        }
      }),
    );
  });

  test('whatever the text and the marks: every label is shown once, and no source line is wider than the terminal', () => {
    const marks = fc.array(fc.tuple(fc.nat(400), fc.nat(30)), { minLength: 1, maxLength: 6 });
    const texts = fc
      .array(fc.oneof(line, fc.string({ maxLength: 300 })), { maxLength: 5 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(texts, marks, fc.integer({ min: 40, max: 100 }), (text, places, columns) => {
        const source = file(text);
        const locations = places.map(([start, length]) => {
          const from = Math.min(start, text.length);
          return { source, start: from, end: Math.min(from + length, text.length) };
        });
        const [first, ...rest] = locations;
        if (!first) return;
        const shown = drawn(
          {
            at: first,
            label: 'label-0.',
            related: rest.map((place, index) => ({ at: place, message: `label-${index + 1}.` })),
          },
          { columns },
        );
        for (const index of locations.keys()) expect(shown.split(`label-${index}.`)).toHaveLength(2);
        for (const row of shown.split('\n')) {
          const numbered = /^\d+ \| (.*)$/.exec(row)?.[1];
          if (numbered !== undefined) expect(widthOf(cellsOf(numbered))).toBeLessThanOrEqual(columns - 4);
        }
      }),
    );
  });
});

describe('a page for the terminal', () => {
  const marked = {
    ...plain,
    strong: (text: string) => text.toUpperCase(),
    code: (text: string) => `<${text}>`,
    error: (text: string) => `!${text}!`,
    faint: (text: string) => `~${text}~`,
  };

  test('headings, paragraphs, lists and code', () => {
    const page = '# spof\n\nSome `code` in a\nparagraph.\n\n- one\n  two\n- three\n\n```infra\nhost a {\n}\n```\n';
    expect(showPage(page, { paint: marked, ascii: false })).toBe(
      'SPOF\n\nSome <`code`> in a paragraph.\n\n- one two\n- three\n\n    <host a {>\n    <}>\n',
    );
  });

  test('what an example promises has its colour, and a `#` in a text is no comment', () => {
    const page = '```infra\nhost a "#1" {   # error: spof\n  web b # beside\n}\n```\n';
    expect(showPage(page, { paint: marked, ascii: false })).toBe(
      '    <host a "#1" {   >!# error: spof!\n    <  web b >~# beside~\n    <}>\n',
    );
  });

  test('code that is wrapped keeps its colour on both lines', () => {
    const page = 'Write `accept spof "one server is enough until the launch"` in its block.\n';
    expect(showPage(page, { paint: marked, ascii: false, columns: 40 })).toBe(
      'Write <`accept spof "one server is enough>\n<until the launch"`> in its block.\n',
    );
  });

  test('tables stand in columns, and the last one is wrapped', () => {
    const page = '| rule | finds |\n|---|---|\n| `spof` | what stops a journey by itself |\n| a \\| b | x |\n';
    expect(showPage(page, { paint: plain, ascii: true, columns: 40 })).toBe(
      [
        'rule    finds',
        '------  ------------------------------',
        '`spof`  what stops a journey by itself',
        'a | b   x',
        '',
      ].join('\n'),
    );
    const narrow = showPage(page.replace('by itself', 'by itself and alone'), {
      paint: plain,
      ascii: false,
      columns: 40,
    });
    expect(narrow).toContain('`spof`  what stops a journey by itself\n        and alone\n');
  });

  test('no line of prose is wider than the terminal', () => {
    for (const columns of [60, 80, 100]) {
      for (const path of filesOf('.md')) {
        const shown = showPage(readFileSync(path, 'utf8'), { paint: plain, ascii: false, columns });
        const prose = shown.split('\n').filter((line) => !line.startsWith('    '));
        expect(prose.filter((line) => line.length > columns && line.includes(' '))).toEqual([]);
      }
    }
  });
});
