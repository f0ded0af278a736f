// The kinds of nodes: one table, from which the reference, the editors' grammar, completion and the messages are made.

export type Group = 'place' | 'boundary' | 'caller' | 'traffic' | 'guard' | 'names';

export interface Kind {
  readonly group: Group;
  /** Completes "`web` is …" in the reference. */
  readonly summary: string;
  /** What it serves per year if nothing is stated; always shown as assumed. Only for elements that can fail. */
  readonly availability?: number;
  /** The ports it answers on when it states none. */
  readonly ports?: readonly number[];
  /** Where it stands in a picture, from left to right. */
  readonly rank: number;
}

function kind(group: Group, rank: number, summary: string, more: Pick<Kind, 'availability' | 'ports'> = {}): Kind {
  return { group, rank, summary, ...more };
}

const web = [80, 443];

export const kinds = {
  region: kind('place', 0, 'a region of a provider: fails as a whole, contains zones', { availability: 0.99995 }),
  zone: kind('place', 0, 'a data centre, availability zone, room or rack: fails as a whole', { availability: 0.9999 }),
  host: kind('place', 0, 'a machine, virtual or not: fails as a whole', { availability: 0.999 }),
  network: kind('boundary', 0, 'a security boundary; it has no failure of its own'),
  client: kind('caller', 0, 'where demand comes from; untrusted, unless it stands in a private network'),
  cdn: kind('traffic', 2, 'a content delivery network', { availability: 0.9999, ports: web }),
  lb: kind('traffic', 3, 'a load balancer or reverse proxy', { availability: 0.9995, ports: web }),
  web: kind('traffic', 4, 'a web server', { availability: 0.999, ports: web }),
  app: kind('traffic', 5, 'an application server', { availability: 0.999 }),
  worker: kind('traffic', 6, 'a process that works through jobs', { availability: 0.999 }),
  service: kind('traffic', 6, 'anything else that answers calls', { availability: 0.999 }),
  cache: kind('traffic', 7, 'a cache, whose content can be made anew', { availability: 0.999 }),
  queue: kind('traffic', 7, 'a message queue or broker', { availability: 0.999 }),
  db: kind('traffic', 8, 'a database: data of record', { availability: 0.999 }),
  storage: kind('traffic', 8, 'files, objects or volumes: data of record', { availability: 0.9999 }),
  firewall: kind('guard', 1, 'lets some traffic pass: around a host, network or place, or in the path'),
  monitor: kind('guard', 9, 'watches others: an agent on a host, or a system of its own'),
  dns: kind('names', 1, 'a zone of records'),
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** Availabilities, from 0 to 1, in place of those of the table; `managed` is that of whatever a provider keeps redundant. */
export type Availabilities = Readonly<Partial<Record<KindName | 'managed', number>>>;

export const kindNames = Object.keys(kinds) as readonly KindName[];

export function isKind(word: string): word is KindName {
  return Object.hasOwn(kinds, word);
}

export function kindOf(name: KindName): Kind {
  return kinds[name];
}

export function groupOf(name: KindName): Group {
  return kinds[name].group;
}

/** Data of record: what a loss would lose for good. */
export function isDataStore(name: KindName): boolean {
  return name === 'db' || name === 'storage';
}

/** Holds data, of record or not; its default port is that of the protocol its callers use. */
export function holdsData(name: KindName): boolean {
  return isDataStore(name) || name === 'cache' || name === 'queue';
}
