// Connection statements → connections: every name resolved, one for each hop, each copy of a block and each pair of its lists.

import type { Block, ConnectionStatement, Member, Word } from '../../grammar/tree.js';
import { append } from '../base/lists.js';
import { nearest } from '../base/nearest.js';
import { respelling } from '../base/spelling.js';
import { spanning, type Location } from '../base/source.js';
import { didYouMean, quoted } from '../base/words.js';
import type { Writable } from '../base/writable.js';
import { buildAnswers, componentsIn, type Answer, type Answers, type Call } from './answers.js';
import { passOn } from './behind.js';
import type { Accepts, Copy, Draft, Faults, PlacedConnection } from './draft.js';
import { emptyFacts, finished, readAccept, stateProperty, unknownEntry } from './facts.js';
import { groupOf } from './kinds.js';
import { reportName, type Names, type Unread } from './lookup.js';
import { propertyNamed, type Owner, type Properties } from './properties.js';
import { completeName } from './records.js';
import type { Accept, Connection, Node, Target, Tier, Zone } from './system.js';
import { readWords, type ConnectionWords } from './words.js';

interface Context {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly names: Names;
  readonly zones: readonly Zone[];
  readonly faults: Faults;
  readonly accepts: Accepts;
  readonly unread: Unread;
}

/** One name in a connection: nodes, or a record. */
interface Reference {
  readonly word: Word;
  readonly named: readonly Node[];
  readonly record?: string;
}

/** A hop whose ends are known by name, before it is clear who answers at a place or behind a record. */
interface Hop {
  readonly from: Reference;
  readonly to: readonly Reference[];
  readonly at: Location;
  readonly words: ConnectionWords;
  readonly statement: ConnectionStatement;
  readonly facts: Properties;
  readonly accepts: readonly Omit<Accept, 'owners'>[];
  readonly inside: boolean;
}

export function connect(placed: readonly PlacedConnection[], context: Context): readonly Connection[] {
  const byName = buildAnswers(context.drafts, context.zones, { feeds: () => false, stated: new Map() });
  const written: Hop[] = [];
  for (const one of placed) addHops(written, one, byName, context);
  const hops = written.map((hop) => fromGuards(hop, byName));
  const stated = answersStated(hops);
  const answers = buildAnswers(context.drafts, context.zones, { feeds: feeding(hops), stated });
  const joined: Joined = new Map();
  const connections = passOn(hops.map((hop, index) => finish(hop, index, { answers, joined, faults: context.faults })));
  connections.forEach((connection, index) => {
    for (const accept of hops[index]?.accepts ?? []) context.accepts.add(accept, { of: 'connection', connection });
  });
  return connections;
}

function addHops(hops: Hop[], placed: PlacedConnection, answers: Answers, context: Context): void {
  const { statement, scope } = placed;
  const members = statement.members.map((member) =>
    member.choices.map((choice) => collected(choice, (word) => refer(word, { scope, answers, context }) ?? [])),
  );
  const words = readWords(statement, { faults: context.faults, record: (word) => recordNamed(word, answers, context) });
  const fromClient = (): boolean =>
    members.some((choices) => choices.flat().some((one) => one.named.some((node) => callerOf(node))));
  const { facts, accepts } = statement.block
    ? readBlock(
        statement.block,
        { copy: placed.copy, owner: fromClient() ? 'client connection' : 'connection' },
        context,
      )
    : nothingStated;
  for (let position = 1; position < members.length; position++) {
    const at = spanning(placeOf(statement.members[position - 1]), placeOf(statement.members[position]));
    for (const left of members[position - 1] ?? []) {
      for (const from of left) {
        const inside = from.named.some((node) => !callerOf(node) || inPrivateNetwork(node));
        for (const to of members[position] ?? [])
          if (to.length > 0) hops.push({ from, to, at, words, statement, facts, accepts, inside });
      }
    }
  }
}

