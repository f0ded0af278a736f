// The real systems, and what holds the sound ones up: each has exactly its findings, and each safeguard that is taken out exactly its own.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { edited, findingsOf, placesOf, rowsOf, safeguardsIn } from './safeguards.js';
import { archlint } from './world.js';

const folder = 'examples/systems';

/** Each finding of the recommended rules as `rule: subjects`. */
const systems: Readonly<Record<string, readonly string[]>> = {
  'zulip-one-server': [
    'maintenance-downtime: zulip',
    'mixed-tiers: zulip',
    'not-scalable: zulip/nginx, zulip/django',
    'spof: zulip',
  ],
  'gitlab-3k': [
    'maintenance-downtime: edge/external-balancer, inside/internal-balancer, inside/praefect-postgres',
    'spof: edge/external-balancer',
    'spof: inside/internal-balancer',
    'spof: inside/praefect-postgres',
  ],
  'gitlab-3k-pairs': [],
  'kubernetes-external-etcd': [],
  'three-tier-cloud': [],
  'content-site-cdn': [],
  'mail-and-web-domain': [],
};

/** The rules that have something to say about a system all the time: it was not made for them. */
const unmet: Readonly<Record<string, readonly string[]>> = {
  'examples/scaled-up': ['missing-backup', 'missing-health-check'],
  'examples/layouts/redis-three-sentinels': ['missing-certificate'],
  'examples/layouts/three-voters-three-zones': ['missing-backup', 'missing-certificate'],
  'examples/layouts/stacked-three-pair': [
    'missing-backup',
    'missing-certificate',
    'missing-health-check',
    'mixed-tiers',
  ],
};

const withTables = [
  ...Object.keys(systems)
    .filter((name) => name !== 'gitlab-3k')
    .map((name) => `${folder}/${name}`),
  'examples/scaled-up',
  'examples/layouts/redis-three-sentinels',
  'examples/layouts/three-voters-three-zones',
  'examples/layouts/stacked-three-pair',
];

test('every system stands in the table, and has its page, which names its sources', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.infra'));
  expect(names.map((name) => name.slice(0, -'.infra'.length)).sort()).toEqual(Object.keys(systems).sort());
  for (const name of Object.keys(systems)) {
    expect(existsSync(`${folder}/${name}.md`)).toBe(true);
    expect(readFileSync(`${folder}/${name}.md`, 'utf8')).toMatch(/## Where it is from\n\n(?:.|\n)*https:\/\//);
  }
});

describe.each(Object.entries(systems))('%s', (name, expected) => {
  test('has exactly its findings, each with its proof', async () => {
    const path = `${name}.infra`;
    const files = { [`/project/${path}`]: readFileSync(`${folder}/${path}`, 'utf8') };
    const { status, stdout } = await archlint(['check', path, '--format', 'json'], { files, folder: '/project' });
    const { findings } = JSON.parse(stdout) as {
      findings: { rule: string; line: number; subjects: readonly string[]; witness: object | null }[];
    };
    const page = readFileSync(`${folder}/${name}.md`, 'utf8');
    expect(findings.map((one) => `${one.rule}: ${one.subjects.join(', ')}`).sort()).toEqual(expected);
    expect(findings.filter((one) => !one.witness)).toEqual([]);
    expect(status).toBe(expected.length > 0 ? 1 : 0);
    // The page argues each of them, with its line.
    for (const { rule, line } of findings)
      expect(page).toMatch(new RegExp(`\\n- \`${rule}\`, lines? [^:]*\\b${line}\\b`));
  });
});

describe.each(withTables)('the safeguards of %s', (path) => {
  const text = readFileSync(`${path}.infra`, 'utf8');
  const page = readFileSync(`${path}.md`, 'utf8');
  const rows = rowsOf(page);
  const before = findingsOf(text, unmet[path]);

  test('are all in the table', () => {
    const places = rows.flatMap(({ edits }) => placesOf(text, edits));
    const missing = safeguardsIn(text).filter(({ at }) => !places.some(({ start, end }) => start <= at && at < end));
    expect(missing.map(({ word, line }) => `${line}: ${word}`)).toEqual([]);
    expect(rows.filter(({ edits }) => edits.length === 0)).toEqual([]);
  });

  test('leave nothing to find, or what its page argues', () => {
    expect(before).toEqual(systems[path.slice(folder.length + 1)] ?? []);
  });

  test.each(rows.map((row) => [row.without, row] as const))('without %s', (_, { edits, found, cell }) => {
    const after = findingsOf(edited(text, edits), unmet[path]);
    expect(after.filter((one) => !before.includes(one))).toEqual(found);
    if (found.length === 0) expect(cell).toMatch(/^nothing: \w/);
  });
});
