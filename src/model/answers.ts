// Who answers at a place or behind a record: the component that listens on the port of the protocol.

import { append } from '../base/lists.js';
import type { Draft } from './draft.js';
import { groupOf, holdsData, kindOf } from './kinds.js';
import { asciiName, isInternational } from './international.js';
import type { Protocol } from './protocols.js';
import { readAddress, type Address } from './addresses.js';
import type { DnsRecord, Node, Zone } from './system.js';
import { asNode } from './tiers.js';

export interface Call {
  readonly protocol?: Protocol;
  readonly port?: number;
  /** Does the caller see the private zones? */
  readonly inside: boolean;
}

/** `rivals` are components that answer on one port of one host, and none of which feeds the other. */
export interface Answer {
  readonly nodes: readonly Node[];
  readonly rivals: readonly Node[];
}

const nobody: Answer = { nodes: [], rivals: [] };

export interface Answers {
  at(place: Node, call: Call): Answer;
  behind(record: string, call: Call): Answer;
  /** The complete name, if a declared zone has a record of that name (a wildcard counts). */
  record(name: string, inside: boolean): string | undefined;
  /** The declared zone that a name belongs to. */
  zoneOf(name: string): Zone | undefined;
  /** The names of all records, for suggestions. */
  readonly names: readonly string[];
  /** The nodes that state `hostname NAME`. */
  hostname(name: string): readonly Node[];
}

