// Two systems → which node of one is which of the other: by path, or by what is inside, stated and connected where a name or place changed.

import type { Identity } from '../base/difference.js';
import type { Node, System } from '../model/index.js';
import { featuresIn, likeness, type FeaturesOf } from './features.js';

export interface Matching {
  /** From old to new, and back. */
  readonly forward: ReadonlyMap<Node, Node>;
  readonly backward: ReadonlyMap<Node, Node>;
  /** Of new nodes that were found by likeness. */
  readonly identities: ReadonlyMap<Node, Identity>;
}

/** So much of what there is about two nodes must agree before they are taken for one, and nothing else may come into question. */
const enough = 0.5;

interface Search {
  readonly forward: Map<Node, Node>;
  readonly backward: Map<Node, Node>;
  readonly identities: Map<Node, Identity>;
  readonly before: FeaturesOf;
  readonly after: FeaturesOf;
}

/** The same pairs whichever of the two is called old, and in whatever order they declare. */
export function match(old: System, now: System): Matching {
  const search: Search = {
    forward: new Map(),
    backward: new Map(),
    identities: new Map(),
    before: featuresIn(old),
    after: featuresIn(now),
  };
  matchAmong(search, rootsOf(old), rootsOf(now));
  // What stands elsewhere may hold what has another name.
  for (let known = -1; known < search.forward.size;) {
    known = search.forward.size;
    matchMoved(search, [...old.nodes.values()], [...now.nodes.values()]);
  }
  return search;
}

function rootsOf(system: System): readonly Node[] {
  return [...system.nodes.values()].filter(({ parent }) => !parent);
}

/** Within what is the same on both sides: first the same names, then what is alike under another one. */
function matchAmong(search: Search, old: readonly Node[], now: readonly Node[]): void {
  const byId = new Map(open(search.backward, now).map((node) => [lastOf(node), node]));
  for (const node of open(search.forward, old)) {
    const other = byId.get(lastOf(node));
    if (other) pair(search, node, other);
  }
  const [left, right] = [open(search.forward, old), open(search.backward, now)];
  for (const [node, other, certain] of alike(search, left, right)) {
    search.identities.set(other, { is: 'renamed', certain });
    pair(search, node, other);
  }
}

/** Zones of one name have ids of their own. */
function lastOf({ id, parent }: Node): string {
  return parent ? id.slice(parent.id.length + 1) : id;
}

function open(known: ReadonlyMap<Node, Node>, nodes: readonly Node[]): readonly Node[] {
  return nodes.filter((node) => !known.has(node));
}

function pair(search: Search, old: Node, now: Node): void {
  search.forward.set(old, now);
  search.backward.set(now, old);
  matchAmong(search, old.children, now.children);
}

/** Of one kind: those with the same features and no double; then those that have most in common, if that is enough. */
function alike(
  search: Search,
  old: readonly Node[],
  now: readonly Node[],
): readonly (readonly [Node, Node, boolean])[] {
  const found: (readonly [Node, Node, boolean])[] = [];
  const left = groupsOf(old, (node) => `${node.kind} ${search.before(node).signature}`);
  const right = groupsOf(now, (node) => `${node.kind} ${search.after(node).signature}`);
  for (const [key, [node, second]] of left) {
    const [other, third] = right.get(key) ?? [];
    if (node && other && !second && !third && search.before(node).all.size > 0) found.push([node, other, true]);
  }
  const taken = new Set(found.flat());
  const rest = (nodes: readonly Node[]) => groupsOf(nodes.filter((node) => !taken.has(node)), ({ kind }) => kind); // prettier-ignore
  const others = rest(now);
  for (const [kind, nodes] of rest(old)) found.push(...likeliest(search, nodes, others.get(kind) ?? []));
  return found;
}

/** More of a kind than this are not compared each with each. */
const most = 300;

/** Each is what the other is most like, by far enough, and nothing is as like. */
function likeliest(
  search: Search,
  old: readonly Node[],
  now: readonly Node[],
): readonly (readonly [Node, Node, boolean])[] {
  if (old.length > most || now.length > most) return [];
  const likenesses = old.map((node) => now.map((other) => likeness(search.before(node), search.after(other))));
  return old.flatMap((node, row): (readonly [Node, Node, boolean])[] => {
    const own = likenesses[row] ?? [];
    const best = Math.max(0, ...own);
    const column = own.indexOf(best);
    const other = now[column];
    if (!other || best < enough || own.filter((each) => each === best).length > 1) return [];
    const rivals = likenesses.filter((each, index) => index !== row && (each[column] ?? 0) >= best);
    return rivals.length === 0 ? [[node, other, false]] : [];
  });
}

/** The same name and kind somewhere else, where only one has gone and one has come. */
function matchMoved(search: Search, old: readonly Node[], now: readonly Node[]): void {
  const key = ({ kind, name }: Node) => `${kind} ${name}`;
  const right = groupsOf(open(search.backward, now), key);
  for (const [name, [node, second]] of groupsOf(open(search.forward, old), key)) {
    const [other, third] = right.get(name) ?? [];
    if (!node || !other || second || third || search.forward.has(node) || search.backward.has(other)) continue;
    const [before, after] = [search.before(node), search.after(other)];
    const certain = before.signature === after.signature;
    if (!certain && likeness(before, after) < enough) continue;
    search.identities.set(other, { is: 'moved', certain });
    pair(search, node, other);
  }
}

function groupsOf(nodes: readonly Node[], key: (node: Node) => string): ReadonlyMap<string, readonly Node[]> {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const name = key(node);
    const group = groups.get(name);
    if (group) group.push(node);
    else groups.set(name, [node]);
  }
  return groups;
}
