// System → what must serve for what: single points, what stops with a loss, and the chains that explain it.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { propagate } from '../src/analysis/engine/index.js';
import { cuts, failing } from '../src/analysis/failing.js';
import { failureChain } from '../src/analysis/failure-chain.js';
import { stopsOf } from '../src/analysis/stopping.js';
import { structureOf } from '../src/analysis/structure.js';
import { projectOf, resolve, type Node, type System } from '../src/model/index.js';
import { cutsByDefinition } from './by-definition.js';
import { randomSite } from './random-site.js';

function read(text: string): System {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'site.infra', text })));
  // Not `expect`, which makes an error and its stack each time it is called: the laws read thousands of systems.
  const [fault] = diagnostics;
  if (fault) throw new Error(`${fault.code}: ${fault.message}`);
  return system;
}

function node(system: System, id: string): Node {
  const found = system.nodes.get(id);
  if (!found) throw new Error(`no node ${id}`);
  return found;
}

const ids = (nodes: readonly Node[]) => nodes.map(({ id }) => id).sort();

/** The single points of the journey, as `a b/nginx`; after a bar those that stop writes alone. */
function points(text: string, { journey = 0, switched = false } = {}): string {
  const found = cuts(read(text), switched)[journey];
  if (!found) throw new Error('no such journey');
  const writes = ids(found.full.filter((one) => !found.reads.includes(one)));
  return [ids(found.reads).join(' '), ...(writes.length > 0 ? [writes.join(' ')] : [])].join(' | ');
}

function chain(text: string, lost: readonly string[]): string | undefined {
  const system = read(text);
  const [journey] = system.journeys;
  if (!journey) throw new Error('no journey');
  return failureChain(
    system,
    lost.map((id) => node(system, id)),
    journey,
  )
    ?.steps.map(({ text: word }) => word)
    .join(' → ');
}

const threeServers = `
client visitor
dns foobar.com { www A 203.0.113.10 }
host a, b {
  web nginx
  app gunicorn
  nginx -> gunicorn : unix
}
host c {
  address 203.0.113.10
  lb haproxy
  db mysql
}
visitor -> www.foobar.com : http
haproxy -> nginx : http
gunicorn -> mysql : mysql
`;

