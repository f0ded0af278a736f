// A difference → blocks: what changed in structure, findings and figures, a line each.

import type { Diagnostic } from '../../base/diagnostic.js';
import type {
  Change,
  ConnectionChange,
  Difference,
  NodeChange,
  PropertyChange,
  RecordChange,
  TierChange,
} from '../../base/difference.js';
import type { JourneyComparison } from '../../base/figures.js';
import { counted, listed } from '../../base/words.js';
import type { Block, Item } from '../figures/blocks.js';
import { comparedRows, star } from '../figures/comparison.js';
import { arrow } from '../figures/journey.js';
import { shown } from '../figures/numbers.js';
import type { DiffReport, SideName } from './index.js';

export function blocksOf({ old, new: now, difference }: DiffReport): readonly Block[] {
  const { file, nodes, tiers, records, connections, findings, journeys } = difference;
  const { introduced, resolved, changed, accepted, noLongerAccepted } = findings;
  return [
    { is: 'title', lines: [`${nameOf(old)}, now ${nameOf(now)}`] },
    { is: 'paragraph', text: summary(difference) },
    ...list('Structure', [
      ...file.map((one) => item('changed', `the file: ${changeText(one)}`)),
      ...nodeItems(nodes),
      ...tiers.flatMap(tierItems),
    ]),
    ...list('Records', records.map(recordItem)),
    ...list('Connections', connections.map(connectionItem)),
    ...list(
      'Findings introduced',
      introduced.map((one) => item('added', findingText(one))),
    ),
    ...list(
      'Findings resolved',
      resolved.map((one) => item('removed', findingText(one))),
    ),
    ...list(
      'Findings that stand for another reason',
      changed.map((one) => item('changed', findingText(one.new))),
    ),
    ...list(
      'Risks accepted now',
      accepted.map((one) => item('added', `${findingText(one)}: ${one.accepted?.reason ?? ''}`)),
    ),
    ...list(
      'Risks no longer accepted',
      noLongerAccepted.map((one) => item('removed', findingText(one))),
    ),
    ...journeys.flatMap(journeyBlocks),
    ...(journeys.some(({ here, there }) => [here, there].some((one) => (one?.assumed.length ?? 0) > 0))
      ? [{ is: 'paragraph', text: '* rests on assumed figures' } as const]
      : []),
  ];
}

function nameOf({ file, revision }: SideName): string {
  return revision === undefined ? file : `${file} at ${revision}`;
}

function item(change: Change, text: string): Item {
  return { change, text };
}

function list(title: string, items: readonly Item[]): readonly Block[] {
  return items.length === 0
    ? []
    : [
        { is: 'heading', lines: [title] },
        { is: 'changes', items },
      ];
}

/** `2 nodes added, 1 connection changed; 1 finding introduced, 3 resolved.` */
function summary({ file, nodes, records, connections, findings, journeys }: Difference): string {
  const parts: string[] = [];
  const count = (what: string, all: readonly { readonly change: Change }[]) => {
    const numbers = (['added', 'removed', 'changed'] as const).flatMap((change) => {
      const of = all.filter((one) => one.change === change).length;
      return of === 0 ? [] : [[of, change] as const];
    });
    const [first, ...others] = numbers;
    if (first)
      parts.push(
        [`${counted(first[0], what)} ${first[1]}`, ...others.map(([of, change]) => `${of} ${change}`)].join(', '),
      );
  };
  if (file.length > 0) parts.push(`${listed(file.map(({ property }) => property))} changed`);
  count('node', nodes);
  count('record', records);
  count('connection', connections);
  const { introduced, resolved, same } = findings;
  if (introduced.length > 0 || resolved.length > 0)
    parts.push(
      `${counted(introduced.length, 'finding')} introduced, ${resolved.length} resolved, ${same + findings.changed.length} still there`,
    );
  else parts.push(`no finding introduced or resolved`);
  if (journeys.length > 0) parts.push(`the figures of ${counted(journeys.length, 'journey')} changed`);
  return `${parts.join('; ')}.`;
}

