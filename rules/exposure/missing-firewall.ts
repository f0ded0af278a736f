// Hosts that somebody outside can reach, or that serve somebody outside, with no firewall on them, around them or in the path.

import { listed } from '../../src/base/words.js';
import { exposures, type Exposure } from '../../src/analysis/exposure.js';
import { componentsOn, witnessOf } from '../../src/analysis/paths.js';
import { holdsData } from '../../src/model/kinds.js';
import type { System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, nounOf } from '../wording.js';

export const missingFirewall = rule({
  id: 'missing-firewall',
  category: 'exposure',
  summary:
    'a host that is exposed, or that serves somebody outside, has no firewall on it, around it or in the path to it',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  absence: true,
  *check(system): Iterable<Finding> {
    for (const exposure of exposures(system)) {
      const { element } = exposure;
      if (exposure.protected || element.managed || element.external) continue;
      if (element.kind === 'cdn') continue;
      yield finding(system, exposure);
    }
  },
});

function finding(system: System, exposure: Exposure): Finding {
  const { element, because, way } = exposure;
  const stores = (componentsOn(system).get(element) ?? [element]).filter(
    (node) => holdsData(node.kind) && !node.caller,
  );
  const name = nameOf(system, element);
  const open = stores.map((store) => `${nounOf(store.kind)} ${nameOf(system, store)}`);
  const parts: Finding = {
    message: `${name} has no firewall`,
    at: element.at,
    label: reason(system, exposure),
    related: [
      ...(because.is === 'address'
        ? [
            {
              at: because.holder.facts.address?.at ?? because.holder.facts.vip?.at ?? because.holder.at,
              message: 'a public address',
            },
          ]
        : []),
      ...stores
        .filter((store) => store !== element)
        .map((store) => ({ at: store.at, message: `stands open with ${name}` })),
    ],
    notes: open.length > 0 ? [`the ${listed(open)} ${open.length === 1 ? 'stands' : 'stand'} open with ${name}`] : [],
    help: `put a \`firewall\` on ${name}, in a network around it, or into the path to it`,
    subjects: [element.id],
    group: {
      key: 'missing-firewall',
      message: (subjects) => `${namesOf(system, subjects)} have no firewall`,
      help: 'put a `firewall` on each of them, in a network around them, or into every path to them',
    },
  };
  if (!way) return parts;
  return {
    ...parts,
    get witness() {
      return witnessOf(system, way());
    },
  };
}

function reason(system: System, { because }: Exposure): string {
  switch (because.is) {
    case 'address':
      return `has the public address ${because.address.text}`;
    case 'stated':
      return 'is stated to be public';
    case 'reached':
      return `${nameOf(system, because.by)} reaches it directly`;
    case 'journey':
      return `serves ${nameOf(system, because.by)}`;
  }
}
