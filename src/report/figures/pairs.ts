// Pairs of names → few lines that say the same: those with equal partners stand together, so that no pair need be left out.

/** Each of the one with each of the other; without `others`, any two of `each`. */
export interface Together {
  readonly each: readonly string[];
  readonly others?: readonly string[];
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** `place` says in which order names are given. */
export function grouped(pairs: readonly (readonly string[])[], place: (name: string) => number): readonly Together[] {
  const graph = graphOf(pairs);
  const classes = classesOf(graph, place);
  const classOf = new Map(classes.flatMap((one) => one.members.map((member) => [member, one] as const)));
  const found: Together[] = classes.flatMap(({ members, clique }) => (clique ? [{ each: members }] : []));
  const open = new Map(
    classes.map((one) => {
      const partners = [...(graph.get(one.members[0] ?? '') ?? [])].flatMap((name) => classOf.get(name) ?? []);
      return [one, new Set(partners.filter((other) => other !== one))];
    }),
  );
  // The class with most partners first, with all of them in one line; of several the one that was named first.
  for (;;) {
    let best: (typeof classes)[number] | undefined;
    for (const one of classes) if (sizeOf(open.get(one)) > (best ? sizeOf(open.get(best)) : 0)) best = one;
    if (!best) return found;
    const partners = [...(open.get(best) ?? [])];
    found.push({
      each: best.members,
      others: partners.flatMap(({ members }) => members).sort((a, b) => place(a) - place(b)),
    });
    for (const partner of partners) open.get(partner)?.delete(best);
    open.delete(best);
  }
}

function sizeOf(set: ReadonlySet<unknown> | undefined): number {
  return set?.size ?? 0;
}

function graphOf(pairs: readonly (readonly string[])[]): Graph {
  const graph = new Map<string, Set<string>>();
  const join = (a: string, b: string) => {
    const known = graph.get(a);
    if (known) known.add(b);
    else graph.set(a, new Set([b]));
  };
  for (const [a, b] of pairs) {
    if (a === undefined || b === undefined) continue;
    join(a, b);
    join(b, a);
  }
  return graph;
}

interface Class {
  readonly members: readonly string[];
  /** Any two of them are a pair. */
  readonly clique: boolean;
}

/** Names with the same partners: apart from each other (a clique), or without being each other's. */
function classesOf(graph: Graph, place: (name: string) => number): readonly Class[] {
  const keyOf = (names: Iterable<string>) =>
    [...names]
      .map(place)
      .sort((a, b) => a - b)
      .join(' ');
  const closed = groupBy([...graph.keys()], (name) => keyOf([name, ...(graph.get(name) ?? [])]));
  const cliques = closed.filter((members) => members.length > 1);
  const taken = new Set(cliques.flat());
  const rest = groupBy(
    [...graph.keys()].filter((name) => !taken.has(name)),
    (name) => keyOf(graph.get(name) ?? []),
  );
  return [
    ...cliques.map((members) => ({ members, clique: true })),
    ...rest.map((members) => ({ members, clique: false })),
  ].sort((a, b) => place(a.members[0] ?? '') - place(b.members[0] ?? ''));
}

function groupBy(names: readonly string[], keyOf: (name: string) => string): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = keyOf(name);
    const group = groups.get(key);
    if (group) group.push(name);
    else groups.set(key, [name]);
  }
  return [...groups.values()];
}
