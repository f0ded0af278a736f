// `archlint init`: a folder → a first description, a config, and an entry for pre-commit. Nothing is asked, and nothing that exists is touched.

import { said } from '../../index.js';
import type { Call } from '../command.js';
import { absolute, parentOf, shownPath } from '../paths.js';
import { Trouble, type World } from '../world.js';

const hookConfig = '.pre-commit-config.yaml';

export function run({ world, arguments: given }: Call): Promise<number> {
  const folder = absolute(world.folder, given.operands[0] ?? '.');
  if (world.files.kind(folder) !== 'folder') {
    throw new Trouble(`\`${given.operands[0] ?? '.'}\` is no folder`, 'make it first');
  }
  const lines = [...description(world, folder), ...config(world, folder), ...hook(world, folder)];
  world.stdout.write(`${lines.join('\n')}\n\n${next(world, folder).join('\n')}\n`);
  return Promise.resolve(0);
}

function inside(folder: string, name: string): string {
  return `${folder === '/' ? '' : folder}/${name}`;
}

function written(world: World, path: string, { text, what }: { text: string; what: string }): string {
  world.files.write(path, text);
  return `wrote ${shownPath(world.folder, path)}: ${what}`;
}

function kept(world: World, path: string): string {
  return `kept ${shownPath(world.folder, path)}, which is there already`;
}

/** The descriptions that a folder has, by name. */
function descriptionsIn(world: World, folder: string): readonly string[] {
  return world.files
    .list(folder)
    .filter(({ name, kind }) => kind === 'file' && name.endsWith('.infra'))
    .map(({ name }) => name)
    .sort();
}

function description(world: World, folder: string): readonly string[] {
  const [existing] = descriptionsIn(world, folder);
  if (existing !== undefined) return [kept(world, inside(folder, existing))];
  const text = firstDescription(titleFor(world, folder));
  return [written(world, inside(folder, 'site.infra'), { text, what: 'a first system, for you to change' })];
}

/**
 * It has no finding, so that the first commit and the first run of CI pass; what its comments say to take away brings each of the findings
 * that most people should see first.
 */
function firstDescription(title: string): string {
  return `# What runs where, and who calls whom. Order does not matter, and nothing is positioned or coloured by hand.
title "${title}"

client visitor "Visitor's browser"

lb balancer { managed }  # somebody else runs it, and runs it twice. Without \`managed\`: a single point of failure

host web-1, web-2 {         # two hosts with the same body. With one of them: a single point of failure
  firewall nftables         # without it: a host that anybody reaches
  monitor agent             # without it: nobody hears when the host stops
  web nginx
  app gunicorn
  nginx -> gunicorn : unix  # inside a block, a name means the nearest
}

db postgres { managed }

visitor -> balancer  : https  # with \`http\`: a journey in clear text
balancer -> nginx    : https
gunicorn -> postgres : postgres
`;
}

/** The project's name, or the folder's. */
function titleFor(world: World, folder: string): string {
  const { name } = manifestIn(world, folder);
  const title = typeof name === 'string' && name !== '' ? name : (folder.split('/').pop() ?? '');
  return said(title === '' ? 'My site' : title, { ascii: false }).replace(/["\\]/g, '\\$&');
}

/** What package.json says; nothing where there is none, or none that can be read. */
function manifestIn(world: World, folder: string): Readonly<Record<string, unknown>> {
  const path = inside(folder, 'package.json');
  if (world.files.kind(path) !== 'file') return {};
  try {
    const content: unknown = JSON.parse(Buffer.from(world.files.read(path)).toString('utf8'));
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function config(world: World, folder: string): readonly string[] {
  const path = inside(folder, 'archlint.config.json');
  if (world.files.kind(path) !== 'missing') return [kept(world, path)];
  if (Object.hasOwn(manifestIn(world, folder), 'archlint')) {
    return [`kept the config in ${shownPath(world.folder, inside(folder, 'package.json'))}`];
  }
  const schema = 'node_modules/archlint/dist/schema/config.json';
  const known = world.files.kind(inside(folder, schema)) === 'file';
  const content = { ...(known ? { $schema: `./${schema}` } : {}), preset: 'recommended' };
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  return [written(world, path, { text, what: 'which rules count, and how much' })];
}

/** pre-commit reads its config at the root of the repository. */
function hook(world: World, folder: string): readonly string[] {
  const root = repositoryAround(world, folder);
  if (root === undefined) return ['no hook: this folder is in no git repository'];
  const path = inside(root, hookConfig);
  if (world.files.kind(path) === 'missing') {
    return [
      written(world, path, { text: `repos:\n${entry(world, root)}`, what: 'checks and formats what is committed' }),
    ];
  }
  if (Buffer.from(world.files.read(path)).includes('archlint')) return [kept(world, path)];
  return [`${kept(world, path)}; add to its \`repos\`:`, '', entry(world, root).trimEnd()];
}

function repositoryAround(world: World, folder: string): string | undefined {
  for (let above = folder; ; above = parentOf(above)) {
    if (world.files.kind(inside(above, '.git')) !== 'missing') return above;
    if (parentOf(above) === above) return undefined;
  }
}

/** The program that the project has, where it has one; else pre-commit installs it. */
function entry(world: World, root: string): string {
  if (world.files.kind(inside(root, 'node_modules/archlint')) === 'missing') {
    return `  - repo: https://github.com/archlint/archlint
    rev: v${world.version}
    hooks:
      - id: archlint
      - id: archlint-fmt
`;
  }
  const local = (id: string, command: string) => `      - id: ${id}
        name: ${id.replace('-', ' ')}
        entry: npx --no-install archlint ${command}
        language: system
        files: \\.infra$
`;
  return `  - repo: local\n    hooks:\n${local('archlint', 'check')}${local('archlint-fmt', 'fmt')}`;
}

function next(world: World, folder: string): readonly string[] {
  const name = shownPath(world.folder, inside(folder, descriptionsIn(world, folder)[0] ?? 'site.infra'));
  const rows = [
    [`archlint check ${name}`, 'what is wrong with it, and why'],
    [`archlint render ${name} -o ${name.replace(/infra$/, 'svg')}`, 'the picture, with the findings in it'],
    ...(repositoryAround(world, folder) === undefined
      ? []
      : [['pre-commit install', 'from then on a commit with errors is refused']]),
  ] as const;
  const width = Math.max(...rows.map(([command]) => command.length));
  return ['next:', ...rows.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`)];
}