/** What is inside of something that comes or goes whole is named with it. */
function nodeItems(nodes: readonly NodeChange[]): readonly Item[] {
  const idOf = (node: NodeChange) => node.new ?? node.old ?? '';
  const whole = new Set(
    nodes.filter(({ change }) => change !== 'changed').map((node) => `${node.change} ${idOf(node)}`),
  );
  const isInside = ({ change }: NodeChange, id: string) => whole.has(`${change} ${id.slice(0, id.lastIndexOf('/'))}`);
  return nodes.flatMap((node): Item[] => {
    const id = idOf(node);
    if (node.change === 'changed') return [item('changed', changedNodeText(node))];
    if (isInside(node, id)) return [];
    const inside = nodes.filter((one) => one.change === node.change && idOf(one).startsWith(`${id}/`));
    const names = inside.map((one) => `${one.kind} ${idOf(one).slice(id.length + 1)}`);
    return [item(node.change, `${node.kind} ${id}${names.length === 0 ? '' : ` with ${listed(names)}`}`)];
  });
}

function changedNodeText({ kind, old, new: now, identity, properties }: NodeChange): string {
  const was = identity ? `${identity.certain ? '' : 'probably '}${identity.is}, was ${old ?? ''}` : '';
  const parts = [was, ...properties.map(changeText)].filter((text) => text !== '');
  return `${kind} ${now ?? ''}: ${parts.join('; ')}`;
}

/** `address 8.8.8.8, now 9.9.9.9`. */
export function changeText({ property, old, new: now }: PropertyChange): string {
  if (old === null) return now === 'yes' ? `now ${property}` : `now ${property} ${now ?? ''}`;
  if (now === null) return old === 'yes' ? `no longer ${property}` : `no longer ${property} ${old}`;
  return property === 'says' ? `${old}, now ${now}` : `${property} ${old}, now ${now}`;
}

function tierItems({ change, kind, old, new: now, oldInstances, newInstances }: TierChange): readonly Item[] {
  // One that comes or goes with its only instance says no more than that.
  if (change !== 'changed') return [];
  const name = old === now ? (now ?? '') : `${now ?? ''}, was ${old ?? ''}`;
  const counts =
    oldInstances.length === newInstances.length
      ? `${newInstances.length}, of other instances`
      : `${counted(oldInstances.length, 'instance')}, now ${newInstances.length}`;
  return oldInstances.length === newInstances.length && old === now
    ? []
    : [item('changed', `tier ${kind} ${name}: ${counts}`)];
}

function recordItem({ change, name, type, old, new: now }: RecordChange): Item {
  const value = old !== null && now !== null ? `${old}, now ${now}` : (now ?? old ?? '');
  return item(change, `${name} ${type} ${value}`);
}

function connectionItem({ change, old, new: now, properties }: ConnectionChange): Item {
  const ends = now ?? old ?? '';
  const [says] = properties;
  if (change !== 'changed') return item(change, says ? `${ends} : ${says.new ?? says.old ?? ''}` : ends);
  return item(change, `${ends} : ${properties.map(changeText).join('; ')}`);
}

function findingText({ code, severity, message }: Diagnostic): string {
  return `${severity}[${code}] ${message}`;
}

function journeyBlocks({ id, here, there }: JourneyComparison): readonly Block[] {
  const only = here ?? there;
  if (!here || !there) {
    const figures = only ? `: ${shown(only).availability}${star(only)}` : '';
    return [
      { is: 'heading', lines: [arrow(id)] },
      { is: 'paragraph', text: `${here ? 'No longer a journey' : 'A new journey'}${figures}` },
    ];
  }
  const lines = there.id === id ? [arrow(id)] : [`${arrow(there.id)}, was ${arrow(id)}`];
  return [
    { is: 'heading', lines },
    { is: 'table', columns: ['', 'before', 'after', 'difference'], rows: comparedRows(here, there) },
  ];
}
