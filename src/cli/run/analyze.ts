// `archlint analyze`: a file → its figures; what stops with given losses; another file's figures beside them.

import { didYouMean, listed, quoted } from '../../base/words.js';
import {
  analyze,
  compare,
  namedNodes,
  readingOptions,
  reportFigures,
  resolve,
  whatIf,
  type AnalyzeOptions,
  type Comparison,
  type Diagnostic,
  type FiguresFormat,
  type System,
  type WhatIf,
} from '../../index.js';
import { usage } from '../arguments.js';
import { analyze as command } from '../commands/analyze.js';
import { flag, valueOf, type Arguments, type Call } from '../command.js';
import { projectFor } from '../config/project.js';
import { styleFor } from '../style.js';
import { Trouble } from '../world.js';
import { todayOf, notUnderstood, operandOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const options = optionsOf(given);
  const format = formatOf(given);
  const file = operandOf(command, given);
  const names = (given.values.get('fail') ?? []).flatMap((list) => list.split(',')).map((name) => name.trim());
  if (names.some((name) => name === '')) throw usage(command, '`--fail` needs names, with commas between them');
  const read = await understood(call, file);
  if (!read.system) return notUnderstood(call, read.diagnostics);
  const other = valueOf(given, 'compare');
  const second = other === undefined ? undefined : await understood(call, other);
  if (second && !second.system) return notUnderstood(call, second.diagnostics);
  const lost = names.length > 0 ? losses(read.system, names) : undefined;
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

function losses(system: System, names: readonly string[]): WhatIf {
  const nodes = names.flatMap((name) => {
    const found = namedNodes(system, name);
    switch (found.is) {
      case 'found':
        return found.nodes;
      case 'ambiguous':
        throw new Trouble(
          `${quoted(name)} could mean ${listed(found.names.map(quoted), 'or')}`,
          'write the path of the one you mean',
        );
      case 'none': {
        const hint = didYouMean(found.near);
        throw new Trouble(
          `nothing is called ${quoted(name)}${hint === undefined ? '' : `; ${hint}`}`,
          '`archlint graph` shows what there is',
        );
      }
    }
  });
  return whatIf(system, nodes);
}
