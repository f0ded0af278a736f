// Two components of one host that state the same port: only one of them can have it.

import { counted } from '../../src/base/words.js';
import { addressesOf } from '../../src/model/answers.js';
import { componentsOn } from '../../src/analysis/paths.js';
import type { Node, System } from '../../src/model/system.js';
import type { Listener } from '../../src/model/values.js';
import { rule, type Finding } from '../rule.js';
import { nameOf } from '../wording.js';

export const portConflict = rule({
  id: 'port-conflict',
  category: 'the description itself',
  summary: 'two components of one host state that they listen on the same port',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const [host, components] of componentsOn(system)) {
      if (host.caller) continue;
      const byPort = new Map<string, Place[]>();
      for (const node of components.filter(sharesPorts)) {
        for (const listener of node.facts.listen?.value ?? []) {
          const place = { node, listener };
          const others = byPort.get(portOf(listener)) ?? [];
          byPort.set(portOf(listener), [...others, place]);
          const other = others.find((one) => conflict(one, place));
          if (other) yield finding(system, host, [other, place]);
        }
      }
    }
  },
});

interface Place {
  readonly node: Node;
  readonly listener: Listener;
}

/** Inside a network of its own on the host, as containers are, a component has ports of its own. */
function sharesPorts(node: Node): boolean {
  for (let around = node.parent; around && around !== node.host; around = around.parent)
    if (around.kind === 'network') return false;
  return true;
}

/** `53/udp` and `53/tcp` are two ports; without a transport it is tcp. */
function portOf(listener: Listener): string {
  const transport = listener.transport ?? (listener.protocol === 'udp' ? 'udp' : 'tcp');
  return `${listener.port}/${transport}`;
}

function conflict(a: Place, b: Place): boolean {
  if (a.node === b.node)
    return a.listener.redirect !== b.listener.redirect || a.listener.protocol !== b.listener.protocol;
  const [own, other] = [addressesOf(a.node), addressesOf(b.node)];
  if (own.length === 0 && other.length === 0) return true;
  const hosts = a.node.host ? addressesOf(a.node.host) : [];
  const [left, right] = [own.length > 0 ? own : hosts, other.length > 0 ? other : hosts];
  return left.some((one) => right.some((two) => one.text === two.text));
}

function finding(system: System, host: Node, [first, second]: readonly [Place, Place]): Finding {
  const port = portOf(second.listener).replace('/tcp', '');
  const nodes = [...new Set([first.node, second.node])];
  const who =
    nodes.length === 1
      ? `${nameOf(system, first.node)} states`
      : `${nameOf(system, first.node)} and ${nameOf(system, second.node)} both state`;
  const spot = (place: Place) => `${place.listener.at.source.path} ${place.listener.at.start}`;
  return {
    message:
      nodes.length === 1
        ? `${who} port ${port} twice, differently`
        : `${who} that they listen on port ${port} of ${nameOf(system, host)}`,
    at: second.listener.at,
    label: `${nameOf(system, second.node)} wants it as well`,
    related: [{ at: first.listener.at, message: `${nameOf(system, first.node)} has it` }],
    help: nodes.length === 1 ? 'keep one of the two' : 'give one of them another port, or each an `address` of its own',
    subjects: nodes.map((node) => node.id),
    // The copies of a block have one conflict.
    group: {
      key: `${port} ${spot(first)} ${spot(second)}`,
      message: (subjects) => `${counted(subjects.length, 'component')} share port ${port} of their hosts, two on each`,
    },
  };
}
