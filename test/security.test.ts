// Who reaches whom, what stands open, what is in clear and what is watched: the analyses behind the rules about security.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { cnameToAddress } from '../rules/names/cname-to-address.js';
import { missingHttps } from '../rules/encryption/missing-https.js';
import type { Rule } from '../rules/rule.js';
import { clearHandovers } from '../src/analysis/encryption.js';
import { exposures, isUntrusted } from '../src/analysis/exposure.js';
import { recordsBehind, recordsFor } from '../src/analysis/names.js';
import { coursesOf, entriesOf, pathTo, reachOf, witnessOf } from '../src/analysis/paths.js';
import { isWatched } from '../src/analysis/watching.js';
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

/** What a journey needs, by id, in the order of the journeys. */
function needed(system: System): readonly (readonly string[])[] {
  return system.journeys.map((journey) => {
    const course = coursesOf(system, [journey])[0];
    return course ? [...reachOf(system, course).keys()].map(({ id }) => id) : [];
  });
}

/** Exposed and unprotected, with the reason. */
function open(system: System): readonly string[] {
  return exposures(system).flatMap((one) => (one.protected ? [] : [`${one.element.id} ${one.because.is}`]));
}

function handovers(system: System): readonly string[] {
  return clearHandovers(system).map(
    ({ from, to }) => `${from.map(({ id }) => id).join()} > ${to.map(({ id }) => id).join()}`,
  );
}

/** The text after the suggested fixes of a rule. */
function mended<Options extends object>(text: string, rule: Rule<Options>): string {
  const edits = [...(rule.check?.(systemOf(text), rule.options, {}) ?? [])].flatMap(
    (finding) => finding.fix?.edits ?? [],
  );
  const last = [...edits].sort((a, b) => b.at.start - a.at.start);
  return last.reduce((result, { at, text: put }) => result.slice(0, at.start) + put + result.slice(at.end), text);
}

describe('paths', () => {
  test('a journey needs what its entry needs, and only what is meant for it', () => {
    const system = systemOf(`
      client visitor
      client operator
      dns x.y { www A 203.0.113.1; monitor A 203.0.113.1 }
      lb edge { address 203.0.113.1 }
      web site; service grafana; db data; cache fast; service mail
      visitor -> www.x.y : https
      operator -> monitor.x.y : https
      edge -> site : http for www.x.y
      edge -> grafana : http for monitor.x.y
      site -> data : mysql
      site -> fast : redis optional
      site -> mail : smtp async`);
    expect(needed(system)).toEqual([
      ['edge', 'site', 'data'],
      ['edge', 'grafana'],
    ]);
  });

  test('a journey over ssh goes on over ssh, behind a firewall too', () => {
    const system = systemOf(`
      client developer
      firewall gate; lb edge; service git; web site
      developer -> gate -> edge : ssh
      edge -> git : ssh
      edge -> site : http`);
    expect(needed(system)).toEqual([['gate', 'edge', 'git']]);
  });

  test('reads do without what only writes need', () => {
    const system = systemOf(`
      client reader
      app site; db copy; queue changes
      reader -> site : https read
      site -> copy : mysql read
      site -> changes : amqp write`);
    expect(needed(system)).toEqual([['site', 'copy']]);
  });

  test('the path names the record and the protocols', () => {
    const system = systemOf(`
      client visitor
      dns x.y { www A 203.0.113.1 }
      firewall gate
      host a { address 203.0.113.1; web nginx; app site; nginx -> site : unix }
      visitor -> gate -> a/nginx : https`);
    const [journey] = system.journeys;
    const [course] = coursesOf(system, system.journeys);
    if (!journey || !course) throw new Error('no journey');
    expect(entriesOf(system, journey).map(({ id }) => id)).toEqual(['a/nginx']);
    const path = pathTo(reachOf(system, course), node(system, 'a/site'));
    expect(witnessOf(system, path).steps.map(({ text }) => text)).toEqual([
      'visitor',
      'gate (https)',
      'nginx (https)',
      'site (unix)',
    ]);
  });

  test('a round of needs ends', () => {
    const system = systemOf('client c; app a; app b\nc -> a -> b -> a : https');
    expect(needed(system)).toEqual([['a', 'b']]);
  });
});

describe('trust', () => {
  test.each([
    ['client c', true],
    ['network n { private; client c }', false],
    ['network n { public; client c }', true],
    ['network n { private; network guests { public; client c } }', true],
    ['zone z { private; host h { client c } }', false],
    ['zone z { external; public; service c }', true],
    ['service c { external }', false],
    ['network n { public; service c }', false],
    ['client d { app c }', true],
    ['network n { private; client d { app c } }', false],
  ])('%s: untrusted %s', (text, expected) => {
    const system = systemOf(text);
    const [found] = [...system.nodes.values()].filter(({ name }) => name === 'c');
    expect(found && isUntrusted(found)).toBe(expected);
  });
});