describe('single points', () => {
  test('a host that holds the only balancer and the only database', () => {
    expect(points(threeServers)).toBe('c c/haproxy c/mysql');
  });

  // The models and numbers of the design, "Numbers to meet".
  test.each([
    ['series', 'client u\nlb lb\nweb web\ndb db\nservice names\nu -> lb -> web -> db\nlb -> names', 'db lb names web'],
    ['two web servers on two hosts', 'client u\nlb lb\ndb db\nhost h1, h2 { web web }\nu -> lb -> web -> db', 'db lb'],
    ['two web servers on one host', 'client u\nlb lb\ndb db\nhost h1 { web web[2] }\nu -> lb -> web -> db', 'db h1 lb'],
    [
      'two of three over two zones',
      'client u\nzone a { service n1 { needs 2 }; service n2 }\nzone b { service n3 }\nu -> n1, n2, n3',
      'a',
    ],
    ['a site', 'client u\nregion site {\nlb lb[2]\nweb web[3]\ndb db[3] { needs 2 }\n}\nu -> lb -> web -> db', 'site'],
  ])('%s', (_, text, expected) => {
    expect(points(text)).toBe(expected);
  });

  test.each([
    [
      'what is optional or asynchronous is no need',
      'web w\ncache c\nqueue q\nu -> w\nw -> c : redis optional\nw -> q : amqp async',
      'w',
    ],
    [
      'replication, metrics and backups are none',
      'web w\ndb d\nstorage s\nu -> w\nw -> d : metrics\nd -> s : backup',
      'w',
    ],
    ['a monitor is none', 'web w\nmonitor m\nu -> w\nw -> m : http', 'w'],
    ['alternatives are one need', 'web w\napp a\nservice s\nu -> w\nw -> a | s', 'w'],
    ['each tier of the connections is a need of its own', 'web w\napp a\nservice s\nu -> w\nw -> a, s', 'a s w'],
    ['two that need each other serve while both are up', 'app a\nservice b\nu -> a\na -> b\nb -> a', 'a b'],
    ['peers of one tier need nothing of each other', 'service e[3]\nu -> e\ne -> e : tcp', ''],
    ['an instance that nobody calls is no help', 'web w[2]\nu -> w-1', 'w-1'],
    ['a place calls for what stands in it', 'network n { web w }\ndb d\nu -> w\nn -> d : mysql', 'd n/w'],
    ['a caller’s own is no element', 'web w\nclient v { app browser }\nbrowser -> w : http', 'w'],
    ['managed ones are elements', 'web w { managed }\nu -> w', 'w'],
  ])('%s', (_, text, expected) => {
    expect(points(`client u\n${text}`)).toBe(expected);
  });

  test('a firewall in the path counts where it stands on a host of its own', () => {
    const inPath = (guard: string) => points(`client u\n${guard}\nhost h { web w }\nu -> fw -> w : https`);
    expect(inPath('host g { firewall fw }')).toBe('g g/fw h h/w');
    expect(inPath('firewall fw')).toBe('h h/w');
    expect(points('client u\nhost h { firewall fw; web w }\nu -> fw -> w : https')).toBe('h h/w');
    expect(points('client u\nhost h { firewall fw; web w }\nu -> w : https')).toBe('h h/w');
  });

  test('two firewalls before one tier are two ways to it', () => {
    const hosts = 'client c\nlb l\nfirewall fa, fb\nhost a, b { web w }\nc -> l : https\n';
    expect(points(`${hosts}l -> fa -> a/w : https\nl -> fb -> b/w : https`)).toBe('l');
    const own = 'client c\nhost fa, fb { firewall f }\nhost a, b { lb e }\n';
    expect(points(`${own}c -> fa/f -> a/e : https\nc -> fb/f -> b/e : https`)).toBe('');
  });

  test('a zone of names counts where it states how available it is', () => {
    const named = (more: string) =>
      points(
        `client u\ndns foobar.com { ${more}\n www CNAME front.example.net }\ndns example.net { sla 99.9%\n front A 203.0.113.9 }\nweb w { address 203.0.113.9 }\nu -> www.foobar.com : https`,
      );
    expect(named('')).toBe('example.net w');
    expect(named('availability 99%')).toBe('example.net foobar.com w');
  });

  test('`for` is for those who entered by that name', () => {
    const text = `client u\ndns foobar.com { www A 203.0.113.9; stats A 203.0.113.9 }
      host h { address 203.0.113.9; lb edge }
      web w\nservice g
      u -> www.foobar.com : https\nu -> stats.foobar.com : https
      edge -> w : http for www.foobar.com\nedge -> g : http for stats.foobar.com`;
    expect(points(text)).toBe('h h/edge w');
    expect(points(text, { journey: 1 })).toBe('g h h/edge');
  });

  test('a journey over ssh goes on over ssh', () => {
    const text =
      'client admin\nhost b { service jump { bastion; listen 22 ssh } }\nhost t { app x }\ndb d\nadmin -> jump : ssh\njump -> t : ssh\njump -> d : mysql';
    expect(points(text)).toBe('b b/jump t');
    expect(points(text.replace('jump -> t : ssh', 'jump -> x : http'))).toBe('b b/jump d t t/x');
  });
});

describe('writes and reads', () => {
  const pair = (replica: string, more = '') =>
    `client u\napp a\nhost p { db d { role primary } }\nhost r { db d { role replica; ${replica} } }\n${more}\nu -> a\na -> d : mysql`;

  test.each([
    ['a replica that nobody promotes', pair(''), 'a | p p/d'],
    ['one that is promoted by hand', pair('standby manual'), 'a | p p/d'],
    ['one that takes over by itself', pair('standby automatic'), 'a'],
    ['losing the controllers alone stops nothing', pair('standby automatic via s', 'service s'), 'a'],
    [
      'unless they stand with the primary',
      pair('standby automatic via s').replace('db d { role primary }', 'db d { role primary }; service s'),
      'a | p',
    ],
    ['a caller that only reads needs no primary', pair('').replace(': mysql', ': mysql read'), 'a'],
    ['what is needed for writes only', pair('', 'service s\na -> s : http write'), 'a | p p/d s'],
    [
      'a takeover moves the address to a standby that nobody calls',
      pair('standby automatic').replace('a -> d', 'a -> p/d'),
      'a',
    ],
    ['each takes writes', pair('multi-primary').replaceAll('role replica;', ''), 'a'],
    [
      'either of two, for writes only',
      'client u\nweb w\nhost h { app a; service s }\nu -> w\nw -> a | s : http write',
      'w | h',
    ],
  ])('%s', (_, text, expected) => {
    expect(points(text)).toBe(expected);
  });

  test('a journey of reads alone stops for reads', () => {
    expect(points(pair('').replace('u -> a', 'u -> a : http read'))).toBe('a');
  });

  test('where nothing takes writes, what is left to lose are reads', () => {
    expect(points('client u\nhost h { db d { role replica } }\nu -> d : mysql')).toBe('h h/d');
  });

  test('people can switch before planned maintenance', () => {
    const text = 'client u\nhost a { lb l }\nhost b { lb l { standby manual } }\nu -> a/l : https';
    expect(points(text)).toBe('a a/l');
    expect(points(text, { switched: true })).toBe('');
    expect(points(pair('standby manual'), { switched: true })).toBe('a');
  });

  test('of standbys that are all alike any may be in charge', () => {
    expect(
      points(
        'client u\nhost a { lb l { standby automatic via v }; service v }\nhost b { lb l { standby automatic via v } }\nu -> l : https',
      ),
    ).toBe('');
  });
});

