// What firewalls let pass, from which sources, and what stands behind their openings: the analyses behind the rules about exposure.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { cleartext } from '../rules/encryption/cleartext.js';
import { missingRedirect } from '../rules/encryption/missing-redirect.js';
import { weakTls } from '../rules/encryption/weak-tls.js';
import type { Rule } from '../rules/rule.js';
import { blockedConnections } from '../src/analysis/blocked.js';
import { covers } from '../src/analysis/certificates.js';
import { behind, openings } from '../src/analysis/openings.js';
import { arrivalOf, firewallsBetween, isKeptOut, verdictOn } from '../src/analysis/passage.js';
import { projectOf, resolve, type Node, type System } from '../src/model/index.js';

function systemOf(text: string): System {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'test.infra', text })));
  expect(diagnostics).toEqual([]);
  return system;
}

function node(system: System, id: string): Node {
  const found = system.nodes.get(id);
  if (!found) throw new Error(`no node ${id}`);
  return found;
}

/** `visitor > a/nginx by edge`. */
function blocked(text: string): readonly string[] {
  const ids = (nodes: readonly Node[]) => nodes.map(({ id }) => id).join();
  return blockedConnections(systemOf(text)).map(
    ({ callers, nodes, by }) =>
      `${ids(callers)} > ${ids(nodes)} by ${ids(by.map(({ firewalls: [firewall] }) => firewall))}`,
  );
}

/** What a firewall with this list does with a connection of `caller` to a database. */
function verdict(list: string, more: { caller?: string; words?: string; around?: string } = {}): string {
  const { caller = 'host h { address 10.0.0.5; app caller }', words = 'postgres', around = '' } = more;
  const system = systemOf(`
    ${around}
    ${caller}
    host data { firewall guard { ${list} }; db store }
    caller -> store : ${words}`);
  const connection = system.connections.at(-1);
  const arrival = connection && arrivalOf(connection);
  const from = connection?.callers[0];
  if (!arrival || !from) return 'not judged';
  return verdictOn(system, node(system, 'data/guard'), arrival, from).is;
}

/** The text after the suggested fixes of a rule. */
function mended<Options extends object>(text: string, rule: Rule<Options>): string {
  const edits = [...(rule.check?.(systemOf(text), rule.options, {}) ?? [])].flatMap(
    (finding) => finding.fix?.edits ?? [],
  );
  const last = [...edits].sort((a, b) => b.at.start - a.at.start);
  return last.reduce((result, { at, text: put }) => result.slice(0, at.start) + put + result.slice(at.end), text);
}

describe('lists', () => {
  test.each([
    ['', 'passes'],
    ['deny 22', 'passes'],
    ['deny 5432', 'blocked'],
    ['allow 443', 'blocked'],
    ['allow 5432', 'passes'],
    ['allow any', 'passes'],
    ['allow 5000-6000/tcp', 'passes'],
    ['allow 5432/udp', 'blocked'],
    ['allow postgres from any', 'passes'],
    ['allow 443; allow 5432 from caller', 'passes'],
    ['allow 5432 from h', 'passes'],
    ['allow 5432 from caller; deny 5432 from 10.0.0.0/8', 'blocked'],
    ['allow any; deny any from 192.168.0.0/16', 'passes'],
    ['allow 5432 from 10.0.0.0/24', 'passes'],
    ['allow 5432 from 10.0.0.5', 'passes'],
    ['allow 5432 from 10.0.0.6', 'blocked'],
    ['allow 5432 from 0.0.0.0/0', 'passes'],
    ['allow 5432 from 203.0.113.0/24', 'unclear'],
    ['allow 5432 from ::/0', 'passes'],
    ['allow 5432 from 2001:db8::/32', 'unclear'],
  ])('%j: %s', (list, expected) => {
    expect(verdict(list)).toBe(expected);
  });

  test.each([
    ['mysql', 'allow 3306/tcp', 'passes'],
    ['dns', 'allow 53/udp', 'unclear'],
    ['dns', 'allow 53', 'passes'],
    ['udp/9000', 'allow 9000/tcp', 'blocked'],
    ['tcp/9000', 'allow 9000/udp', 'blocked'],
    ['fastcgi', 'allow 443', 'not judged'],
    ['replication', 'deny any', 'not judged'],
    ['unix', 'deny any', 'not judged'],
  ])('%s, %j: %s', (words, list, expected) => {
    expect(verdict(list, { words })).toBe(expected);
  });
});

