// Trees → system: what names, tiers, records and connections mean, and what is said about what they cannot mean.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { textAt } from '../src/base/source.js';
import { graphOf, projectOf, resolve } from '../src/model/index.js';
import { kindsTable, propertiesTable, protocolsTable } from '../src/model/reference.js';
import { expectPart } from './generated.js';

function read(text: string) {
  return resolve(projectOf(parse({ path: 'site.infra', text })));
}

/** The system of a text that has no fault. */
function sound(text: string) {
  const { system, diagnostics } = read(text);
  expect(diagnostics.map((one) => `${one.code}: ${one.message}`)).toEqual([]);
  return system;
}

/** Every fault as `code "underlined words"`. */
function faults(text: string): string[] {
  return read(text).diagnostics.map((one) => `${one.code} "${textAt(one.at)}"`);
}

/** The targets of every connection, as `caller,caller -> node,node`. */
function hops(text: string): string[] {
  return sound(text).connections.map((one) => {
    const from = one.fromRecord ?? one.callers.map((node) => node.id).join(',');
    const to = one.choices.map((choice) => choice.nodes.map((node) => node.id).join(',')).join(' | ');
    return `${from} -> ${to}`;
  });
}

describe('names', () => {
  const pair = 'host a, b {\n web nginx\n app api\n nginx -> api : unix\n}\n';

  test.each([
    ['inside a block they mean the nearest', pair, ['a/nginx -> a/api', 'b/nginx -> b/api']],
    [
      'outside they mean every one',
      `${pair}lb edge\nedge -> nginx`,
      ['a/nginx -> a/api', 'b/nginx -> b/api', 'edge -> a/nginx,b/nginx'],
    ],
    [
      'a path goes inward',
      `${pair}lb edge\nedge -> b/nginx`,
      ['a/nginx -> a/api', 'b/nginx -> b/api', 'edge -> b/nginx'],
    ],
    [
      'a path may leave out what stands between',
      'region eu { zone z { host h { web w } } }\nlb edge\nedge -> eu/w',
      ['edge -> eu/z/h/w'],
    ],
    ['the name of a tier stands for its instances', 'web web1, web-2\nlb edge\nedge -> web', ['edge -> web1,web-2']],
    ['the declared name of copies, too', 'host h[2] { web w }\nmonitor m\nm -> h', ['m -> h-1,h-2']],
    [
      'a host and what stands in it may share a name',
      'network n { host db { db db } }\napp api\napi -> db : mysql',
      ['api -> n/db/db'],
    ],
    [
      '`tier` joins what has other names',
      'web blue { tier front }\nweb green { tier front }\nlb edge\nedge -> front',
      ['edge -> blue,green'],
    ],
    ['an unnumbered name joins the series', 'web web, web1, web2\nlb edge\nedge -> web', ['edge -> web,web1,web2']],
    [
      'copies and a single one are one tier',
      'host a { web w[2] }\nhost b { web w }\nlb edge\nedge -> w',
      ['edge -> a/w-1,a/w-2,b/w'],
    ],
    ['keywords may be names', 'host db { db db }\napp app\napp -> db : mysql', ['app -> db/db']],
    ['order never matters', 'edge -> w\nlb edge\nhost h { web w }', ['edge -> h/w']],
  ])('%s', (_, text, expected) => {
    expect(hops(text)).toEqual(expected);
  });

  test('a single numbered name makes no series', () => {
    expect(sound('db db2\napp api\napi -> db2').tiers.map((tier) => tier.id)).toEqual(['db2', 'api']);
  });

  test('`own-tiers` keeps equal names apart, and a path chooses', () => {
    const text = 'region eu, us { own-tiers\n host h { web w } }\nlb edge\n';
    expect(sound(`${text}edge -> eu/w`).tiers.map((tier) => tier.id)).toEqual(['eu/w', 'us/w', 'edge']);
    expect(faults(`${text}edge -> w`)).toEqual(['ambiguous-name "w"']);
  });
});

