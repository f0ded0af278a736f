// Kinds and systems in words: what stands under a name, in tooltips, and in the description of the whole picture.

import { counted, listed } from '../base/words.js';
import { kindNames, type KindName } from '../model/kinds.js';
import type { Node, System } from '../model/system.js';
import type { State } from './scene.js';

const words: Readonly<Record<KindName, readonly [one: string, many: string]>> = {
  region: ['region', 'regions'],
  zone: ['zone', 'zones'],
  host: ['host', 'hosts'],
  network: ['network', 'networks'],
  client: ['client', 'clients'],
  cdn: ['CDN', 'CDNs'],
  lb: ['load balancer', 'load balancers'],
  web: ['web server', 'web servers'],
  app: ['app server', 'app servers'],
  worker: ['worker', 'workers'],
  service: ['service', 'services'],
  cache: ['cache', 'caches'],
  queue: ['queue', 'queues'],
  db: ['database', 'databases'],
  storage: ['storage', 'storages'],
  firewall: ['firewall', 'firewalls'],
  monitor: ['monitor', 'monitors'],
  dns: ['DNS zone', 'DNS zones'],
};

export function kindWord(kind: KindName): string {
  return words[kind][0];
}

/** `2 load balancers, 3 web servers and 1 database on 4 hosts`, from outside inward. */
export function describe(system: System): string {
  const count = (kind: KindName): number => {
    let sum = 0;
    for (const node of system.nodes.values()) if (node.kind === kind) sum += 1;
    return sum;
  };
  const said = (kinds: readonly KindName[]) =>
    kinds
      .map((kind) => ({ kind, of: count(kind) }))
      .filter(({ of }) => of > 0)
      .map(({ kind, of }) => counted(of, ...words[kind]));
  const places: readonly KindName[] = ['host', 'zone', 'region', 'network'];
  const things = said(kindNames.filter((kind) => !places.includes(kind)));
  const around = said(places);
  if (things.length === 0 && around.length === 0) return 'Nothing is declared.';
  if (things.length === 0) return `${listed(around)}.`;
  return `${listed(things)}${around.length > 0 ? ` on ${listed(around)}` : ''}.`;
}

/** What colour and outline may show of a node. `managed` and `external` stand where they are stated, not on all inside. */
export function statesOf(node: Node): State[] {
  const states: State[] = [];
  if (node.facts.role) states.push(node.facts.role.value);
  if (node.facts.standby) states.push('standby');
  if (node.facts.managed) states.push('managed');
  if (node.facts.external) states.push('external');
  return states;
}

/** The lines of small text under a component's name. */
export function detailsOf(node: Node): string[] {
  const { facts } = node;
  const lines: string[] = [];
  if (node.kind === 'client') return node.label === undefined ? [] : [node.name];
  if (node.label !== undefined && node.label !== node.name) lines.push(node.name);
  const software = facts.software?.value;
  if (software && !`${node.label ?? ''} ${node.name}`.toLowerCase().includes(software.product.toLowerCase())) {
    lines.push([software.product, software.version].filter((word) => word !== undefined).join(' '));
  } else if (software?.version !== undefined) lines.push(`version ${software.version}`);
  lines.push(kindWord(node.kind));
  const standby = facts.standby?.value;
  if (standby)
    lines.push([facts.role?.value, `${standby.takeover} standby`].filter((word) => word !== undefined).join(', '));
  else if (facts.role) lines.push(facts.role.value);
  const addresses = [...(facts.vip?.value ?? []), ...(facts.address?.value ?? [])];
  lines.push(...addresses.map((address) => address.text));
  if (facts.mode) lines.push(facts.mode.value);
  else if (facts.algorithm) lines.push(facts.algorithm.value);
  if (facts.managed || facts.external) {
    lines.push(
      [facts.managed ? 'managed' : '', facts.external ? 'external' : ''].filter((word) => word !== '').join(', '),
    );
  }
  return lines;
}

/** What stands behind the name of a place or network. */
export function remarksOf(node: Node): string {
  const { facts } = node;
  const words = [
    ...(node.label !== undefined && node.label !== node.name ? [node.name] : []),
    ...(facts.vip?.value ?? []).map((address) => address.text),
    ...(facts.address?.value ?? []).map((address) => address.text),
    ...(facts.cidr?.value ?? []).map((block) => block.text),
    ...(facts.provider ? [facts.provider.value] : []),
    ...(facts.public ? ['public'] : []),
    ...(facts.private ? ['private'] : []),
    ...(facts.managed ? ['managed'] : []),
    ...(facts.external ? ['external'] : []),
  ];
  return [...new Set(words)].join('  ·  ');
}

/** `load balancer haproxy on c, address 203.0.113.10`. */
export function titleOf(node: Node): string {
  const { facts } = node;
  const more = [
    ...(facts.role ? [facts.role.value] : []),
    ...(facts.standby ? [`${facts.standby.value.takeover} standby`] : []),
    ...(node.managed ? ['managed'] : []),
    ...(node.external ? ['external'] : []),
    ...(facts.note ? [facts.note.value] : []),
  ];
  return [`${kindWord(node.kind)} ${node.id}`, ...more].join(', ');
}