describe('quorum', () => {
  const members = (each: string, rest = '') => `client u\n${each}\n${rest}\nu -> e : etcd`;

  test.each([
    ['three lose one', members('host h[3] { service e { quorum majority } }'), ''],
    ['two lose none', members('host h[2] { service e { quorum majority } }'), 'h-1 h-1/e h-2 h-2/e'],
    [
      'one has no vote',
      members('host h[3] { service e { quorum majority } }', 'host x { service e { voter no } }').replaceAll(
        'h[3]',
        'h[2]',
      ),
      'h-1 h-1/e h-2 h-2/e',
    ],
    [
      'one only votes',
      members('host h[2] { service e { quorum majority } }', 'host x { service e { voter only } }'),
      '',
    ],
    ['a stated number', members('host h[3] { service e { quorum 3 } }'), 'h-1 h-1/e h-2 h-2/e h-3 h-3/e'],
    [
      'most in one zone',
      members('zone z { host h[2] { service e { quorum majority } } }', 'host x { service e }'),
      'z',
    ],
  ])('%s', (_, text, expected) => {
    expect(points(text)).toBe(expected);
  });

  test('voters that the caller does not reach count', () => {
    expect(points('client u\nhost h[2] { service e { quorum majority } }\nu -> h-1/e : etcd')).toBe(
      'h-1 h-1/e h-2 h-2/e',
    );
  });
});

describe('chains', () => {
  test.each([
    ['the place and what stands in it', threeServers, ['c'], 'c → haproxy (0 of 1) → www.foobar.com'],
    [
      'all that was lost and takes part, and nothing else that was',
      'client u\nhost a, b { web w }\nhost c { worker x }\nu -> w : http',
      ['c', 'a', 'b'],
      'a, b → a/w, b/w → w (0 of 2) → u',
    ],
    [
      'a machine that is called itself, once',
      'client u\nhost jump { service sshd }\nhost a { web w }\nu -> sshd -> a : ssh',
      ['a'],
      'a → sshd → u',
    ],
    [
      'instances, their tier, and what stops in consequence',
      'client u\nhost h1 { web web[2] }\nlb haproxy\ndns foobar.com { www A haproxy }\nu -> www.foobar.com : http\nhaproxy -> web : http',
      ['h1'],
      'h1 → web-1, web-2 → web (0 of 2) → haproxy → www.foobar.com',
    ],
    [
      'a component without a host, and a tier instead of a record',
      'client u\nweb w\ndb d\nu -> w -> d',
      ['d'],
      'd (0 of 1) → w → u',
    ],
    [
      'what is left is too little',
      'client u\nservice n[3] { needs 2 }\nu -> n',
      ['n-1', 'n-3'],
      'n-1, n-3 → n (1 of 3, needs 2) → u',
    ],
    [
      'the vote is lost',
      'client u\nservice n[3] { quorum majority }\nu -> n',
      ['n-1', 'n-2'],
      'n-1, n-2 → n (1 of 3 voters, needs 2) → u',
    ],
    [
      'writes',
      'client u\nhost p { db d { role primary } }\nhost r { db d { role replica } }\nu -> d : mysql',
      ['p'],
      'p → d (0 of 1 that take writes) → u',
    ],
    ['nothing stops', threeServers, ['a'], undefined],
  ])('%s', (_, text, lost, expected) => {
    expect(chain(text, lost)).toBe(expected);
  });
});

