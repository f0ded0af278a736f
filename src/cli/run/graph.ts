// `archlint graph`: what a file was understood to mean, for people and for programs.

import { graphOf, readingOptions, resolve, said, type System } from '../../index.js';
import { graph as command } from '../commands/graph.js';
import { flag, type Call } from '../command.js';
import { projectFor } from '../config/project.js';
import { styleFor } from '../style.js';
import { notUnderstood, operandOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const { project, settings } = await projectFor(call, command, operandOf(command, given));
  const { system, diagnostics } = resolve(project, readingOptions(settings));
  if (system.incomplete) return notUnderstood(call, diagnostics);
  if (flag(given, 'json')) {
    world.stdout.write(`${JSON.stringify(graphOf(system), undefined, 2)}\n`);
  } else {
    const style = await styleFor(call, world.stdout);
    world.stdout.write(
      sections(system)
        .map(([title, lines]) => `${style.paint.strong(title)}\n${indented(lines, style)}`)
        .join('\n'),
    );
  }
  return 0;
}

function indented(lines: readonly string[], style: { readonly ascii: boolean }): string {
  return (lines.length === 0 ? ['(none)'] : lines).map((line) => `  ${said(line, style)}\n`).join('');
}

function sections(system: System): readonly (readonly [title: string, lines: readonly string[]])[] {
  const width = Math.max(0, ...system.tiers.map(({ id, kind }) => id.length + kind.length)) + 1;
  const tiers = system.tiers.map(({ id, kind, instances }) => {
    return `${`${kind} ${id}`.padEnd(width)}  ${instances.map((node) => node.id).join(', ')}`;
  });
  const connections = system.connections.map((connection) => {
    const from = connection.fromRecord ?? connection.from.map(({ id }) => id).join(', ');
    const to = connection.choices.map(({ text, record, nodes }) => {
      const answering = nodes.map(({ id }) => id).join(', ');
      return record !== undefined || answering === ''
        ? `${record ?? text}${answering === '' ? '' : ` (${answering})`}`
        : answering;
    });
    const protocol =
      connection.protocol === undefined
        ? ''
        : ` : ${connection.protocol.name}${connection.port === undefined ? '' : `/${connection.port}`}`;
    return `${from} → ${to.join(' | ')}${protocol}${connection.need || connection.peer ? '' : ', no need'}`;
  });
  return [
    ['tiers and their instances', tiers],
    ['connections', connections],
    [
      'journeys',
      system.journeys.map(({ id, reads }) => `${id.replaceAll(' -> ', ' → ')}${reads ? ', reads only' : ''}`),
    ],
  ];
}
