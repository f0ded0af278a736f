// Monitors that all stand inside the only place that they watch: when it is lost, nobody is left to say so.

import { groupOf } from '../../src/model/kinds.js';
import { componentsOn, machineOf } from '../../src/analysis/paths.js';
import { concernsMonitors, withMonitors } from '../../src/analysis/watching.js';
import type { Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

export const monitorSharesFate = rule({
  id: 'monitor-shares-fate',
  category: 'eyes and data',
  summary: 'the monitors that watch others all stand inside the only zone, region or host that they watch',
  severity: 'warning',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    const { monitors, watched, lookers } = eyes(system);
    // A machine with nothing but monitors on it is watched for nobody's sake.
    const beside = componentsOn(system);
    const others = watched.some((node) => beside.has(node) || monitors.every((monitor) => monitor.host !== node));
    if (monitors.length === 0 || !others) return;
    if (monitors.some((node) => node.managed || node.external)) return;
    const place = commonPlace([...monitors, ...watched]);
    if (!place || place.managed || place.external) return;
    // Those that talk to other monitors alone are agents, or show what others have seen; where all do, what stands beside a component is one.
    const looking = monitors.filter((node) => lookers.has(node));
    const apart = monitors.filter(({ host }) => !host || !beside.has(host));
    yield finding(system, place, looking.length > 0 ? looking : apart.length > 0 ? apart : monitors);
  },
});

interface Eyes {
  readonly monitors: readonly Node[];
  readonly watched: readonly Node[];
  /** The monitors that are connected with more than other monitors. */
  readonly lookers: ReadonlySet<Node>;
}

/**
 * The monitors that are connected with something, or stand in a place or network outside every host; and what they are connected with, as far as
 * it can be lost. An agent without a connection watches its own host. A caller who looks at a monitor is not watched by it.
 */
function eyes(system: System): Eyes {
  const monitors = new Set<Node>();
  const watched = new Set<Node>();
  const lookers = new Set<Node>();
  const join = (monitor: Node, end: Node) => {
    const place = groupOf(end.kind) === 'place' || groupOf(end.kind) === 'boundary';
    if (end.kind === 'client' || end.caller) return;
    if (machineOf(end) === monitor.host) return;
    monitors.add(monitor);
    if (end.kind !== 'monitor') lookers.add(monitor);
    watched.add(place ? end : machineOf(end));
  };
  for (const connection of system.connections) {
    if (!concernsMonitors(connection)) continue;
    const { from, choices } = connection;
    const left = meant(from);
    const right = new Set(choices.flatMap(({ named, nodes }) => meant([...named, ...nodes])));
    if (!left.some(isMonitor) && ![...right].some(isMonitor)) continue;
    for (const one of left) {
      for (const other of right) {
        if (isMonitor(one)) join(one, other);
        if (isMonitor(other)) join(other, one);
      }
    }
  }
  for (const node of system.nodes.values()) {
    if (node.kind === 'monitor' && !node.host && node.parent && !node.caller) join(node, node.parent);
  }
  return { monitors: inOrder(monitors), watched: inOrder(watched), lookers };
}

/** A machine that only monitors stand on means these. */
function meant(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => {
    const [machine, ...monitors] = withMonitors(node);
    return monitors.length > 0 || !machine ? monitors : [machine];
  });
}

function isMonitor(node: Node): boolean {
  return node.kind === 'monitor';
}

function inOrder(nodes: Iterable<Node>): readonly Node[] {
  return [...nodes].sort((a, b) => a.index - b.index);
}

/** The smallest place that holds, or is, every one of them. */
function commonPlace(nodes: readonly Node[]): Node | undefined {
  const [first, ...others] = nodes;
  if (!first) return undefined;
  let places = placesOf(first);
  for (const node of others) {
    const own = new Set(placesOf(node));
    places = places.filter((place) => own.has(place));
  }
  return places[0];
}

function placesOf(node: Node): readonly Node[] {
  return groupOf(node.kind) === 'place' ? [node, ...node.places] : node.places;
}

function finding(system: System, place: Node, monitors: readonly Node[]): Finding {
  const [first, ...others] = monitors;
  if (!first) throw new Error('some monitor watches');
  const where = `${place.kind} ${nameOf(system, place)}`;
  const one = monitors.length === 1;
  const subjects = [...new Set(monitors.map((node) => machineOf(node).id))];
  return {
    message: `${one ? `monitor ${namesOf(system, monitors)} stands` : `${namesOf(system, monitors)} all stand`} inside ${where}, and ${one ? 'watches' : 'watch'} nothing else`,
    at: first.at,
    label: `if ${nameOf(system, place)} is lost, nobody hears of it`,
    related: [...others, place].map((node) => ({
      at: node.at,
      message: node === place ? 'all that is watched' : 'here, too',
    })),
    help: `put a monitor outside of ${where}, one that asks whether the site answers for instance`,
    witness: pathThrough(
      [place.id, `${place.id} (lost)`],
      ...monitors.slice(0, 3).map((node) => [node.id, `${node.id} (lost with it)`] as const),
      [place.id, 'nobody hears of it'],
    ),
    subjects,
  };
}
