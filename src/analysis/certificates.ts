// Connection with a record → the components that end its TLS, and whether a certificate is stated there and covers the name.

import { asciiName } from '../model/international.js';
import { groupOf } from '../model/kinds.js';
import { isPublicSuffix } from '../model/public-suffixes.js';
import type { Connection, Node, System } from '../model/system.js';
import { listenerOn } from './encryption.js';
import { recordsBehind } from './names.js';
import { outgoingTraffic, onOneMachine, type Step } from './paths.js';

/** A component that ends the TLS of what is called by a name. */
export interface End {
  readonly name: string;
  readonly node: Node;
  /** From the caller on. */
  readonly way: readonly Step[];
}

/** `*.foobar.com` stands for one label and no more (RFC 6125 §6.4.3, RFC 9525 §6.3). */
export function covers(system: System, certificate: readonly string[], name: string): boolean {
  const sent = asciiName(name);
  const dot = sent.indexOf('.');
  return certificate.some((one) => {
    const own = asciiName(one);
    if (own === sent) return true;
    return own.startsWith('*.') && dot > 0 && own.slice(1) === sent.slice(dot) && !isTooWide(system, certificate, one);
  });
}

/**
 * `*.co.uk` and `*.internal`: no authority gives such a certificate (CA/Browser Forum, Baseline Requirements, 3.2.2.6), and browsers refuse it. Whoever
 * declares the zone, or has a certificate for its name, holds all names in it.
 */
export function isTooWide(system: System, certificate: readonly string[], one: string): boolean {
  if (!one.startsWith('*.')) return false;
  const base = one.slice(2);
  const sent = asciiName(base);
  const isHeld = certificate.includes(base) || system.zones.some(({ name }) => asciiName(name) === sent);
  return !isHeld && isPublicSuffix(base);
}

/** Where a connection meets a stated certificate that does not cover the name. */
export function uncovered(system: System, connection: Connection): readonly End[] {
  return endsWhere(system, connection, ({ facts: { certificate } }, name) =>
    Boolean(certificate && !covers(system, certificate.value, name)),
  );
}

/** Where a connection is answered over TLS by what states no certificate; what others keep is theirs to know. */
export function uncertified(system: System, connection: Connection): readonly End[] {
  return endsWhere(
    system,
    connection,
    ({ kind, facts, external }) => groupOf(kind) === 'traffic' && !facts.certificate && !external,
  );
}

/** Whether what ends TLS is at fault for the name. */
type Fault = (node: Node, name: string) => boolean;

function endsWhere(system: System, connection: Connection, isAtFault: Fault): readonly End[] {
  const [caller] = connection.callers;
  if (!caller || !isVerified(connection)) return [];
  const found = new Map<Node, End>();
  for (const target of connection.choices) {
    const name = target.record;
    if (name === undefined || leadsToMail(system, connection, name)) continue;
    const fault = (node: Node): boolean => isAtFault(node, name);
    const steps = target.nodes.map((to) => [{ connection, target, from: caller, to }]);
    for (const { node, way } of ends(system, name, steps, fault)) {
      const apart = connection.callers.some((one) => !onOneMachine(node, one));
      if (apart && !found.has(node)) found.set(node, { name, node, way });
    }
  }
  return [...found.values()];
}

/** Keys of ssh are no certificates with names. */
function isVerified({ protocol, encryption }: Connection): boolean {
  return encryption === 'yes' && protocol !== undefined && protocol.family !== 'admin' && protocol.name !== 'sftp';
}

/** Mail is delivered to the name in the MX record, over an alias too. */
function leadsToMail(system: System, { protocol }: Connection, name: string): boolean {
  return protocol?.family === 'mail' && recordsBehind(system, name).some(({ type }) => type === 'MX');
}

type Way = readonly Step[];

/**
 * Behind what passes TLS on, the name may choose among several tiers: then all of them must be at fault.
 * `ways` lead to what the name leads to; each of these answers some of the callers.
 */
function ends(
  system: System,
  name: string,
  ways: readonly Way[],
  fault: (node: Node) => boolean,
): readonly { node: Node; way: Way }[] {
  const found: { node: Node; way: Way }[] = [];
  const seen = new Set<Node>();
  for (const way of ways) {
    const last = way.at(-1);
    if (!last || seen.has(last.to)) continue;
    seen.add(last.to);
    const own = passesOn(last) ? behind(system, name, way, fault) : [way];
    found.push(...own.flatMap((one) => endOf(one, fault)));
  }
  return found;
}

function passesOn({ connection, to }: Step): boolean {
  return to.kind === 'firewall' || listenerOn(to, connection.port)?.protocol === 'tcp';
}

function endOf(way: Way, fault: (node: Node) => boolean): readonly { node: Node; way: Way }[] {
  const node = way.at(-1)?.to;
  if (!node || listenerOn(node, way.at(-1)?.connection.port)?.redirect) return [];
  return fault(node) ? [{ node, way }] : [];
}

/** The ends of the ways on from there, if each of them is at fault for the name; else none. */
function behind(system: System, name: string, way: Way, fault: (node: Node) => boolean): readonly Way[] {
  const found: Way[] = [];
  const open = [way];
  const seen = new Set<Node>();
  for (const one of open) {
    const last = one.at(-1);
    if (!last || seen.has(last.to)) continue;
    seen.add(last.to);
    if (!passesOn(last)) {
      found.push(one);
      continue;
    }
    for (const step of onward(system, name, last.to)) open.push([...one, step]);
  }
  const tiers = new Set(found.map((end) => end.at(-1)?.to.tier));
  const certain = tiers.size <= 1 || found.every((end) => endOf(end, fault).length > 0);
  return certain ? found : [];
}

function onward(system: System, name: string, node: Node): readonly Step[] {
  const ways = (outgoingTraffic(system).get(node) ?? []).filter((one) => mayCarry(one, name));
  return ways.flatMap((connection) =>
    connection.choices.flatMap((target) => target.nodes.map((to) => ({ connection, target, from: node, to }))),
  );
}

/** TLS that is passed on: over plain tcp, or as what it is. */
function mayCarry({ protocol, encryption, only }: Connection, name: string): boolean {
  if (only.length > 0 && !only.includes(name)) return false;
  return protocol === undefined || protocol.name === 'tcp' || (encryption === 'yes' && protocol.family !== 'admin');
}
