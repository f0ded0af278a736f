// The properties of nodes, connections and the file: one table that makes the types, the reference, completion and messages.

import type { Location } from '../base/source.js';
import { groupOf, kinds, type Group, type KindName } from './kinds.js';
import * as value from './values.js';
import type { ValueType } from './values.js';

/** Where a property may stand: in a block of some kind of node, at the top of a file, or in the block of a connection. */
export type Owner = KindName | 'file' | 'connection' | 'client connection';

export interface PropertyRow<T = unknown> {
  readonly type: ValueType<T>;
  readonly owners: readonly Owner[];
  readonly summary: string;
  /** The word in the text, where two properties of different owners share one. */
  readonly word?: string;
  /** May be stated several times in one block; the values add up. */
  readonly repeats?: boolean;
}

const all = Object.keys(kinds) as KindName[];
const inGroups = (...groups: Group[]) => all.filter((name) => groups.includes(groupOf(name)));
const elements = inGroups('place', 'traffic', 'guard', 'names', 'boundary');
const traffic = inGroups('traffic');
const addressed = [...inGroups('place', 'boundary', 'traffic'), 'firewall' as const];
const places = inGroups('place', 'boundary');
const demand: readonly Owner[] = ['client', 'client connection'];
const any: readonly Owner[] = [...all, 'connection', 'client connection'];

function row<T>(
  type: ValueType<T>,
  owners: readonly Owner[],
  summary: string,
  more: Pick<PropertyRow, 'word' | 'repeats'> = {},
) {
  return { type, owners, summary, ...more };
}

export const properties = {
  title: row(value.text('title "The shop"'), ['file'], 'the title of the system and of its picture'),
  note: row(value.text('note "moves in May"'), [...any, 'file'], 'a remark; shown in the picture, judged by nobody'),
  link: row(value.text('link "https://wiki.foobar.com"'), any, 'where to read more; a link in the picture'),
  software: row(value.software, all, 'the product and its version'),
  managed: row(
    value.flag,
    elements,
    'a provider keeps it, and all inside, redundant: never in a finding about failing',
  ),
  external: row(
    value.flag,
    elements,
    'somebody else runs it: it can fail us, but it is not ours to watch, guard or restart',
  ),
  sla: row(value.percentage('sla 99.99%'), elements, 'the availability that its provider promises'),
  availability: row(value.percentage('availability 99.9%'), elements, 'the share of time that it is up by itself'),
  mtbf: row(
    value.duration('mtbf 2000h'),
    elements,
    'mean time between failures; with `mttr` it gives the availability',
  ),
  mttr: row(value.duration('mttr 4h'), elements, 'mean time to repair'),
  address: row(value.address('address 203.0.113.10'), addressed, 'its IP addresses', { repeats: true }),
  vip: row(value.address('vip 203.0.113.10'), addressed, 'an address that floats between several', { repeats: true }),
  public: row(value.flag, places, 'reachable from outside'),
  private: row(value.flag, [...places, 'dns'], 'not reachable from outside; of a zone of names: answered inside only'),
  cidr: row(value.block('cidr 10.0.0.0/16'), places, 'its block of addresses', { repeats: true }),
  provider: row(value.text('provider Hetzner'), places, 'who runs it'),
  ownTiers: row(value.flag, places, 'equal names inside make tiers of their own', { word: 'own-tiers' }),
  listen: row(value.listeners, traffic, 'the ports it answers on, with the protocol, or `redirect` to https', {
    repeats: true,
  }),
  hostname: row(value.names('hostname d111.cloudfront.net'), traffic, 'a name by which others know it', {
    repeats: true,
  }),
  tier: row(value.name('tier web'), traffic, 'the tier it is an instance of'),
  standby: row(value.standby, traffic, 'takes over when the active one is down, by itself or by people'),
  needs: row(value.count('needs 2'), traffic, 'how many instances of its tier must serve'),
  quorum: row(value.quorum, traffic, 'how many voters of its tier must serve'),
  voter: row(value.choice(['no', 'only']), traffic, '`no`: has no vote; `only`: votes and never serves a caller'),
  capacity: row(
    value.rate('capacity 500rps'),
    [...traffic, 'connection', 'client connection'],
    'the load it can carry',
  ),
  deploy: row(value.choice(['rolling', 'live', 'all-at-once']), traffic, 'how a new version goes out'),
  singleton: row(value.reason('singleton "holds the only licence"'), traffic, 'why there is only one'),
  session: row(value.choice(['local', 'shared']), traffic, 'where sessions are kept'),
  commonCause: row(value.percentage('common-cause 5%'), traffic, 'the share of failures that strike the whole tier', {
    word: 'common-cause',
  }),
  certificate: row(value.names('certificate foobar.com, *.foobar.com'), traffic, 'the names on its certificate', {
    repeats: true,
  }),
  expires: row(value.date('expires 2027-01-31'), traffic, 'the last day of its certificate'),
  tls: row(value.choice(['1.0', '1.1', '1.2', '1.3', 'ssl']), traffic, 'the oldest version of TLS it accepts'),
  code: row(value.text('code "./site"'), traffic, 'where its code lies'),
  vpn: row(value.flag, traffic, 'an entry to a private network'),
  bastion: row(value.flag, traffic, 'an entry for administrators'),
  algorithm: row(value.name('algorithm round-robin'), ['lb', 'dns'], 'how it picks among what stands behind it'),
  mode: row(value.choice(['active-active', 'active-passive']), ['lb', 'dns'], 'how it uses what stands behind it'),
  healthCheck: row(value.healthCheck, ['lb', 'dns'], 'how it learns who is up', { word: 'health-check' }),
  sticky: row(value.flag, ['lb', 'dns'], 'sends a session to the same instance again'),
  role: row(value.choice(['primary', 'replica']), ['db', 'storage', 'cache', 'queue'], 'takes writes, or copies them'),
  multiPrimary: row(value.flag, ['db', 'storage', 'cache', 'queue'], 'every instance takes writes', {
    word: 'multi-primary',
  }),
  rebuildable: row(
    value.reason('rebuildable "from the event log"'),
    ['db', 'storage', 'cache', 'queue'],
    'how its content is made anew',
  ),
  allow: row(value.passage('allow'), ['firewall'], 'what may enter; with one `allow`, the rest is denied', {
    repeats: true,
  }),
  deny: row(value.passage('deny'), ['firewall'], 'what may not enter; goes before `allow`', { repeats: true }),
  stateful: row(value.flag, ['firewall'], 'answers to what went out may come in'),
  load: row(value.rate('load 2000rps'), demand, 'the demand at its peak'),
  objective: row(value.percentage('needs 99.95%'), demand, 'the availability that is promised', { word: 'needs' }),
  survives: row(value.survives, demand, 'what may be lost without stopping it'),
  recovery: row(value.duration('recovery 30m'), demand, 'how long it may be down at a time'),
} as const satisfies Record<string, PropertyRow>;

