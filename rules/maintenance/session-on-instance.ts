// Sessions that one instance keeps for itself, behind a balancer that sends the next request to another one.

import { listed, quoted } from '../../src/base/words.js';
import { outgoing } from '../../src/analysis/paths.js';
import type { Node, System, Target, Tier } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, pathThrough } from '../wording.js';

export const sessionOnInstance = rule({
  id: 'session-on-instance',
  category: 'maintenance and growth',
  summary: 'sessions are kept on one instance, and a balancer sends requests to any of them',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const local = new Set(system.tiers.filter(({ session, instances }) => session === 'local' && instances.length > 1));
    if (local.size === 0) return;
    const before = new Map<Tier, Spread[]>();
    for (const balancers of system.tiers) {
      if (balancers.kind !== 'lb' || balancers.instances.some(keepsTogether)) continue;
      for (const balancer of balancers.instances) {
        for (const spread of spreads(system, balancer, local)) {
          const known = before.get(spread.tier);
          if (known) known.push(spread);
          else before.set(spread.tier, [spread]);
        }
      }
    }
    for (const tier of local) {
      const found = before.get(tier);
      if (found) yield finding(system, tier, found);
    }
  },
});

/** It sends who came before to where they were before, or everybody to one at a time. */
function keepsTogether({ facts }: Node): boolean {
  if (facts.sticky !== undefined || facts.mode?.value === 'active-passive') return true;
  return /hash|source|sticky|cookie|maglev|persist/i.test(facts.algorithm?.value ?? '');
}

/** A balancer whose choice decides which instances of a tier may get a request. */
interface Spread {
  readonly balancer: Node;
  readonly tier: Tier;
  readonly over: readonly Node[];
}

function spreads(system: System, balancer: Node, local: ReadonlySet<Tier>): readonly Spread[] {
  const found = new Map<string, { tier: Tier; over: Set<Node> }>();
  const take = (key: string, tier: Tier, nodes: Iterable<Node>) => {
    const whole = `${key} ${tier.id}`;
    const entry = found.get(whole) ?? { tier, over: new Set<Node>() };
    found.set(whole, entry);
    for (const node of nodes) if (!node.facts.standby) entry.over.add(node);
  };
  for (const { target, key } of onward(system, balancer)) {
    if (target.tier && local.has(target.tier)) take(key, target.tier, target.nodes);
    else if (target.tier && target.tier.kind !== 'lb') {
      for (const [tier, nodes] of ownInstances(system, target.nodes, local))
        take(`${key} ${target.tier.id}`, tier, nodes);
    }
  }
  return [...found.values()].flatMap(({ tier, over }) => (over.size > 1 ? [{ balancer, tier, over: [...over] }] : []));
}

/** Of tiers behind what is balanced: the instances that one of the latter calls alone, as on its own host, so that choosing it is choosing them. */
function ownInstances(
  system: System,
  nodes: readonly Node[],
  local: ReadonlySet<Tier>,
): ReadonlyMap<Tier, ReadonlySet<Node>> {
  const found = new Map<Tier, Set<Node>>();
  for (const node of nodes) {
    const own = new Map<Tier, Set<Node>>();
    for (const { target } of onward(system, node)) {
      const { tier } = target;
      if (!tier || !local.has(tier)) continue;
      const known = own.get(tier) ?? new Set<Node>();
      own.set(tier, known);
      // Two are enough to know that there is a choice left.
      for (const one of target.nodes.slice(0, 2)) known.add(one);
    }
    for (const [tier, [only, other]] of [...own].map(([tier, set]) => [tier, [...set]] as const)) {
      if (!only || other) continue;
      const known = found.get(tier);
      if (known) known.add(only);
      else found.set(tier, new Set([only]));
    }
  }
  return found;
}

/** What a node needs, with firewalls in the path passed. The key parts what is for other names, and reads from writes. */
function onward(system: System, from: Node): readonly { target: Target; key: string }[] {
  const found: { target: Target; key: string }[] = [];
  const passed = new Set([from]);
  // The set grows while it is read.
  for (const node of passed) {
    for (const { need, choices, only, read, write } of outgoing(system).get(node) ?? []) {
      const [target, other] = choices;
      if (!need || !target || other) continue;
      const guards = target.nodes.filter(({ kind }) => kind === 'firewall');
      for (const guard of guards) passed.add(guard);
      if (guards.length === 0) found.push({ target, key: `${only.join(' ')} ${String(read)} ${String(write)}` });
    }
  }
  return found;
}

function finding(system: System, tier: Tier, spread: readonly Spread[]): Finding {
  const [first] = spread;
  const stating = tier.instances.find(({ facts }) => facts.session?.value === 'local');
  if (!first || !stating) throw new Error('a balancer spreads a tier that keeps sessions');
  const { over } = first;
  const balancers = [...new Set(spread.map(({ balancer }) => balancer))];
  const names = listed(balancers.slice(0, 3).map((node) => nameOf(system, node)));
  return {
    message: `${quoted(tier.id)} keeps each session on one of ${over.length} instances, and ${names} ${balancers.length === 1 ? 'sends' : 'send'} requests to any of them`,
    at: stating.facts.session?.at ?? stating.at,
    label: 'the next request finds no session',
    related: balancers.map((node) => ({ at: node.at, message: 'not `sticky`' })),
    notes: [
      '`sticky` keeps a visitor on one instance; a restart of that instance ends the sessions there all the same',
    ],
    help: 'keep the sessions where every instance finds them (`session shared`), or make the balancer `sticky`',
    witness: pathThrough(
      [first.balancer.id, first.balancer.id],
      ...over.slice(0, 3).map((node) => [node.id, `${node.id} (1 of ${over.length})`] as const),
    ),
    subjects: tier.instances.map(({ id }) => id),
  };
}
