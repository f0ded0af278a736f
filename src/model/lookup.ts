// Names → nodes, as a reader would understand them: the nearest enclosing block first, then outward.

import { nearest } from '../base/nearest.js';
import { respelling } from '../base/spelling.js';
import { textAt, type Location } from '../base/source.js';
import { byCodeUnit, listed, quoted } from '../base/words.js';
import type { Draft, Faults } from './draft.js';
import { groupOf } from './kinds.js';

/** Several nodes only where the name means a tier, or several places, guards or clients of one kind. */
export type Found =
  | { readonly is: 'found'; readonly nodes: readonly Draft[] }
  | { readonly is: 'ambiguous'; readonly meanings: readonly (readonly Draft[])[] }
  | {
      readonly is: 'none';
      /** The part of a path that was found, with what stands in it. */ readonly within?: readonly Draft[];
      readonly part: string;
    };

export interface Names {
  /** The same meaning is the same object, in whichever scope it was found, so that callers can share what they make of it. */
  find(text: string, scope: Draft | undefined): Found;
  /** Every name, group and tier that a reader may have meant. */
  readonly all: readonly string[];
  /** Where a name stands. */
  standing(name: string): readonly Draft[];
}

export function buildNames(drafts: ReadonlyMap<string, Draft>, roots: readonly Draft[]): Names {
  number(roots);
  const byName = indexBy(drafts.values(), nameOf);
  const byGroup = indexBy(
    drafts.values(),
    stemOf,
    ({ tier, stem }) => tier?.name ?? stem,
    ({ tier, stem }) => tier?.id ?? stem,
  );
  const rootsByName = indexBy(roots, nameOf);
  const rootsByGroup = indexBy(roots, stemOf);
  const known = new Map<Draft | undefined, Map<string, Found>>();

  /** The children of that name, else whatever of that name stands deeper inside, else a group of that name. */
  const step = (name: string, scope: Draft | undefined): readonly Draft[] => {
    const group = scope ? inside(byGroup.get(name), scope) : (byGroup.get(name) ?? []);
    const own = scope?.childrenByName?.get(name);
    if (own) return withTier([own], group);
    if (!scope) {
      const top = rootsByName.get(name) ?? rootsByGroup.get(name);
      if (top) return withTier(top, group);
      return outermost(withTier(byName.get(name) ?? group, group));
    }
    const deeper = inside(byName.get(name), scope);
    return outermost(withTier(deeper.length > 0 ? deeper : group, group));
  };

  const walk = (
    parts: readonly string[],
    scope: Draft | undefined,
  ): { nodes: readonly Draft[]; within?: readonly Draft[]; part: string } => {
    const [head = '', ...rest] = parts;
    let nodes = step(head, scope);
    let part = head;
    let within: readonly Draft[] | undefined;
    for (const name of rest) {
      if (nodes.length === 0) break;
      within = nodes;
      part = name;
      nodes = [...new Set(nodes.flatMap((node) => step(name, node)))];
    }
    return { nodes, part, ...(within ? { within } : {}) };
  };

  const find = (text: string, scope: Draft | undefined): Found => {
    const inScope = known.get(scope) ?? new Map<string, Found>();
    known.set(scope, inScope);
    const before = inScope.get(text);
    if (before) return before;
    const { nodes, within, part } = walk(text.split('/'), scope);
    let found: Found;
    if (nodes.length > 0) found = judged(nodes);
    else {
      const outer: Found = scope ? find(text, scope.parent) : { is: 'none', part: text };
      found = outer.is === 'none' && within ? { is: 'none', within, part } : outer;
    }
    inScope.set(text, found);
    return found;
  };

  let all: readonly string[] | undefined;
  return {
    find,
    get all() {
      return (all ??= [...new Set([...byName.keys(), ...byGroup.keys()])].sort(byCodeUnit));
    },
    standing: (name) => byName.get(name) ?? byGroup.get(name) ?? [],
  };
}

/** Numbers the nodes so that "inside" is a comparison of two numbers. */
function number(roots: readonly Draft[]): void {
  let next = 0;
  const visit = (draft: Draft) => {
    draft.enter = next++;
    draft.children.forEach(visit);
    draft.exit = next;
  };
  roots.forEach(visit);
}

/** Lists in the order of a walk through the tree, by each key that a draft has. */
function indexBy(drafts: Iterable<Draft>, ...keys: readonly ((draft: Draft) => string)[]): Map<string, Draft[]> {
  const index = new Map<string, Draft[]>();
  for (const draft of drafts) {
    for (const keyOf of keys) {
      const key = keyOf(draft);
      const list = index.get(key);
      if (!list) index.set(key, [draft]);
      // Keys of one draft may be the same, and are read in a row.
      else if (list.at(-1) !== draft) list.push(draft);
    }
  }
  for (const list of index.values()) if (list.length > 1) list.sort((a, b) => a.enter - b.enter);
  return index;
}

function nameOf({ name }: Draft): string {
  return name;
}

function stemOf({ stem }: Draft): string {
  return stem;
}