/** Where the addresses of a record are those of firewalls, it is they who pass on what somebody else is said to answer. */
function fromGuards(hop: Hop, byName: Answers): Hop {
  const { from, words } = hop;
  if (from.record === undefined) return hop;
  const { nodes } = byName.behind(from.record, callIn({ words, inside: false }));
  const guards = nodes.length > 0 && nodes.every(({ kind }) => kind === 'firewall');
  return guards ? { ...hop, from: { word: from.word, named: nodes }, inside: true } : hop;
}

function callIn({ words: { protocol, port }, inside }: Pick<Hop, 'words' | 'inside'>): Call {
  const call: Writable<Call> = { inside };
  if (protocol) call.protocol = protocol;
  if (port !== undefined) call.port = port;
  return call;
}

/** As `flatMap`, which reserves room for 17 in every list that it makes. */
function collected<From, To>(list: readonly From[], make: (one: From) => To | readonly To[]): readonly To[] {
  const only = list[0];
  if (only === undefined || list.length > 1) return list.flatMap(make);
  const made = make(only);
  return Array.isArray(made) ? (made as readonly To[]) : [made as To];
}

function placeOf(member: Member | undefined): Location {
  if (!member) throw new Error('a hop has two members');
  return member.at;
}

/** The nearest `public` or `private` around it decides. */
function inPrivateNetwork(node: Node): boolean {
  for (let around: Node | undefined = node; around; around = around.parent) {
    if (around.facts.private || around.facts.public) return around.facts.private !== undefined;
  }
  return false;
}

/** The client, of a client and of what stands in its block. */
function callerOf(node: Node): Node | undefined {
  return node.kind === 'client' ? node : node.caller;
}

function refer(
  word: Word,
  context: { scope: Draft | undefined; answers: Answers; context: Context },
): Reference | undefined {
  const { scope, answers } = context;
  const { names, faults, unread } = context.context;
  const found = names.find(word.text, scope);
  if (found.is === 'found') {
    const zone = found.nodes[0];
    if (zone?.kind === 'dns') return domain({ ...word, text: zone.name }, answers, context.context);
    return { word, named: found.nodes };
  }
  if (found.is === 'none' && word.text.includes('.') && !word.text.includes('/'))
    return domain(word, answers, context.context);
  const guess = reportName(found, word, { names, scope, faults, unread, more: answers.names });
  if (guess[0]?.kind === 'dns') return domain({ ...word, text: guess[0].name }, answers, context.context);
  return guess.length > 0 ? { word, named: guess } : undefined;
}

function domain(word: Word, answers: Answers, context: Context): Reference | undefined {
  const name = completeName(word.text, '');
  const record = answers.record(name, true);
  if (record) return { word, named: [], record };
  const known = answers.hostname(name);
  if (known.length > 0) return { word, named: known };
  const zone = answers.zoneOf(name);
  const near = zone ? nearestIn(zone.name, name, answers.names) : nearest(name, answers.names);
  context.faults.add({
    code: 'unknown-name',
    message: zone
      ? `the zone ${quoted(zone.name)} has no record ${quoted(name)}`
      : `nothing is called ${quoted(word.text)}`,
    at: word.at,
    related: zone ? [{ at: zone.node.at, message: 'the zone is declared here' }] : [],
    help:
      didYouMean(near) ??
      (zone
        ? `add the record, for example \`${name} A 203.0.113.10\``
        : `declare its zone with \`dns\`, or the component that has it with \`hostname ${name}\``),
    ...respelling(word.at, near),
  });
  return near[0] === undefined ? undefined : { word, named: [], record: near[0] };
}

/** Names of one zone differ in what stands before it; the rest would make all of them near. */
function nearestIn(zone: string, name: string, names: readonly string[]): readonly string[] {
  const suffix = `.${zone}`;
  const own = names.filter((one) => one.endsWith(suffix)).map((one) => one.slice(0, -suffix.length));
  return nearest(name.slice(0, -suffix.length), own).map((one) => one + suffix);
}

