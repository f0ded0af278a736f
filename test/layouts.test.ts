// Well-known layouts: each has exactly the findings that its own documentation warns of, and a page that says why.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { listed } from '../src/base/words.js';
import { hoursPerYear } from '../src/base/figures.js';
import { parse } from '../grammar/index.js';
import { failing } from '../src/analysis/failing.js';
import { outagesOf, type Outage } from '../src/analysis/figures.js';
import { shortName } from '../src/analysis/short-names.js';
import { projectOf, resolve } from '../src/model/index.js';
import type { Node, System } from '../src/model/system.js';
import { expectPart } from './generated.js';
import { archlint } from './world.js';

const folder = 'examples/layouts';

/** Each finding as `rule: subjects`, in the order of reporting. */
const layouts: Readonly<Record<string, readonly string[]>> = {
  'redis-two-sentinels': ['quorum: a/sentinel, b/sentinel'],
  'redis-three-sentinels': [],
  'two-voters': ['maintenance-downtime: a, b', 'quorum: a/etcd, b/etcd'],
  'three-voters-three-zones': [],
  'stacked-one-balancer': [
    'maintenance-downtime: balancer, node',
    'mixed-tiers: node',
    'single-backend: balancer/haproxy',
    'spof: balancer',
    'spof: node',
  ],
  'stacked-one-pair': [
    'maintenance-downtime: node',
    'mixed-tiers: node',
    'single-backend: balancer-1/haproxy',
    'single-backend: balancer-2/haproxy',
    'spof: node',
  ],
  'stacked-two-balancer': [
    'maintenance-downtime: balancer, node-1, node-2',
    'mixed-tiers: node-1, node-2',
    'quorum: node-1/etcd, node-2/etcd',
    'spof: balancer',
  ],
  'stacked-two-pair': [
    'maintenance-downtime: node-1, node-2',
    'mixed-tiers: node-1, node-2',
    'quorum: node-1/etcd, node-2/etcd',
  ],
  'stacked-three-balancer': ['maintenance-downtime: balancer', 'mixed-tiers: node-1, node-2, node-3', 'spof: balancer'],
  'stacked-three-pair': ['mixed-tiers: node-1, node-2, node-3'],
};

/** What can be lost at the same time without stopping anything, and what cannot: by hosts or components. */
const losses: Readonly<Record<string, { stops: readonly string[]; goesOn: readonly string[] }>> = {
  'redis-two-sentinels': { stops: ['a', 'a/redis b/sentinel'], goesOn: ['b', 'a/sentinel b/sentinel', 'a/redis'] },
  'redis-three-sentinels': {
    stops: ['a b', 'a/redis a/sentinel b/sentinel'],
    goesOn: ['a', 'b', 'c', 'a/sentinel b/sentinel c/sentinel', 'a/redis c/sentinel'],
  },
  'two-voters': { stops: ['a', 'b'], goesOn: ['shop-1'] },
  'three-voters-three-zones': {
    stops: ['one two', 'one/voter three/voter'],
    goesOn: ['one', 'two', 'three', 'one/shop three/voter'],
  },
  'stacked-two-pair': { stops: ['node-1', 'node-2/etcd'], goesOn: ['balancer-1', 'node-1/api-server'] },
  'stacked-three-pair': {
    // The server that is left has its own etcd down: the two stand in different halves of different nodes.
    stops: ['node-1 node-2', 'node-1/etcd node-2/etcd', 'node-1/api-server node-2/api-server node-3/etcd'],
    goesOn: ['node-1', 'node-1/etcd node-2/api-server', 'balancer-2 node-3'],
  },
};

interface Finding {
  readonly rule: string;
  readonly subjects: readonly string[];
  readonly severity: string;
  readonly witness: object | null;
}

const files = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith('.infra'))
    .map((name) => [`/project/${name}`, readFileSync(`${folder}/${name}`, 'utf8')]),
);

function systemOf(name: string): System {
  return resolve(projectOf(parse({ path: `${name}.infra`, text: files[`/project/${name}.infra`] ?? '' }))).system;
}

function downtime({ q }: Outage): string {
  const hours = q * hoursPerYear;
  return hours < 1 ? `${Number((hours * 60).toPrecision(3))} minutes` : `${Number(hours.toPrecision(3))} hours`;
}

/** The figures of the only journey, as the pages show them. */
function figures(system: System): string {
  const [journey] = system.journeys;
  if (!journey) throw new Error('a layout has a journey');
  const { full, reads } = outagesOf(system).of(journey);
  const names = (set: readonly Node[]) => listed(set.map((node) => `\`${shortName(system, node)}\``));
  const singles = full.cutSets(1) ?? [];
  const places = (full.cutSets(2) ?? []).filter((set) => set.every(({ kind }) => kind === 'host' || kind === 'zone'));
  const counts = full.cutSetsByOrder.map((count) => count.toString());
  return [
    '| | |',
    '|---|---|',
    `| expected downtime a year | ${downtime(full)} |`,
    ...(reads ? [`| of reads alone | ${downtime(reads)} |`] : []),
    `| stop it alone | ${singles.length === 0 ? 'none' : singles.map(names).join(', ')} |`,
    `| stop it in pairs | ${counts[1] ?? '0'}${places.length > 0 ? `; of places: ${places.map(names).join(', ')}` : ''} |`,
    `| stop it in threes | ${counts[2] ?? '0'} |`,
  ].join('\n');
}

test('every layout stands in the table, and has its page', () => {
  const names = Object.keys(files).map((path) => path.slice('/project/'.length, -'.infra'.length));
  expect(names.sort()).toEqual(Object.keys(layouts).sort());
  expect(names.filter((name) => !existsSync(`${folder}/${name}.md`))).toEqual([]);
});

describe.each(Object.entries(layouts))('%s', (name, expected) => {
  test('has exactly its findings, each with its proof', async () => {
    const { status, stdout } = await archlint(['check', `${name}.infra`, '--format', 'json'], {
      files,
      folder: '/project',
    });
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    expect(findings.map((one) => `${one.rule}: ${one.subjects.join(', ')}`).sort()).toEqual(expected);
    expect(findings.filter((one) => !one.witness)).toEqual([]);
    expect(status).toBe(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
  });
});

test.each(Object.keys(layouts))('the page of %s shows its figures', (name) => {
  expectPart(`${folder}/${name}.md`, 'figures', figures(systemOf(name)));
});

describe.each(Object.entries(losses))('%s', (name, { stops, goesOn }) => {
  const system = systemOf(name);
  const lost = (names: string) => names.split(' ').map((tail) => nodeNamed(tail));
  const nodeNamed = (tail: string): Node => {
    const [found] = [...system.nodes.values()].filter(({ id }) => id === tail || id.endsWith(`/${tail}`));
    if (!found) throw new Error(`${name} has no ${tail}`);
    return found;
  };

  test.each(stops)('stops without %s', (names) => {
    expect(failing(system, lost(names)).journeys).not.toEqual([]);
  });

  test.each(goesOn)('goes on without %s', (names) => {
    expect(failing(system, lost(names)).journeys).toEqual([]);
  });
});
