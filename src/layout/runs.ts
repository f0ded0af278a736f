// Bundles -> runs: which way each is laid, and the wires and the plate that stand for it. A connection flows from left to right unless
// that would close a circle; then the one that goes back against the order of the tiers is laid from its target to its caller.

import { append } from '../base/lists.js';
import { kindOf } from '../model/kinds.js';
import type { Node, NodeId } from '../model/system.js';
import type { Bundle, End } from './bundles.js';
import type { Piece, Wire } from './engine.js';
import { lineHeights, measure, onGrid, widest } from './text.js';

export interface Run {
  readonly bundle: Bundle;
  readonly id: string;
  readonly from: readonly End[];
  readonly to: readonly End[];
  /** Callers that a statement lists: those of each name. Absent: it has one. */
  readonly callers?: readonly (readonly End[])[];
  /** The container in which its label stands; absent: none. */
  readonly container?: NodeId;
  /** The size of the label; absent where a wire joins two ends directly. */
  readonly plate?: { readonly width: number; readonly height: number };
  readonly wires: readonly Leg[];
}

export interface Leg {
  readonly wire: Wire;
  /** The route comes back from the target to the caller, or from the plate to the caller. */
  readonly reversed: boolean;
  readonly from?: End;
  readonly to?: End;
}

/** Room above and below a label, for the marks of findings. */
export const plateRoom = 10;
export const lockSize = 12;

interface Part {
  readonly bundle: Bundle;
  readonly from: readonly End[];
  readonly callers?: readonly (readonly End[])[];
  readonly to: readonly End[];
  readonly container: NodeId | undefined;
  /** The boxes in the container that hold the ends. */
  readonly sources: readonly Node[];
  readonly targets: readonly Node[];
  readonly beside: boolean;
}

/** Which way a line is laid: `beside` what it joins, if neither end stands before the other. */
type Way = 'forward' | 'backward' | 'beside';

/** `open`: containers that do not count, because what they contain is placed with what stands around them. */
export function runsOf(bundles: readonly Bundle[], open: ReadonlySet<NodeId> = new Set()): Run[] {
  const parts = bundles.flatMap((bundle) => partsOf(bundle, bundle.from, bundle.to, open));
  const flows = flowsOf(parts);
  const wayOf = (part: Part): Way => (part.beside ? 'beside' : isBackward(part, flows) ? 'backward' : 'forward');
  const names = new Map<string, number>();
  return together(parts.map((part) => ({ ...part, way: wayOf(part) }))).map((part) => {
    const name = `${part.from[0]?.id ?? ''} > ${part.to[0]?.id ?? ''}`;
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    return runOf(part, count === 1 ? name : `${name} ${count}`, part.way);
  });
}

/** Callers that one statement lists, and from which the same way leads to the same, share their line and its label. */
function together<P extends Part & { readonly way: Way }>(parts: readonly P[]): P[] {
  const groups = new Map<string, P[]>();
  parts.forEach((part, index) => {
    const { bundle, from, to, container, way } = part;
    const { encryption, optional, upkeep, label, connections } = bundle;
    const extent = connections[0]?.extent;
    // A record has its own place in its zone, where its line ends.
    const alone = way === 'beside' || label.length === 0 || !extent || from.some(({ record }) => record);
    const ends = to.map((end) => end.id);
    const statement = [extent?.source.path, extent?.start, extent?.end];
    const key = alone
      ? String(index)
      : JSON.stringify([...statement, ends, container, way, encryption, optional, upkeep, label]);
    append(groups, key, part);
  });
  return [...groups.values()].flatMap(joined);
}

function joined<P extends Part>(group: readonly P[]): P[] {
  const [first] = group;
  if (!first || group.length === 1) return [...group];
  const callers = group.map(({ from }) => from);
  const from = [...new Map(callers.flat().map((end) => [end.id, end])).values()];
  const connections = unique(group.flatMap(({ bundle }) => bundle.connections));
  const sources = unique(group.flatMap((part) => part.sources));
  return [{ ...first, bundle: { ...first.bundle, connections }, from, callers, sources }];
}

