// The language: forms, faults, laws, and the documents made from the grammar.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Lexer } from 'chevrotain';
import { ebnf } from '../grammar/ebnf.js';
import { learned } from '../grammar/learned.gen.js';
import { InfraParser } from '../grammar/parser.js';
import { textMateGrammar } from '../grammar/textmate.js';
import { lexerSettings, vocabulary } from '../grammar/tokens.js';
import { positionAt, textAt } from '../src/base/source.js';
import { expectFile } from './generated.js';
import { learnedModule } from './learned-module.js';
import { faults, read, shapes } from './shapes.js';

const reference = new URL('../grammar/README.md', import.meta.url);

describe('what is read', () => {
  test.each([
    ['', []],
    [
      'host a, b : tpl "L" { web nginx; app g { code "./s" } }',
      ['host [a, b] :tpl "L" {web [nginx]; app [g] {code ["./s"]}}'],
    ],
    ['web nginx "The shop"\nmanaged', ['web [nginx "The shop"]', 'managed']],
    ['host db { db db }', ['host [db] {db [db]}']],
    ['host web[3], x[ 2 ]', ['host [web[3], x[2]]']],
    ['host web[99999999999999999999]', ['host [web[100000000000000000000]]']],
    ['dns x.y { private } { www A 1.2.3.4 }', ['dns [x.y] {private} {www [A 1.2.3.4]}']],
    ['a, b -> c | d, e -> f : http/80 tls "x" { note "y" }', ['a,b -> c|d,e -> f : http/80 tls "x" {note ["y"]}']],
    ['a->b:http', ['a -> b : http']],
    ['a -> b "label"', ['a -> b "label"']],
    ['a ->\n\n # why\n b,\n c |\n d', ['a -> b,c|d']],
    ['listen 80 http,\n # c\n\n 443 https\nb', ['listen [80 http, 443 https]', 'b']],
    ['a\r\nb\rc\nd;e;;f', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['host a { } host b { web x }', ['host [a] {}', 'host [b] {web [x]}']],
    ['a#b\nc', ['a', 'c']],
    ['note "a # b \\"\\\\\\n\\t"', ['note ["a # b \\"\\\\\\n\\t"]']],
    ['\ufeffhost a', ['host [a]']],
  ])('%j', (text, expected) => {
    expect(shapes(text)).toEqual(expected);
    expect(faults(text)).toEqual([]);
  });

  test.each([
    '443/tcp', '99.95%', '500rps', '10.0.0.0/16', '10.0.0.11..13', 'a/nginx', 'eu/zone-1/web-1/nginx', '*.foobar.com', '@', '_dmarc',
    'bücher.de', '2027-01-31', 'http/8080', 'www.foobar.com.', '2001:db8::1', '::1', '::', 'fe80::/10', '::ffff:10.0.0.1', '2001:db8::1..9', '😀', '-', 'a-b',
  ])('%s is one word', (word) => {
    const expected = [`x [${word} ${word}, ${word}]`];
    if (word !== '-') expect(shapes(`x ${word} ${word}, ${word}`)).toEqual(expected);
    expect(shapes(`${word}->${word}`)).toEqual([`${word} -> ${word}`]);
  }); // prettier-ignore

  test.each([
    ['x a: tpl', ['x [a] :tpl']],
    ['x : y', ['x :y']],
    ['web:web-server', ['web :web-server']],
    ['a->b:c', ['a -> b : c']],
    ['db:ca', ['db :ca']],
  ])('the colon of %j separates', (text, expected) => {
    expect(shapes(text)).toEqual(expected);
  });

  test('places are those of the text', () => {
    const text = 'host web[3] : t "L" {\n  a -> b : http\n}\n# end';
    const tree = read(text);
    const [host] = tree.statements;
    if (host?.form !== 'entry') throw new Error('not an entry');
    const [inner] = host.blocks[0]?.statements ?? [];
    if (inner?.form !== 'connection') throw new Error('not a connection');
    const [name] = host.groups[0] ?? [];
    const places = [
      host,
      host.head,
      name,
      host.template,
      host.label,
      host.blocks[0],
      inner,
      inner.members[1],
      inner.words[0],
      tree.comments[0],
    ];
    expect(places.map((one) => one && textAt(one.at))).toEqual([
      text.slice(0, text.indexOf('\n#')), 'host', 'web', 't', '"L"', '{\n  a -> b : http\n}', 'a -> b : http', 'b', 'http', '# end',
    ]); // prettier-ignore
    expect(name?.form === 'word' && name.count && textAt(name.count.at)).toBe('[3]');
    expect(tree.comments[0]?.text).toBe('# end');
  });
});

describe('one fault, one message', () => {
  const cases: [text: string, fault: string, shapes: string[]][] = [
    ['a ->', '1:3 -> `->` has nothing after it', ['broken']],
    ['a ->  \n\n', '1:3 -> `->` has nothing after it', ['broken']],
    ['host x { a -> }', '1:12 -> `->` has nothing after it', ['host [x] {broken}']],
    ['a ->\nhost c {\n web x\n}', '1:3 -> `->` has nothing after it', ['broken', 'host [c] {web [x]}']],
    ['a ->\n : http', '1:3 -> `->` has nothing after it', ['broken']],
    ['-> b\nc', '1:1 -> `->` has nothing before it', ['broken', 'c']],
    ['db x\n-> b\nc', '2:1 -> `->` has nothing before it', ['db [x]', 'broken', 'c']],
    ['a -> -> b', '1:6 -> two arrows stand in a row', ['broken']],
    ['a\n  -> b', '2:3 -> a line begins with `->`', ['a -> b']],
    ['listen 80\n  , 81', '2:3 , a line begins with `,`', ['listen [80, 81]']],
    ['a -> b : http\n -> c', '2:2 -> `->` has nothing before it', ['a -> b : http', 'broken']],
    ['a -> "b"', '1:6 "b" an arrow leads to a name, not to a text in quotes', ['broken']],
    ['a, -> b', '1:2 , `,` has nothing after it', ['broken']],
    ['a b -> c', '1:3 b `b` does not belong here', ['broken']],
    ['a -> b http tls', '1:8 http `http` does not belong here', ['broken']],
    ['a -> b : http -> c', '1:15 -> `->` stands after the names of the connection', ['broken']],
    ['a -> b "x" : http', '1:12 : `:` does not belong here', ['broken']],
    ['a -> b : http:80', '1:14 : `:` does not belong here', ['broken']],
    ['a -> b : http, tls', '1:14 , `,` does not belong here', ['broken']],
    ['a -> b :', '1:8 : `:` has no protocol after it', ['broken']],
    ['a -> b : { note "x" }\nc', '1:8 : `:` has no protocol after it', ['broken', 'c']],
    ['a -> b {x} {y}', '1:12 { a connection has one block', ['a -> b {x}']],
    ['a => b', '1:3 => `=>` is not an arrow', ['broken']],
    ['a <-> b', '1:3 < `<` is not an arrow', ['broken']],
    ['a --> b', '1:3 - `-` is not an arrow', ['broken']],
    ['a → b { x }', '1:3 → `→` is not an arrow', ['broken']],
    ['a | b', '1:3 | `|` does not belong here', ['broken']],
    ['host a,, b', '1:8 , two commas stand in a row', ['broken']],
    ['host a,, b { web x }', '1:8 , two commas stand in a row', ['host [a] {web [x]}']],
    ['host a, b,', '1:10 , `,` has nothing after it', ['broken']],
    ['x { host a, }', '1:11 , `,` has nothing after it', ['x {broken}']],
    ['host a : {\n web x\n}', '1:8 : `:` has no name after it', ['host [a] {web [x]}']],
    ['host a : "x"', '1:8 : `:` has no name after it', ['broken']],
    ['host a : t u', '1:12 u `u` does not belong here', ['broken']],
    ['host a : t "x" "y"', '1:16 "y" a second text in quotes', ['broken']],
    [': x', '1:1 : `:` has nothing before it', ['broken']],
    ['"x" a { b }\nc', '1:1 "x" a statement begins with a word, not with a text in quotes', ['broken', 'c']],
    ['host web[0]', '1:9 [0] `0` is not a count', ['host [web]']],
    ['host web[x]', '1:9 [x] `x` is not a count', ['host [web]']],
    ['host web[]', '1:9 [] a count is missing between `[` and `]`', ['host [web]']],
    ['host web[3\nb', '1:9 [3 a count is not closed: `]` is missing', ['host [web]', 'b']],
    ['host web [3]', '1:10 [3] a count stands directly after its name', ['host [web[3]]']],
    ['host web]', '1:9 ] `]` does not belong here', ['broken']],
    ['title "abc\nhost a', '1:7 " a text in quotes is not closed', ['title ["abc"]', 'host [a]']],
    ['host a "We {\n web x\n}', '1:8 " a text in quotes is not closed', ['host [a "We"] {web [x]}']],
    ['app g { code "./s }\nhost b', '1:14 " a text in quotes is not closed', ['app [g] {code ["./s"]}', 'host [b]']],
    ['a "\\d"', '1:4 \\d `\\d` means nothing in a text', ['a ["\\\\d"]']],
    ['a "\0"', '1:4 \0 this text cannot be read', ['a ["\\u0000"]']],
    ['a \x01\x02 b\n\x03\nc \x04' + '\n# more'.repeat(20), '1:3 \x01\x02 this text cannot be read', ['broken', 'broken', 'broken']],
    ['\ud800 a\nb', '1:1 \ud800 this text cannot be read', ['broken', 'b']],
    ['host\u200b a', '1:5 \u200b an invisible character (U+200B) stands here', ['broken']],
    ['host a\n{\n web x\n}\nhost b', '2:1 { `{` is not on the line of its statement', ['host [a] {web [x]}', 'host [b]']],
    ['{ web x }\na', '1:1 { `{` opens a block that belongs to nothing', ['web [x]', 'a']],
    ['a {}\n{ b }\nc', '2:1 { `{` opens a block that belongs to nothing', ['a {}', 'b', 'c']],
    ['host a {\n web x\n}\n}\nhost b', '4:1 } `}` closes nothing', ['host [a] {web [x]}', 'host [b]']],
    ['x }', '1:3 } `}` closes nothing', ['x']],
    ['host a {\n  web x {\n    listen 80\n  app y\n}\nhost b {\n  web z\n}', '2:9 { a block is not closed: `}` is missing', ['host [a] {web [x] {listen [80]}; app [y]}', 'host [b] {web [z]}']],
    ['host a {\n  web x\n\nhost b {\n  web y\n}', '1:8 { a block is not closed: `}` is missing', ['host [a] {web [x]}', 'host [b] {web [y]}']],
    ['host a {\nweb x\n', '1:8 { a block is not closed: `}` is missing', ['host [a] {web [x]}']],
    ['host a {\n  web x {\n', '2:9 { 2 blocks are not closed: `}` is missing', ['host [a] {web [x] {}}']],
    ['host a\n  web x\n}\nhost b', '1:6 a a block is not opened: `{` is missing', ['host [a] {web [x]}', 'host [b]']],
    ['host a {\n  web x\n    listen 80\n  }\n  db y\n}', '2:7 x a block is not opened: `{` is missing', ['host [a] {web [x] {listen [80]}; db [y]}']],
  ]; // prettier-ignore
  test.each(cases)('%j', (text, fault, expected) => {
    expect(faults(text)).toEqual([fault]);
    expect(shapes(text)).toEqual(expected);
    expect(read(text).diagnostics[0]).toMatchObject({ code: 'syntax', severity: 'error' });
  });

  test('a forgotten brace is shown with the place where the block seems to end', () => {
    const [fault] = read('host a {\n  web x\n\nhost b {\n}').diagnostics;
    expect(fault?.related.map(({ at, message }) => [textAt(at), message])).toEqual([
      ['host', '`}` seems to be missing before this'],
    ]);
  });

  test('a file that is no text', () => {
    for (const text of [
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
      '\0'.repeat(100_000),
      'h\0o\0s\0t\0 \0a\0',
      '\ufffd\ufffdabc\ufffd\ufffd\x01',
    ]) {
      const tree = read(text);
      expect(tree.diagnostics.map(({ message }) => message)).toEqual(['this is not a text file']);
      expect(tree.statements).toEqual([]);
    }
    expect(read('h\0o\0s\0t\0 \0a\0').diagnostics[0]?.help).toContain('UTF-16');
  });

  test.each([
    ['{'.repeat(100_000)],
    ['a {\n'.repeat(100_000)],
    ['a {'.repeat(65) + '}'.repeat(65)],
    ['{'.repeat(100_000) + '}'.repeat(100_000)],
  ])('too deep: %#', (text) => {
    const { diagnostics } = read(text);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['too-large', 'blocks nest more than 64 deep'],
    ]);
  });

  test('64 blocks deep is fine', () => {
    expect(faults('a {'.repeat(64) + '}'.repeat(64))).toEqual([]);
  });
});

