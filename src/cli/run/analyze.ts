// `archlint analyze`: a file → its figures; what stops with given losses; another file's figures beside them.

import { quoted } from '../../base/words.js';
import {
  analyze,
  compare,
  readingOptions,
  reportFigures,
  resolve,
  type AnalyzeOptions,
  type Comparison,
  type Diagnostic,
  type FiguresFormat,
  type System,
} from '../../index.js';
import { usage } from '../arguments.js';
import { analyze as command } from '../commands/analyze.js';
import { flag, valueOf, type Arguments, type Call } from '../command.js';
import { projectFor } from '../config/project.js';
import { styleFor } from '../style.js';
import { failedIn, failedNames } from './failed.js';
import { todayOf, notUnderstood, operandOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const options = optionsOf(given);
  const format = formatOf(given);
  const file = operandOf(command, given);
  const names = failedNames(command, given);
  const read = await understood(call, file);
  if (!read.system) return notUnderstood(call, read.diagnostics);
  const other = valueOf(given, 'compare');
  const second = other === undefined ? undefined : await understood(call, other);
  if (second && !second.system) return notUnderstood(call, second.diagnostics);
  const lost = names.length > 0 ? failedIn(read.system, names) : undefined;
  const analysis = analyze(read.system, options);
  const comparison = second?.system && other !== undefined ? compared(other, second.system) : undefined;
  function compared(name: string, system: System): Comparison {
    const there = analyze(system, options);
    return { file: name, analysis: there, journeys: compare(analysis, there) };
  }
  const style = await styleFor(call, world.stdout);
  const run = { file, analysis, ...(lost ? { whatIf: lost } : {}), ...(comparison ? { comparison } : {}) };
  world.stdout.write(reportFigures(run, { ...style, format }));
  return 0;
}

interface Understood {
  readonly system?: System;
  readonly diagnostics: readonly Diagnostic[];
}

async function understood(call: Call, file: string): Promise<Understood> {
  const { project, settings } = await projectFor(call, command, file);
  const { system, diagnostics } = resolve(project, readingOptions(settings));
  return system.incomplete ? { diagnostics } : { system, diagnostics };
}

function optionsOf(given: Arguments): AnalyzeOptions {
  const order = valueOf(given, 'order');
  if (order !== undefined && !/^[1-9]\d{0,3}$/.test(order))
    throw usage(command, `\`--order\` needs a whole number from 1, not ${quoted(order)}`);
  const today = todayOf(command, given);
  return {
    ...(order === undefined ? {} : { orders: Number(order) }),
    ...(today === undefined ? {} : { today }),
  };
}

function formatOf(given: Arguments): FiguresFormat {
  const format = valueOf(given, 'format') as FiguresFormat | undefined;
  if (!flag(given, 'json')) return format ?? 'text';
  if (format !== undefined && format !== 'json')
    throw usage(command, `\`--json\` and \`--format ${format}\` exclude each other`);
  return 'json';
}
