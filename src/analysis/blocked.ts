// System → the declared connections that firewalls keep out. Thousands on either side of one statement are judged together.

import { append } from '../base/lists.js';
import type { Location } from '../base/source.js';
import type { Connection, Node, System, Target } from '../model/system.js';
import type { Passage } from '../model/values.js';
import {
  arrivalOf,
  coversPort,
  firewallsAround,
  firewallsBetween,
  goesOnTo,
  isWithin,
  verdictOn,
  type Arrival,
} from './passage.js';
import { machineOf, onOneMachine, outgoing } from './paths.js';
import { perSystem } from './shared.js';
import { keyOfSources } from './sources.js';

/** A hop that firewalls keep out. */
export interface Blocked {
  readonly connection: Connection;
  readonly target: Target;
  /** Those of whom something is kept out, and what they cannot reach. */
  readonly callers: readonly Node[];
  readonly nodes: readonly Node[];
  /** For each line in the text the firewalls that it stands for, copies of one block; without `line` it is the lack of an `allow`. */
  readonly by: readonly { readonly firewalls: readonly [Node, ...Node[]]; readonly line?: Passage }[];
}

/** In order of declaration; the copies of one statement together. */
export const blockedConnections = perSystem('blocked connections', (system): readonly Blocked[] =>
  hopsOf(system).flatMap((hop) => {
    const blocked = blockedOf(system, hop);
    return blocked ? [blocked] : [];
  }),
);

interface Hop {
  readonly connection: Connection;
  readonly target: Target;
  readonly arrival: Arrival;
  readonly callers: readonly Node[];
}

/** One for each place in the text and what it leads to; without those that no firewall guards. */
function hopsOf(system: System): readonly Hop[] {
  const found = new Map<string, Hop & { readonly callers: Node[] }>();
  const lists = new Map<string, number>();
  const numbers = new Map<readonly Node[], number>();
  for (const connection of system.connections) {
    const arrival = arrivalOf(connection);
    if (!arrival) continue;
    for (const target of connection.choices) {
      let list = numbers.get(target.nodes);
      if (list === undefined && !target.nodes.some((node) => firewallsAround(system, node).length > 0)) {
        list = unguarded;
        numbers.set(target.nodes, list);
      }
      if (list === unguarded) continue;
      if (list === undefined) {
        const text = target.nodes.map(({ index }) => index).join();
        list = lists.get(text) ?? lists.size;
        lists.set(text, list);
        numbers.set(target.nodes, list);
      }
      const key = `${list} ${placeOf(connection.at)}`;
      const known = found.get(key);
      if (known) for (const caller of connection.callers) known.callers.push(caller);
      else found.set(key, { connection, target, arrival, callers: [...connection.callers] });
    }
  }
  return [...found.values()];
}

const unguarded = -1;

/** A firewall with those of the targets that it guards. */
interface Guard {
  readonly firewall: Node;
  readonly nodes: readonly Node[];
}

/** Firewalls that judge the arrival alike stand together; those that let everybody in on this port are left out. */
function guardsOf(system: System, { connection, target, arrival }: Hop): readonly (readonly Guard[])[] {
  const guarded = new Map<Node, Node[]>();
  for (const node of target.nodes) {
    if (node.caller || !isEnd(node) || (connection.need && votesOnly(node))) continue;
    for (const firewall of firewallsAround(system, node)) {
      append(guarded, firewall, node);
    }
  }
  const alike = new Map<string, Guard[]>();
  for (const [firewall, nodes] of guarded) {
    const key = listKey(system, firewall, arrival);
    const list = alike.get(key ?? '');
    if (key !== undefined && list) list.push({ firewall, nodes });
    else if (key !== undefined) alike.set(key, [{ firewall, nodes }]);
  }
  return [...alike.values()];
}

/** It serves nobody, so that only its peers have to reach it. */
function votesOnly({ facts }: Node): boolean {
  return facts.voter?.value === 'only';
}

/** What is called itself, and not all that stands in a zone or network. */
function isEnd({ kind }: Node): boolean {
  return kind !== 'network' && kind !== 'zone' && kind !== 'region';
}

/** What a firewall says about an arrival, as text; absent if that keeps nobody out. */
function listKey(system: System, firewall: Node, arrival: Arrival): string | undefined {
  const { allow, deny } = firewall.facts;
  const told = (lines: readonly Passage[]) => lines.filter((line) => coversPort(line, arrival) !== 'no');
  const say = (lines: readonly Passage[]) =>
    lines.map((line) => `${coversPort(line, arrival)} ${keyOfSources(system, firewall, line)}`).join(';');
  const denied = told(deny?.value ?? []);
  const allowed = allow && told(allow.value);
  if (denied.length === 0 && (!allowed || allowed.some((line) => line.sources === 'any'))) return undefined;
  return `${say(denied)} | ${allowed ? say(allowed) : 'no list'}`;
}

