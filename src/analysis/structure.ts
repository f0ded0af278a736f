// System → structure function: one event for each element of failure, one gate for each component, need and journey. It says what
// must serve for what; everything about failure is computed from it. The meaning is that of the language's reference, "Journeys".

import { groupOf } from '../model/kinds.js';
import type { Connection, Node, System, Target, Tier } from '../model/system.js';
import { elementsOf, zonesBehind } from './elements.js';
import type { Structure, StructureGate } from './engine/tree.js';
import { membersOf, soleOf, standingOf, votersOf, votesNeeded } from './members.js';
import { needsOf, type Circumstances } from './needs.js';
import { measured } from './shared.js';

export interface FailureStructure {
  readonly structure: Structure;
  /** By event, in order of declaration. */
  readonly elements: readonly Node[];
  /** By index of node; -1 for what is no element of failure. */
  readonly events: Int32Array;
  /** The top gates, by journey: full service, and reads alone. Full service implies reads. */
  readonly full: readonly number[];
  readonly reads: readonly number[];
  /** The gates of traffic components outside journeys' own circumstances, by index of node; -1 for others. */
  readonly components: { readonly full: Int32Array; readonly reads: Int32Array };
  /** What a gate is about, by gate. */
  readonly labels: readonly (Label | undefined)[];
}

export type Label =
  | { readonly of: 'node'; readonly node: Node }
  /** At least `k` of `nodes` must serve; the gate's inputs are in their order. Without a tier: hosts, firewalls, a record of several. */
  | {
      readonly of: 'need';
      readonly tier?: Tier;
      readonly nodes: readonly Node[];
      readonly k: number;
      readonly writes: boolean;
    }
  | { readonly of: 'quorum'; readonly tier: Tier; readonly nodes: readonly Node[]; readonly k: number };

interface Known {
  readonly hasManual: boolean;
  plain?: FailureStructure;
  switched?: FailureStructure;
}

const known = new WeakMap<System, Known>();

/** With `switched`, people have time to act first: `standby manual` counts as redundancy, as it does for planned maintenance. */
export function structureOf(system: System, switched = false): FailureStructure {
  const entry: Known = known.get(system) ?? {
    hasManual: system.tiers.some(({ instances }) => instances.some(isManual)),
  };
  known.set(system, entry);
  return switched && entry.hasManual
    ? (entry.switched ??= measured(system, 'structure of failure', () => build(system, true)))
    : (entry.plain ??= measured(system, 'structure of failure', () => build(system, false)));
}

function isManual({ facts }: Node): boolean {
  return facts.standby?.value.takeover === 'manual';
}

/** A gate of a component is known by its circumstances; whole contexts are few. */
interface Context extends Circumstances {
  readonly writes: boolean;
  readonly id: number;
  /** By index of node; -1 until somebody asks. */
  readonly gates: Int32Array;
  /** The need for this one node, for reads and for writes: by far the most needs are such. By index of node; -1 until somebody asks. */
  readonly sole: { readonly reads: Int32Array; readonly writes: Int32Array };
}

/** The needs of one caller for one tier: it may use whatever it is connected to. */
interface Group {
  readonly tier?: Tier;
  readonly all: (readonly Node[])[];
  readonly written: (readonly Node[])[];
  /** Some connection is needed for reads as well. */
  reads: boolean;
}

interface Inputs {
  readonly events: number[];
  readonly gates: number[];
}

