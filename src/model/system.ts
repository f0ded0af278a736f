// The system: what a description means, with every name resolved. A system is closed: every node it mentions it contains.

import type { Location, Source } from '../base/source.js';
import type { Address } from './addresses.js';
import type { Availabilities, KindName } from './kinds.js';
import type { Properties } from './properties.js';
import type { Protocol } from './protocols.js';

/** Full path: `c`, `a/nginx`, `eu/zone-1/web-1/nginx`. A zone of names has its domain name. */
export type NodeId = string;

export interface System {
  readonly title?: string;
  /** What the top of the main file states. */
  readonly facts: Properties;
  /** The main file first, then imports in order of reading. */
  readonly sources: readonly Source[];
  /** In order of declaration. */
  readonly nodes: ReadonlyMap<NodeId, Node>;
  /** In order of the first instance. */
  readonly tiers: readonly Tier[];
  readonly zones: readonly Zone[];
  /** In order of declaration; one for each hop of a chain, each copy of a block, and each pair of members of its two lists. */
  readonly connections: readonly Connection[];
  readonly journeys: readonly Journey[];
  readonly accepts: readonly Accept[];
  /** What is assumed of elements that state no availability, where a config replaces the table of kinds. */
  readonly assumed: Availabilities;
  /** True when a part of the text could not be understood: then nothing may be concluded from what is absent. */
  readonly incomplete: boolean;
}

export interface Node {
  readonly id: NodeId;
  /** Dense, from 0, in order of declaration: for arrays by node. */
  readonly index: number;
  readonly kind: KindName;
  /** The declared name, copies numbered: `web-2`. */
  readonly name: string;
  readonly label?: string;
  /** The name in the text. Copies share it. */
  readonly at: Location;
  /** The whole declaration, block included. */
  readonly extent: Location;
  readonly parent?: Node;
  readonly children: readonly Node[];
  readonly facts: Properties;
  /** The nearest host around it; a host has none of its own. */
  readonly host?: Node;
  /** The places around it (host, zone, region), innermost first; without itself. Networks are left out. */
  readonly places: readonly Node[];
  /** Stated on it or around it. */
  readonly managed: boolean;
  readonly external: boolean;
  /** The client in whose block it stands: then it is the caller's own, drawn and never reported. */
  readonly caller?: Node;
  /** Traffic components have one, unless they are a caller's own. */
  readonly tier?: Tier;
}

/** Instances that do the same job. */
export interface Tier {
  /** Its name, behind the path of the place that keeps tiers of its own; with its kind where two tiers share a name (`web api`). */
  readonly id: string;
  readonly name: string;
  readonly kind: KindName;
  /** At least one, in order of declaration. */
  readonly instances: readonly Node[];
  /** What holds for the tier when any instance states it. */
  readonly needs: number;
  readonly quorum?: 'majority' | number;
  readonly deploy?: 'rolling' | 'live' | 'all-at-once';
  readonly session?: 'local' | 'shared';
  /** A share from 0 to 1. */
  readonly commonCause?: number;
  /** The tier that decides about a takeover, of instances with `standby automatic via …`; by instance. */
  readonly controllers: ReadonlyMap<Node, Tier>;
}

export interface Zone {
  /** The node of kind `dns`. */
  readonly node: Node;
  /** `foobar.com`: lower case, without the last dot. */
  readonly name: string;
  readonly private: boolean;
  readonly records: readonly DnsRecord[];
}

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'ALIAS' | 'MX' | 'NS' | 'TXT' | 'SRV' | 'CAA';

export interface DnsRecord {
  readonly zone: Zone;
  /** Complete, lower case, without the last dot: `www.foobar.com`; the apex has the zone's name. */
  readonly name: string;
  readonly type: RecordType;
  /** Seconds. */
  readonly ttl?: number;
  /** As written, after the type. */
  readonly data: readonly { readonly text: string; readonly at: Location }[];
  /** The name in the text, as written. */
  readonly at: Location;
  readonly extent: Location;
  /** The address in the data of A and AAAA. */
  readonly address?: Address;
  /** The complete name in the data of CNAME, ALIAS, MX, NS and SRV. */
  readonly target?: string;
  /** The host or component that the data of A, AAAA or ALIAS names. */
  readonly nodes: readonly Node[];
}