/** A bundle as one part in the innermost container around all ends; what stays inside one of its boxes is a part of its own there. */
function partsOf(bundle: Bundle, from: readonly End[], to: readonly End[], open: ReadonlySet<NodeId>): Part[] {
  const container = around([...from, ...to], open);
  const boxOf = (end: End) => boxIn(container, end.node, open);
  const sources = unique(from.map(boxOf));
  const targets = unique(to.map(boxOf));
  const shared = sources.filter((box) => targets.includes(box));
  const inside = shared.flatMap((box) => {
    const near = from.filter((end) => boxOf(end) === box);
    const far = to.filter((end) => boxOf(end) === box && !(near.length === 1 && near[0]?.id === end.id));
    const within = near.filter((end) => !(far.length === 1 && far[0]?.id === end.id));
    return far.length > 0 && within.length > 0 && !(near.length === 1 && near[0]?.node.id === box.id)
      ? partsOf(bundle, within, far, open)
      : [];
  });
  const [only] = sources;
  // What a stack does among its copies comes back to the box it left.
  if (from.length === 1 && to.length === 1 && from[0]?.id === to[0]?.id && only) {
    return [{ bundle, from, to, container, sources, targets, beside: true }];
  }
  const across = sources.length > 1 || targets.length > 1 || shared.length === 0;
  if (!across) return inside;
  const beside =
    bundle.level || shared.length > 0 || sources.some((box) => targets.some((other) => areTwins(box, other)));
  return [{ bundle, from, to, container, sources, targets, beside }, ...inside];
}

/**
 * The containers to open: between which calls go that would have to leave one copy and come back into another, with all around them.
 * None where a call ends at such a container itself, or where one of them is no copy of another.
 */
export function lanesOf(bundles: readonly Bundle[]): ReadonlySet<NodeId> {
  const open = new Set<NodeId>();
  const opened: Node[] = [];
  const ends = new Set(bundles.flatMap((bundle) => [...bundle.from, ...bundle.to].map((end) => end.node.id)));
  for (let before = -1; before < open.size;) {
    before = open.size;
    for (const { bundle, beside, sources, targets } of bundles.flatMap((one) => partsOf(one, one.from, one.to, open))) {
      if (!beside || bundle.level || bundle.upkeep) continue;
      const boxes = [...sources, ...targets].filter((box) => box.children.length > 0);
      const all = boxes.flatMap((box) => chainOf(box, open));
      if (all.some((one) => ends.has(one.id))) continue;
      for (const one of all) {
        open.add(one.id);
        opened.push(one);
      }
    }
  }
  return areCopies(opened) ? open : new Set();
}

/** Has each of them a twin, which neither stands in it nor around it? */
function areCopies(open: readonly Node[]): boolean {
  const holders = new Map<string, Node[]>();
  for (const node of open)
    for (const tier of tiersOf(node)) {
      const known = holders.get(tier);
      if (known) known.push(node);
      else holders.set(tier, [node]);
    }
  return open.every((node) =>
    [...tiersOf(node)].some((tier) => holders.get(tier)?.some((other) => !within(node, other) && !within(other, node))),
  );
}

