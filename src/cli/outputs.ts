// What a check found → where it goes: stdout, files, and annotations for whoever runs it in GitHub Actions.

import {
  catalogue,
  reportEveryday,
  type EverydayFormat,
  type Format,
  type Report,
  type ReportOptions,
} from '../index.js';
import { usage } from './arguments.js';
import type { Judged } from './check/judge.js';
import type { Arguments, Call, Command } from './command.js';
import { absolute, isInside, shownPath } from './paths.js';
import { fileStyle, styleFor } from './style.js';
import { Trouble, type World } from './world.js';

export interface Target {
  readonly format: Format;
  /** Nothing: stdout. */
  readonly file: string | undefined;
}

export interface Outcome {
  readonly shown: Report;
  /** What beside the findings formats may need: systems to draw, and where witnesses stand. */
  readonly judged: Pick<Judged, 'systems' | 'locate'>;
}

/** `json=out.json`: at most one format goes to stdout. */
export function targetsOf(command: Command, given: Arguments): readonly Target[] {
  const targets = (given.values.get('format') ?? ['full']).map((text) => {
    const [format = '', ...file] = text.split('=');
    if (file.length > 0 && file.join('=') === '') throw usage(command, `\`--format ${text}\` names no file`);
    return { format: format as Format, file: file.length > 0 ? file.join('=') : undefined };
  });
  const [first, second] = targets.filter(({ file }) => file === undefined);
  if (first && second) {
    throw usage(command, `two formats cannot both go to stdout; give one a file: \`--format ${second.format}=FILE\``);
  }
  const files = targets.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new Trouble(`two formats cannot both go to \`${twice}\``);
  return targets;
}

/** Nothing is written before everything is made. */
export async function deliver(call: Call, targets: readonly Target[], outcome: Outcome): Promise<void> {
  const { world } = call;
  const texts: { readonly file: string | undefined; readonly text: string }[] = [];
  for (const { format, file } of targets) {
    const style = file === undefined ? await styleFor(call, world.stdout) : fileStyle(call);
    const text = isEveryday(format)
      ? reportEveryday(outcome.shown, { ...style, format })
      : await rare(call, outcome, { ...style, format });
    texts.push({ file, text });
  }
  // The runner reads stderr as well, so what goes to stdout stays what was asked for.
  const annotated = targets.some(({ format, file }) => format === 'github' && file === undefined);
  if (world.environment.GITHUB_ACTIONS === 'true' && !annotated) {
    world.stderr.write(await rare(call, outcome, { ...fileStyle(call), format: 'github' }));
  }
  for (const { file, text } of texts) {
    if (file === undefined) world.stdout.write(text);
    else world.files.write(absolute(world.folder, file), text);
  }
}

function isEveryday(format: Format): format is EverydayFormat {
  return format === 'full' || format === 'concise' || format === 'json';
}

async function rare(call: Call, { shown, judged }: Outcome, options: ReportOptions): Promise<string> {
  const { world } = call;
  const { reportRare } = await import('./formats.js');
  const folder = folderInRepository(world);
  const about: Report = {
    ...shown,
    version: world.version,
    rules: options.format === 'sarif' ? catalogue.map((rule) => withPage(world, rule)) : [],
    ...(folder === undefined ? {} : { folder }),
  };
  return reportRare(call, { shown: about, judged }, options);
}

function withPage(world: World, rule: (typeof catalogue)[number]): NonNullable<Report['rules']>[number] {
  const { id, category, summary, severity, preset } = rule;
  const page = world.page(id);
  return { id, category, summary, severity, preset, ...(page === undefined ? {} : { page }) };
}

/** Forges know files from the root of the repository, wherever in it the check runs. */
function folderInRepository({ environment, folder }: World): string | undefined {
  const root = environment.GITHUB_WORKSPACE ?? environment.CI_PROJECT_DIR;
  if (root === undefined || root === '' || !isInside(folder, absolute(folder, root))) return undefined;
  return shownPath(absolute(folder, root), folder);
}