describe('exposure', () => {
  test('by a public address, by statement, by a connection and by a journey', () => {
    const system = systemOf(`
      client visitor
      host address { address 8.8.8.8; service one }
      host placeholder { service two { address 203.0.113.5 } }
      host inner { address 10.0.0.1; service three }
      network dmz { public; host stated { service four }; network hidden { private; host shut { service five } } }
      host front { web nginx }
      host back { app site }
      visitor -> nginx -> site : https`);
    expect(open(system)).toEqual([
      'address address',
      'placeholder address',
      'dmz/stated stated',
      'front reached',
      'back journey',
    ]);
  });

  test('a component without a host only when it is reached directly', () => {
    expect(open(systemOf('client c; web a; app b; db d\nc -> a -> b : https\nb -> d : mysql'))).toEqual(['a reached']);
  });

  test('something external and public is as untrusted as a client', () => {
    const text = 'zone z { external; public; service hooks }\nhost h { app site }\nhooks -> site : https';
    expect(open(systemOf(text))).toEqual(['h reached']);
    expect(open(systemOf(text.replace('; public', '')))).toEqual([]);
  });

  test('a firewall protects what it stands on, what it stands around, and what is behind it on every path', () => {
    const text = (more: string) => `
      client visitor
      firewall gate
      network n { host a { address 8.8.8.8; web nginx } }
      host b { app site }
      visitor -> gate -> nginx -> site : https
      ${more}`;
    expect(open(systemOf(text('')))).toEqual([]);
    expect(open(systemOf(text('visitor -> site : https/8443')))).toEqual(['b reached']);
    expect(open(systemOf(text('visitor -> nginx : https/8443')))).toEqual(['n/a reached', 'b journey']);
    expect(open(systemOf(`${text('visitor -> nginx : https/8443')}\nnetwork m { firewall f }`))).toHaveLength(2);
    expect(
      open(systemOf(text('visitor -> nginx : https/8443').replace('network n {', 'network n { firewall f;'))),
    ).toEqual(['b journey']);
  });

  test('a public address without any path needs a firewall around it', () => {
    expect(open(systemOf('host a { address 8.8.8.8; web nginx }'))).toEqual(['a address']);
    expect(open(systemOf('host a { address 8.8.8.8; web nginx; firewall f }'))).toEqual([]);
  });
});

describe('encryption', () => {
  const text = (entry: string, hop: string) => `
    client visitor
    host edge { lb haproxy { ${entry} } }
    host a, b { web nginx; app site; nginx -> site : http }
    host c { app prices }
    visitor -> haproxy : https
    haproxy -> nginx : ${hop}
    site -> prices : http`;

  test.each([
    ['', 'http', ['edge/haproxy > a/nginx,b/nginx', 'a/site,b/site > c/prices']],
    ['', 'https', ['a/site,b/site > c/prices']],
    ['', 'http tls', ['a/site,b/site > c/prices']],
    ['', 'tcp/8080', ['edge/haproxy > a/nginx,b/nginx', 'a/site,b/site > c/prices']],
    ['', 'tcp/443', ['a/site,b/site > c/prices']],
    ['listen 443 tcp', 'tcp/443', ['a/site,b/site > c/prices']],
    ['listen 443 tcp', 'tcp/8080', ['a/site,b/site > c/prices']],
  ])('entry %j, hop %j', (entry, hop, expected) => {
    expect([...handovers(systemOf(text(entry, hop)))].sort()).toEqual([...expected].sort());
  });

  test('a firewall that goes on in clear has ended TLS, one that goes on encrypted has not', () => {
    const system = (hop: string) => systemOf(`client v; firewall f; web a\nv -> f : https\nf -> a : ${hop}`);
    expect(handovers(system('http'))).toEqual(['f > a']);
    expect(handovers(system('https'))).toEqual([]);
    expect(handovers(system('tcp/8443'))).toEqual([]);
  });

  test('journeys that enter in clear, or over ssh, hand on nothing that was encrypted', () => {
    expect(handovers(systemOf('client v; lb a; web b\nv -> a -> b : http'))).toEqual([]);
    expect(handovers(systemOf('client v; service a; web b\nv -> a : ssh\na -> b : http'))).toEqual([]);
  });

  test('a suggested fix ends the finding', () => {
    const clear = 'client v; host h { web a }\nv -> a : http/8080 read';
    expect(mended(clear, missingHttps)).toBe('client v; host h { web a }\nv -> a : https/8080 read');
    expect([...(missingHttps.check?.(systemOf(mended(clear, missingHttps)), {}, {}) ?? [])]).toEqual([]);
    const cgi = 'client v; app a\nv -> a : fastcgi';
    expect(mended(cgi, missingHttps)).toBe('client v; app a\nv -> a : fastcgi tls');
    const alias = 'dns x.y { www 300 cname 203.0.113.1; six CNAME 2001:db8::1 }';
    expect(mended(alias, cnameToAddress)).toBe('dns x.y { www 300 A 203.0.113.1; six AAAA 2001:db8::1 }');
  });
});

