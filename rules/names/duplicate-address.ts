// Addresses that two hosts of one network state, or two hosts anywhere if the address is public, and that do not float.

import { listed } from '../../src/base/words.js';
import { isPublicAddress } from '../../src/analysis/exposure.js';
import { machineOf } from '../../src/analysis/paths.js';
import { reachOf, type Address } from '../../src/model/addresses.js';
import type { Node, System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

export const duplicateAddress = rule({
  id: 'duplicate-address',
  category: 'names',
  summary: 'two hosts of one network, or two hosts in public, have the same address',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const stated = new Map<string, { address: Address; network: Node | undefined; by: Map<Node, Node> }>();
    for (const node of system.nodes.values()) {
      const host = node.kind === 'host' ? node : machineOf(node);
      if (host.kind !== 'host' || node.caller) continue;
      const floating = new Set([...floatingOn(node), ...floatingOn(host)]);
      for (const address of node.facts.address?.value ?? []) {
        const network = whereUnique(node, address);
        if (network === undefined || floating.has(address.text)) continue;
        const key = `${address.text} ${network === 'public' ? '' : network.id}`;
        const entry = stated.get(key) ?? {
          address,
          network: network === 'public' ? undefined : network,
          by: new Map(),
        };
        stated.set(key, entry);
        if (!entry.by.has(host)) entry.by.set(host, node);
      }
    }
    for (const { address, network, by } of stated.values()) {
      // A machine inside another one may go by the address of the outer.
      const apart = new Map([...by].filter(([host]) => !host.places.some((place) => by.has(place))));
      if (apart.size > 1) yield finding(system, { address, network, by: apart });
    }
  },
});

function floatingOn(node: Node): readonly string[] {
  return (node.facts.vip?.value ?? []).map(({ text }) => text);
}

/**
 * Where an address means one host: a public one everywhere, a private one of a host in the network that the host stands in. A private address
 * of a component may be one that only its host knows. Without a network around it, nothing says whether two hosts are in the same one.
 */
function whereUnique(node: Node, address: Address): Node | 'public' | undefined {
  if (isPublicAddress(address)) return 'public';
  if (reachOf(address) !== 'private' || node.kind !== 'host') return undefined;
  let around = node.parent;
  while (around && around.kind !== 'network') around = around.parent;
  return around;
}

function finding(
  system: System,
  same: { address: Address; network: Node | undefined; by: ReadonlyMap<Node, Node> },
): Finding {
  const { address, network, by } = same;
  const hosts = [...by.keys()];
  const [first, ...others] = [...by.values()];
  if (!first) throw new Error('an address was stated by somebody');
  const at = (node: Node) => node.facts.address?.at ?? node.at;
  return {
    message: `${namesOf(system, hosts)} ${hosts.length === 2 ? 'both' : 'all'} have the address ${address.text}`,
    at: at(first),
    label: `the address of ${hosts.length} hosts${network ? ` in network ${nameOf(system, network)}` : ''}`,
    related: others.map((node) => ({
      at: at(node),
      message: `${nameOf(system, node.kind === 'host' ? node : machineOf(node))} has it, too`,
    })),
    help: `give each its own (\`address each …\`), or say that it floats between them: \`vip ${address.text}\``,
    witness: pathThrough([first.id, address.text], ...hosts.map((host) => [host.id, host.id] as const), [
      first.id,
      `${listed(hosts.map(({ id }) => id))} answer to one address`,
    ]),
    subjects: hosts.map(({ id }) => id),
  };
}