/** `feeds(a, b)`: does `a` call `b`? */
export function buildAnswers(
  drafts: ReadonlyMap<string, Draft>,
  zones: readonly Zone[],
  context: {
    feeds: (from: Node, to: Node) => boolean;
    stated: ReadonlyMap<string, readonly { nodes: readonly Node[]; port?: number }[]>;
  },
): Answers {
  const byAddress = new Map<string, Node[]>();
  const byHostname = new Map<string, Node[]>();
  for (const draft of drafts.values()) {
    const node = asNode(draft);
    for (const address of addressesOf(node)) append(byAddress, address.text, node);
    for (const name of node.facts.hostname?.value ?? []) append(byHostname, name, node);
  }
  const records = new Map<string, DnsRecord[]>();
  for (const zone of zones) for (const record of zone.records) append(records, record.name, record);

  /** The spelling in which the file has a name, of those that mean the same. */
  const spellings = new Map<string, string>();
  for (const name of [...zones.map((zone) => zone.name), ...records.keys(), ...byHostname.keys()]) {
    if (isInternational(name)) spellings.set(asciiName(name), name);
  }
  const spelt = (name: string): string => {
    if (spellings.size === 0 || !isInternational(name) || records.has(name)) return name;
    const sent = asciiName(name);
    const known = spellings.get(sent);
    if (known !== undefined) return known;
    const zone = zones.find((one) => sent.endsWith(`.${asciiName(one.name)}`));
    return zone ? sent.slice(0, -asciiName(zone.name).length) + zone.name : name;
  };

  /** RFC 4592: the wildcard of the closest name that exists; a name with records below it exists, too. */
  const existing = new Set([...records.keys()].flatMap(withParents));
  const wildcard = (name: string): readonly DnsRecord[] => {
    const closest = withParents(name)
      .slice(1)
      .find((parent) => existing.has(parent));
    return existing.has(name) || closest === undefined ? [] : (records.get(`*.${closest}`) ?? []);
  };

  const recordsAt = (name: string, inside: boolean): readonly DnsRecord[] => {
    const exact = records.get(name) ?? wildcard(name);
    const seen = exact.filter((record) => inside || !record.zone.private);
    const own = inside ? seen.filter((record) => record.zone.private) : [];
    return own.length > 0 ? own : seen.length > 0 ? seen : exact;
  };

  /** What answers by itself, whoever calls: all of its callers share the answer. */
  const itself = new Map<Node, Answer>();
  const at = (place: Node, call: Call): Answer => {
    if (groupOf(place.kind) === 'traffic' || place.kind === 'firewall') {
      const answer = itself.get(place) ?? { nodes: [place], rivals: nobody.rivals };
      itself.set(place, answer);
      return answer;
    }
    const hosts = place.kind === 'host' ? [place] : standingIn(place);
    const found = hosts.map((host) => onHost(host, call, context.feeds));
    return {
      nodes: [...new Set(found.flatMap((one) => one.nodes))],
      rivals: found.find((one) => one.rivals.length > 0)?.rivals ?? [],
    };
  };

  const leads = (name: string, call: Call, seen: readonly string[]): readonly Node[] => {
    if (seen.includes(name) || seen.length > 16) return [];
    const own = recordsAt(name, call.inside);
    if (own.length === 0) return byHostname.get(spelt(name)) ?? [];
    const mail = call.protocol?.family === 'mail' ? own.filter((record) => record.type === 'MX') : [];
    const useful =
      mail.length > 0
        ? mail
        : own.filter((record) => record.type !== 'MX' && record.type !== 'NS' && record.type !== 'SRV');
    const nodes = useful.flatMap((record) => [
      ...record.nodes,
      ...(byAddress.get(addressIn(record)?.text ?? '') ?? []),
      ...(record.target === undefined ? [] : leads(spelt(record.target), call, [...seen, name])),
    ]);
    return [...new Set(nodes)].filter((node) => !nodes.some((other) => other !== node && isInside(other, node)));
  };

  const known = new Map<string, Answer>();
  const find = (record: string, call: Call): Answer => {
    const stated = (context.stated.get(record) ?? []).filter(
      (one) => one.port === undefined || call.port === undefined || one.port === call.port,
    );
    if (stated.length > 0) return { nodes: [...new Set(stated.flatMap((one) => one.nodes))], rivals: [] };
    const found = leads(record, call, []).map((node) => at(node, call));
    return {
      nodes: [...new Set(found.flatMap((one) => one.nodes))],
      rivals: found.find((one) => one.rivals.length > 0)?.rivals ?? [],
    };
  };

  return {
    at,
    behind(record, call) {
      // Many journeys may go by one name.
      const key = [record, call.protocol?.name, call.port, call.inside].join(' ');
      const answer = known.get(key) ?? find(record, call);
      known.set(key, answer);
      return answer;
    },
    record(written, inside) {
      const name = spelt(written);
      return recordsAt(name, inside).some(({ type }) => leading.has(type)) ? name : undefined;
    },
    zoneOf(written) {
      const name = spelt(written);
      const around = zones.filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`));
      return around.reduce<Zone | undefined>(
        (best, zone) => (best && best.name.length >= zone.name.length ? best : zone),
        undefined,
      );
    },
    names: [...records.keys()],
    hostname: (name) => byHostname.get(spelt(name)) ?? [],
  };
}

/** An address in a CNAME is a fault of its own; what it was meant to lead to is clear all the same. */
function addressIn(record: DnsRecord): Address | undefined {
  return record.address ?? (record.type === 'CNAME' ? readAddress(record.data[0]?.text ?? '') : undefined);
}

/** `a.b.org`, `b.org`, `org`. */
function withParents(name: string): readonly string[] {
  const labels = name.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/** The types that lead somewhere; a name of which only text is known answers nothing. */
const leading: ReadonlySet<DnsRecord['type']> = new Set(['A', 'AAAA', 'CNAME', 'ALIAS', 'MX', 'SRV']);

export function addressesOf(node: Node): readonly Address[] {
  const { address, vip } = node.facts;
  if (!vip) return address?.value ?? [];
  return [...(address?.value ?? []), ...vip.value];
}

export function isInside(node: Node, around: Node): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent === around) return true;
  return false;
}

/** The hosts of a zone or network, and the components there that have no host. */
function standingIn(place: Node): readonly Node[] {
  return place.children.flatMap((child) => {
    if (child.kind === 'host' || groupOf(child.kind) === 'traffic') return [child];
    return groupOf(child.kind) === 'place' || groupOf(child.kind) === 'boundary' ? standingIn(child) : [];
  });
}

/** Every traffic component inside, at any depth, unless it is a caller's own. */
export function componentsIn(place: Node): readonly Node[] {
  return place.children.flatMap((child) => {
    if (groupOf(child.kind) === 'traffic') return [child];
    return groupOf(child.kind) === 'caller' ? [] : componentsIn(child);
  });
}

function onHost(host: Node, call: Call, feeds: (from: Node, to: Node) => boolean): Answer {
  if (groupOf(host.kind) === 'traffic') return { nodes: [host], rivals: [] };
  const components = componentsIn(host);
  const stated = components.filter((node) => listensOn(node, call));
  if (stated.length === 0 && (call.protocol?.family === 'admin' || call.protocol?.need === false))
    return { nodes: [host], rivals: [] };
  const byDefault = components.filter((node) => !node.facts.listen && answersByDefault(node, call));
  const open = components.filter((node) => !node.facts.listen && !kindOf(node.kind).ports && !refuses(node, call));
  const candidates =
    stated.length > 0 ? stated : byDefault.length > 0 ? byDefault : call.port === undefined ? components : open;
  const front = candidates.filter((node) => !candidates.some((other) => other !== node && feeds(other, node)));
  const nodes = front.length > 0 ? front : candidates;
  if (nodes.length === 0) return guardOf(host);
  const tiers = new Set(nodes.map((node) => node.tier));
  return tiers.size > 1 ? { nodes: [], rivals: nodes } : { nodes, rivals: [] };
}

/** A firewall that stands alone on its host answers by passing on. */
function guardOf(host: Node): Answer {
  const guards = host.children.filter((child) => child.kind === 'firewall');
  return componentsIn(host).length === 0 && guards.length > 0 ? { nodes: guards.slice(0, 1), rivals: [] } : nobody;
}

function listensOn(node: Node, call: Call): boolean {
  return (node.facts.listen?.value ?? []).some((one) =>
    call.port === undefined
      ? one.protocol === call.protocol?.name && call.protocol !== undefined
      : one.port === call.port,
  );
}

function answersByDefault(node: Node, call: Call): boolean {
  if (call.port === undefined) return false;
  if (kindOf(node.kind).ports?.includes(call.port)) return true;
  return holdsData(node.kind) && (call.protocol?.family === 'data' || call.protocol?.family === 'files');
}

/** A store of data is not what a browser talks to. */
function refuses(node: Node, call: Call): boolean {
  return holdsData(node.kind) && call.protocol?.family === 'web' && node.kind !== 'storage';
}
