// Small random systems of at most twelve elements as texts, with stated availabilities: places, tiers, standbys, roles, quorums, rounds.

import fc from 'fast-check';

const names = ['front', 'page', 'data', 'watch'] as const;
const kinds = { front: 'lb', page: 'web', data: 'db', watch: 'service' } as const;
const places = ['', '', 'h1', 'h2', 'h3'] as const;
const availabilities = ['50%', '80%', '90%', '97%', '99%', '99.5%', '100%'] as const;

const availability = fc.constantFrom(...availabilities);

const instance = fc.record({
  place: fc.constantFrom(...places),
  availability,
  standby: fc.constantFrom('', '', '', '', 'standby automatic', 'standby automatic via watch', 'standby manual'),
  role: fc.constantFrom('', 'role primary', 'role replica', 'role replica'),
  voter: fc.constantFrom('', '', '', '', '', 'voter no', 'voter only'),
});

const tier = fc.record({
  instances: fc.array(instance, { minLength: 1, maxLength: 3 }),
  roles: fc.boolean(),
  fact: fc.constantFrom('', '', '', '', 'needs 2', 'quorum majority', 'quorum 2'),
});

const hop = fc.record({
  from: fc.nat({ max: 3 }),
  to: fc.nat({ max: 3 }),
  other: fc.nat({ max: 3 }),
  fromPick: fc.constantFrom(-1, -1, 0, 1),
  toPick: fc.constantFrom(-1, -1, 0, 1),
  word: fc.constantFrom('', '', '', 'read', 'write', 'optional'),
  either: fc.constantFrom(false, false, false, true),
});

/** The places come first, in this order and whether anything stands in them or not. */
export const randomTiers = fc
  .record({
    tiers: fc.tuple(tier, tier, tier, tier),
    hops: fc.array(hop, { maxLength: 3 }),
    places: fc.tuple(availability, availability, availability, availability),
    reads: fc.boolean(),
  })
  .map(({ tiers, hops, places: own, reads }) => {
    const inside = new Map<string, string[]>();
    const made = tiers.map(({ instances, roles, fact }, at) => {
      const name = names[at] ?? 'front';
      // Together with the four places at most twelve elements.
      return instances.slice(0, at === 3 ? 1 : at === 0 ? 2 : 3).map((one, number) => {
        const facts = [
          `tier ${name}`,
          `availability ${one.availability}`,
          name === 'watch' ? '' : one.standby,
          name === 'data' && roles ? one.role : '',
          one.voter,
          number === 0 ? fact : '',
        ].filter((each) => each !== '');
        const id = `${name}-i${number}`;
        const line = `${kinds[name]} ${id} { ${facts.join('; ')} }`;
        inside.set(one.place, [...(inside.get(one.place) ?? []), line]);
        return id;
      });
    });
    const total = made.flat().length;
    const block = (head: string, at: number, lines: readonly string[]) =>
      `${head} {\navailability ${own[at] ?? '99%'}\n${lines.join('\n')}\n}`;
    const picked = (at: number, pick: number) => (pick < 0 ? names[at] : (made[at]?.[pick] ?? made[at]?.[0])) ?? '';
    const calls = hops.flatMap(({ from, to, other, fromPick, toPick, word, either }) => {
      // Upward as well: needs may go round in cycles.
      if (from === to || (either && other === from)) return [];
      const target = either && other !== to ? `${picked(to, toPick)} | ${picked(other, -1)}` : picked(to, toPick);
      return [`${picked(from, fromPick)} -> ${target} : tcp/7000 ${word}`];
    });
    const has = (place: string) => (inside.get(place) ?? []).length > 0;
    const zone = [
      ...(has('h1') ? [block('host h1', 1, inside.get('h1') ?? [])] : []),
      ...(has('h2') && total < 9 ? [block('host h2', 2, inside.get('h2') ?? [])] : (inside.get('h2') ?? [])),
    ];
    return [
      'client u',
      ...(zone.length > 0 ? [block('zone z', 0, zone)] : []),
      ...(has('h3') ? [block('host h3', 3, inside.get('h3') ?? [])] : []),
      ...(inside.get('') ?? []),
      'front -> page : http',
      'page -> data : mysql',
      ...calls,
      'u -> front : http',
      `u -> page : http/81${reads ? ' read' : ''}`,
    ].join('\n');
  });