describe('the grammar', () => {
  test('chevrotain finds no fault in it', () => {
    expect(() => new Lexer(vocabulary, { ...lexerSettings, ensureOptimizations: true })).not.toThrow();
    expect(() => new InfraParser()).not.toThrow();
  });

  test('what chevrotain learns of it is kept', () => {
    expectFile('grammar/learned.gen.ts', learnedModule(new InfraParser()));
    expect(learnedModule(new InfraParser(learned))).toBe(learnedModule(new InfraParser()));
  });

  test('the reference has its EBNF', () => {
    const page = readFileSync(reference, 'utf8');
    const updated = page.replace(
      /(<!-- ebnf -->\n)[^]*?(<!-- \/ebnf -->)/,
      (_, begin: string, end: string) => `${begin}\`\`\`ebnf\n${ebnf()}\n\`\`\`\n${end}`,
    );
    if (process.env['UPDATE'] === '1') writeFileSync(reference, updated);
    else expect(page).toBe(updated);
  });

  const blocks = [...readFileSync(reference, 'utf8').matchAll(/^```infra\n([^]*?)^```$/gm)].map(
    (match) => match[1] ?? '',
  );
  test.each(blocks)('block %# of the reference has the faults that it marks', (text) => {
    const marked = text.split('\n').flatMap((line, index) => (line.includes('# error: syntax') ? [index + 1] : []));
    expect(read(text).diagnostics.map(({ at }) => positionAt(at.source, at.start).line)).toEqual(marked);
  });

  test('the reference has blocks', () => {
    expect(blocks.length).toBeGreaterThan(25);
  });
});

