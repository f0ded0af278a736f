// Trees → system: what the text says becomes what it means.

import type { Broken, Statement } from '../../grammar/tree.js';
import type { Diagnostic } from '../base/diagnostic.js';
import { byPlace, textAt, type Source } from '../base/source.js';
import { quoted } from '../base/words.js';
import { acceptsInComments } from './comments.js';
import { connect } from './connections.js';
import { Accepts, Faults, type Draft } from './draft.js';
import { expand } from './expand.js';
import { finished } from './facts.js';
import { speller } from './international.js';
import { journeysOf } from './journeys.js';
import type { Availabilities } from './kinds.js';
import { buildNames, reportName, type Names, type Unread } from './lookup.js';
import { defaultLimits, type Limits, type Project } from './project.js';
import { readRecords } from './records.js';
import type { Node, System, Tier, Zone } from './system.js';
import { asNode, buildTiers, nameGroups } from './tiers.js';

export interface Resolution {
  readonly system: System;
  /** What the parser and the resolver found, by place. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ResolveOptions extends Partial<Limits> {
  readonly assumed?: Availabilities;
}

/** Never fails: what cannot be understood is left out of the system, and reported once. */
export function resolve(project: Project, options: ResolveOptions = {}): Resolution {
  const limits = { ...defaultLimits, ...options };
  const faults = new Faults();
  const accepts = new Accepts();
  const {
    drafts,
    roots,
    connections: placed,
    sources,
    fileFacts,
    tooLarge,
    unread,
  } = expand(project, limits, { faults, accepts });
  nameGroups(drafts.values());
  inherit(roots, { managed: false, external: false });
  const tiers = buildTiers(drafts.values());
  const names = buildNames(drafts, roots);
  const mayBeUnread = tooLarge ? () => true : unreadIn(project, sources, unread);
  linkControllers(drafts, names, faults);
  checkSources(drafts, { names, faults, unread: mayBeUnread });
  checkRepairs(drafts, faults);
  const zones = readZones(drafts, names, faults);
  const connections = connect(placed, {
    drafts,
    names,
    zones,
    faults,
    accepts,
    unread: mayBeUnread,
  });
  // From here on nobody changes them.
  const nodes: ReadonlyMap<string, Node> = drafts;
  const trees = sources.flatMap((source) => project.trees.get(source.path) ?? []);
  const inComments = acceptsInComments(trees, { nodes, zones, connections }, faults);
  const read = trees.flatMap((tree) => tree.diagnostics);
  const deep = read.some((one) => one.code === 'too-large');
  // Blocks that are nested too deep were reported by the parser, which reads no deeper.
  const own = faults.all().filter((one) => !deep || one.code !== 'too-large');
  const diagnostics = [...read, ...own].sort((a, b) => byPlace(a.at, b.at));
  const facts = finished(fileFacts);
  const system: System = {
    ...(facts.title ? { title: facts.title.value } : {}),
    facts,
    sources,
    nodes,
    tiers,
    zones,
    connections,
    journeys: journeysOf(connections),
    accepts: [...accepts.all(), ...inComments],
    assumed: options.assumed ?? {},
    incomplete: diagnostics.some((one) => one.severity === 'error'),
  };
  return { system, diagnostics };
}

/** A name may stand in an import that could not be read, or in a statement that is broken. */
function unreadIn(project: Project, sources: readonly Source[], unread: readonly string[]): Unread {
  const broken = sources.flatMap((source) =>
    brokenIn(project.trees.get(source.path)?.statements ?? []).map((one) => textAt(one.at)),
  );
  const texts = [...broken, ...unread];
  return (name) => project.unreadable.size > 0 || texts.some((text) => text.includes(name));
}

function brokenIn(statements: readonly Statement[]): readonly Broken[] {
  return statements.flatMap((one) => {
    if (one.form === 'broken') return [one];
    return one.form === 'entry' ? one.blocks.flatMap((block) => brokenIn(block.statements)) : [];
  });
}

/** `managed` and `external` hold for all inside. */
function inherit(drafts: readonly Draft[], from: { managed: boolean; external: boolean }): void {
  for (const draft of drafts) {
    draft.managed = from.managed || draft.facts.managed !== undefined;
    draft.external = from.external || draft.facts.external !== undefined;
    inherit(draft.children, draft);
  }
}

/**
 * `standby automatic via sentinel`: the name means a whole tier, wherever its instances stand. A host is none, so where host and component share
 * a name, the component is meant.
 */
function linkControllers(drafts: ReadonlyMap<string, Draft>, names: Names, faults: Faults): void {
  for (const draft of drafts.values()) {
    const via = asNode(draft).facts.standby?.value.via;
    if (!via || !draft.tier) continue;
    const outer = names.find(via.name, draft.parent);
    const inner = names.find(`${via.name}/${via.name.split('/').at(-1) ?? ''}`, draft.parent);
    const isPlace = outer.is === 'found' && !outer.nodes[0]?.tier;
    const found = isPlace && inner.is === 'found' ? inner : outer;
    const word = { text: via.name, at: via.at };
    const nodes = found.is === 'found' ? found.nodes : reportName(found, word, { names, scope: draft.parent, faults });
    const tier = nodes[0]?.tier;
    if (tier) setController(draft.tier, asNode(draft), tier);
    else if (found.is === 'found') {
      faults.add({
        code: 'wrong-value',
        message: `${quoted(via.name)} is no tier of components`,
        at: via.at,
        help: 'a takeover is decided by components, such as sentinels',
      });
    }
  }
}

/** Tiers without any share one empty map. */
function setController(of: { controllers: Tier['controllers'] }, instance: Node, controller: Tier): void {
  of.controllers = new Map(of.controllers).set(instance, controller);
}

/** The names in `allow … from NAME` and `deny … from NAME` are those of the system. */
function checkSources(
  drafts: ReadonlyMap<string, Draft>,
  context: { names: Names; faults: Faults; unread: Unread },
): void {
  for (const draft of drafts.values()) {
    const { allow, deny } = asNode(draft).facts;
    for (const { sources } of [...(allow?.value ?? []), ...(deny?.value ?? [])]) {
      if (sources === 'any') continue;
      for (const source of sources) {
        if (source.block) continue;
        const found = context.names.find(source.text, draft.parent);
        if (found.is === 'none') reportName(found, source, { ...context, scope: draft.parent });
      }
    }
  }
}

/** How often something fails says nothing without how long that lasts. */
function checkRepairs(drafts: ReadonlyMap<string, Draft>, faults: Faults): void {
  for (const draft of drafts.values()) {
    const { availability, mtbf, mttr } = asNode(draft).facts;
    const alone = mtbf && !mttr ? mtbf : mttr && !mtbf ? mttr : undefined;
    if (alone && !availability) {
      const [said, other] = mtbf ? ['mtbf', '`mttr 4h`'] : ['mttr', '`mtbf 2000h`'];
      faults.add({
        code: 'wrong-value',
        message: `${quoted(said)} says nothing by itself`,
        at: alone.at,
        help: `state ${other} beside it, and both give the availability; or state the availability itself`,
      });
    } else if (mtbf?.value === 0) {
      faults.add({
        code: 'wrong-value',
        message: 'something that fails after no time at all is never up',
        at: mtbf.at,
        help: 'state how long it works on average until it fails, as in `mtbf 2000h`',
      });
    }
  }
}

function readZones(drafts: ReadonlyMap<string, Draft>, names: Names, faults: Faults): readonly Zone[] {
  const spell = speller();
  return [...drafts.values()]
    .filter(({ kind }) => kind === 'dns')
    .map((draft) => readRecords(draft, { names, faults, spell }));
}
