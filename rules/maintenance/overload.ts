// Loads above what the system can sustain, and the bottleneck.

import type { Related, Witness } from '../../src/base/diagnostic.js';
import { counted, listed } from '../../src/base/words.js';
import type { Journey, System } from '../../src/model/system.js';
import { destination } from '../failing.js';
import { isShort, loadsOf, marginOf, nameOfLimit, rate, subjectsOf, type Margin } from '../loads.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const overload = rule({
  id: 'overload',
  category: 'maintenance and growth',
  summary: 'a stated load is above the largest load that can be sustained',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const { journeys, margin } of loadsOf(system)) {
      if (!margin || !isShort(margin)) continue;
      // What is too much for one of them is said of that one.
      const alone =
        journeys.length > 1 ? journeys.map((journey) => [journey, marginOf(system, [journey])] as const) : [];
      const short = alone.flatMap(([journey, own]) => (own && isShort(own) ? [[journey, own] as const] : []));
      for (const [journey, own] of short) yield finding(system, [journey], own);
      if (short.length === 0) yield finding(system, journeys, margin);
    }
  },
});

function finding(system: System, journeys: readonly Journey[], { load, bottleneck }: Margin): Finding {
  const [first, ...others] = journeys;
  const stated = journeys.reduce((sum, { facts }) => sum + (facts.load?.value ?? 0), 0);
  if (!first) throw new Error('somebody states a load');
  const name = nameOf(system, first.client);
  const named = bottleneck.slice(0, 5).map((limit) => nameOfLimit(system, limit));
  const names = listed(bottleneck.length > 5 ? [...named, `${bottleneck.length - 5} more`] : named);
  return {
    message:
      others.length === 0
        ? `${name} asks ${rate(stated)} of ${destination(first)}, which can sustain ${rate(stated * load)}`
        : `${counted(journeys.length, 'journey')} ask ${rate(stated)} together, and ${rate(stated * load)} can be sustained`,
    at: first.facts.load?.at ?? first.at,
    label: `${Math.round(load * 1000) / 10} % of this can be carried`,
    related: [
      ...others.map(({ facts, at }): Related => ({ at: facts.load?.at ?? at, message: 'at the same time' })),
      ...bottleneck.map((limit): Related => ({ at: limit.facts.capacity?.at ?? limit.at, message: 'the bottleneck' })),
    ],
    help: `give ${names === '' ? 'what carries it' : names} more capacity or another instance; \`archlint explain overload\``,
    witness: witness(system, first, bottleneck),
    subjects: subjectsOf(journeys, bottleneck),
  };
}

function witness(system: System, journey: Journey, bottleneck: Margin['bottleneck']): Witness {
  const [limit] = bottleneck;
  const node = limit && ('id' in limit ? limit : limit.choices[0]?.nodes[0]);
  const to = journey.record ?? node?.id ?? journey.client.id;
  return {
    kind: 'path',
    steps: [
      { node: journey.client.id, text: journey.client.id },
      ...(journey.record === undefined ? [] : [{ node: to, text: journey.record }]),
      ...(limit && node
        ? [{ node: node.id, text: `${nameOfLimit(system, limit).slice(1, -1)} (${capacity(limit)})` }]
        : []),
    ],
  };
}

function capacity({ facts }: Margin['bottleneck'][number]): string {
  return facts.capacity ? rate(facts.capacity.value) : 'the bottleneck';
}
