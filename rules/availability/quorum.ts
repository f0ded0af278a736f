// Tiers that need a majority of their voters and can lose no voter at all, or not one place in which too many of them stand.

import type { Related, Witness } from '../../src/base/diagnostic.js';
import { counted, listed } from '../../src/base/words.js';
import { componentsOf, journeysLost, singlePoints } from '../../src/analysis/failing.js';
import { failureChain } from '../../src/analysis/failure-chain.js';
import { votersOf, votesNeeded } from '../../src/analysis/members.js';
import { machineOf } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import type { Node, System, Tier } from '../../src/model/system.js';
import { causeOfController, isMeantToSurvive, lossFor, nameOfTier, tiersControlledBy } from '../failing.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const quorum = rule({
  id: 'quorum',
  category: 'availability',
  summary:
    'a tier that needs a majority of its voters can lose none of them, or not one place where too many of them stand',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  precedence: 1,
  *check(system): Iterable<Finding> {
    const splits = system.tiers.flatMap((tier) => splitOf(system, tier) ?? []);
    const voters = new Set(splits.flatMap((split) => split.voters));
    for (const split of splits) yield finding(system, split, voters);
  },
});

/** A tier and what each by itself takes its majority. */
interface Split {
  readonly tier: Tier;
  readonly voters: readonly Node[];
  /** How many voters may be lost. */
  readonly spare: number;
  /** The machines of the voters if none may be lost, else places that hold too many. */
  readonly takers: readonly Node[];
}

function splitOf(system: System, tier: Tier): Split | undefined {
  const voters = votersOf(tier);
  if (tier.quorum !== 'majority' || voters.length < 2) return undefined;
  const spare = voters.length - votesNeeded(tier);
  const takers =
    spare === 0
      ? [...new Set(voters.map(machineOf))].filter(({ managed }) => !managed)
      : placesOfMajority(system, { tier, voters, spare });
  return takers.length > 0 ? { tier, voters, spare, takers } : undefined;
}

/** The innermost places with too many voters: hosts, and zones and regions where redundancy across them was meant. */
function placesOfMajority(system: System, about: Omit<Split, 'takers'>): readonly Node[] {
  const { tier, voters, spare } = about;
  const counts = new Map<Node, number>();
  for (const place of voters.flatMap(({ places }) => places)) counts.set(place, (counts.get(place) ?? 0) + 1);
  const holding = [...counts].filter(([, count]) => count > spare).map(([place]) => place);
  const around = new Set(holding.flatMap(({ places }) => places));
  return holding
    .filter((place) => !around.has(place) && !place.managed && !namedAnyway(system, place, voters))
    .filter((place) => {
      if (place.kind === 'host') return true;
      const lost = journeysLost(system, [place]);
      return lost.length > 0 && isMeantToSurvive(system, place, { lost, fallen: [tier] });
    })
    .sort((a, b) => a.index - b.index);
}

/** A host that also holds the only instance of something needed is one single point of failure, which names both. */
function namedAnyway(system: System, place: Node, voters: readonly Node[]): boolean {
  const points = singlePoints(system);
  if (place.kind !== 'host' || !points.has(place)) return false;
  return componentsOf(place).some((node) => !voters.includes(node) && points.has(node));
}

function finding(system: System, split: Split, voters: ReadonlySet<Node>): Finding {
  const { tier, takers, spare } = split;
  const explained = takers.filter((one) => explains(system, one, voters));
  // Of machines with one vote each, one whose loss stops something for this reason alone shows most.
  const shown = (spare === 0 && explained[0]) || takers[0];
  if (!shown) throw new Error('somebody takes the majority');
  const [lost] = journeysLost(system, [shown]);
  return {
    ...(spare === 0 ? withoutSpare(system, split, shown) : inPlaces(system, split)),
    witness: (lost && failureChain(system, [shown], lost.journey)) ?? lossOfMajority(system, split),
    subjects: split.voters.filter(({ managed }) => !managed).map(({ id }) => id),
    causes: [causeOfController(tier), ...explained.map(({ id }) => id)],
  };
}

