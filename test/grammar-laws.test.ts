// Laws of the parser, on texts that are nearly right, and on any others.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Statement } from '../grammar/index.js';
import { everyLocation, faults, read, shapes } from './shapes.js';

const example = readFileSync(new URL('../examples/scaled-up.infra', import.meta.url), 'utf8');

describe('laws', () => {
  /** Texts that are nearly right: pieces of the language, and of what is not. */
  const pieces = fc.constantFrom(
    ...['host', 'a', 'b', 'web[3]', '[', ']', '{', '}', '{', '}', '->', ',', '|', ':', ';', '"', '"x"', '\\', '# c', '\n', '\r\n', '\r', ' ', '  '],
    ...['\t', '\0', '\ud83d', '\ude00', '\ufeff', '\u200b', '::1', '=>', '-', '80', '\n  ', '\n}\n', ' {\n  '],
  ); // prettier-ignore
  const nearly = fc.array(pieces, { maxLength: 60 }).map((some) => some.join(''));
  const anything = fc.oneof(
    nearly,
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string(),
  );
  const sound = fc
    .array(fc.constantFrom(...example.split(/(?<=\n)(?=\S)/).filter((part) => faults(part).length === 0)), {
      maxLength: 8,
    })
    .map((some) => some.join(''));

  test('every text gives a tree, and every place in it is inside the text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const tree = read(text);
        for (const { start, end } of everyLocation(tree)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('statements are in order and apart, inside their blocks', () => {
    const inside = (statements: readonly Statement[], from: number, to: number): void => {
      for (const statement of statements) {
        expect(statement.at.start).toBeGreaterThanOrEqual(from);
        expect(statement.at.end).toBeLessThanOrEqual(to);
        from = statement.at.end;
        const blocks = statement.form === 'entry' ? statement.blocks : statement.form === 'connection' && statement.block ? [statement.block] : []; // prettier-ignore
        let at = statement.at.start;
        for (const block of blocks) {
          expect(block.at.start).toBeGreaterThanOrEqual(at);
          inside(block.statements, block.at.start, block.at.end);
          at = block.at.end;
        }
        expect(at).toBeLessThanOrEqual(statement.at.end);
      }
    };
    fc.assert(
      fc.property(anything, (text) => {
        inside(read(text).statements, 0, text.length);
      }),
      { numRuns: 2000 },
    );
  });

  test('a text without a fault has no broken statement, and one with a broken statement has a fault', () => {
    const broken = (statements: readonly Statement[]): boolean =>
      statements.some((one) =>
        one.form === 'broken' ? true : one.form === 'entry' ? one.blocks.some((block) => broken(block.statements)) : broken(one.block?.statements ?? []),
      ); // prettier-ignore
    fc.assert(
      fc.property(anything, (text) => {
        const tree = read(text);
        if (broken(tree.statements)) expect(tree.diagnostics.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('two texts of whole lines after one another give the statements of both', () => {
    fc.assert(
      fc.property(sound, sound, (first, second) => {
        expect(faults(first)).toEqual([]);
        expect(shapes(first + second)).toEqual([...shapes(first), ...shapes(second)]);
      }),
    );
  });

  test('line ends are alike', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const lines = text.replace(/\r\n?/g, '\n');
        expect(shapes(lines.replaceAll('\n', '\r\n'))).toEqual(shapes(lines));
      }),
    );
  });

  test('all comments are found', () => {
    const lines = fc.array(
      fc.tuple(
        fc.constantFrom('', 'host a', 'note "# no" ', 'a -> b : http', 'a,'),
        fc.stringMatching(/^[^\r\n\0-\x1f\x7f-\x9f]*$/),
      ),
    );
    fc.assert(
      fc.property(lines, (some) => {
        const text = some.map(([line, comment]) => `${line} #${comment}\n`).join('');
        expect(read(text).comments.map((comment) => comment.text)).toEqual(some.map(([, comment]) => `#${comment}`));
      }),
    );
  });

  test('without one brace, arrow or quote, a text has one fault or at most two', () => {
    const files = ['scaled-up', 'two-zones', 'secured-and-monitored', 'lamp-server', 'three-servers-primary-replica'];
    const counts = [0, 0, 0];
    for (const file of files) {
      const text = readFileSync(new URL(`../examples/${file}.infra`, import.meta.url), 'utf8');
      expect(faults(text)).toEqual([]);
      for (const { index } of text.matchAll(/[{}"]|->/g)) {
        const length = text.startsWith('->', index) ? 2 : 1;
        const left = text.slice(0, index) + text.slice(index + length);
        const found = faults(left).length;
        if (found > 2)
          throw new Error(
            `${found} faults: ${JSON.stringify(left.slice(index - 40, index + 40))}\n${faults(left).join('\n')}`,
          );
        counts[found] = (counts[found] ?? 0) + 1;
      }
    }
    const [, one = 0, two = 0] = counts;
    expect(two).toBeLessThanOrEqual(one / 10);
  });

  test('time grows with the text, whatever it is', () => {
    const hard = [
      '"\n',
      'a ->\nx y\n',
      'a:',
      '{}}',
      'a\n  b\n',
      '}\n',
      'a[',
      'a | b -> c\n',
      '\\"',
      '->',
      'a, ',
      ' {\n}}',
    ];
    const time = (text: string) => {
      const start = performance.now();
      read(text);
      return performance.now() - start;
    };
    for (const piece of hard) {
      const [short, long] = [piece.repeat(250), piece.repeat(4000)];
      time(short);
      const once = Math.max(0.5, Math.min(time(short), time(short), time(short)));
      // Sixteen times the text: 256 times the time if it were quadratic.
      expect([piece, Math.min(time(long), time(long)) / once < 100]).toEqual([piece, true]);
    }
  });
});
