// The examples: the ten reference systems with exactly their findings, their pictures, and ten typical mistakes with their messages.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { archlint } from './world.js';
import { expectFile } from './generated.js';

/** Each finding as `rule: subjects`, by the table of reference systems. */
const reference: Readonly<Record<string, readonly string[]>> = {
  'simple-web-stack': [
    'spof: server',
    'maintenance-downtime: server',
    'not-scalable: server/nginx, server/gunicorn',
    'missing-https: visitor, server/nginx',
    'missing-firewall: server',
    'missing-monitoring: server',
    'mixed-tiers: server',
  ],
  'simple-web-stack-placeholder': [
    'spof: server',
    'maintenance-downtime: server',
    'not-scalable: server/nginx, server/gunicorn',
    'missing-https: visitor, server/nginx',
    'missing-firewall: server',
    'missing-monitoring: server',
    'mixed-tiers: server',
    'unroutable-address: www.foobar.com',
  ],
  'lamp-server': [
    'spof: server',
    'maintenance-downtime: server',
    'not-scalable: server/apache, server/php',
    'missing-firewall: server',
    'missing-monitoring: server',
    'mixed-tiers: server',
  ],
  'load-balanced-single-server': [
    'spof: balancer',
    'spof: server',
    'maintenance-downtime: balancer, server',
    'single-backend: balancer/haproxy',
    'missing-firewall: balancer, server',
    'missing-monitoring: balancer, server',
    'mixed-tiers: server',
  ],
  'three-servers-shared-database-host': [
    'spof: c',
    'maintenance-downtime: c',
    'missing-https: visitor, c/haproxy',
    'missing-firewall: a, b, c',
    'missing-monitoring: a, b, c',
    'mixed-tiers: c',
  ],
  'three-servers-primary-replica': [
    'spof: balancer',
    'maintenance-downtime: balancer',
    'write-spof: a/mysql',
    'missing-https: visitor, balancer/haproxy',
    'missing-firewall: balancer, a, b',
    'missing-monitoring: balancer, a, b',
    'mixed-tiers: a, b',
  ],
  'load-balanced-one-database': [
    'spof: balancer',
    'spof: database',
    'maintenance-downtime: balancer, database',
    'missing-https: visitor, balancer/haproxy',
    'missing-firewall: balancer, web-1, web-2, database',
    'missing-monitoring: balancer, web-1, web-2, database',
  ],
  'secured-and-monitored': [
    'spof: balancer',
    'maintenance-downtime: balancer',
    'write-spof: a/mysql',
    'tls-terminated-early: balancer/haproxy, a/nginx, b/nginx',
    'mixed-tiers: a, b',
  ],
  'scaled-up': [],
  'two-zones': ['co-location: zone-1, zone-1/database-1/mysql, zone-1/database-2/mysql'],
};

interface Finding {
  readonly rule: string;
  readonly subjects: readonly string[];
  readonly witness: object | null;
  readonly message: string;
}

function exampleFiles(): Readonly<Record<string, string>> {
  const paths = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.infra'),
  );
  return Object.fromEntries(
    paths.map((path) => [`/project/examples/${path}`, readFileSync(join('examples', path), 'utf8')]),
  );
}

const world = { files: exampleFiles(), folder: '/project' };

describe('the reference systems', () => {
  test.each(Object.entries(reference))('%s has exactly its findings, each with its proof', async (name, expected) => {
    const { status, stdout } = await archlint(['check', `examples/${name}.infra`, '--format', 'json'], world);
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    const told = findings.map((one) => `${one.rule}: ${one.subjects.join(', ')}`);
    expect(told.sort()).toEqual([...expected].sort());
    expect(findings.filter((one) => !one.witness)).toEqual([]);
    expect(status).toBe(expected.length > 0 ? 1 : 0);
  });
});

describe('pictures', () => {
  test.each(Object.keys(world.files))('%s is drawn as committed', async (path) => {
    const relative = path.slice('/project/'.length);
    const { stdout, status } = await archlint(['render', relative], world);
    expect(status).toBe(0);
    expectFile(relative.replace(/\.infra$/, '.svg'), stdout);
  });
});

describe('what stops, drawn', () => {
  const drawn = (name: string, lost: string) => archlint(['render', `examples/${name}.infra`, '--fail', lost], world);

  test.each([
    ['three-servers-primary-replica', 'a'],
    ['two-zones', 'zone-1'],
  ])('%s without %s', async (name, lost) => {
    const { stdout, stderr, status } = await drawn(name, lost);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expectFile(`examples/${name}.fail-${lost}.svg`, stdout);
  });

  test('the scene stays: everything stands where it stood, and findings make place for journeys', async () => {
    const [whole, lost] = await Promise.all(
      [[], ['--fail', 'balancer']].map(async (more) => {
        const path = 'examples/three-servers-primary-replica.infra';
        return (await archlint(['render', path, ...more], world)).stdout;
      }),
    );
    const placed = (svg = '') => svg.match(/class="(?:place0|name)"[^>]* x="[^"]*" y="[^"]*"/g);
    expect(placed(lost)).toEqual(placed(whole));
    expect(lost).toContain('As if balancer had failed: 1 journey stops.');
    expect(lost).toContain('class="idle"');
    expect(lost).toContain('>stops<');
    expect(lost).not.toContain('spof');
  });

  test('a name that nothing has', async () => {
    const { stdout, stderr, status } = await drawn('two-zones', 'zone-x');
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain('nothing is called `zone-x`');
  });
});

describe('typical mistakes', () => {
  const folder = 'test/mistakes';
  const names = readdirSync(folder).filter((name) => name.endsWith('.infra'));
  const files = Object.fromEntries(
    [...names, 'import-cycle/network.infra'].map((name) => [`/project/${name}`, readFileSync(join(folder, name))]),
  );

  test.each(names)('%s', async (name) => {
    const { stdout, stderr, status } = await archlint(['check', name], { files, folder: '/project' });
    expect(stderr).toBe('');
    expect(status).toBe(name === 'empty.infra' ? 0 : 1);
    expectFile(join(folder, `${basename(name, '.infra')}.txt`), stdout);
  });

  test('a file that is not understood is not drawn', async () => {
    const { stdout, stderr, status } = await archlint(['render', 'unknown-kind.infra'], { files, folder: '/project' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toContain('error[unknown-kind]');
  });

  test('every message has its file', () => {
    for (const name of names) expect(existsSync(join(folder, name.replace(/\.infra$/, '.txt')))).toBe(true);
  });
});