/** What stops with these nodes; where no journey does, what can no longer happen. */
function consequence(system: System, tier: Tier, nodes: readonly Node[]): string {
  const lost = journeysLost(system, nodes);
  if (lost.length > 0)
    return lossFor(
      system,
      lost,
      lost.some(({ extent }) => extent === 'all') ? undefined : 'can no longer write through',
    );
  const controlled = tiersControlledBy(system, tier);
  return controlled.length > 0
    ? `nobody takes over for ${listed(controlled.map(nameOfTier))}`
    : `${nameOfTier(tier)} stops serving`;
}

type Words = Pick<Finding, 'message' | 'at' | 'label' | 'related' | 'help'>;

function withoutSpare(system: System, { tier, voters }: Split, shown: Node): Words {
  const [first, ...others] = voters;
  if (!first) throw new Error('a quorum has voters');
  // A vote that only decides about takeovers is missed when something else is lost with it.
  const alone = journeysLost(system, [first]).length > 0 || journeysLost(system, [shown]).length === 0;
  const when = alone ? 'one stops' : `${shown.kind} ${nameOf(system, shown)} stops`;
  return {
    message: `${nameOfTier(tier)} can lose none of its ${counted(voters.length, 'voter')}`,
    at: first.at,
    label: `a majority of ${voters.length} is ${voters.length}: if ${when}, ${consequence(system, tier, [alone ? first : shown])}`,
    related: others.map(({ at }) => ({ at, message: 'the other voter' })),
    help: 'add a third voter on a machine of its own (`voter only` if it is to hold no data); `archlint explain quorum`',
  };
}

function inPlaces(system: System, { tier, voters, spare, takers }: Split): Words {
  const held = takers.map((place) => ({
    place,
    name: `${place.kind} ${nameOf(system, place)}`,
    inside: voters.filter(({ places }) => places.includes(place)),
  }));
  const [first, ...others] = held;
  if (!first) throw new Error('somebody takes the majority');
  const may = `${spare} of ${voters.length} may be lost`;
  return {
    message: `${nameOfTier(tier)} loses its majority with ${listed(
      held.map(({ name }) => name),
      'or',
    )}`,
    at: first.place.at,
    label: `holds ${first.inside.length} of ${voters.length} voters; if it stops, ${consequence(system, tier, [first.place])}`,
    related: [
      ...others.map(({ place, inside }) => ({
        at: place.at,
        message: `holds ${inside.length} of ${voters.length} voters`,
      })),
      ...held.flatMap(({ inside }) => inside.map((node): Related => ({ at: node.at, message: `has a vote; ${may}` }))),
    ],
    help: `let no ${first.place.kind} hold more than ${counted(spare, 'voter')}; \`archlint explain quorum\``,
  };
}

/** Where no journey stops at once. */
function lossOfMajority(system: System, { tier, voters, spare, takers }: Split): Witness {
  const [first] = takers;
  const inside = voters.filter((node) => first !== undefined && (node === first || node.places.includes(first)));
  const left = `${voters.length - inside.length} of ${voters.length} voters, needs ${voters.length - spare}`;
  const steps = [...(first && !inside.includes(first) ? [first] : []), ...inside.slice(0, 1)];
  return {
    kind: 'failure',
    steps: [
      ...steps.map((node) => ({ node: node.id, text: shortName(system, node) })),
      { node: inside[0]?.id ?? tier.id, text: `${tier.id} (${left})` },
    ],
  };
}

/** Without the votes that go with it, the place would stop nothing: what it stops has no other cause. */
function explains(system: System, taker: Node, voters: ReadonlySet<Node>): boolean {
  const lost = journeysLost(system, [taker]);
  const inside = componentsOf(taker);
  const rest = journeysLost(
    system,
    inside.filter((node) => !voters.has(node)),
  );
  const same = (one: (typeof lost)[number]) =>
    rest.some(({ journey, extent }) => journey === one.journey && extent === one.extent);
  return lost.length > 0 && !lost.some(same) && journeysLost(system, inside).length === lost.length;
}