function within(node: Node, around: Node): boolean {
  for (let one: Node | undefined = node; one; one = one.parent) if (one === around) return true;
  return false;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** From the outermost to the node itself. */
function chainOf(node: Node, open: ReadonlySet<NodeId>): Node[] {
  const chain: Node[] = [];
  for (let one: Node | undefined = node; one; one = one.parent)
    if (one === node || !open.has(one.id)) chain.unshift(one);
  return chain;
}

/** The innermost container around all, none of which is the container itself. */
function around(ends: readonly End[], open: ReadonlySet<NodeId>): NodeId | undefined {
  const [first, ...others] = ends.map((end) => chainOf(end.node, open).slice(0, -1));
  let depth = first?.length ?? 0;
  for (const chain of others) {
    let same = 0;
    while (same < depth && chain[same] && chain[same]?.id === first?.[same]?.id) same += 1;
    depth = Math.min(depth, same);
  }
  return first?.[depth - 1]?.id;
}

/** The box directly in the container that holds the node, or is it. */
function boxIn(container: NodeId | undefined, node: Node, open: ReadonlySet<NodeId>): Node {
  const chain = chainOf(node, open);
  const index = container === undefined ? 0 : chain.findIndex((one) => one.id === container) + 1;
  return chain[index] ?? node;
}

const tiersIn = new WeakMap<Node, ReadonlySet<string>>();

function tiersOf(node: Node): ReadonlySet<string> {
  const known = tiersIn.get(node);
  if (known) return known;
  const tiers = new Set<string>(node.tier ? [node.tier.id] : []);
  for (const child of node.children) for (const tier of tiersOf(child)) tiers.add(tier);
  tiersIn.set(node, tiers);
  return tiers;
}

/** Do they hold instances of one tier? Then neither stands before the other. */
function areTwins(one: Node, other: Node): boolean {
  const theirs = tiersOf(other);
  return [...tiersOf(one)].some((tier) => theirs.has(tier));
}

/** The rank of a box: that of the first of what stands in it; what only watches comes last. */
function rankOf(node: Node): number {
  if (node.children.length === 0) return kindOf(node.kind).rank;
  const known = rankIn.get(node);
  if (known !== undefined) return known;
  const ranks = node.children.filter((child) => child.kind !== 'monitor' && child.kind !== 'firewall').map(rankOf);
  const rank = ranks.length === 0 ? 9 : Math.min(...ranks);
  rankIn.set(node, rank);
  return rank;
}

const rankIn = new WeakMap<Node, number>();

function isAfter(one: Node, other: Node): boolean {
  return (rankOf(one) - rankOf(other) || one.index - other.index) > 0;
}

/** For each box the boxes it calls; upkeep has no say. */
function flowsOf(parts: readonly Part[]): ReadonlyMap<Node, ReadonlySet<Node>> {
  const flows = new Map<Node, Set<Node>>();
  for (const { bundle, beside, sources, targets } of parts) {
    if (beside || bundle.upkeep) continue;
    for (const source of sources) {
      const known = flows.get(source) ?? new Set();
      flows.set(source, known);
      for (const target of targets) known.add(target);
    }
  }
  return flows;
}

/** Would it close a circle, or, if it only keeps the system up, go back against the order of the tiers? */
function isBackward({ bundle, sources, targets }: Part, flows: ReadonlyMap<Node, ReadonlySet<Node>>): boolean {
  const [source] = sources;
  const [target] = targets;
  if (!source || !target) return false;
  const closes = () => targets.some((one) => reaches(one, new Set(sources), flows));
  return bundle.upkeep ? isAfter(source, target) || closes() : isAfter(source, target) && closes();
}

function reaches(from: Node, to: ReadonlySet<Node>, flows: ReadonlyMap<Node, ReadonlySet<Node>>): boolean {
  const seen = new Set<Node>([from]);
  const open = [from];
  for (let node = open.pop(); node; node = open.pop()) {
    if (to.has(node)) return true;
    for (const next of flows.get(node) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

function runOf(part: Part, id: string, way: Way): Run {
  const { bundle, from, to, container, callers } = part;
  const [source] = from;
  const [target] = to;
  const single = from.length === 1 && to.length === 1 && bundle.label.length === 0 && way !== 'beside';
  const place = container === undefined ? {} : { container };
  const common = { bundle, id, from, to, ...(callers ? { callers } : {}), ...place };
  if (single && source && target) {
    const reversed = way === 'backward';
    const wire = reversed ? { id, from: target.id, to: source.id } : { id, from: source.id, to: target.id };
    return { ...common, wires: [{ wire, reversed, from: source, to: target }] };
  }
  const plate = plateSize(bundle);
  const plateId = plateOf(id);
  const before = way === 'backward' ? to : from;
  const legs: Leg[] = [];
  from.forEach((end, index) => {
    const wire = before === from ? { from: end.id, to: plateId } : { from: plateId, to: end.id };
    legs.push({ wire: { id: `${id} from ${index + 1}`, ...wire }, reversed: before !== from, from: end });
  });
  to.forEach((end, index) => {
    const first = before === to || way === 'beside';
    const wire = first ? { from: end.id, to: plateId } : { from: plateId, to: end.id };
    if (way === 'beside' && from.some((other) => other.id === end.id)) {
      // The same line carries both ways.
      const known = legs.findIndex((leg) => leg.from?.id === end.id);
      const leg = legs[known];
      if (leg) legs[known] = { ...leg, to: end };
      return;
    }
    legs.push({ wire: { id: `${id} to ${index + 1}`, ...wire }, reversed: first, to: end });
  });
  return { ...common, plate, wires: legs };
}

export function plateOf(run: string): string {
  return `${run} label`;
}

/** The size of the label without the room around it; lines without one only meet there. */
function plateSize({ label, encryption }: Bundle): { width: number; height: number } {
  if (label.length === 0) return { width: 8, height: 8 };
  const lock = encryption === 'unknown' ? 0 : lockSize + 4;
  return {
    width: onGrid(Math.max(widest(label, 'label') + lock, measure('0000', 'label')) + 12),
    height: label.length * lineHeights.label + 6,
  };
}

/** The pieces with the labels of the runs in their containers. */
export function withPlates(pieces: readonly Piece[], runs: readonly Run[]): Piece[] {
  const plates = new Map<string, Piece[]>();
  for (const { id, container, plate } of runs) {
    if (!plate) continue;
    const piece = {
      id: plateOf(id),
      width: plate.width,
      height: plate.height + 2 * plateRoom,
      plate: true,
      children: [],
      inset: { top: 0, right: 0, bottom: 0, left: 0 },
    };
    plates.set(container ?? '', [...(plates.get(container ?? '') ?? []), piece]);
  }
  const add = (piece: Piece): Piece => {
    if (piece.children.length === 0) return piece;
    return { ...piece, children: [...piece.children.map(add), ...(plates.get(piece.id) ?? [])] };
  };
  return [...pieces.map(add), ...(plates.get('') ?? [])];
}