describe('sources', () => {
  test.each([
    ['allow any from other', { around: 'host o { app other }' }, 'blocked'],
    ['allow any from other', { around: 'host o { app other }', caller: 'host o2 { app caller }' }, 'blocked'],
    ['allow any from other', { caller: 'host h { app caller; app other }' }, 'unclear'],
    ['allow any from lan', { caller: 'network lan { host h { app caller } }' }, 'passes'],
    ['allow any from lan', { around: 'network lan { cidr 10.0.0.0/8 }' }, 'unclear'],
    ['allow any from lan', { around: 'network lan { cidr 10.9.0.0/16 }' }, 'blocked'],
    ['allow any from 10.1.0.0/16', { caller: 'network lan { cidr 10.1.2.0/24; app caller }' }, 'passes'],
    ['allow any from 10.1.2.3', { caller: 'network lan { cidr 10.1.2.0/24; app caller }' }, 'unclear'],
    ['allow any from 10.2.0.0/16', { caller: 'network lan { cidr 10.1.2.0/24; app caller }' }, 'blocked'],
    ['allow any from 10.0.0.0/8', { caller: 'app caller' }, 'unclear'],
    ['allow any from 10.0.0.0/8', { caller: 'host h { address 203.0.113.5; app caller }' }, 'unclear'],
    ['allow any from 198.51.100.0/24', { caller: 'host h { address 203.0.113.5; app caller }' }, 'blocked'],
    ['allow any from 10.0.0.0/24', { caller: 'host h { address 10.0.0.5, 10.7.0.5; app caller }' }, 'unclear'],
    ['allow any from caller', { caller: 'client caller' }, 'passes'],
    ['allow any from friend', { caller: 'client caller', around: 'client friend' }, 'blocked'],
    ['allow any from gate', { around: 'host g { firewall gate }' }, 'unclear'],
    ['allow any from 10.8.0.0/16', { caller: 'host h { address 10.0.0.5; service caller { vpn } }' }, 'unclear'],
  ])('%s, %j: %s', (list, more, expected) => {
    expect(verdict(list, more)).toBe(expected);
  });

  test('a tier is all its instances; a name means the nearest first', () => {
    const text = `
      zone one { host web { app site }; host data { firewall own { allow 3306 from web }; db mysql } }
      zone two { host web { app site } }
      host other { app other }
      site -> mysql : mysql
      other -> mysql : mysql`;
    // What stands elsewhere under the same name may be meant.
    expect(blocked(text)).toEqual(['other/other > one/data/mysql by one/data/own']);
  });

  test('behind a balancer or a firewall the first caller may still be seen', () => {
    const text = (from: string) => `
      client visitor
      host edge { lb haproxy }
      host a { firewall own { allow 443 from ${from} }; web nginx }
      host z { app stranger }
      visitor -> haproxy -> nginx : https`;
    expect(blocked(text('visitor'))).toEqual([]);
    expect(blocked(text('haproxy'))).toEqual([]);
    expect(blocked(text('stranger'))).toEqual(['edge/haproxy > a/nginx by a/own']);
  });
});