describe('what stops', () => {
  test('journeys, and components for all or for writes', () => {
    const system = read(
      `${threeServers}\nhost d { db replica { tier mysql; role replica } }\ngunicorn -> replica : mysql read`.replace(
        'db mysql',
        'db mysql { role primary }',
      ),
    );
    const lost = failing(system, [node(system, 'c/mysql')]);
    expect(lost.journeys.map(({ journey, extent }) => `${journey.id} ${extent}`)).toEqual([
      'visitor -> www.foobar.com : http/80 writes',
    ]);
    expect(lost.components.map(({ node: one, extent }) => `${one.id} ${extent}`)).toEqual([
      'a/nginx writes',
      'a/gunicorn writes',
      'b/nginx writes',
      'b/gunicorn writes',
      'c/haproxy writes',
      'c/mysql all',
    ]);
    expect(failing(system, [node(system, 'a')]).journeys).toEqual([]);
  });

  test('a network takes down what is inside it', () => {
    const system = read('client u\nnetwork n { host h { web w } }\nhost i { web w }\nu -> w');
    expect(failing(system, [node(system, 'n')]).components.map(({ node: one }) => one.id)).toEqual(['n/h/w']);
    expect(failing(system, [node(system, 'n'), node(system, 'i')]).journeys).toHaveLength(1);
  });
});

describe('the structure', () => {
  test('callers of the same targets share a gate', () => {
    const system = read('client u\nweb w[100]\napp a[1000]\nu -> w -> a');
    const { structure } = structureOf(system);
    const inputs = structure.gates.reduce((sum, gate) => sum + gate.events.length + gate.gates.length, 0);
    expect(inputs).toBeLessThan(10_000);
  });

  test('a chain of ten thousand needs no depth', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `s${at}x`);
    const system = read(`client u\nservice ${names.join(', ')}\nu -> ${names.join(' -> ')}`);
    expect(cuts(system)[0]?.full).toHaveLength(10_000);
    const [journey] = system.journeys;
    expect(journey && failureChain(system, [node(system, 's9999x')], journey)?.steps.length).toBeLessThan(20);
  });

  test('single points are those that the definition gives', () => {
    fc.assert(
      fc.property(randomSite, (text) => {
        const system = read(text);
        const both = [false, true].flatMap((switched) =>
          cuts(system, switched).map((found) => ({ found, given: cutsByDefinition(system, found.journey, switched) })),
        );
        const named = ({ full, reads }: { full: readonly Node[]; reads: readonly Node[] }) => [ids(full), ids(reads)];
        expect(both.map(({ found }) => named(found))).toEqual(both.map(({ given }) => named(given)));
      }),
      { numRuns: 1000 },
    );
  });

  test('reads go on wherever writes do, and what stops is what the engine says', () => {
    fc.assert(
      fc.property(randomSite, fc.array(fc.nat(), { maxLength: 4 }), (text, picks) => {
        const system = read(text);
        const { structure, elements, full, reads } = structureOf(system);
        const failed = [...new Set(picks.map((pick) => pick % elements.length))];
        const { stopped } = propagate(structure, failed);
        const before = propagate(structure, []).stopped;
        const { gates } = stopsOf(structure).with(failed);
        expect([...gates].sort((a, b) => a - b)).toEqual(
          [...stopped.keys()].filter((gate) => stopped[gate] === 1 && before[gate] === 0),
        );
        full.forEach((top, at) => {
          expect((stopped[top] ?? 0) >= (stopped[reads[at] ?? 0] ?? 0)).toBe(true);
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('an instance more, on a host of its own, adds no single point to what serves', () => {
    fc.assert(
      fc.property(randomSite, (text) => {
        const before = read(text);
        const page = before.tiers.find(({ id }) => id === 'page');
        fc.pre(page?.quorum === undefined && page?.needs === 1 && page.controllers.size === 0);
        const after = read(
          `${text}\nhost extra { web extra-page { tier page } }\nextra-page -> logic : http\nfront -> extra-page : http`,
        );
        const { structure, full } = structureOf(before);
        const stops = stopsOf(structure);
        cuts(after).forEach((found, at) => {
          if (stops.never(full[at] ?? 0)) return;
          const known = new Set(ids(cuts(before)[at]?.full ?? []));
          expect(ids(found.full).filter((id) => !known.has(id))).toEqual([]);
        });
      }),
      { numRuns: 1000 },
    );
  });
});
