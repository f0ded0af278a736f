// Traffic components → tiers: instances that do the same job, by kind and name, or as stated.

import type { Writable } from '../base/writable.js';
import type { Draft } from './draft.js';
import { groupOf, type KindName } from './kinds.js';
import type { Node, Tier } from './system.js';

/** The node that a draft becomes; the same object. */
export function asNode(draft: Draft): Node {
  return draft;
}

/**
 * Gives every node the name of its group: of counted copies the declared name; of a numbered series (`web1`, `web-2`) what stands
 * before the number, where several of that kind share it.
 */
export function nameGroups(drafts: Iterable<Draft>): void {
  const series = new Map<string, Set<string>>();
  const candidates: { draft: Draft; stem: string; key: string }[] = [];
  for (const draft of drafts) {
    if (draft.stem !== draft.name) continue;
    const stem = /^(.*?[^\d_-])[_-]?\d+$/u.exec(draft.name)?.[1];
    if (stem === undefined) continue;
    const key = `${draft.kind} ${stem}`;
    candidates.push({ draft, stem, key });
    series.set(key, (series.get(key) ?? new Set()).add(draft.name));
  }
  for (const { draft, stem, key } of candidates) {
    if ((series.get(key)?.size ?? 0) > 1) draft.stem = stem;
  }
}

interface Group {
  readonly name: string;
  readonly kind: KindName;
  readonly home: Draft | undefined;
  readonly instances: Draft[];
}

export function buildTiers(drafts: Iterable<Draft>): readonly Tier[] {
  const groups = new Map<string, Group>();
  for (const draft of drafts) {
    if (groupOf(draft.kind) !== 'traffic' || draft.caller) continue;
    const home = ownTiersHome(draft);
    const name = asNode(draft).facts.tier?.value ?? draft.stem;
    const key = `${home?.id ?? ''} ${draft.kind} ${name}`;
    const group = groups.get(key);
    if (group) group.instances.push(draft);
    else groups.set(key, { name, kind: draft.kind, home, instances: [draft] });
  }
  const uses = new Map<string, number>();
  for (const group of groups.values()) {
    const path = pathOf(group);
    uses.set(path, (uses.get(path) ?? 0) + 1);
  }
  return Array.from(groups.values(), (group) => {
    const path = pathOf(group);
    const tier = tierOf(group, uses.get(path) === 1 ? path : `${group.kind} ${path}`);
    for (const instance of group.instances) instance.tier = tier;
    return tier;
  });
}

function ownTiersHome(draft: Draft): Draft | undefined {
  for (let around = draft.parent; around; around = around.parent) if (around.facts.ownTiers) return around;
  return undefined;
}

function pathOf(group: Group): string {
  return group.home ? `${group.home.id}/${group.name}` : group.name;
}

const nobody: Tier['controllers'] = new Map();

function tierOf(group: Group, id: string): Tier {
  const instances: readonly Node[] = group.instances;
  const tier: Writable<Tier> = {
    id,
    name: group.name,
    kind: group.kind,
    instances,
    needs: 1,
    controllers: nobody,
  };
  // What an earlier instance states goes before what a later one does.
  for (const { facts } of instances) {
    if (facts.needs) tier.needs = Math.max(tier.needs, facts.needs.value);
    if (facts.quorum) tier.quorum ??= facts.quorum.value;
    if (facts.deploy) tier.deploy ??= facts.deploy.value;
    if (facts.session) tier.session ??= facts.session.value;
    if (facts.commonCause) tier.commonCause ??= facts.commonCause.value;
  }
  return tier;
}