describe('connections', () => {
  test.each([
    ['a chain is two connections', 'lb a\nweb b\napp c\na -> b -> c : http/80', ['a -> b', 'b -> c']],
    ['lists fan out', 'lb a, x\nweb b\napp c\na, x -> b, c', ['a -> b', 'a -> c', 'x -> b', 'x -> c']],
    ['alternatives are one need', 'app a\nservice x, y\na -> x | y', ['a -> x | y']],
    ['from a place every component in it has the need', 'host h { web w\n app p }\ndb d\nh -> d', ['h/w,h/p -> d']],
    ['the target itself excepted', 'host h { web w\n service log }\nh -> log', ['h/w -> h/log']],
    [
      'to a place it is what listens there',
      'host h { web w\n app p\n w -> p : unix }\nlb l\nl -> h : http',
      ['h/w -> h/p', 'l -> h/w'],
    ],
    [
      'over ssh it is the host itself',
      'host h { web w }\nclient admin\nadmin -> h : ssh\nadmin -> w : https',
      ['admin -> h', 'admin -> h/w'],
    ],
    [
      'what stands in the block of a client is the client',
      'client c { app browser }\nweb w\nc/browser -> w : https',
      ['c -> w'],
    ],
  ])('%s', (_, text, expected) => {
    expect(hops(text)).toEqual(expected);
  });

  test('an explicit connection of a tier with itself joins peers, and is no need', () => {
    const [connection] = sound('host a, b { service etcd }\netcd -> etcd : etcd').connections;
    expect(connection).toMatchObject({ peer: true, need: false });
  });

  test.each([
    ['http', { port: 80, encryption: 'no', need: true }],
    ['http/8080', { port: 8080, encryption: 'no' }],
    ['mysql tls', { port: 3306, encryption: 'yes', tls: true }],
    ['https optional', { optional: true, need: false }],
    ['amqp async', { async: true, need: false }],
    ['postgresql read', { read: true, need: true, port: 5432 }],
    ['metrics', { need: false }],
    ['tcp/9000', { encryption: 'unknown', port: 9000 }],
    ['read', { read: true }],
  ])('the words `%s`', (words, expected) => {
    expect(sound(`app a\nservice b\na -> b : ${words}`).connections[0]).toMatchObject(expected);
  });

  test('`for` restricts to journeys by a record', () => {
    const [connection] = sound(
      'lb a\nservice b\ndns x.org {\n m A 203.0.113.1\n}\na -> b : http for m.x.org',
    ).connections;
    expect(connection?.only).toEqual(['m.x.org']);
  });
});

describe('records', () => {
  const host = 'host h { address 203.0.113.10\n lb edge\n web w\n edge -> w : http/8080 }\nclient c\n';
  const answer = (zone: string, call = 'www.x.org : https') =>
    sound(`${host}dns x.org {\n${zone}\n}\nc -> ${call}`)
      .connections.at(-1)
      ?.choices[0]?.nodes.map((node) => node.id);

  test.each([
    ['an address leads to its host, and there to the front', 'www A 203.0.113.10', ['h/edge']],
    ['a name relative to the zone', '@ A 203.0.113.10\nwww CNAME @', ['h/edge']],
    ['a complete name', 'x.org A 203.0.113.10\nwww CNAME x.org.', ['h/edge']],
    ['a wildcard', '* A 203.0.113.10', ['h/edge']],
    ['a host by name', 'www A h', ['h/edge']],
    ['a component by name', 'www ALIAS w', ['h/w']],
    ['a ttl before the type', 'www 5m A 203.0.113.10', ['h/edge']],
    ['a round leads nowhere', 'www CNAME other\nother CNAME www', []],
  ])('%s', (_, zone, expected) => {
    expect(answer(zone)).toEqual(expected);
  });

  test('several addresses, or one that floats, are one tier of entries', () => {
    const two = 'host a { address 203.0.113.1\n lb e }\nhost b { address 203.0.113.2\n lb e }\nclient c\n';
    const zone = 'dns x.org {\n @ A 203.0.113.1\n @ A 203.0.113.2\n}\nc -> x.org : https';
    const floating =
      'host a, b { vip 203.0.113.1\n lb e }\nclient c\ndns x.org {\n @ A 203.0.113.1\n}\nc -> x.org : https';
    expect(hops(two + zone)).toEqual(['c -> a/e,b/e']);
    expect(hops(floating)).toEqual(['c -> a/e,b/e']);
  });

  test('a connection may say who answers for a record', () => {
    const text =
      'host h { address 203.0.113.1\n web a\n web b2 }\nclient c\ndns x.org {\n @ A 203.0.113.1\n}\nc -> x.org -> b2 : https';
    expect(hops(text)).toEqual(['c -> h/b2', 'x.org -> h/b2']);
  });

  test('`listen` decides between two that could answer; without it that is an error', () => {
    const text = (listen: string) => `host h { web a ${listen}\n web b2 }\nclient c\nc -> h : https`;
    expect(faults(text(''))).toEqual(['ambiguous-listener "h"']);
    expect(hops(text('{ listen 443 https }'))).toEqual(['c -> h/a']);
  });

  test('a host name of somebody else connects by `hostname`', () => {
    const text =
      'cdn edge { managed\n hostname d1.cdn.net }\nclient c\ndns x.org {\n www CNAME d1.cdn.net\n}\nc -> www.x.org : https';
    expect(hops(text)).toEqual(['c -> edge']);
  });
});

describe('journeys', () => {
  test('one client, one name, one protocol and port: one journey', () => {
    const text =
      'client c, d\nweb w1, w2\nc -> w1 : https\nc -> w2 : https\nc -> w1 : http\nd -> w : https\nd -> w : https optional';
    expect(sound(text).journeys.map((one) => one.id)).toEqual([
      'c -> w : https/443',
      'c -> w : http/80',
      'd -> w : https/443',
    ]);
  });

  test('what the connection states goes before what the client states', () => {
    const text = 'client c { needs 99%\n load 5rps }\nweb w\nc -> w : https { needs 99.9% }';
    expect(sound(text).journeys[0]?.facts).toMatchObject({ objective: { value: 0.999 }, load: { value: 5 } });
  });
});

