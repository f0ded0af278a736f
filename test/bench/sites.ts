// A seed → the text of a system of about sixty lines, as a team that describes many has them by the hundred: of other shapes, sizes and faults.

import { randomNumbers } from './random-tree.js';

const shops = ['books', 'bikes', 'bread', 'boats', 'lamps', 'maps', 'music', 'plants', 'shoes', 'tea', 'tools', 'toys'];
const appKinds = ['gunicorn', 'puma', 'node', 'tomcat', 'php-fpm', 'kestrel'];
const stores = [
  { name: 'mysql', protocol: 'mysql', port: 3306 },
  { name: 'postgres', protocol: 'postgres', port: 5432 },
] as const;

/** Some have two zones, some a second tier, caches, queues, replicas, admission for operators; some lack what they should have. */
export function site(seed: number): string {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const chance = (share: number): boolean => random() < share;
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const name = `${one(shops)}-${seed}`;
  const domain = `${name}.example.org`;
  const app = one(appKinds);
  const store = one(stores);
  const zones = chance(0.4) ? ['north', 'south'] : ['inside'];
  const servers = 1 + below(3);
  const balancers = chance(0.35) ? 2 : 1;
  const replicas = below(3);
  const cached = chance(0.5);
  const guarded = chance(0.5);
  const watched = chance(0.4);
  const queued = chance(0.4);
  const safe = [
    ...(guarded ? [`    firewall data-guard { allow ${store.port}/tcp from 10.0.0.0/8 }`] : []),
    ...(watched ? ['    monitor agent'] : []),
  ];
  const lines = [
    `# ${name}: ${servers} web servers in each of ${zones.length} zones.`,
    `title "${name[0]?.toUpperCase() ?? ''}${name.slice(1)}"`,
    '',
    `client visitor "Visitor's browser" { load ${20 * (1 + below(20))}rps }`,
    '',
    `dns ${domain} {`,
    ...Array.from({ length: balancers }, (_, index) => `  @     A      203.0.113.${10 + index}`),
    `  www   CNAME  ${domain}`,
    ...(chance(0.5) ? ['  mail  MX     10 mx.other.example'] : []),
    '}',
    '',
    'template server {',
    ...(guarded ? ['  firewall host-guard { allow 80/tcp from edge }'] : []),
    ...(watched ? ['  monitor agent'] : []),
    `  web nginx { software nginx "1.${20 + below(8)}"; listen 80 http }`,
    `  app ${app} {`,
    `    code "./${name}"`,
    ...(chance(0.5) ? ['    session shared'] : []),
    '  }',
    `  nginx -> ${app} : unix`,
    '}',
    '',
  ];
  for (const [zone, label] of zones.entries()) {
    lines.push(`network ${label} {`, `  cidr 10.${zone}.0.0/24`, '  private', '');
    for (let index = 0; index < servers; index++) {
      lines.push(`  host web-${label}-${'abc'[index] ?? ''} : server { address 10.${zone}.0.${11 + index} }`);
    }
    if (zone === 0) {
      lines.push('', '  host data-a {', '    address 10.0.0.21', ...safe);
      lines.push(`    db ${store.name} { role primary }`);
      if (cached) lines.push('    cache redis');
      if (queued) lines.push('    queue rabbitmq', '    worker jobs');
      lines.push('  }');
    }
    if (zone === zones.length - 1) {
      for (let index = 0; index < replicas; index++) {
        lines.push('', `  host data-${'bc'[index] ?? ''} {`, `    address 10.${zone}.0.${22 + index}`, ...safe);
        lines.push(`    db ${store.name} { role replica; standby ${chance(0.5) ? 'automatic' : 'manual'} }`, '  }');
      }
    }
    lines.push('}', '');
  }
  for (let index = 0; index < balancers; index++) {
    lines.push(
      `host edge-${'ab'[index] ?? ''} {`,
      `  address 203.0.113.${10 + index}`,
      ...(watched ? ['  monitor agent'] : []),
      '  lb edge {',
    );
    lines.push('    algorithm round-robin', '    listen 443 https, 80 redirect');
    lines.push(`    certificate ${chance(0.8) ? `${domain}, *.${domain}` : 'old.example.org'}`);
    if (chance(0.7)) lines.push('    health-check /up');
    lines.push('  }');
    if (guarded || chance(0.3))
      lines.push('  firewall guard {', '    allow 443/tcp from any', '    allow 80/tcp from any', '  }');
    lines.push('}', '');
  }
  lines.push(`visitor -> www.${domain} : https`, 'edge -> nginx : http');
  lines.push(`${app} -> ${store.name} : ${store.protocol}${chance(0.5) ? ' tls' : ''}`);
  if (cached) lines.push(`${app} -> redis : redis optional`);
  if (queued)
    lines.push(
      `${app} -> rabbitmq : amqp async`,
      'jobs -> rabbitmq : amqp',
      `jobs -> ${store.name} : ${store.protocol}`,
    );
  if (replicas > 0) lines.push(`${store.name} -> ${store.name} : replication`);
  return `${lines.join('\n')}\n`;
}
