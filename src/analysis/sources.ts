// What stands behind `from` in a firewall → whether a caller is meant by it: by its name, its place or its addresses.

import { blockContains, readAddress, reachOf, type Address, type AddressBlock } from '../model/addresses.js';
import { groupOf } from '../model/kinds.js';
import type { Node, System } from '../model/system.js';
import type { Passage } from '../model/values.js';
import { addressesOf } from '../model/answers.js';
import { isUntrusted } from './exposure.js';
import { incoming, machineOf } from './paths.js';
import { perSystem } from './shared.js';

/** `maybe` where the file does not say enough to tell. */
export type Match = 'yes' | 'no' | 'maybe';

type Source = Exclude<Passage['sources'], 'any'>[number];

/** What a name means where the firewall stands, and what else in the file is called so. */
interface Meaning {
  readonly id: number;
  readonly nodes: ReadonlySet<Node>;
  readonly elsewhere: ReadonlySet<Node>;
  /** Made when asked for. */
  readonly seenAs: () => SeenAs;
}

/** Under what else those that a name means may be seen. */
interface SeenAs {
  /** A router puts its own address in the place of others', and a zone's names may be anybody's. */
  readonly anybody: boolean;
  readonly machines: ReadonlySet<Node>;
  readonly addresses: ReadonlySet<string>;
  readonly blocks: readonly AddressBlock[];
}

/** The same text where it means the same, so that firewalls with equal lists are judged once. */
export function keyOfSources(system: System, firewall: Node, passage: Passage): string {
  if (passage.sources === 'any') return 'any';
  return passage.sources
    .map((source) => source.block?.text ?? `#${meaningOf(system, firewall, source.text)?.id ?? source.text}`)
    .join();
}

/** Whether traffic of this caller comes from one of the sources. */
export function comesFrom(system: System, firewall: Node, passage: Passage, caller: Node): Match {
  if (passage.sources === 'any') return 'yes';
  const origins = originsOf(system, caller);
  const matches = origins.map((origin) =>
    either(sourcesOf(passage).map((one) => isFrom(system, firewall, one, origin))),
  );
  if (matches.every((one) => one === 'yes')) return 'yes';
  return matches.every((one) => one === 'no') ? 'no' : 'maybe';
}

/** Whether everybody outside is meant: by `any`, by the block of all addresses, or as a client that is called by its name. */
export function meansOutside(system: System, firewall: Node, passage: Passage): boolean {
  if (passage.sources === 'any') return true;
  return passage.sources.some((source) => {
    if (source.block) return source.block.bits === 0;
    const nodes = meaningOf(system, firewall, source.text)?.nodes ?? [];
    return [...nodes].some((node) => node.kind === 'client' && isUntrusted(node));
  });
}

function sourcesOf(passage: Passage): readonly Source[] {
  return passage.sources === 'any' ? [] : passage.sources;
}

export function either(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes';
  return matches.includes('maybe') ? 'maybe' : 'no';
}

/** The caller; where it may pass traffic on under the address of those before it, they as well. */
function originsOf(system: System, caller: Node): readonly Node[] {
  const found = new Set([caller]);
  for (const one of found) {
    if (one.kind !== 'firewall' && one.kind !== 'lb' && !one.facts.vpn) continue;
    for (const connection of incoming(system).get(one) ?? [])
      for (const before of connection.callers) found.add(before);
  }
  return [...found];
}

function isFrom(system: System, firewall: Node, source: Source, caller: Node): Match {
  // Whoever comes through a tunnel has an address of the tunnel.
  if (source.block) return caller.facts.vpn && source.block.bits > 0 ? 'maybe' : isInBlock(source.block, caller);
  const meaning = meaningOf(system, firewall, source.text);
  if (!meaning) return 'maybe';
  if (isAmong(meaning.nodes, caller)) return 'yes';
  if (isAmong(meaning.elsewhere, caller)) return 'maybe';
  return mayShare(meaning.seenAs(), caller) ? 'maybe' : 'no';
}

function isAmong(nodes: ReadonlySet<Node>, caller: Node): boolean {
  for (let around: Node | undefined = caller; around; around = around.parent) if (nodes.has(around)) return true;
  return false;
}

/** Whether the caller may be seen under one address with any of those that are meant. */
function mayShare({ anybody, machines, addresses, blocks }: SeenAs, caller: Node): boolean {
  if (anybody || machines.has(machineOf(caller))) return true;
  if (addresses.size === 0 && blocks.length === 0) return false;
  const own = statedAddresses(caller);
  return own.some((one) => addresses.has(one.text) || blocks.some((block) => blockContains(block, one)));
}