/** The record that `for NAME` means. */
function recordNamed(word: Word, answers: Answers, context: Context): string | undefined {
  const name = word.text.includes('.') ? completeName(word.text, '') : undefined;
  const inZone =
    name ?? context.zones.map((zone) => completeName(word.text, zone.name)).find((one) => answers.record(one, true));
  if (inZone !== undefined && answers.record(inZone, true)) return inZone;
  const near = nearest(name ?? word.text, answers.names);
  context.faults.add({
    code: 'unknown-name',
    message: `no record is called ${quoted(word.text)}`,
    at: word.at,
    help: didYouMean(near) ?? '`for` takes the name of a record in a declared zone',
    ...respelling(word.at, near),
  });
  return near[0];
}

interface Stated {
  readonly facts: Properties;
  readonly accepts: readonly Omit<Accept, 'owners'>[];
}

/** What most connections say about themselves. */
const nothingStated: Stated = { facts: {}, accepts: [] };

function readBlock(block: Block, of: { copy: Copy; owner: Owner }, { faults }: Context): Stated {
  const { copy, owner } = of;
  const into = emptyFacts();
  const accepts: Omit<Accept, 'owners'>[] = [];
  for (const entry of block.statements) {
    if (entry.form === 'connection') {
      faults.add({
        code: 'syntax',
        message: 'a connection cannot stand in the block of a connection',
        at: entry.at,
        help: 'move it out of the block',
      });
    }
    if (entry.form !== 'entry') continue;
    if (entry.head.text === 'accept') {
      const accept = readAccept(entry, faults);
      if (accept) accepts.push(accept);
      continue;
    }
    const { key } = propertyNamed(entry.head.text, owner);
    if (key) stateProperty(entry, key, { into, by: block, copy, faults });
    else unknownEntry(entry, owner, { contains: false, faults });
  }
  return { facts: finished(into), accepts };
}

/** `www.foobar.com -> haproxy : https` says who answers for the record. */
function answersStated(hops: readonly Hop[]): Map<string, { nodes: readonly Node[]; port?: number }[]> {
  const stated = new Map<string, { nodes: readonly Node[]; port?: number }[]>();
  for (const { from, to, words } of hops) {
    if (from.record === undefined) continue;
    const nodes = to.flatMap((one) => one.named);
    const list = stated.get(from.record) ?? [];
    list.push({ nodes, ...(words.port === undefined ? {} : { port: words.port }) });
    stated.set(from.record, list);
  }
  return stated;
}

/** Who calls whom by name, which tells the front from what stands behind it on one host. */
function feeding(hops: readonly Hop[]): (from: Node, to: Node) => boolean {
  let callees: ReadonlyMap<Node, readonly Hop[]> | undefined;
  return (from, to) => {
    callees ??= byCaller(hops);
    return (callees.get(from) ?? []).some((hop) => hop.to.some((one) => one.named.includes(to)));
  };
}

function byCaller(hops: readonly Hop[]): ReadonlyMap<Node, readonly Hop[]> {
  const callees = new Map<Node, Hop[]>();
  for (const hop of hops) for (const node of hop.from.named) append(callees, node, hop);
  return callees;
}

function finish(hop: Hop, index: number, context: { answers: Answers; joined: Joined; faults: Faults }): Connection {
  const { from, words, statement, at, facts } = hop;
  const choices = collected(hop.to, (reference) => targetOf(reference, hop, context));
  const first = choices[0];
  const named = first && choices.length === 1 ? first.named : choices.flatMap((choice) => choice.named);
  const peer =
    from.named.length > 0 &&
    choices.length === 1 &&
    first !== undefined &&
    first.tier !== undefined &&
    sameTier(from, first) &&
    from.word.text === first.text;
  // A call between components, as most are, shares the list.
  const callers = from.named.every(callsItself) ? from.named : from.named.flatMap((node) => callersOf(node, choices));
  const atMonitor = from.named.some(isMonitor) || named.some(isMonitor);
  const toClient = named.some((node) => callerOf(node));
  const need =
    !words.optional &&
    !words.async &&
    words.protocol?.need !== false &&
    !peer &&
    !atMonitor &&
    !toClient &&
    from.record === undefined;
  const { encryption, tls, optional, async, read, write, only } = words;
  // Each field by itself: spreading others into a literal takes several times as long, and there is one of these for each hop.
  const connection: Writable<Connection> = {
    index,
    from: from.named,
    callers,
    choices,
    encryption,
    tls,
    optional,
    async,
    read,
    write,
    only,
    peer,
    need,
    at,
    extent: statement.at,
    facts,
  };
  if (from.record !== undefined) connection.fromRecord = from.record;
  if (words.protocol) connection.protocol = words.protocol;
  if (words.port !== undefined) connection.port = words.port;
  if (words.protocolAt) connection.protocolAt = words.protocolAt;
  if (statement.label) connection.label = statement.label.text;
  return connection;
}

