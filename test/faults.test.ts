// What is said about a text that cannot be understood: one message for each fault, at the words to change; and how imports join files.

import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { textAt } from '../src/base/source.js';
import { importsOf, projectOf, resolve } from '../src/model/index.js';
import { readAddress, readAddressRange, readBlock, reachOf } from '../src/model/addresses.js';

function read(text: string) {
  return resolve(projectOf(parse({ path: 'site.infra', text })));
}

/** Every fault as `code "underlined words"`. */
function faults(text: string): string[] {
  return read(text).diagnostics.map((one) => `${one.code} "${textAt(one.at)}"`);
}

describe('faults: one message each, at the words to change', () => {
  test.each([
    ['a misspelt name', 'web nginx\nlb a\na -> ngnix', ['unknown-name "ngnix"']],
    ['the same fault in two copies', 'host a, b { web w\n w -> nothing }', ['unknown-name "nothing"']],
    ['an unknown part of a path', 'host a { web w }\nlb l\nl -> a/x', ['unknown-name "a/x"']],
    ['two nodes of one name', 'host a\nhost a', ['duplicate-name "a"']],
    ['a property stated twice', 'lb l { sticky\n sticky }', ['duplicate-name "sticky"']],
    ['an unknown kind', 'hots a { web w }', ['unknown-kind "hots"']],
    ['a property of others', 'web w { algorithm x }', ['unknown-property "algorithm"']],
    ['a misspelt property', 'web w { listn 80 }', ['unknown-property "listn"']],
    ['a component inside a component', 'web w { app a }', ['unknown-property "app"']],
    ['a bad address', 'host h { address 1.2.3.400 }', ['wrong-value "1.2.3.400"']],
    ['a bad port', 'web w { listen 99999 }', ['wrong-value "99999"']],
    ['a bad port of a protocol', 'web w\nlb l\nl -> w : http/x', ['wrong-value "x"']],
    ['a day that does not exist', 'web w { expires 2027-02-30 }', ['wrong-value "2027-02-30"']],
    ['an unknown protocol', 'web w\nlb l\nl -> w : htp', ['unknown-protocol "htp"']],
    ['a word that says nothing', 'web w\nlb l\nl -> w : http sometimes', ['wrong-value "sometimes"']],
    ['an accept without a reason', 'web w { accept spof }', ['wrong-value "spof"']],
    ['a template that contains itself', 'template t : t { web w }\nhost h : t', ['bad-template "t"']],
    ['a template that contains itself and is not used', 'template t : t { web w }', ['bad-template "t"']],
    [
      'a source of a firewall that is unknown',
      'host h { firewall f { allow 443/tcp from nope } }',
      ['unknown-name "nope"'],
    ],
    ['a second source beside `any`', 'host h { firewall f { allow 443/tcp from any 10 } }', ['wrong-value "10"']],
    ['an apex without a record', 'dns x.org { www A 203.0.113.1 }\nclient c\nc -> x.org', ['unknown-name "x.org"']],
    ['a record of text alone', 'dns x.org { www TXT "t" }\nclient c\nc -> www.x.org', ['unknown-name "www.x.org"']],
    ['the same unknown name twice', 'app a\na -> nope : https\na -> nope : http', ['unknown-name "nope"']],
    ['a misspelt flag beside the flag', 'web w { managed\n manged }', ['unknown-property "manged"']],
    ['what an unknown kind declares', 'kubernetes k { pod p }\napp x\nx -> k\nx -> p', ['unknown-kind "kubernetes"']],
    ['two names alike in one declaration', 'host h, h { web w }', ['duplicate-name "h"']],
    ['a property with a colon', 'host h { address: 1.2.3.4 }', ['syntax ": "']],
    ['a template that is unknown', 'host h : t', ['bad-template "t"']],
    ['an import that is missing', 'import "./x.infra"\nclient c', ['bad-import ""./x.infra""']],
    ['too many copies', 'host h[100001]', ['too-large "[100001]"']],
    ['nested copies that multiply', 'host h[1000] { web w[1000] }', ['too-large "[1000]"']],
    ['a record of the other family', 'dns x.org { www A 2001:db8::1 }', ['wrong-value "2001:db8::1"']],
    ['a record outside its zone', 'dns x.org { www.y.org A 203.0.113.1 }', ['wrong-value "www.y.org"']],
    ['`IN` in a record', 'dns x.org { www IN A 203.0.113.1 }', ['wrong-value "IN"']],
    [
      'a record that a zone does not have',
      'dns x.org { www A 203.0.113.1 }\nclient c\nc -> wwv.x.org',
      ['unknown-name "wwv.x.org"'],
    ],
    [
      '`each` with too few values',
      'host h[3] { address each 10.0.0.1, 10.0.0.2 }',
      ['wrong-value "each 10.0.0.1, 10.0.0.2"'],
    ],
  ])('%s', (_, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test('a name that a broken statement may have declared is no second fault', () => {
    expect(faults('host { web w }\nlb a\nservice b ->\na -> b')).not.toContain('unknown-name "b"');
  });
});

describe('addresses', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['203.0.113.7', 'documentation'],
    ['2001:db8::1', 'documentation'],
    ['10.1.2.3', 'private'],
    ['100.64.0.1', 'private'],
    ['fd00::1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['169.254.1.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['224.0.0.1', 'multicast'],
    ['0.0.0.0', 'unspecified'],
    ['240.0.0.1', 'reserved'],
    ['2606:4700::1', 'public'],
    // Exceptions and newer entries of IANA's special-purpose registries.
    ['192.0.0.9', 'public'],
    ['192.0.0.170', 'reserved'],
    ['192.31.196.1', 'public'],
    ['192.52.193.1', 'public'],
    ['192.175.48.1', 'public'],
    ['192.88.99.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['255.255.255.255', 'multicast'],
    ['64:ff9b::808:808', 'public'],
    ['64:ff9b::a00:1', 'private'],
    ['64:ff9b:1::1', 'private'],
    ['2002:808:808::1', 'public'],
    ['2002:7f00:1::1', 'loopback'],
    ['2001::1', 'public'],
    ['2001:1::3', 'public'],
    ['2001:1::4', 'reserved'],
    ['2001:2::1', 'reserved'],
    ['2001:3::1', 'public'],
    ['2001:4:112::1', 'public'],
    ['2001:10::1', 'reserved'],
    ['2001:20::1', 'public'],
    ['2620:4f:8000::1', 'public'],
    ['3fff:fff::1', 'documentation'],
    ['3fff:1000::1', 'public'],
    ['5f00::1', 'reserved'],
    ['100::1', 'reserved'],
    ['100:0:0:1::1', 'reserved'],
    ['4000::1', 'reserved'],
    ['::7f00:1', 'reserved'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:8.8.8.8', 'public'],
    ['fec0::1', 'reserved'],
  ])('%s is %s', (text, expected) => {
    const address = readAddress(text);
    expect(address && reachOf(address)).toBe(expected);
  });

  test('what only looks like one is none', () => {
    for (const text of ['1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4.5', '::1::', 'dead', ''])
      expect(readAddress(text)).toBeUndefined();
    for (const text of ['10.0.0.0/33', '10.0.0.0', '10.0.0.0/', '10.0.0.0/8/8'])
      expect(readBlock(text)).toBeUndefined();
    expect(readAddressRange('10.0.0.9..7')).toBeUndefined();
  });
});

describe('imports', () => {
  test('are relative to the importing file', () => {
    const tree = parse({
      path: 'a/b/site.infra',
      text: 'import "../net.infra"\nimport "./x/y.infra"\nimport "../../../z.infra"',
    });
    expect(importsOf(tree).map((one) => one.path)).toEqual(['a/net.infra', 'a/b/x/y.infra', '../z.infra']);
  });

  test('are read once, and a round is reported once', () => {
    const site = parse({ path: 'site.infra', text: 'import "net.infra"\nimport "net.infra"\nlb a\na -> w' });
    const net = parse({ path: 'net.infra', text: 'import "site.infra"\nweb w' });
    const { diagnostics, system } = resolve(projectOf(site, [net]));
    expect(diagnostics.map((one) => `${one.at.source.path} ${one.code}`)).toEqual(['net.infra bad-import']);
    expect([...system.nodes.keys()]).toEqual(['a', 'w']);
  });
});