export type PropertyKey = keyof typeof properties;

/** A value with the place where it was stated. `at` spans the values, or the word of a flag; `head` the property's name. */
export interface Stated<T> {
  readonly value: T;
  readonly at: Location;
  readonly head: Location;
}

type ValueOf<Row> = Row extends { type: ValueType<infer T> } ? T : never;

/** What a node, a connection or a file states, by the keys of the table. */
export type Properties = {
  readonly [Key in PropertyKey]?: Stated<ValueOf<(typeof properties)[Key]>>;
};

export const propertyKeys = Object.keys(properties) as readonly PropertyKey[];

export function wordOf(key: PropertyKey): string {
  const found: PropertyRow = properties[key];
  return found.word ?? key;
}

const keysByWord = new Map<string, PropertyKey[]>();
for (const key of propertyKeys) {
  const word = wordOf(key);
  keysByWord.set(word, [...(keysByWord.get(word) ?? []), key]);
}

/** Every word that begins a property, `accept` included. */
export const propertyWords: readonly string[] = [...keysByWord.keys(), 'accept'];

/** The property that a word names for an owner; `elsewhere` if only other owners have it. */
export function propertyNamed(word: string, owner: Owner): { key?: PropertyKey; elsewhere: readonly PropertyKey[] } {
  const keys = keysByWord.get(word) ?? [];
  const key = keys.find((one) => ownersOf(one).includes(owner));
  return key ? { key, elsewhere: [] } : { elsewhere: keys };
}

export function ownersOf(key: PropertyKey): readonly Owner[] {
  return properties[key].owners;
}

export function propertyRow(key: PropertyKey): PropertyRow {
  return properties[key];
}