function build(system: System, switched: boolean): FailureStructure {
  const needs = needsOf(system);
  const { elements, events } = elementsOf(system);
  const zonesOf = zonesBehind(system);
  const gates: StructureGate[] = [];
  const labels: (Label | undefined)[] = [];
  const open: { gate: number; node: Node; context: Context }[] = [];
  const contexts = new Map<string, Context>();
  const shared = new Map<string, number>();
  const lists = internLists();
  const standings = new Map(system.tiers.map((tier) => [tier, standingOf(tier, switched)]));
  const standing = (tier: Tier) => standings.get(tier) ?? standingOf(tier, switched);

  const add = (gate: StructureGate, label?: Label): number => {
    labels.push(label);
    return gates.push(gate) - 1;
  };
  const sharedGate = (key: string, make: () => number): number => {
    const found = shared.get(key) ?? make();
    shared.set(key, found);
    return found;
  };
  const contextOf = ({ entered, ssh }: Circumstances, writes: boolean, around?: Context): Context => {
    if (around?.entered === entered && around.ssh === ssh && around.writes === writes) return around;
    const key = `${String(writes)} ${String(ssh)} ${entered}`;
    const found = contexts.get(key) ?? {
      entered,
      ssh,
      writes,
      id: contexts.size,
      gates: unasked(system),
      sole: { reads: unasked(system), writes: unasked(system) },
    };
    contexts.set(key, found);
    return found;
  };

  /** The gate of a node; what it needs is filled in later, so that depth is no matter. */
  const serves = (node: Node, around: Context): number => {
    const context = contextOf(needs.at(node, around), around.writes, around);
    const found = context.gates[node.index] ?? -1;
    if (found >= 0) return found;
    const gate = add(notFilled, { of: 'node', node });
    context.gates[node.index] = gate;
    open.push({ gate, node, context });
    return gate;
  };

  const fill = (): void => {
    for (let next = open.pop(); next; next = open.pop()) {
      const { gate, node, context } = next;
      const caller = !node.caller && (groupOf(node.kind) === 'traffic' || node.kind === 'firewall');
      const inputs = caller ? fulfil(needs.of(node, context), () => context) : nothing;
      const own = node.caller ? noNumbers : ownEvents(events, node);
      gates[gate] = { op: 'and', events: together(own, inputs.events), gates: inputs.gates };
    }
  };

  /** What must serve for all of these connections together. */
  const fulfil = (connections: readonly Connection[], contextFor: (target: Target) => Context): Inputs => {
    if (connections.length === 0) return nothing;
    const groups = new Map<Tier | string, { context: Context; group: Group }>();
    const inputs: Inputs = { events: [], gates: [] };
    for (const connection of connections) {
      const target = connection.choices[0];
      if (!target) continue;
      if (connection.choices.length > 1) {
        inputs.gates.push(...either(connection, contextFor));
        continue;
      }
      if (target.nodes.length === 0) continue;
      const context = contextFor(target);
      const key = target.tier ?? `${target.record ?? ''} ${lists(target.nodes)}`;
      const entry = groups.get(key) ?? { context, group: emptyGroup(target.tier) };
      groups.set(key, entry);
      enter(entry.group, connection, target);
      if (context.writes || !connection.write) inputs.events.push(...zoneEvents(target));
    }
    for (const { context, group } of groups.values()) inputs.gates.push(...need(group, context));
    return { events: distinct(inputs.events), gates: distinct(inputs.gates) };
  };

  /** `x | y`: one need that either fulfils. */
  const either = (connection: Connection, contextFor: (target: Target) => Context): readonly number[] => {
    const choices = connection.choices.filter((target) => target.nodes.length > 0);
    const contexts = choices.map(contextFor);
    const first = contexts[0];
    if (!first || (connection.write && !first.writes)) return [];
    const key = `either ${connection.index} ${contexts.map((one) => one.id).join(' ')}`;
    const make = () => {
      const inputs = choices.map((target, at) => {
        const group = emptyGroup(target.tier);
        enter(group, connection, target);
        return add({ op: 'and', events: zoneEvents(target), gates: need(group, contexts[at] ?? first) });
      });
      return add({ op: 'or', events: [], gates: inputs });
    };
    return [sharedGate(key, make)];
  };

  const zoneEvents = (target: Target): readonly number[] =>
    target.record === undefined ? [] : zonesOf(target.record).flatMap((zone) => eventOf(events, zone));

  /** Writes need an instance that takes them. That one reads too, unless reads need more than one. */
  const need = (group: Group, context: Context): readonly number[] => {
    const writes = context.writes && group.written.length > 0;
    const reads = group.reads && (!writes || (group.tier?.needs ?? 1) > 1);
    const found: number[] = [];
    if (writes) found.push(someOf(group.tier, group.written, { context, writes: true }));
    if (reads) found.push(someOf(group.tier, group.all, { context, writes: false }));
    if (group.tier?.quorum !== undefined && found.length > 0) found.push(quorumOf(group.tier, context));
    return found;
  };

  const someOf = (
    tier: Tier | undefined,
    connected: readonly (readonly Node[])[],
    how: { context: Context; writes: boolean },
  ): number => {
    const { context, writes } = how;
    const only = soleOf(connected);
    if (only && only.tier === tier) {
      const asked = writes ? context.sole.writes : context.sole.reads;
      const found = asked[only.index] ?? -1;
      return found >= 0 ? found : (asked[only.index] = chosen(tier, connected, how));
    }
    const key = [context.id, writes, tier?.id ?? '', ...new Set(connected.map(lists))].join(' ');
    return sharedGate(`some ${tier ? 'tier' : ''} ${key}`, () => chosen(tier, connected, how));
  };

  const chosen = (
    tier: Tier | undefined,
    connected: readonly (readonly Node[])[],
    { context, writes }: { context: Context; writes: boolean },
  ): number => {
    const members = membersOf(connected, { writes, standing });
    const inputs = members.map(({ node, controllers }) => {
      const parts = [serves(node, context)];
      if (controllers) parts.push(tierServes(controllers, context));
      if (!tier && node.tier?.quorum !== undefined) parts.push(quorumOf(node.tier, context));
      return parts.length === 1 ? (parts[0] ?? 0) : add({ op: 'and', events: [], gates: parts });
    });
    const nodes = members.map(({ node }) => node);
    // More than there are is a contradiction, which the rule of that name reports; all of them is what can be had.
    const k = Math.min(tier?.needs ?? 1, Math.max(1, inputs.length));
    return add(atLeast(k, inputs), {
      of: 'need',
      nodes,
      k,
      writes: writes && tier !== undefined && standing(tier).roles,
      ...(tier ? { tier } : {}),
    });
  };

  /** As many of all voters as the quorum asks for, connected or not. */
  const quorumOf = (tier: Tier, context: Context): number =>
    sharedGate(`quorum ${context.id} ${tier.id}`, () => {
      const nodes = votersOf(tier);
      const k = Math.min(votesNeeded(tier), Math.max(1, nodes.length));
      return add(
        atLeast(
          k,
          nodes.map((node) => serves(node, context)),
        ),
        { of: 'quorum', tier, nodes, k },
      );
    });

  /** The tier that decides about a takeover serves. */
  const tierServes = (tier: Tier, context: Context): number =>
    sharedGate(`tier ${context.id} ${tier.id}`, () => {
      const some = someOf(tier, [tier.instances], { context, writes: false });
      return tier.quorum === undefined ? some : add({ op: 'and', events: [], gates: [some, quorumOf(tier, context)] });
    });

  const topOf = (journey: System['journeys'][number], writes: boolean): number => {
    const inputs = fulfil(journey.connections, (target) => contextOf(needs.entering(journey, target.record), writes));
    return add({ op: 'and', ...inputs });
  };

  const plain = (writes: boolean): Int32Array => {
    const context = contextOf({ entered: '', ssh: false }, writes);
    const found = new Int32Array(system.nodes.size).fill(-1);
    for (const node of system.nodes.values()) {
      if (groupOf(node.kind) === 'traffic' && !node.caller) found[node.index] = serves(node, context);
    }
    return found;
  };

  const reads = system.journeys.map((journey) => topOf(journey, false));
  const full = system.journeys.map((journey, at) => (journey.reads ? (reads[at] ?? 0) : topOf(journey, true)));
  const components = { full: plain(true), reads: plain(false) };
  fill();
  return { structure: { eventCount: elements.length, gates }, elements, events, full, reads, components, labels };
}

