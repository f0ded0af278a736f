// Small random systems as texts, with all that decides what serves: places, tiers, standbys, roles, quorums, words of connections.

import fc from 'fast-check';

const tiers = [
  { name: 'front', kind: 'lb', data: false },
  { name: 'page', kind: 'web', data: false },
  { name: 'logic', kind: 'app', data: false },
  { name: 'data', kind: 'db', data: true },
  { name: 'watch', kind: 'service', data: false },
] as const;

const places = ['z1/h1', 'z1/h2', 'z2/h3', 'h4', 'z1', 'z2', ''] as const;

const instance = fc.record({
  place: fc.constantFrom(...places),
  standby: fc.constantFrom('', '', '', 'standby automatic', 'standby automatic via watch', 'standby manual'),
  role: fc.constantFrom('', 'role primary', 'role replica', 'role replica'),
  voter: fc.constantFrom('', '', '', '', 'voter no', 'voter only'),
});

const member = fc.record({
  instances: fc.array(instance, { minLength: 1, maxLength: 3 }),
  roles: fc.boolean(),
  tier: fc.constantFrom('', '', '', '', 'needs 2', 'quorum majority', 'quorum 2'),
});

/** From and to are numbers of tiers; picks choose single instances, or all of the tier. */
const hop = fc.record({
  from: fc.nat({ max: 4 }),
  to: fc.nat({ max: 4 }),
  other: fc.nat({ max: 4 }),
  fromPick: fc.constantFrom(-1, -1, 0, 1),
  toPick: fc.constantFrom(-1, -1, -1, 0, 1),
  word: fc.constantFrom('', '', '', '', 'read', 'write', 'optional', 'for www.foobar.com', 'for api.foobar.com'),
  either: fc.constantFrom(false, false, false, false, true),
});

/** The statements at the top of the file. */
export const randomStatements = fc
  .record({
    members: fc.tuple(member, member, member, member, member),
    hops: fc.array(hop, { maxLength: 4 }),
    reads: fc.boolean(),
  })
  .map(({ members, hops, reads }) => {
    const inside = new Map<string, string[]>(places.map((place) => [place, []]));
    const own = members.map(({ instances, roles, tier: fact }, at) => {
      const tier = tiers[at] ?? tiers[0];
      return instances.map((one, number) => {
        const name = `${tier.name}-i${number}`;
        // Controllers of their own tier would be asked about themselves.
        const standby = tier.name === 'watch' ? '' : one.standby;
        const facts = [
          `tier ${tier.name}`,
          standby,
          tier.data && roles ? one.role : '',
          one.voter,
          number === 0 ? fact : '',
        ];
        inside.get(one.place)?.push(`${tier.kind} ${name} { ${facts.filter((each) => each !== '').join('; ')} }`);
        return name;
      });
    });
    const block = (head: string, place: string, more = '') =>
      `${head} {\n${[...(inside.get(place) ?? []), more].join('\n')}\n}`;
    const named = (tier: number, pick: number) =>
      (pick < 0 ? tiers[tier]?.name : (own[tier]?.[pick] ?? own[tier]?.[0])) ?? '';
    const lines = hops.flatMap(({ from, to, other, fromPick, toPick, word, either }) => {
      // Upward as well: needs may go round in cycles.
      if (from === to || (either && other === from)) return [];
      const target = either && other !== to ? `${named(to, toPick)} | ${named(other, -1)}` : named(to, toPick);
      return [`${named(from, fromPick)} -> ${target} : tcp/7000 ${word}`];
    });
    return [
      'client u',
      'dns foobar.com {\n www A front-i0\n api A page-i0\n}',
      block('zone z1', 'z1', [block('host h1', 'z1/h1'), block('host h2', 'z1/h2')].join('\n')),
      block('zone z2', 'z2', block('host h3', 'z2/h3')),
      block('host h4', 'h4'),
      ...(inside.get('') ?? []),
      'front -> page : http',
      'page -> logic : http',
      `logic -> data : mysql`,
      ...lines,
      'u -> www.foobar.com : http',
      `u -> page : http/81${reads ? ' read' : ''}`,
    ];
  });

export const randomSite = randomStatements.map((statements) => statements.join('\n'));
