// Systems of any size as texts, made from a number: places in places, every kind, connections of every form.

import type { Scene } from '../src/layout/index.js';
import type { System } from '../src/model/index.js';

/** The same numbers for the same seed, on every machine. */
export function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761;
  return (sides) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 1013904223) >>> 0;
    return state % sides;
  };
}

const kinds = ['lb', 'web', 'app', 'app', 'worker', 'service', 'cache', 'queue', 'db', 'storage'] as const;
const words = [
  'http',
  'https',
  'mysql tls',
  'redis optional',
  'amqp async',
  'postgres',
  'https/8443',
  'grpc',
  'tcp/99',
  'postgres read "reads"',
];

/** About `size` nodes. */
export function large(seed: number, size: number): string {
  const roll = dice(seed);
  const lines: string[] = [
    `title "System ${seed}"`,
    'client visitor "A visitor"',
    'dns site.example {',
    '  www A 203.0.113.1',
    '  @ A 203.0.113.1',
    '}',
  ];
  const names: { name: string; rank: number }[] = [];
  const component = (at: number): string => {
    const kind = kinds[roll(kinds.length)] ?? 'app';
    const name = `${kind}-${['x', 'yy', 'long-name', 'zed'][roll(4)] ?? ''}${at}a`;
    names.push({ name, rank: kinds.indexOf(kind) });
    return `${kind} ${name}${roll(7) === 0 ? ' "A label of its own"' : ''}${roll(9) === 0 ? ' { note "with a remark" }' : ''}`;
  };
  let made = 0;
  let host = 0;
  const zones = 1 + roll(3);
  for (let zone = 1; zone <= zones; zone++) {
    const place = roll(3);
    if (place > 0) lines.push(place === 1 ? `zone z${zone} {` : `network n${zone} { private`);
    for (; made < (size * zone) / zones;) {
      host += 1;
      lines.push(`host h${host} {`);
      if (roll(3) === 0) lines.push('firewall wall');
      if (roll(3) === 0) lines.push('monitor agent');
      for (let count = roll(4); count >= 0; count--) lines.push(component(made++));
      lines.push('}');
      if (roll(4) === 0) lines.push(component(made++));
    }
    if (place > 0) lines.push('}');
  }
  lines.push('monitor prometheus', 'storage backups', 'host alone {', '}');
  const [entry] = names;
  if (entry) lines.push(`visitor -> ${entry.name} : https`);
  for (let count = Math.ceil(size * 1.2); count > 0; count--) {
    const from = names[roll(names.length)];
    const to = names[roll(names.length)];
    if (!from || !to || from === to) continue;
    // Mostly along the tiers; sometimes back.
    const [first, second] = from.rank <= to.rank || roll(8) === 0 ? [from, to] : [to, from];
    const third = names[roll(names.length)];
    const list =
      roll(6) === 0 && third && third !== first && third !== second ? `${second.name}, ${third.name}` : second.name;
    const caller = names[roll(names.length)];
    const callers =
      roll(6) === 0 && caller && caller !== first && !list.split(', ').includes(caller.name)
        ? `${first.name}, ${caller.name}`
        : roll(40) === 0
          ? `www.site.example, site.example`
          : first.name;
    lines.push(`${callers} -> ${list}${roll(5) === 0 ? '' : ` : ${words[roll(words.length)] ?? 'http'}`}`);
  }
  lines.push('prometheus -> h1 : metrics');
  return `${lines.join('\n')}\n`;
}

/** Zones with the same tiers, and in each as many servers as stated: four nodes for each. */
export function replicated(zones: number, servers: number): string {
  const lines = ['client visitor', 'dns site.example {', '  www A 203.0.113.1', '}'];
  for (let zone = 1; zone <= zones; zone++) {
    lines.push(`zone z${zone} {`, `host gate${zone} { address 203.0.113.1; lb haproxy }`);
    for (let server = 1; server <= servers; server++) {
      lines.push(
        `host w${zone}x${server} {`,
        'web nginx; app gunicorn; cache redis',
        'nginx -> gunicorn : unix',
        'gunicorn -> redis : redis',
        '}',
      );
    }
    lines.push(`host d${zone} { db mysql { role ${zone === 1 ? 'primary' : 'replica'} } }`, '}');
  }
  lines.push(
    'visitor -> www.site.example : https',
    'haproxy -> nginx : http',
    'gunicorn -> mysql : mysql',
    'mysql -> mysql : replication',
  );
  return `${lines.join('\n')}\n`;
}

/** The system with one text as the label of every node and connection: what a parser might one day let through. */
export function relabelled(system: System, label: string): System {
  const nodes = new Map(system.nodes);
  const renamed = new Map([...nodes].map(([id, node]) => [node, { ...node, label, id }]));
  for (const node of renamed.values()) {
    const { parent, children } = node;
    Object.assign(node, {
      children: children.map((child) => renamed.get(child)),
      ...(parent ? { parent: renamed.get(parent) } : {}),
    });
  }
  const swap = <T extends { readonly id: string }>(list: readonly T[]) =>
    list.map((one) => renamed.get(nodes.get(one.id) ?? (one as never)) ?? one);
  return {
    ...system,
    title: label,
    nodes: new Map([...renamed.values()].map((node) => [node.id, node])),
    connections: system.connections.map((one) => ({
      ...one,
      label,
      from: swap(one.from),
      callers: swap(one.callers),
      choices: one.choices.map((choice) => ({ ...choice, named: swap(choice.named), nodes: swap(choice.nodes) })),
    })),
  };
}

/** Pairs in one container that stood clearly beside or above each other, and now stand the other way round. */
export function reshuffled(before: Scene, after: Scene): string[] {
  const now = new Map(after.boxes.map((box) => [box.id, box]));
  const turned: string[] = [];
  for (const one of before.boxes) {
    for (const other of before.boxes) {
      const [a, b] = [now.get(one.id), now.get(other.id)];
      if (one.parent !== other.parent || !a || !b) continue;
      if (one.x + one.width <= other.x && b.x + b.width <= a.x) turned.push(`${one.id} was left of ${other.id}`);
      const sameColumn = one.x < other.x + other.width && other.x < one.x + one.width;
      if (sameColumn && one.y + one.height <= other.y && b.y + b.height <= a.y)
        turned.push(`${one.id} was above ${other.id}`);
    }
  }
  return turned;
}

/** Every declared node and record stands in the scene, in a stack with its copies. */
export function missing(system: System, scene: Scene): string[] {
  const shown = new Set(scene.boxes.flatMap((box) => box.subjects));
  const declared = [
    ...system.nodes.keys(),
    ...system.zones.flatMap((zone) => zone.records.map((record) => record.name)),
  ];
  return declared.filter((subject) => !shown.has(subject));
}
