// What was lost and the journey that stops with it → the chain of failures between them, as text, JSON and pictures show it:
// `h1 → web-1, web-2 → web (0 of 2) → haproxy → www.foobar.com`.

import type { Witness } from '../base/diagnostic.js';
import type { Journey, Node, System, Tier } from '../model/system.js';
import { stoppingWith } from './failing.js';
import { shortName } from './short-names.js';
import type { Label } from './structure.js';

type Step = Witness['steps'][number];

/** Longer chains leave out their middle and say how much. */
const LONGEST = 16;
const HEAD = 8;
const TAIL = 4;

/** Undefined if the journey goes on. A journey that can still read is followed to where its writes stop. */
export function failureChain(
  system: System,
  lost: readonly Node[],
  journey: Journey,
  switched = false,
): Witness | undefined {
  const { built, stops, stopping } = stoppingWith(system, lost, switched);
  const { eventCount } = built.structure;
  const index = system.journeys.indexOf(journey);
  const top = [built.reads[index], built.full[index]].find((gate) => gate !== undefined && stopping.has(gate));
  if (top === undefined) return undefined;
  const road: number[] = [];
  for (let input = eventCount + top; input >= eventCount; input = stopping.cause(input - eventCount))
    road.push(input - eventCount);
  road.reverse();
  const element = built.elements[stopping.cause(road[0] ?? -1)];
  const steps: Step[] = element ? [{ node: element.id, text: shortName(system, element) }] : [];
  const needs = road.flatMap((gate) => {
    const label = built.labels[gate];
    return label && label.of !== 'node' ? [{ gate, label }] : [];
  });
  const up = (gate: number) =>
    Array.from(built.structure.gates[gate]?.gates ?? [], (input) => !stopping.has(input) && !stops.never(input));
  needs.forEach(({ gate, label }, at) => {
    const hidden = needs.length > LONGEST && at >= HEAD && at < needs.length - TAIL;
    if (!hidden) steps.push(...stepsOf(system, label, { serving: up(gate), direct: at === 0 }));
    else if (at === HEAD) steps.push({ node: label.nodes[0]?.id ?? '', text: `… ${needs.length - HEAD - TAIL} more` });
  });
  const bare = steps.length > 1 && steps[1]?.node === element?.id && element !== undefined && !element.children.length;
  const to = journey.record ?? journey.client.id;
  return { kind: 'failure', steps: [...(bare ? steps.slice(1) : steps), { node: to, text: to }] };
}

/** The tier where it begins has its instances and how many are left; a tier that stops in consequence has its name. */
function stepsOf(
  system: System,
  label: Exclude<Label, { of: 'node' }>,
  how: { serving: readonly boolean[]; direct: boolean },
): readonly Step[] {
  const { serving, direct } = how;
  const left = serving.filter(Boolean).length;
  const down = label.nodes.filter((_, at) => serving[at] !== true);
  const node = (down[0] ?? label.nodes[0])?.id ?? '';
  const count = `${left} of ${label.nodes.length}${remark(label)}`;
  if (!label.tier) return [{ node, text: down.map((one) => shortName(system, one)).join(', ') }];
  const whole = { node, text: direct || left > 0 ? `${label.tier.id} (${count})` : label.tier.id };
  if (!direct || label.nodes.length === 1) return [whole];
  return [{ node, text: instances(system, label.tier, down) }, whole];
}

function remark(label: Exclude<Label, { of: 'node' }>): string {
  if (label.of === 'quorum') return ` voters, needs ${label.k}`;
  return `${label.writes ? ' that take writes' : ''}${label.k > 1 ? `, needs ${label.k}` : ''}`;
}

function instances(system: System, tier: Tier, down: readonly Node[]): string {
  return down.length > 4 ? `${down.length} of ${tier.id}` : down.map((one) => shortName(system, one)).join(', ');
}