describe('watching', () => {
  const watched = (text: string) => {
    const system = systemOf(text);
    return [...system.nodes.values()]
      .filter((one) => one.kind !== 'monitor' && isWatched(system, one))
      .map(({ id }) => id);
  };

  test.each([
    ['host a { web w; monitor m }', ['a', 'a/w']],
    ['host a { web w }; host b; monitor m\nw -> m : metrics', ['a', 'a/w']],
    ['host a { web w }; monitor m\nm -> a : metrics', ['a', 'a/w']],
    ['web w; web v; monitor m\nm -> w : http', ['w']],
    ['zone z { host a { web w }; web v; monitor m }; host b', ['z', 'z/a', 'z/a/w', 'z/v']],
    ['zone z { host a { monitor m }; host b }', ['z/a']],
    ['network n { host a }; monitor m\nm -> n : metrics', ['n', 'n/a']],
    ['zone z { network n { monitor m; host a }; host b }', ['z/n', 'z/n/a']],
    ['host a; monitor m; monitor o\nm -> o : metrics', []],
  ])('%s', (text, expected) => {
    expect(watched(text)).toEqual(expected);
  });
});

describe('names', () => {
  const system = systemOf(`
    dns x.y {
      @ A 203.0.113.1
      www CNAME x.y
      *.x.y A 203.0.113.2
      deep.sub.x.y A 203.0.113.3
      round CNAME trip.x.y
      trip CNAME round.x.y
    }`);
  const data = (records: ReturnType<typeof recordsFor>) => records.flatMap((one) => one.data.map(({ text }) => text));

  test('its own records, else those of the nearest wildcard, which stops at what exists', () => {
    expect(data(recordsFor(system, 'www.x.y'))).toEqual(['x.y']);
    expect(data(recordsFor(system, 'any.x.y'))).toEqual(['203.0.113.2']);
    expect(data(recordsFor(system, 'one.any.x.y'))).toEqual(['203.0.113.2']);
    expect(data(recordsFor(system, 'sub.x.y'))).toEqual([]);
    expect(data(recordsFor(system, 'other.sub.x.y'))).toEqual([]);
    expect(data(recordsFor(system, 'other.zone'))).toEqual([]);
  });

  test('a chain of names is followed to its end, and a round only once', () => {
    expect(data(recordsBehind(system, 'www.x.y'))).toEqual(['x.y', '203.0.113.1']);
    expect(data(recordsBehind(system, 'round.x.y'))).toEqual(['trip.x.y', 'round.x.y']);
  });
});

describe('laws', () => {
  /** Components on hosts, joined at random; the first is what the client calls. */
  const layouts = fc.integer({ min: 1, max: 7 }).chain((size) =>
    fc.record({
      hosts: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
      hops: fc.array(
        fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.constantFrom('http', 'https', 'unix', 'tcp/9000')),
        { maxLength: 12 },
      ),
    }),
  );
  type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never;

  const textOf = ({ hosts, hops }: Layout, extra: { inHost?: string; around?: string; protocol?: string } = {}) => {
    const letter = (index: number) => `part${String.fromCharCode(97 + index)}`;
    const block = (host: number) => {
      const parts = hosts.flatMap((one, index) => (one === host ? [`app ${letter(index)}`] : []));
      return parts.length > 0
        ? `host h${String.fromCharCode(97 + host)} { ${[...parts, extra.inHost ?? ''].filter(Boolean).join('; ')} }`
        : '';
    };
    const lines = hops.flatMap(([from, to, protocol]) =>
      from === to ? [] : [`${letter(from)} -> ${letter(to)} : ${extra.protocol ?? protocol}`],
    );
    const places = [0, 1, 2, 3].map(block).filter(Boolean).join('\n');
    return `client visitor\nzone z { ${extra.around ?? ''}\n${places}\n}\nvisitor -> ${letter(0)} : https\n${lines.join('\n')}`;
  };

  test('what a journey needs is what a plain search finds', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const system = systemOf(textOf(layout));
        const found = new Set([0]);
        for (const at of found) for (const [from, to] of layout.hops) if (from === at) found.add(to);
        const names = [...found].map((index) => `part${String.fromCharCode(97 + index)}`);
        const reached = (needed(system)[0] ?? []).map((id) => id.split('/').at(-1));
        expect([...reached].sort()).toEqual(names.sort());
      }),
    );
  });

  test('a firewall or an agent on every host, or one around them, leaves nothing open and nothing unwatched', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const plain = systemOf(textOf(layout));
        expect(open(plain).length).toBeGreaterThan(0);
        for (const where of ['inHost', 'around'] as const) {
          expect(open(systemOf(textOf(layout, { [where]: 'firewall f' })))).toEqual([]);
          const eyes = systemOf(textOf(layout, { [where]: 'monitor m' }));
          const hosts = [...eyes.nodes.values()].filter(({ kind }) => kind === 'host');
          expect(hosts.filter((host) => !isWatched(eyes, host))).toEqual([]);
        }
      }),
    );
  });

  test('with every hop encrypted nothing is handed on in clear, and a clear hop never joins parts of one host', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        expect(handovers(systemOf(textOf(layout, { protocol: 'https' })))).toEqual([]);
        for (const { from, to } of clearHandovers(systemOf(textOf(layout)))) {
          for (const end of from) expect(to.some((other) => other.host !== end.host)).toBe(true);
        }
      }),
    );
  });
});