/** Whether what passes can be read on the way; `unknown` where nothing is stated, or the transport carries anything. */
export type Encryption = 'yes' | 'no' | 'unknown';

export interface Connection {
  /** Dense, from 0. */
  readonly index: number;
  /** What the text names on the left: components of one name, places, networks, clients, firewalls, monitors; empty for a record. */
  readonly from: readonly Node[];
  /** The record on the left: `www.foobar.com -> haproxy` says who answers for it. */
  readonly fromRecord?: string;
  /** Who has the need: `from`, with places and networks replaced by the traffic components in them, the targets excepted. */
  readonly callers: readonly Node[];
  /** One target, or the alternatives of `x | y`, either of which will do. */
  readonly choices: readonly Target[];
  readonly protocol?: Protocol;
  /** The stated port, or the protocol's. */
  readonly port?: number;
  /** By its protocol, or by the word `tls`. */
  readonly encryption: Encryption;
  readonly tls: boolean;
  readonly optional: boolean;
  readonly async: boolean;
  readonly read: boolean;
  readonly write: boolean;
  /** `for NAME`: complete names of records; empty means every journey. */
  readonly only: readonly string[];
  /** Joins instances of one tier as peers (`etcd -> etcd`). */
  readonly peer: boolean;
  /** False for optional and async ones, protocols that are no need, peers, and whatever ends at a monitor. */
  readonly need: boolean;
  readonly label?: string;
  /** From the first to the last member of this hop, without words, label and block. */
  readonly at: Location;
  /** The protocol in the text, with its port. */
  readonly protocolAt?: Location;
  /** The whole statement; hops of one chain share it. */
  readonly extent: Location;
  readonly facts: Properties;
}

/** What one name on the right of a connection means. Any of its `nodes` will do. */
export interface Target {
  /** As written. */
  readonly text: string;
  readonly at: Location;
  /** What the name means: instances of a tier, places, a firewall, a monitor; empty for a record. */
  readonly named: readonly Node[];
  /** The complete name of the record. */
  readonly record?: string;
  /**
   * What answers: the named components themselves; for a place or a record, what listens there. A host itself where nobody in it
   * listens and the protocol is for administration (ssh, rdp), or no need. A firewall in the path answers as itself. Empty where nothing answers.
   */
  readonly nodes: readonly Node[];
  /** The tier of all `nodes`, if they have one; of firewalls in the path, the tier that they lead to. */
  readonly tier?: Tier;
}

/** What somebody outside expects to work. */
export interface Journey {
  /** `visitor -> www.foobar.com : https/443`. */
  readonly id: string;
  readonly client: Node;
  /** The record's complete name, the tier's name, or what was written; alternatives joined by ` | `. */
  readonly to: string;
  readonly record?: string;
  readonly protocol?: Protocol;
  readonly port?: number;
  /** At least one. */
  readonly connections: readonly Connection[];
  /** For reads only. */
  readonly reads: boolean;
  /** Objectives and load, of the connections and else of the client. */
  readonly facts: Properties;
  readonly at: Location;
}

/** A risk that the file accepts. */
export interface Accept {
  readonly rule: string;
  readonly ruleAt: Location;
  readonly reason: string;
  /** `2027-03-01`. */
  readonly until?: string;
  readonly at: Location;
  /** In whose block it stands, a block that is copied has several; of a comment the line that it is about, and what stands there. */
  readonly owners: readonly AcceptOwner[];
}

export type AcceptOwner =
  | { readonly of: 'node'; readonly node: Node }
  | { readonly of: 'zone'; readonly node: Node }
  | { readonly of: 'connection'; readonly connection: Connection }
  | { readonly of: 'record'; readonly record: DnsRecord }
  | { readonly of: 'file'; readonly source: Source }
  | { readonly of: 'line'; readonly at: Location };
