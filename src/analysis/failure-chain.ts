// What was lost and the journey that stops with it → the chain of failures between them, as text, JSON and pictures show it:
// `h1 → web-1, web-2 → web (0 of 2) → haproxy → www.foobar.com`.

import type { Witness } from '../base/diagnostic.js';
import type { Journey, Node, System, Tier } from '../model/system.js';
import { stoppingWith } from './failing.js';
import { shortName } from './short-names.js';
import { structureOf, type FailureStructure, type Label } from './structure.js';
import type { StructureGate } from './engine/tree.js';

type Step = Witness['steps'][number];

/** Longer chains leave out their middle and say how much. */
const LONGEST = 16;
const HEAD = 8;
const TAIL = 4;
/** Of one step, more names than this are counted. */
const MOST_LISTED = 4;

/** Undefined if the journey goes on. A journey that can still read is followed to where its writes stop. */
export function failureChain(
  system: System,
  lost: readonly Node[],
  journey: Journey,
  switched = false,
): Witness | undefined {
  const quick = straightRoad(system, lost, journey, switched);
  if (quick) return told(system, journey, quick, lost);
  const { built, stops, stopping } = stoppingWith(system, lost, switched);
  const { eventCount } = built.structure;
  const index = system.journeys.indexOf(journey);
  const top = [built.reads[index], built.full[index]].find((gate) => gate !== undefined && stopping.has(gate));
  if (top === undefined) return undefined;
  const road: number[] = [];
  for (let input = eventCount + top; input >= eventCount; input = stopping.cause(input - eventCount))
    road.push(input - eventCount);
  road.reverse();
  const up = (gate: number) =>
    Array.from(built.structure.gates[gate]?.gates ?? [], (input) => !stopping.has(input) && !stops.never(input));
  return told(system, journey, { built, event: stopping.cause(road[0] ?? -1), road, up }, lost);
}

/** Of what was lost, all that takes an instance with it where the chain begins; none where it is too much to list. */
function takingDown({ nodes }: Exclude<Label, { of: 'node' }>, serving: readonly boolean[], lost: readonly Node[]) {
  const down = nodes.filter((_, at) => serving[at] !== true);
  const found = lost.filter((one) => down.some((node) => node === one || node.places.includes(one)));
  return found.length > MOST_LISTED ? [] : found;
}

/** The gates that stop one after the other, from the first that loses `event` to the top. */
interface Road {
  readonly built: FailureStructure;
  readonly event: number;
  readonly road: readonly number[];
  /** Which inputs of a gate on the road go on. */
  readonly up: (gate: number) => readonly boolean[];
}

function told(system: System, journey: Journey, { built, event, road, up }: Road, lost: readonly Node[]): Witness {
  const element = built.elements[event];
  const needs = road.flatMap((gate) => {
    const label = built.labels[gate];
    return label && label.of !== 'node' ? [{ gate, label }] : [];
  });
  const [first] = needs;
  const start = first ? takingDown(first.label, up(first.gate), lost) : [];
  const steps: Step[] = element
    ? [
        {
          node: element.id,
          text: (start.length > 1 ? start : [element]).map((one) => shortName(system, one)).join(', '),
        },
      ]
    : [];
  needs.forEach(({ gate, label }, at) => {
    const hidden = needs.length > LONGEST && at >= HEAD && at < needs.length - TAIL;
    if (!hidden) steps.push(...stepsOf(system, label, { serving: up(gate), direct: at === 0 }));
    else if (at === HEAD) steps.push({ node: label.nodes[0]?.id ?? '', text: `… ${needs.length - HEAD - TAIL} more` });
  });
  const [one, two] = steps;
  // An element that is an instance itself, or a machine that is called itself, is said once.
  const bare = element && two?.node === element.id && (element.children.length === 0 || two.text === one?.text);
  const to = journey.record ?? journey.client.id;
  return { kind: 'failure', steps: [...(bare ? steps.slice(1) : steps), { node: to, text: to }] };
}

/**
 * The road of a single element that no redundancy stands on: known for every element from one walk down from the top, where following
 * what stops takes as long again for each. Undefined where a gate on the way has other inputs that might go on.
 */
function straightRoad(system: System, lost: readonly Node[], journey: Journey, switched: boolean): Road | undefined {
  const built = structureOf(system, switched);
  const event = built.events[lost[0]?.index ?? -1] ?? -1;
  if (lost.length !== 1 || event < 0) return undefined;
  const index = system.journeys.indexOf(journey);
  for (const top of [built.reads[index], built.full[index]]) {
    if (top === undefined) continue;
    const next = stepsTo(built, top);
    if (next[event] === undefined || next[event] < 0) continue;
    const road: number[] = [];
    const { eventCount } = built.structure;
    for (let gate = next[event]; gate >= 0; gate = next[eventCount + gate] ?? -1) road.push(gate);
    return { built, event, road, up: (gate) => Array.from(built.structure.gates[gate]?.gates ?? [], () => false) };
  }
  return undefined;
}

const knownSteps = new WeakMap<FailureStructure, Map<number, Int32Array>>();

/** By event, then by gate: the next gate on the shortest way to the top on which every loss alone is enough; -1 where there is none. */
function stepsTo(built: FailureStructure, top: number): Int32Array {
  const ofStructure = knownSteps.get(built) ?? new Map<number, Int32Array>();
  knownSteps.set(built, ofStructure);
  const found = ofStructure.get(top);
  if (found) return found;
  const { eventCount, gates } = built.structure;
  const next = new Int32Array(eventCount + gates.length).fill(-1);
  const queue = [top];
  // The queue grows while it is read.
  for (const at of queue) {
    const gate = gates[at];
    if (!gate || !fallsAtOnce(gate, built.labels[at])) continue;
    for (const event of gate.events) if (next[event] === -1) next[event] = at;
    for (const input of gate.gates) {
      if (input === top || next[eventCount + input] !== -1) continue;
      next[eventCount + input] = at;
      queue.push(input);
    }
  }
  ofStructure.set(top, next);
  return next;
}

/** One loss stops it; and if its label counts instances, it has one. */
function fallsAtOnce(gate: StructureGate, label: Label | undefined): boolean {
  const inputs = gate.events.length + gate.gates.length;
  const counts = label !== undefined && label.of !== 'node';
  return counts ? inputs === 1 : gate.op === 'and' || inputs === 1;
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
  return down.length > MOST_LISTED
    ? `${down.length} of ${tier.id}`
    : down.map((one) => shortName(system, one)).join(', ');
}