describe('what stands in between', () => {
  const system = systemOf(`
    client visitor
    zone z {
      firewall around
      network lan {
        firewall edge
        host a { firewall own; web nginx; app site }
        host b { firewall own; db mysql }
      }
      host c { app outside }
    }
    firewall gate
    visitor -> gate -> nginx : https`);

  test.each([
    ['visitor', 'z/lan/a/nginx', ['z/lan/a/own', 'z/lan/edge', 'z/around']],
    ['z/c/outside', 'z/lan/a/nginx', ['z/lan/a/own', 'z/lan/edge']],
    ['z/lan/b/mysql', 'z/lan/a/nginx', ['z/lan/a/own']],
    ['z/lan/a/site', 'z/lan/a/nginx', []],
    ['z/lan/a/site', 'z/c/outside', []],
    ['visitor', 'gate', ['gate']],
    ['z/lan/a/nginx', 'gate', []],
  ])('%s to %s: %j', (from, to, expected) => {
    expect(firewallsBetween(system, node(system, from), node(system, to)).map(({ id }) => id)).toEqual(expected);
  });

  test('a hop of many to many is judged by each caller and each target', () => {
    const text = `
      host a[3] { app site }
      host d[2] { firewall own { allow 3306 from a-1 }; db mysql }
      host e { db other }
      site -> mysql : mysql
      site -> other : mysql`;
    expect(blocked(text)).toEqual(['a-2/site,a-3/site > d-1/mysql,d-2/mysql by d-1/own']);
  });

  test('thousands on either side, in the copies of one block, are one statement', () => {
    const count = 4000;
    const system = systemOf(`
      host a[${count}] { app site; site -> mysql : mysql }
      host d[${count}] { firewall own { allow 443 from any; allow 3306 from d-1 }; db mysql }`);
    const start = process.hrtime.bigint();
    const [found, ...more] = blockedConnections(system);
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(2);
    expect([found?.callers.length, found?.nodes.length, more]).toEqual([count, count, []]);
  });
});

describe('openings', () => {
  test('are lines for somebody outside that no deny takes back', () => {
    const system = systemOf(`
      client visitor
      network office { private; client clerk }
      host h {
        firewall f {
          allow 80; allow 443 from 0.0.0.0/0; allow 1-65535/tcp from any; allow any from visitor
          allow 22 from clerk; allow 23 from any; allow 24 from 10.0.0.0/8
          deny 20-23 from any
        }
      }`);
    const found = openings(system).map(({ line, everybody, everyPort }) => [line.ports[0]?.from, everybody, everyPort]);
    expect(found).toEqual([
      [80, true, false],
      [443, true, false],
      [1, true, true],
      [undefined, false, true],
    ]);
  });

  test('behind a firewall stands what its home holds and what it goes on to', () => {
    const system = systemOf(`
      client visitor
      network dmz { firewall edge; host a { firewall own; web nginx; db mysql }; host gate { firewall filter } }
      host b { lb haproxy { listen 8443 https } }
      visitor -> filter : https
      filter -> haproxy : https/8443
      nginx -> mysql : mysql`);
    const told = (id: string) => {
      const { nodes, ports, more } = behind(system, node(system, id));
      return [nodes.map((one) => one.id).join(), [...ports].sort((a, b) => a - b).join(), more];
    };
    expect(told('dmz/edge')).toEqual(['dmz/a,dmz/a/nginx,dmz/a/mysql', '80,443,3306', false]);
    expect(told('dmz/a/own')).toEqual(['dmz/a,dmz/a/nginx,dmz/a/mysql', '80,443,3306', false]);
    expect(told('dmz/gate/filter')).toEqual(['b/haproxy', '443,3306,8443', false]);
  });
});