describe("the editors' grammar", () => {
  const words = {
    kinds: ['host', 'web', 'db'],
    protocols: ['http', 'https', 'mysql'],
    properties: ['listen', 'own-tiers', 'tls'],
    recordTypes: ['A', 'CNAME'],
    connectionWords: ['tls', 'for'],
  };
  interface Pattern {
    name?: string;
    match?: string;
    begin?: string;
    end?: string;
    captures?: Record<string, { name: string }>;
    patterns?: Pattern[];
  }
  const grammar = textMateGrammar(words) as { scopeName: string; repository: Record<string, Pattern> };
  const all = (pattern: Pattern): Pattern[] => [pattern, ...(pattern.patterns ?? []).flatMap(all)];
  const patterns = Object.values(grammar.repository).flatMap(all);

  /** The scopes that single patterns give to a word of a line. */
  function scopes(line: string, word: string): string[] {
    return patterns.flatMap(({ match, name, captures }) => {
      if (match === undefined) return [];
      return [...line.matchAll(new RegExp(match, 'g'))].flatMap((found) => [
        ...(found[0] === word && name !== undefined ? [name] : []),
        ...Object.entries(captures ?? {}).flatMap(([group, scope]) =>
          found[Number(group)] === word ? [scope.name] : [],
        ),
      ]);
    });
  }

  test('its patterns are patterns', () => {
    expect(grammar.scopeName).toBe('source.infra');
    const sources = patterns.flatMap(({ match, begin, end }) => [match, begin, end]).filter((one) => one !== undefined);
    expect(sources.length).toBeGreaterThan(15);
    for (const source of sources) expect(() => new RegExp(source)).not.toThrow();
  });

  test.each([
    ['host web-1 {', 'host', 'storage.type.infra'],
    ['a { web nginx }', 'web', 'storage.type.infra'],
    ['host web-1 {', 'web-1', 'entity.name.type.infra'],
    ['  own-tiers', 'own-tiers', 'support.type.property-name.infra'],
    ['listen 443 https', 'listen', 'support.type.property-name.infra'],
    ['a -> b : http/8080 tls', 'http', 'support.constant.protocol.infra'],
    ['a -> b : http/8080 tls', '/8080', 'constant.numeric.port.infra'],
    ['a -> b : http tls', 'tls', 'keyword.other.connection.infra'],
    ['a -> b', '->', 'keyword.operator.arrow.infra'],
    ['host a : small', 'small', 'entity.other.inherited-class.infra'],
    ['www 300 A 203.0.113.10', 'A', 'support.constant.record-type.infra'],
    ['address 203.0.113.10', '203.0.113.10', 'constant.other.address.infra'],
    ['address 2001:db8::1', '2001:db8::1', 'constant.other.address.infra'],
    ['until 2027-03-01', '2027-03-01', 'constant.other.date.infra'],
    ['sla 99.95%', '99.95%', 'constant.numeric.infra'],
    ['load 500rps # x', '500rps', 'constant.numeric.infra'],
    ['load 500rps # x', '# x', 'comment.line.number-sign.infra'],
    ['host web[3]', '[3]', 'constant.numeric.count.infra'],
  ])('%j: %s is %s', (line, word, scope) => {
    expect(scopes(line, word)).toContain(scope);
  });

  test.each([
    ['hosting a', 'host'],
    ['web-server a', 'web'],
    ['listens 80', 'listen'],
    ['host A1', 'A'],
  ])('%j has no %s', (line, word) => {
    expect(scopes(line, word)).toEqual([]);
  });
});
