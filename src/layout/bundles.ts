// Connections -> bundles: what is drawn as one line with one label, from every caller to everything that answers.

import { append } from '../base/lists.js';
import { connectionInWords } from './labels.js';
import { addressesOf } from '../model/answers.js';
import type { Connection, DnsRecord, Encryption, Node, NodeId, System, Target, Zone } from '../model/system.js';
import type { Stacks } from './stacks.js';

/** Where a line ends: a drawn node, or a record in its zone. */
export interface End {
  /** The node's id, or the record's key. */
  readonly id: string;
  /** The node that stands in the picture: for a record, its zone. */
  readonly node: Node;
  readonly record?: DnsRecord;
}

export interface Bundle {
  readonly from: readonly End[];
  readonly to: readonly End[];
  readonly encryption: Encryption;
  readonly optional: boolean;
  readonly upkeep: boolean;
  readonly mutual: boolean;
  /** Between copies of the same: drawn beside them, and never a reason to stand in another column. */
  readonly level: boolean;
  /** The lines of the label; the way from a record to what answers has none. */
  readonly label: readonly string[];
  /** The label in one line, where no lock is drawn. */
  readonly text: string;
  readonly words: string;
  readonly connections: readonly Connection[];
}

const betweenCopies = 'to each other';

/** In order of the connections. Statements that differ only in what they point at are one bundle. */
export function bundlesOf(system: System, stacks: Stacks): Bundle[] {
  const bundles = new Map<string, Bundle>();
  const ends = new Ends(system, stacks);
  const add = (key: string, bundle: Bundle): void => {
    if (bundle.from.length === 0 || bundle.to.length === 0) return;
    const known = bundles.get(key);
    bundles.set(key, known ? joined(known, bundle) : bundle);
  };
  for (const connection of system.connections) {
    const inWords = connectionInWords(connection);
    const { label, text, words } = inWords;
    const upkeep = connection.protocol?.need === false || onlyMonitors(connection);
    const looks = {
      encryption: connection.encryption,
      optional: connection.optional || connection.async,
      upkeep,
      connections: [connection],
    };
    const style = `${looks.encryption} ${looks.optional ? 'optional' : ''} ${upkeep ? 'upkeep' : ''} ${connection.peer ? 'peer' : ''}`;
    for (const choice of connection.choices) {
      const { from, to, among = false } = ends.of(connection, choice);
      const mutual = connection.peer;
      const level = mutual || connection.protocol?.name === 'replication';
      const statement = `${connection.extent.source.path} ${connection.extent.start} ${connection.at.start}`;
      const key = ['call', from.map((end) => end.id).join(' '), statement, style, label.join(' ')].join('\n');
      const said = among
        ? {
            label: [...label, betweenCopies],
            text: `${text} ${betweenCopies}`.trim(),
            words: `${words}, ${betweenCopies}`,
          }
        : inWords;
      add(key, { ...looks, from, to, mutual: mutual || among, level: level || among, ...said });
      const record = ends.record(choice.record ?? connection.fromRecord, choice.nodes);
      if (!record) continue;
      const answers = choice.record === undefined ? [] : ends.all(choice.nodes);
      const answer = ['answer', record.id, answers.map((end) => end.id).join(' '), style].join('\n');
      add(answer, {
        ...looks,
        from: [record],
        to: answers,
        mutual: false,
        level: false,
        label: [],
        text: '',
        words: 'answers',
      });
    }
  }
  return alike(withoutEchoes([...bundles.values()]));
}

/** Where a connection says who answers for a record, the way from there to the same needs no line of its own. */
function withoutEchoes(bundles: readonly Bundle[]): readonly Bundle[] {
  const stated = new Map<string, Bundle[]>();
  for (const bundle of bundles) {
    const [end] = bundle.from;
    if (end?.record && bundle.label.length > 0) append(stated, end.id, bundle);
  }
  if (stated.size === 0) return bundles;
  const echoes = new Map<Bundle, Bundle[]>();
  const others = bundles.filter((bundle) => {
    const [end] = bundle.from;
    const said =
      end?.record && bundle.label.length === 0
        ? (stated.get(end.id) ?? []).find((one) => looksAlike(one, bundle) && leadsTo(one, bundle.to))
        : undefined;
    if (said) append(echoes, said, bundle);
    return !said;
  });
  return others.map((bundle) => {
    const heard = echoes.get(bundle)?.flatMap(({ connections }) => connections) ?? [];
    return heard.length > 0 ? { ...bundle, connections: [...new Set([...bundle.connections, ...heard])] } : bundle;
  });
}

function looksAlike(one: Bundle, other: Bundle): boolean {
  return one.encryption === other.encryption && one.optional === other.optional && one.upkeep === other.upkeep;
}

function leadsTo({ to }: Bundle, ends: readonly End[]): boolean {
  return ends.every(({ id }) => to.some((end) => end.id === id));
}

