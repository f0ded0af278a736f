// `archlint config`: a file → the settings that hold for it, each with its origin.

import { valuesOf, type Origin, type Value } from '../../config/index.js';
import { config as command } from '../commands/config.js';
import { flag, type Call } from '../command.js';
import { settingsFor, type Settings } from '../config/settings.js';
import { absolute, shownPath } from '../paths.js';
import { styleFor } from '../style.js';
import { Trouble } from '../world.js';
import { operandOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const operand = operandOf(command, given);
  const path = absolute(world.folder, operand);
  if (world.files.kind(path) === 'missing') throw new Trouble(`\`${operand}\` does not exist`);
  const settings = await settingsFor(call, command, [path]);
  const files = filesOf(settings, path);
  const values = valuesFor(settings, path, world.folder);
  const ignored = settings.ignoring(path);
  if (flag(given, 'json')) {
    const shown = {
      version: 1,
      file: operand,
      configs: files,
      ignored: ignored !== undefined,
      values: values.map(asJson),
    };
    world.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
    return 0;
  }
  const { paint } = await styleFor(call, world.stdout);
  const lines = flag(given, 'print')
    ? table(values).map(([from, key, value]) => `${paint.faint(from)}  ${key} = ${value}`)
    : files;
  const none = files.length === 0 && !flag(given, 'print') ? ['no config: the preset `recommended`'] : [];
  const skipped = ignored === undefined ? [] : [`\`${operand}\` is ignored, by \`${ignored}\``];
  world.stdout.write([...lines, ...none, ...skipped].map((line) => `${line}\n`).join(''));
  return 0;
}

/** The configs that have a say, from the weakest. */
function filesOf(settings: Settings, path: string): readonly string[] {
  return [...new Set(settings.layers(path).flatMap(({ from }) => from?.text.source.path ?? []))];
}

function valuesFor(settings: Settings, path: string, folder: string): readonly Value[] {
  const usual = { preset: 'recommended', baseline: null };
  return valuesOf(settings.layers(path), shownPath(settings.config(path)?.folder ?? folder, path), {
    catalogue: settings.rules(path),
    usual,
  });
}

function asJson({ key, value, from }: Value): object {
  return from.by === 'config'
    ? { key, value, file: from.file, line: from.line, column: from.column }
    : { key, value, by: from.by };
}

/** In columns: origin, key, value. */
function table(values: readonly Value[]): readonly (readonly [string, string, string])[] {
  const origins = values.map(({ from }) => originText(from));
  const width = Math.max(...origins.map(({ length }) => length));
  return values.map(({ key, value }, index) => [
    (origins[index] ?? '').padEnd(width),
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}

function originText(from: Origin): string {
  return from.by === 'config' ? `${from.file}:${from.line}:${from.column}` : `(${from.by})`;
}