const noNumbers: readonly number[] = [];
const nothing: Inputs = { events: [], gates: [] };
/** Stands for a gate until what it needs is known. */
const notFilled: StructureGate = { op: 'and', events: noNumbers, gates: noNumbers };

function unasked(system: System): Int32Array {
  return new Int32Array(system.nodes.size).fill(-1);
}

/** Of a node and of the places that it stands in. */
function ownEvents(events: Int32Array, node: Node): readonly number[] {
  const found: number[] = [];
  const own = events[node.index] ?? -1;
  if (own >= 0) found.push(own);
  for (const place of node.places) {
    const event = events[place.index] ?? -1;
    if (event >= 0) found.push(event);
  }
  return found;
}

function together(own: readonly number[], more: readonly number[]): readonly number[] {
  return more.length === 0 ? own : [...new Set([...own, ...more])];
}

function distinct(numbers: number[]): number[] {
  return numbers.length < 2 ? numbers : [...new Set(numbers)];
}

function emptyGroup(tier: Tier | undefined): Group {
  return tier ? { all: [], written: [], reads: false, tier } : { all: [], written: [], reads: false };
}

function enter(group: Group, connection: Connection, target: Target): void {
  group.all.push(target.nodes);
  if (!connection.read) group.written.push(target.nodes);
  if (!connection.write) group.reads = true;
}

function atLeast(k: number, gates: readonly number[]): StructureGate {
  if (k <= 1) return { op: 'or', events: [], gates };
  return k === gates.length ? { op: 'and', events: [], gates } : { op: 'atleast', k, events: [], gates };
}

function eventOf(events: Int32Array, node: Node): readonly number[] {
  const event = events[node.index] ?? -1;
  return event < 0 ? [] : [event];
}

/** Equal lists of nodes get equal numbers, whoever made them. */
function internLists(): (nodes: readonly Node[]) => number {
  const byList = new Map<readonly Node[], number>();
  const byContent = new Map<string, number>();
  return (nodes) => {
    const seen = byList.get(nodes);
    if (seen !== undefined) return seen;
    const content = nodes
      .map((node) => node.index)
      .sort((a, b) => a - b)
      .join(' ');
    const id = byContent.get(content) ?? byContent.size;
    byContent.set(content, id);
    byList.set(nodes, id);
    return id;
  };
}