function seenAs(nodes: ReadonlySet<Node>): SeenAs {
  const all = [...nodes];
  return {
    anybody: all.some(({ kind }) => kind === 'firewall' || groupOf(kind) === 'names'),
    machines: new Set(all.filter(({ kind }) => groupOf(kind) === 'traffic').map(machineOf)),
    addresses: new Set(all.flatMap((node) => addressesOf(node).map(({ text }) => text))),
    blocks: all.flatMap(({ facts }) => facts.cidr?.value ?? []),
  };
}

function statedAddresses(node: Node): readonly Address[] {
  const host = machineOf(node);
  return host === node ? addressesOf(node) : [...addressesOf(node), ...addressesOf(host)];
}

/**
 * By the addresses that it states, else by the block of the nearest network around it. Somebody with a private address may be seen under
 * a public one, and the other way round, so only addresses of one sort speak against a block.
 */
function isInBlock(block: AddressBlock, caller: Node): Match {
  if (block.bits === 0) return 'yes';
  const own = statedAddresses(caller).filter(({ family }) => family === block.family);
  if (own.length > 0) {
    const inside = own.filter((address) => blockContains(block, address)).length;
    if (inside > 0) return inside === own.length ? 'yes' : 'maybe';
  }
  const around = blocksAround(caller).filter(({ family }) => family === block.family);
  if (own.length === 0 && around.length > 0 && around.every((one) => holds(block, one))) return 'yes';
  if (around.some((one) => holds(one, block) || holds(block, one))) return 'maybe';
  const known = own.length > 0 ? own : around.flatMap((one) => baseOf(one) ?? []);
  const sort = sortOf(block);
  return known.length > 0 && known.every((address) => sortOf(address) === sort) ? 'no' : 'maybe';
}

function blocksAround(node: Node): readonly AddressBlock[] {
  for (let around = node.parent; around; around = around.parent) if (around.facts.cidr) return around.facts.cidr.value;
  return [];
}

function holds(outer: AddressBlock, inner: AddressBlock): boolean {
  const base = baseOf(inner);
  return outer.bits <= inner.bits && base !== undefined && blockContains(outer, base);
}

function baseOf(block: AddressBlock): Address | undefined {
  return readAddress(block.text.split('/')[0] ?? '');
}

function sortOf(what: Address | AddressBlock): string {
  const address = 'bits' in what ? baseOf(what) : what;
  const reach = address ? reachOf(address) : 'reserved';
  return reach === 'documentation' ? 'public' : reach;
}

/** Nearest first, as everywhere in the language: what stands in the block of the firewall's home, then outward. */
function meaningOf(system: System, firewall: Node, text: string): Meaning | undefined {
  const places = meanings(system)(text);
  for (let around = firewall.parent; around; around = around.parent) {
    const found = places.get(around);
    if (found) return found;
  }
  return places.get(undefined);
}

const meanings = perSystem(
  'sources of firewall lines',
  (system): ((text: string) => ReadonlyMap<Node | undefined, Meaning>) => {
    const byName = new Map<string, Set<Node>>();
    const add = (name: string, node: Node) => {
      const known = byName.get(name);
      if (known) known.add(node);
      else byName.set(name, new Set([node]));
    };
    for (const node of system.nodes.values()) {
      add(node.name, node);
      add(withoutNumber(node.name), node);
      if (node.tier) for (const name of [node.tier.name, node.tier.id]) add(name, node);
    }
    const known = new Map<string, ReadonlyMap<Node | undefined, Meaning>>();
    let count = 0;
    return (text) => {
      const before = known.get(text);
      if (before) return before;
      const [last = '', ...outer] = text.split('/').reverse();
      const called = [...(byName.get(text) ?? byName.get(last) ?? [])].filter(
        (node) => byName.has(text) || standsIn(node, outer),
      );
      const inside = new Map<Node | undefined, Set<Node>>();
      for (const node of called) {
        for (let around = node.parent; ; around = around.parent) {
          const list = inside.get(around);
          if (list) list.add(node);
          else inside.set(around, new Set([node]));
          if (!around) break;
        }
      }
      const all = new Set(called);
      const found = new Map<Node | undefined, Meaning>();
      for (const [around, nodes] of inside) {
        const exact = [...nodes].filter((node) => node.name === last);
        const meant = exact.length > 0 ? new Set(exact) : nodes;
        let seen: SeenAs | undefined;
        found.set(around, { id: count++, nodes: meant, elsewhere: all, seenAs: () => (seen ??= seenAs(meant)) });
      }
      known.set(text, found);
      return found;
    };
  },
);

function withoutNumber(name: string): string {
  return name.replace(/-?\d+$/, '');
}

/** Whether places of these names stand around it, from the inside out. */
function standsIn(node: Node, names: readonly string[]): boolean {
  let around = node.parent;
  for (const name of names) {
    while (around && around.name !== name && withoutNumber(around.name) !== name) around = around.parent;
    if (!around) return false;
    around = around.parent;
  }
  return true;
}