/** Connections of copies that are drawn once, or that are stated twice, are one. */
function alike(bundles: readonly Bundle[]): Bundle[] {
  const known = new Map<string, Bundle>();
  for (const bundle of bundles) {
    const { encryption, optional, upkeep, mutual, label } = bundle;
    const ends = [bundle.from, bundle.to].map((side) => side.map((end) => end.id).join(' '));
    const key = JSON.stringify([...ends, encryption, optional, upkeep, mutual, label]);
    const same = known.get(key);
    known.set(key, same ? { ...same, connections: [...same.connections, ...bundle.connections] } : bundle);
  }
  return [...known.values()];
}

function onlyMonitors(connection: Connection): boolean {
  const isMonitor = (node: Node) => node.kind === 'monitor';
  const targets = connection.choices.flatMap((choice) => choice.named);
  return (
    (connection.from.length > 0 && connection.from.every(isMonitor)) || (targets.length > 0 && targets.every(isMonitor))
  );
}

function joined(one: Bundle, other: Bundle): Bundle {
  const known = new Set(one.to.map((end) => end.id));
  return {
    ...one,
    to: [...one.to, ...other.to.filter((end) => !known.has(end.id))],
    connections: one.connections.includes(other.connections[0] as Connection)
      ? one.connections
      : [...one.connections, ...other.connections],
  };
}

/** The key of a record in the scene. Several of one name differ by their place in the zone. */
export function recordId(zone: Zone, index: number): string {
  const record = zone.records[index];
  return `${zone.node.id}#${index + 1} ${record?.name ?? ''} ${record?.type ?? ''}`;
}

/** The records of one name in one zone; a line ends at the first. */
interface Named {
  readonly end: End;
  readonly records: DnsRecord[];
}

class Ends {
  /** By name; several where the names inside are not those outside. */
  readonly #records = new Map<string, Named[]>();
  readonly #zones: readonly Zone[];
  readonly #stacks: Stacks;

  constructor(system: System, stacks: Stacks) {
    this.#stacks = stacks;
    this.#zones = system.zones;
    for (const zone of system.zones) {
      zone.records.forEach((record, index) => {
        const known = this.#records.get(record.name)?.find(({ end }) => end.node === zone.node);
        if (known) known.records.push(record);
        else
          append(this.#records, record.name, {
            end: { id: recordId(zone, index), node: zone.node, record },
            records: [record],
          });
      });
    }
  }

  /**
   * A name that only a wildcard has ends there; one that no record has, at its zone. Of several zones that have it, the one counts whose record leads to
   * who answers.
   */
  record(name: string | undefined, answering: readonly Node[] = []): End | undefined {
    if (name === undefined) return undefined;
    const known = this.#records.get(name) ?? this.#records.get(name.replace(/^[^.]+/, '*'));
    if (known) {
      const [first] = known;
      const leading = known.length > 1 ? known.find(({ records }) => records.some(pointsTo(answering))) : undefined;
      return (leading ?? first)?.end;
    }
    const zone = this.#zones.find((one) => name === one.name || name.endsWith(`.${one.name}`));
    return zone && { id: zone.node.id, node: zone.node };
  }

  all(nodes: readonly Node[]): End[] {
    const ends = new Map<NodeId, End>();
    for (const node of nodes) {
      const drawn = this.#stacks.drawn(node);
      ends.set(drawn.id, { id: drawn.id, node: drawn });
    }
    return [...ends.values()];
  }

  /** What the text names, as far as a line can be drawn: a place and what stands in it are replaced by what calls and answers there. */
  of(connection: Connection, choice: Target): { from: End[]; to: End[]; among?: boolean } {
    const fromRecord = this.record(connection.fromRecord);
    const toRecord = this.record(choice.record, choice.nodes);
    let from = fromRecord ? [fromRecord] : this.all(connection.from);
    let to = toRecord ? [toRecord] : this.all(choice.named.length > 0 ? choice.named : choice.nodes);
    if (from.some((end) => to.some((other) => isAround(end.node, other.node)))) from = this.all(connection.callers);
    if (to.some((end) => from.some((other) => isAround(end.node, other.node)))) to = this.all(choice.nodes);
    if (this.#isAmongCopies(from, to)) return { from, to, among: true };
    from = from.filter(
      (end) => !to.some((other) => isAround(end.node, other.node) || (from.length === 1 && other.id === end.id)),
    );
    to = to.filter(
      (end) => !from.some((other) => isAround(end.node, other.node) || (from.length === 1 && other.id === end.id)),
    );
    return { from, to };
  }

  /** Copies that are drawn once, and call each other. */
  #isAmongCopies([one, ...more]: readonly End[], [other, ...others]: readonly End[]): boolean {
    if (!one || one.record || one.id !== other?.id || more.length + others.length > 0) return false;
    return this.#stacks.copies(one.node).length > 1;
  }
}

function pointsTo(nodes: readonly Node[]): (record: DnsRecord) => boolean {
  const own = new Set(nodes.flatMap((node) => (node.host ? [node, node.host] : [node])));
  const addresses = new Set([...own].flatMap(addressesOf).map(({ text }) => text));
  return (record) =>
    record.nodes.some((node) => own.has(node)) || (record.address ? addresses.has(record.address.text) : false);
}

/** Whether `place` contains `node`. */
function isAround(place: Node, node: Node): boolean {
  for (let one = node.parent; one; one = one.parent) if (one.id === place.id) return true;
  return false;
}