describe('properties', () => {
  test('`each` gives every copy its own', () => {
    const nodes = [...sound('host h[3] { address each 10.0.0.11..13 }').nodes.values()];
    expect(nodes.map((node) => node.facts.address?.value[0]?.text)).toEqual(['10.0.0.11', '10.0.0.12', '10.0.0.13']);
  });

  test('a block adds to its template and overrides it', () => {
    const text =
      'template t { address 10.0.0.1\n web w { listen 80 http\n capacity 5rps } }\nhost h : t { address 10.0.0.2\n web w { listen 443 https } }';
    const { nodes } = sound(text);
    expect(nodes.get('h')?.facts.address?.value.map((one) => one.text)).toEqual(['10.0.0.2']);
    expect(nodes.get('h/w')?.facts).toMatchObject({ listen: { value: [{ port: 443 }] }, capacity: { value: 5 } });
  });

  test('`managed` and `external` hold for all inside', () => {
    const { nodes } = sound('zone z { managed\n host h { db d } }');
    expect(nodes.get('z/h/d')).toMatchObject({ managed: true, external: false });
  });

  test('percentages keep every digit', () => {
    expect(sound('web w { availability 99.95% }').nodes.get('w')?.facts.availability?.value).toBe(0.9995);
  });
});

describe('laws', () => {
  const declarations = fc.array(
    fc.constantFrom(
      'host a { web w1\n app p\n w1 -> p }',
      'host b { web w2\n app p\n w2 -> p }',
      'host c { lb e\n db d { role primary } }',
      'client v',
      'v -> e : https',
      'e -> w : http',
      'p -> d : mysql',
      'dns x.org { www A 203.0.113.1 }',
      'v -> www.x.org : http',
      'monitor m',
      'm -> a',
      'q -> w2',
      'network n { host k { cache r } }',
      'p -> r : redis optional',
    ),
    { minLength: 1, maxLength: 14 },
  );

  test('the order of declarations changes nothing but places and order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          declarations.map((list) => list[0] ?? ''),
          { maxLength: 14 },
        ),
        fc.infiniteStream(fc.nat()),
        (list, keys) => {
          const shuffled = list
            .map((text) => ({ text, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key);
          const meaning = (texts: readonly string[]) => {
            const { system, diagnostics } = read(texts.join('\n'));
            const graph = graphOf(system);
            const sorted = (items: readonly unknown[]) => items.map((one) => JSON.stringify(normal(one))).sort();
            return [
              sorted(graph.nodes),
              sorted(graph.tiers),
              sorted(graph.connections),
              sorted(graph.journeys),
              sorted(diagnostics.map((one) => one.message)),
            ];
          };
          expect(meaning(shuffled.map((one) => one.text))).toEqual(meaning(list));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any text gives a system that is closed, and a fault for whatever was left out', () => {
    const words = fc.constantFrom(
      'host',
      'web',
      'firewall',
      'a',
      'b',
      '->',
      ':',
      'http',
      '{',
      '}',
      '\n',
      ',',
      '|',
      'dns',
      'x.org',
      'A',
      '1.2.3.4',
      '"t"',
      'template',
      'accept',
      'import',
      '[3]',
      'each',
      'listen',
      '80',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (list) => {
        const { system, diagnostics } = read(list.join(' '));
        const nodes = new Set(system.nodes.values());
        for (const node of nodes) {
          if (node.parent) expect(nodes.has(node.parent)).toBe(true);
        }
        for (const connection of system.connections) {
          for (const node of [...connection.callers, ...connection.choices.flatMap((one) => one.nodes)])
            expect(nodes.has(node)).toBe(true);
          // A firewall in the path answers as itself.
          for (const { named, nodes: answering } of connection.choices)
            expect(answering).toEqual(expect.arrayContaining(named.filter(({ kind }) => kind === 'firewall')));
        }
        expect(system.incomplete).toBe(diagnostics.some((one) => one.severity === 'error'));
        expect(() => JSON.stringify(graphOf(system))).not.toThrow();
      }),
      { numRuns: 1000, examples: [[['firewall', 'a', '\n', 'web', 'b', '\n', 'b', '->', 'a']]] },
    );
  });
});

/** Lists of ids in a fixed order: which instance comes first follows the declarations. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, normal(part)]));
}

describe('the reference', () => {
  test.each([
    ['kinds', kindsTable()],
    ['protocols', protocolsTable()],
    ['properties', propertiesTable()],
  ])('its table of %s is the one that is read', (mark, content) => {
    expectPart('grammar/README.md', mark, content);
  });
});