function blockedOf(system: System, hop: Hop): Blocked | undefined {
  const { connection, target, arrival } = hop;
  const callers = new Set<Node>();
  const nodes = new Set<Node>();
  const by = new Map<string, { firewalls: [Node, ...Node[]]; line?: Passage }>();
  for (const guards of guardsOf(system, hop)) {
    const sample = guards[0]?.firewall;
    if (!sample) continue;
    const kept = hop.callers.filter((caller) => verdictOn(system, sample, arrival, caller).is === 'blocked');
    const open = new Set(kept);
    for (const guard of guards) {
      const { firewall } = guard;
      const comesIn = entering(system, hop, guard);
      const first = kept.find(comesIn);
      if (!first) continue;
      for (const caller of open) {
        if (!comesIn(caller)) continue;
        callers.add(caller);
        open.delete(caller);
      }
      for (const node of guard.nodes) {
        const apart = (caller: Node) => machineOf(caller) !== machineOf(node);
        if (apart(first) || kept.some((caller) => apart(caller) && comesIn(caller))) nodes.add(node);
      }
      const verdict = verdictOn(system, firewall, arrival, first);
      const line = verdict.is === 'blocked' ? verdict.line : undefined;
      const at = placeOf(line?.at ?? firewall.facts.allow?.at ?? firewall.at);
      const known = by.get(at);
      if (!known) by.set(at, { firewalls: [firewall], ...(line ? { line } : {}) });
      else if (!known.firewalls.includes(firewall)) known.firewalls.push(firewall);
    }
  }
  if (nodes.size === 0) return undefined;
  return { connection, target, callers: inOrder(callers), nodes: inOrder(nodes), by: [...by.values()] };
}

/** A pair that cannot reach each other, and the firewalls between them that see to it. */
export interface Apart {
  readonly caller: Node;
  readonly node: Node;
  readonly by: readonly Node[];
}

/** Of more pairs than this it is left open whether all are kept apart. */
const MOST_PAIRS = 10_000;

/** The first caller with the first that it cannot reach, and whether none of them reaches any. */
export function keptApart(
  system: System,
  { connection, callers, nodes }: Blocked,
): { readonly first?: Apart; readonly all: boolean } {
  const arrival = arrivalOf(connection);
  let first: Apart | undefined;
  let all = callers.length * nodes.length <= MOST_PAIRS;
  for (const caller of callers) {
    for (const node of nodes) {
      if (first && !all) return { first, all };
      const between = arrival && !onOneMachine(caller, node) ? firewallsBetween(system, caller, node) : [];
      const by = between.filter((one) => arrival && verdictOn(system, one, arrival, caller).is === 'blocked');
      if (by.length > 0) first ??= { caller, node, by };
      else if (!onOneMachine(caller, node)) all = false;
    }
  }
  return first ? { first, all } : { all };
}

/** Whether what a caller sends to some of the guarded comes in by the firewall, as `firewallsBetween` has it for one. */
function entering(system: System, hop: Hop, { firewall, nodes }: Guard): (caller: Node) => boolean {
  const isPath = nodes.includes(firewall);
  if (isPath && leavesBy(system, hop, firewall)) return () => false;
  const machines = new Set(nodes.map(machineOf));
  return (caller) => {
    if (caller === firewall || isWithin(caller, firewall.parent)) return false;
    if (machines.size === 1 && machines.has(machineOf(caller))) return false;
    return !isPath || !goesOnTo(system, firewall, caller);
  };
}

function inOrder(nodes: Iterable<Node>): readonly Node[] {
  return [...nodes].sort((a, b) => a.index - b.index);
}

/** A chain that only passes a firewall on its way to what others run: it goes out, and lists speak of what comes in. */
function leavesBy(system: System, { connection }: Hop, firewall: Node): boolean {
  const { source, start } = connection.extent;
  const onward = (outgoing(system).get(firewall) ?? []).filter(
    ({ extent }) => extent.start === start && extent.source === source,
  );
  return (
    onward.length > 0 &&
    onward.every(({ choices }) => choices.every((choice) => choice.nodes.every(({ external }) => external)))
  );
}

function placeOf({ source, start }: Location): string {
  return `${start} ${source.path}`;
}
