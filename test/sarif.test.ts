// SARIF, held to its published schema, to the hash that GitHub's upload computes, and to what the JSON of the same check says.

import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineHashes } from '../src/report/line-hash.js';
import { all, checked, path, source, type Found } from './awkward.js';
import { archlint } from './world.js';

const load = createRequire(import.meta.url);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [{ readonly physicalLocation: Place }];
  readonly relatedLocations?: readonly { readonly id: number }[];
  readonly codeFlows?: readonly [
    {
      readonly threadFlows: readonly [
        { readonly locations: readonly { readonly location: { physicalLocation: Place } }[] },
      ];
    },
  ];
  readonly suppressions: readonly { readonly justification: string }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly object[];
}
interface Place {
  readonly artifactLocation: { readonly uri: string };
  readonly region: Readonly<Record<string, number>>;
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly semanticVersion: string;
          readonly rules: readonly Readonly<Record<string, unknown>>[];
        };
      };
      readonly columnKind: string;
      readonly results: readonly Result[];
    },
  ];
}
const text = await checked('sarif');
const log = JSON.parse(text) as Log;

const schema = load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<string, unknown>;
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile({
  ...Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'id')),
  $schema: 'http://json-schema.org/draft-07/schema#',
});
const problems = (document: unknown): string => (validate(document) ? '' : JSON.stringify(validate.errors));

test('is what the schema of SARIF 2.1.0 says, with findings and without', async () => {
  expect(problems({ ...log, version: 1 })).not.toBe('');
  expect(problems(log)).toBe('');
  const clean = await archlint(['check', 'a.infra', '--format', 'sarif'], {
    files: { '/project/a.infra': 'client visitor { note "alone" }\n' },
  });
  const document = JSON.parse(clean.stdout) as Log;
  expect(problems(document)).toBe('');
  expect(document.runs[0].results).toEqual([]);
});

test('has every rule with its help, and the gravity of security for exposure and encryption only', async () => {
  const { driver } = log.runs[0].tool;
  expect(driver.semanticVersion).toBe('1.2.3');
  const catalogue = JSON.parse((await archlint(['rules', '--json'])).stdout) as { id: string; category: string }[];
  expect(driver.rules.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
  driver.rules.forEach((rule, index) => {
    const { shortDescription, fullDescription, help, properties } = rule as Record<string, Record<string, string>>;
    for (const text of [shortDescription?.text, fullDescription?.text, help?.text, help?.markdown])
      expect(text).toMatch(/\S{2} \S/);
    expect(fullDescription?.text).not.toMatch(/\n|^#/);
    expect(help?.markdown).not.toMatch(/\]\((?!https?:)/);
    const graded = ['exposure', 'encryption'].includes(catalogue[index]?.category ?? '');
    expect(Object.hasOwn(properties ?? {}, 'security-severity')).toBe(graded);
  });
});

test('says of each finding what JSON says', () => {
  const { results, columnKind, tool } = log.runs[0];
  expect(columnKind).toBe('utf16CodeUnits');
  expect(results).toHaveLength(all.length);
  results.forEach((result, index) => {
    const { rule, severity, line, column, endLine, endColumn, accepted, fingerprint, related, fix } = all[
      index
    ] as Found;
    expect(result.ruleId).toBe(rule);
    expect(tool.driver.rules[result.ruleIndex]?.id).toBe(rule);
    expect(result.level).toBe(severity === 'info' ? 'note' : severity);
    const [{ physicalLocation }] = result.locations;
    expect(physicalLocation.region).toEqual({ startLine: line, startColumn: column, endLine, endColumn });
    expect(decodeURIComponent(physicalLocation.artifactLocation.uri)).toBe(path);
    expect(result.suppressions.map(({ justification }) => justification.split(' (until')[0])).toEqual(
      accepted ? [accepted.reason] : [],
    );
    expect(result.partialFingerprints['archlint/v1']).toBe(fingerprint);
    expect(result.fixes?.length ?? 0).toBe(fix ? 1 : 0);
    const links = [...result.message.text.matchAll(/(?<!\\)\]\((\d+)\)/g)].map(([, id]) => Number(id));
    expect(links).toEqual((result.relatedLocations ?? []).map(({ id }) => id));
    expect(links).toHaveLength(related.length);
  });
  const flows = results.flatMap(({ codeFlows }) => codeFlows ?? []).map(({ threadFlows }) => threadFlows[0].locations);
  expect(flows.length).toBeGreaterThan(2);
  // Each step stands where its node is declared, not all of them where the finding is.
  expect(
    flows.some((flow) => new Set(flow.map(({ location }) => location.physicalLocation.region.startLine)).size > 1),
  ).toBe(true);
});

test('knows a finding again by what GitHub computes for its line', () => {
  const hashes = lineHashes(`\ufeff${source}`);
  for (const { partialFingerprints, locations } of log.runs[0].results) {
    const line = locations[0].physicalLocation.region.startLine ?? 0;
    expect(partialFingerprints.primaryLocationLineHash).toBe(hashes[line - 1]);
  }
});

// The values that github/codeql-action holds its own hash to (src/fingerprints.test.ts there).
const greetings = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  'c129715d7a2bc9a3:1',
];
test.each([
  ['', ['c129715d7a2bc9a3:1']],
  [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
  [
    ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End',
    [
      '8b7cf3e952e7aeb2:1',
      'b1ae1287ec4718d9:1',
      'bff680108adb0fcc:1',
      'c6805c5e1288b612:1',
      'b86d3392aea1be30:1',
      'e6ceba753e1a442:1',
    ],
  ],
  [' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n', greetings],
  [' hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r', greetings],
  [' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', greetings],
  [' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n', greetings],
  [
    'Lorem ipsum dolor sit amet.\n'.repeat(10),
    [
      ...[1, 2, 3, 4, 5, 6].map((count) => `a7f2ff13bc495cf2:${count}`),
      ...['a7f2ff1481e87703:1', 'a9cf91f7bbf1862b:1', '55ec222b86bcae53:1', 'cc97dc7b1d7d8f7b:1', 'c129715d7a2bc9a3:1'],
    ],
  ],
])('the hash of a line, by its published values: %j', (text, expected) => {
  expect(lineHashes(text)).toEqual(expected);
});

// The reference implementation is a program of 100 MB; whoever has it names it.
const multitool = process.env.ARCHLINT_SARIF_MULTITOOL ?? '';
(multitool === '' ? test.skip : test)(
  "SARIF's own validator finds no error, GitHub's rules included (needs sarif-multitool)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'archlint-sarif-'));
    writeFileSync(join(folder, 'out.sarif'), text);
    const { status, stdout } = spawnSync(
      multitool,
      ['validate', 'out.sarif', '--rule-kind', 'Sarif;Ghas', '--level', 'Error', '--output', 'said.sarif'],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
      },
    );
    expect({ status, errors: stdout.split('\n').filter((line) => / error /.test(line)) }).toEqual({
      status: 0,
      errors: [],
    });
    rmSync(folder, { recursive: true });
  },
);