describe('certificates', () => {
  test('for all of a top-level name are of use to whoever holds it', () => {
    const own = systemOf('dns internal { private }');
    expect(covers(own, ['*.internal'], 'wiki.internal')).toBe(true);
    expect(covers(systemOf('client nobody'), ['internal', '*.internal'], 'wiki.internal')).toBe(true);
  });

  test.each([
    ['foobar.com', 'foobar.com', true],
    ['*.foobar.com', 'www.foobar.com', true],
    ['*.foobar.com', 'foobar.com', false],
    ['*.foobar.com', 'a.b.foobar.com', false],
    ['*.foobar.com', 'www.foobar.com.evil.org', false],
    ['www.foobar.com', 'foobar.com', false],
    // Names below these are anybody's.
    ['*.com', 'foobar.com', false],
    ['*.co.uk', 'foobar.co.uk', false],
    ['*.xn--p1ai', 'президент.рф', false],
    ['*.internal', 'wiki.internal', false],
    ['*.github.io', 'foobar.github.io', true],
    ['*.foobar.co.uk', 'www.foobar.co.uk', true],
  ])('%s for %s: %s', (certificate, name, expected) => {
    expect(covers(systemOf('client nobody'), [certificate], name)).toBe(expected);
  });
});

test('suggested fixes end the findings', () => {
  const clear = 'host a { app x }; host b { db d; queue q }\nx -> d : mysql/3307 read\nx -> q : amqp';
  expect(mended(clear, cleartext)).toBe(
    'host a { app x }; host b { db d; queue q }\nx -> d : mysql/3307 tls read\nx -> q : amqp tls',
  );
  expect(mended('host a { web w { tls 1.0 } }', weakTls)).toBe('host a { web w { tls 1.2 } }');
  const entry = (listen: string) => `client v; host h { web w { listen ${listen} } }\nv -> w : https`;
  for (const listen of ['80 http, 443 https', '443 https, 80', '80/tcp http, 443'])
    expect(mended(mended(entry(listen), missingRedirect), missingRedirect)).toBe(
      entry(listen.replace(/80(\/tcp)?( http)?/, '80$1 redirect')),
    );
});

describe('laws', () => {
  const port = fc.constantFrom('80', '443', '3306', '400-500', 'any', '3306/tcp', '3306/udp');
  const source = fc.constantFrom('any', 'a', 'b', 'visitor', '10.0.0.0/8', '10.0.0.1', '203.0.113.0/24');
  const line = fc
    .tuple(fc.constantFrom('allow', 'deny'), port, source)
    .map((parts) => `${parts[0]} ${parts[1]} from ${parts[2]}`);
  const lines = fc.array(line, { maxLength: 4 });
  const textOf = (outer: readonly string[], inner: readonly string[]) => `
    client visitor
    host a { address 10.0.0.1; web nginx }
    host b { address 10.1.0.1; app site }
    network lan { firewall outer { ${outer.join('; ')} }; host c { firewall inner { ${inner.join('; ')} }; db mysql; web pages } }
    visitor -> pages : https
    nginx, site -> mysql : mysql
    site -> pages : http
    mysql -> pages : http`;

  test('what is said of many together is what is said of each hop', () => {
    fc.assert(
      fc.property(lines, lines, (outer, inner) => {
        const system = systemOf(textOf(outer, inner));
        const each = system.connections.flatMap((connection) =>
          connection.choices.flatMap((target) =>
            connection.callers.flatMap((from) =>
              target.nodes.flatMap((to) =>
                isKeptOut(system, { connection, target, from, to }) ? [`${from.id} > ${to.id}`] : [],
              ),
            ),
          ),
        );
        const together = blockedConnections(system).flatMap(({ callers, nodes }) =>
          callers.flatMap((from) => nodes.map((to) => `${from.id} > ${to.id}`)),
        );
        expect(together).toEqual(each);
      }),
    );
  });

  test('allowing everything from any blocks nothing, another deny never opens, and no list passes all', () => {
    fc.assert(
      fc.property(lines, line, (list, more) => {
        const count = (inner: readonly string[]) => blockedConnections(systemOf(textOf([], inner))).length;
        const allowed = list.filter((one) => one.startsWith('allow'));
        expect(count([...allowed, 'allow any from any'])).toBe(0);
        expect(count([...list, more.replace('allow', 'deny')])).toBeGreaterThanOrEqual(count(list));
        expect(count([])).toBe(0);
      }),
    );
  });
});