function isMonitor({ kind }: Node): boolean {
  return kind === 'monitor';
}

function sameTier(from: Reference, target: Target): boolean {
  return from.named.length === target.named.length && from.named.every((node) => node.tier === target.tier);
}

/** Whether the node has the need itself: no client stands for it, and it is not made of others. */
function callsItself(node: Node): boolean {
  const group = groupOf(node.kind);
  return (callerOf(node) ?? node) === node && group !== 'place' && group !== 'boundary';
}

function callersOf(node: Node, choices: readonly Target[]): readonly Node[] {
  if (callsItself(node)) return [node];
  const caller = callerOf(node);
  if (caller) return [caller];
  return componentsIn(node).filter((one) => !choices.some((choice) => choice.nodes.includes(one)));
}

/** Who answers where several nodes are named, by the list of nodes and the words of the call. */
type Joined = Map<readonly Node[], Map<string, Answer>>;

function targetOf(
  reference: Reference,
  hop: Hop,
  context: { answers: Answers; joined: Joined; faults: Faults },
): Target {
  const { word, named, record } = reference;
  const { port } = hop.words;
  const call = callIn(hop);
  const watched = hop.from.named.some(isMonitor) || named.some(isMonitor);
  if (watched && record === undefined) return { text: word.text, at: word.at, named, nodes: named };
  const found = record === undefined ? joinAnswers(named, call, context) : context.answers.behind(record, call);
  const rivals = found.rivals;
  if (rivals.length > 0 && (hop.words.protocol?.need ?? true)) {
    context.faults.add({
      code: 'ambiguous-listener',
      message: `${rivals.map((node) => quoted(node.name)).join(' and ')} could both answer${port === undefined ? '' : ` on port ${port}`} of ${quoted(rivals[0]?.host?.id ?? word.text)}`,
      at: word.at,
      label: 'it is not clear who answers here',
      related: rivals.map((node) => ({ at: node.at, message: `${quoted(node.id)} could` })),
      help: `state \`listen ${port ?? 443}\` on the one that answers`,
      subjects: rivals.map((node) => node.id),
    });
  }
  const target: Writable<Target> = { text: word.text, at: word.at, named, nodes: found.nodes };
  if (record !== undefined) target.record = record;
  const tier = tierShared(found.nodes);
  if (tier) target.tier = tier;
  return target;
}

/** The same nodes, called in the same way, give the same list, which all share who call them. */
function joinAnswers(named: readonly Node[], call: Call, context: { answers: Answers; joined: Joined }): Answer {
  const { answers, joined } = context;
  const only = named[0];
  if (only && named.length === 1) return callerOf(only) ? { nodes: named, rivals: [] } : answers.at(only, call);
  const known = joined.get(named) ?? new Map<string, Answer>();
  joined.set(named, known);
  const key = [call.protocol?.name, call.port, call.inside].join(' ');
  const before = known.get(key);
  if (before) return before;
  const all = named.map((node) => (callerOf(node) ? { nodes: [node], rivals: [] } : answers.at(node, call)));
  const answer = {
    nodes: [...new Set(all.flatMap((one) => one.nodes))],
    rivals: all.find((one) => one.rivals.length > 0)?.rivals ?? [],
  };
  known.set(key, answer);
  return answer;
}

function tierShared(nodes: readonly Node[]): Tier | undefined {
  const tier = nodes[0]?.tier;
  return nodes.every((node) => node.tier === tier) ? tier : undefined;
}
