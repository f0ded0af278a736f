// The table of a config's keys: the schema made from it, and the checks that go by it; and what its globs match.

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { catalogue } from '../rules/index.js';
import { faultsOfShape } from '../src/config/check.js';
import { configSchema, faultsOfRules, matcher, readConfig } from '../src/config/index.js';
import { expectFile } from './generated.js';
import { filesOf } from './pages.js';

const documents = ['README.md', ...filesOf('.md')].flatMap((path) => {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, block = '']) => [path, block] as const);
});

test.each(documents)('the config in %s is one', (_, text) => {
  const source = { path: 'archlint.config.json', text };
  const read = readConfig({ source, within: [] });
  expect('faults' in read ? read.faults : faultsOfRules(read.config, catalogue)).toEqual([]);
});

describe('the schema for editors', () => {
  const schema = configSchema(catalogue);

  test('is the one that is published', () => {
    expectFile('src/config/schema/config.json', `${JSON.stringify(schema, undefined, 2)}\n`);
  });

  test('and the checks are of one mind about every config', () => {
    const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema);
    const severity = fc.constantFrom('off', 'on', 'error', 'warning', 'info', 'of', 1, null);
    const options = fc.dictionary(
      fc.constantFrom('nesting', 'instances', 'other'),
      fc.constantFrom(0, 1, 1.5, 200, 201, '1', null),
      { maxKeys: 2 },
    );
    const rule = fc.oneof(
      severity,
      fc.record({ severity, options, x: fc.constant(1) }, { requiredKeys: [] }),
      fc.constant([]),
    );
    const rules = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.dictionary(fc.constantFrom('spof', 'too-large', 'unused', 'nix'), rule, { maxKeys: 2 }),
      },
      fc.constant([]),
    );
    const texts = fc.oneof(
      fc.constantFrom('a', '', './b', 1, null, {}),
      fc.array(fc.constantFrom('a', '', 2), { maxLength: 2 }),
    );
    const preset = fc.constantFrom('recommended', 'strict', 'all', 1);
    const override = fc.oneof(
      { weight: 6, arbitrary: fc.record({ files: texts, preset, rules, ignore: texts }, { requiredKeys: [] }) },
      fc.constant('x'),
    );
    const availability = fc.dictionary(
      fc.constantFrom('host', 'managed', 'hots'),
      fc.constantFrom('99%', '99.5 %', '9', 0.9),
      { maxKeys: 2 },
    );
    const values = {
      $schema: texts,
      extends: texts,
      preset,
      rules,
      availability,
      plugins: texts,
      nonsense: fc.constant(1),
    };
    const more = {
      overrides: fc.array(override, { maxLength: 2 }),
      ignore: texts,
      baseline: fc.oneof(texts, fc.boolean()),
    };
    const one = fc.oneof(
      ...Object.entries({ ...values, ...more }).map(([key, value]) =>
        fc.record({ [key]: value as fc.Arbitrary<unknown> }),
      ),
    );
    const config = fc.tuple(one, one).map(([a, b]) => ({ ...a, ...b }));
    let sound = 0;
    fc.assert(
      fc.property(config, (value) => {
        const shape = faultsOfShape(value);
        const faults = shape.length > 0 ? shape : faultsOfRules(value, catalogue);
        if (faults.length === 0) sound++;
        return (faults.length === 0) === validate(value);
      }),
      { numRuns: 600 },
    );
    expect(sound).toBeGreaterThan(20);
  });

  test('every fault has a place inside the text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (json, cut) => {
        for (const text of [json, json.slice(0, cut % (json.length + 1)), `// x\n${json}`]) {
          const read = readConfig({ source: { path: 'c.json', text }, within: [] });
          for (const { at } of 'faults' in read ? read.faults : []) {
            expect(at.start).toBeGreaterThanOrEqual(0);
            expect(at.end).toBeGreaterThanOrEqual(at.start);
            expect(at.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  [['legacy'], 'legacy/a.infra', true],
  [['legacy'], 'deep/legacy/a.infra', true],
  [['/legacy'], 'deep/legacy/a.infra', false],
  [['legacy/'], 'legacy/a.infra', true],
  [['legacy/**'], 'legacy/deep/a.infra', true],
  [['legacy/**'], 'deep/legacy/a.infra', false],
  [['./legacy/*.infra'], 'legacy/a.infra', true],
  [['*.infra'], 'deep/a.infra', true],
  [['*.infra'], '.hidden/a.infra', true],
  [['{a,b}/*.infra'], 'b/x.infra', true],
  [['*.infra', '!a.infra'], 'deep/a.infra', false],
  [['!a.infra', 'a.*'], 'a.infra', true],
  [[], 'a.infra', false],
])('the patterns %j and the path %s: %s', (patterns, path, expected) => {
  expect(matcher(patterns)(path)).toBe(expected);
});