/** Of a list in the order of the walk, what stands inside `scope`. */
function inside(list: readonly Draft[] | undefined, scope: Draft): readonly Draft[] {
  if (!list) return [];
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.enter ?? 0) <= scope.enter) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < list.length && (list[end]?.enter ?? Infinity) < scope.exit) end += 1;
  return list.slice(low, end);
}

/** A name that is also that of a tier means the whole tier: of the same group, what is of the same tier. */
function withTier(found: readonly Draft[], group: readonly Draft[]): readonly Draft[] {
  const [first] = found;
  if (!first?.tier || group.length <= found.length) return found;
  return group.filter((draft) => draft.tier === first.tier || found.includes(draft));
}

/** Of a list in the order of the walk, what stands in no other of it: `host db { db db }` is found from outside as the host. */
function outermost(list: readonly Draft[]): readonly Draft[] {
  if (list.length === 1) return list;
  let end = -1;
  return list.filter((draft) => {
    if (draft.enter < end) return false;
    end = draft.exit;
    return true;
  });
}

/** Several nodes are one meaning if they are one tier, or of one kind that has no tiers. */
function judged(nodes: readonly Draft[]): Found {
  const meanings = new Map<unknown, Draft[]>();
  for (const node of nodes) {
    const key = node.tier ?? node.kind;
    const list = meanings.get(key);
    if (list) list.push(node);
    else meanings.set(key, [node]);
  }
  return meanings.size <= 1 ? { is: 'found', nodes } : { is: 'ambiguous', meanings: [...meanings.values()] };
}

/** Could the name have been declared in a part of the text that could not be read? Then it is no fault of its own. */
export type Unread = (name: string) => boolean;

/** Reports a name that means nothing or too much, once, with what was probably meant; returns the best guess. */
export function reportName(
  found: Exclude<Found, { is: 'found' }>,
  word: { readonly text: string; readonly at: Location },
  context: { names: Names; scope: Draft | undefined; faults: Faults; more?: readonly string[]; unread?: Unread },
): readonly Draft[] {
  const { names, scope, faults, more = [], unread } = context;
  if (found.is === 'ambiguous') {
    const ways = found.meanings.map((nodes) => shortestPath(nodes));
    faults.add({
      code: 'ambiguous-name',
      message: `${quoted(word.text)} could mean ${listed(
        found.meanings.map((nodes, index) => `${nodes[0]?.kind ?? ''} ${quoted(ways[index] ?? '')}`),
        'or',
      )}`,
      at: word.at,
      related: found.meanings.flatMap((nodes) =>
        nodes[0] ? [{ at: nodes[0].at, message: `${nodes[0].kind} ${quoted(nodes[0].id)}` }] : [],
      ),
      help: `write the path of the one you mean, such as ${quoted(ways[0] ?? '')}`,
    });
    // Any of them would do: then nothing follows from which it is.
    return found.meanings.flat();
  }
  const inner = found.within;
  const candidates = inner
    ? inner.flatMap((node) => node.children.flatMap((child) => [child.name, child.stem]))
    : [...names.all, ...more];
  const near = nearest(found.part, candidates);
  if (near.length === 0 && unread?.(found.part)) return [];
  const best = near[0];
  const meant =
    best === undefined
      ? undefined
      : inner
        ? inner.flatMap((node) => node.childrenByName?.get(best) ?? [])
        : names.standing(best);
  if (!faults.isKnown(`unknown-name ${found.part}`)) {
    const where = inner ? ` in ${quoted(inner[0]?.id ?? '')}` : '';
    faults.add({
      code: 'unknown-name',
      message: `nothing is called ${quoted(found.part)}${where}`,
      at: word.at,
      related: (meant ?? [])
        .slice(0, 1)
        .map((node) => ({ at: node.at, message: `${node.kind} ${quoted(node.id)} stands here` })),
      help:
        near.length > 0
          ? `did you mean ${listed(
              near.map((one) => suggestion(one, inner, names)),
              'or',
            )}?`
          : `declare it, for example \`service ${found.part}\``,
      ...respelt(word, found.part, near),
    });
  }
  if (inner || !best) return meant ?? [];
  const guess = names.find(best, scope);
  return guess.is === 'found' ? guess.nodes : [];
}

/** In a path the misspelt part alone is replaced; what stands in quotes may be written in other ways. */
function respelt(
  { text, at }: { readonly text: string; readonly at: Location },
  part: string,
  near: readonly string[],
) {
  const offset = `/${text}/`.indexOf(`/${part}/`);
  if (offset < 0 || textAt(at) !== text) return {};
  const start = at.start + offset;
  return respelling({ ...at, start, end: start + part.length }, near);
}

function suggestion(name: string, inner: readonly Draft[] | undefined, names: Names): string {
  const parent = inner ? undefined : names.standing(name)[0]?.parent;
  return parent && names.standing(name).length === 1 ? `${quoted(name)} (in ${quoted(parent.id)})` : quoted(name);
}

function shortestPath(nodes: readonly Draft[]): string {
  const first = nodes[0];
  if (!first) return '';
  if (nodes.length > 1 && first.tier && first.tier.id.includes('/')) return first.tier.id;
  return groupOf(first.kind) === 'traffic' || first.parent ? first.id : first.name;
}
