// System → what is watched: by an agent on it, by a monitor connected with it, or by one that watches a place or network around it.

import { componentsIn } from '../model/answers.js';
import { groupOf } from '../model/kinds.js';
import type { Connection, Node, System } from '../model/system.js';
import { machineOf } from './paths.js';
import { perSystem } from './shared.js';

/** For every watched host, component without host, place and network: the monitors that watch it, in order of declaration. */
export const watchers = perSystem('watchers', (system): ReadonlyMap<Node, readonly Node[]> => {
  const found = new Map<Node, Set<Node>>();
  const watch = (monitor: Node, watched: Node) => {
    const known = found.get(watched);
    if (known) known.add(monitor);
    else found.set(watched, new Set([monitor]));
  };
  for (const node of system.nodes.values()) {
    if (node.kind !== 'monitor') continue;
    if (node.host) watch(node, node.host);
    else if (node.parent) watch(node, node.parent);
  }
  for (const connection of system.connections) {
    if (!concernsMonitors(connection)) continue;
    const left = connection.from.flatMap(withMonitors);
    const right = connection.choices.flatMap((choice) => [...choice.named.flatMap(withMonitors), ...choice.nodes]);
    for (const monitor of left.filter(isMonitor)) for (const node of right) watchEnd(monitor, node, watch);
    for (const monitor of right.filter(isMonitor)) for (const node of left) watchEnd(monitor, node, watch);
  }
  return new Map([...found].map(([node, monitors]) => [node, inOrder(monitors)]));
});

/** A machine that only monitors stand on answers for them. */
export function withMonitors(node: Node): readonly Node[] {
  const alone = node.kind === 'host' && componentsIn(node).length === 0;
  return alone ? [node, ...node.children.filter(isMonitor)] : [node];
}

/** Most connections have no monitor at either end, and need not be looked at closely. */
export function concernsMonitors({ from, choices }: Connection): boolean {
  return (
    from.some(mayMeanMonitors) ||
    choices.some(({ named, nodes }) => named.some(mayMeanMonitors) || nodes.some(mayMeanMonitors))
  );
}

function mayMeanMonitors(node: Node): boolean {
  return isMonitor(node) || (node.kind === 'host' && node.children.some(isMonitor));
}

function isMonitor(node: Node): boolean {
  return node.kind === 'monitor';
}

/** A connection with a component watches its host; one with a place or network watches all of it. */
function watchEnd(monitor: Node, end: Node, watch: (monitor: Node, watched: Node) => void): void {
  if (isMonitor(end)) return;
  const group = groupOf(end.kind);
  watch(monitor, group === 'place' || group === 'boundary' ? end : machineOf(end));
}

function inOrder(nodes: Iterable<Node>): readonly Node[] {
  return [...nodes].sort((a, b) => a.index - b.index);
}

/** Whether a monitor watches the node itself, its host, or something around it. */
export function isWatched(system: System, node: Node): boolean {
  const known = watchers(system);
  for (let around: Node | undefined = node; around; around = around.parent) if (known.has(around)) return true;
  return false;
}
