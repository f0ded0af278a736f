// `archlint accepted`: files → the risks that they accept, and what became of each.

import { positionAt, said, textAt, wrap, type JudgedAccept, type Style } from '../../index.js';
import { judge, loaderOf, type Judged } from '../check/judge.js';
import { accepted as command } from '../commands/accepted.js';
import { flag, valueOf, type Call } from '../command.js';
import { notIgnored } from '../config/ignored.js';
import { settingsFor } from '../config/settings.js';
import { namedPaths } from '../plan.js';
import { styleFor } from '../style.js';
import { todayOf } from './shared.js';

/** A contract (`src/report/schema/accepted.json`): fields may be added, never changed. */
interface Entry {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly form: 'statement' | 'comment';
  readonly rule: string;
  readonly subjects: readonly string[];
  readonly reason: string;
  readonly until: string | null;
  readonly state: JudgedAccept['state'];
}

export async function run(call: Call): Promise<number> {
  const { world, arguments: given } = call;
  const stdinFilename = valueOf(given, 'stdin-filename');
  const today = todayOf(command, given) ?? world.today();
  const named = namedPaths(world, given.operands, { stdinFilename, mayBeEmpty: flag(given, 'no-error-on-unmatched') });
  const settings = await settingsFor(call, command, named.paths);
  const paths = notIgnored(call, named, settings);
  const judged = judge(call, await loaderOf(call, settings, stdinFilename), { paths, settings, today });
  for (const { message } of judged.troubles) world.stderr.write(`archlint: ${message}\n`);
  const entries = entriesOf(judged);
  const text = flag(given, 'json')
    ? `${JSON.stringify({ version: 1, accepts: entries }, undefined, 2)}\n`
    : table(entries, await styleFor(call, world.stdout));
  world.stdout.write(text);
  return judged.troubles.length > 0 ? 2 : 0;
}

/** By place. What several systems import is judged by each: it is in use where one of them has use for it. */
function entriesOf({ files, systems }: Judged): readonly Entry[] {
  const reported = new Set(files);
  const byPlace = new Map<string, Entry>();
  for (const one of systems.flatMap(({ accepts }) => accepts)) {
    const entry = entryFor(one);
    if (!reported.has(entry.file)) continue;
    const key = [entry.file, entry.line, entry.column].join('\n');
    if (!byPlace.has(key) || entry.state === 'in use') byPlace.set(key, entry);
  }
  return [...byPlace.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}

function entryFor({ accept, state }: JudgedAccept): Entry {
  const { rule, reason, until, at, owners } = accept;
  const subjects = owners.flatMap((owner) => {
    switch (owner.of) {
      case 'node':
      case 'zone':
        return [owner.node.id];
      case 'record':
        return [owner.record.name];
      case 'connection':
        return [textAt(owner.connection.at).replace(/\s+/g, ' ')];
      case 'file':
      case 'line':
        return [];
    }
  });
  const form = owners.some(({ of }) => of === 'line') ? 'comment' : 'statement';
  const place = { file: at.source.path, ...positionAt(at.source, at.start) };
  return { ...place, form, rule, subjects: [...new Set(subjects)], reason, until: until ?? null, state };
}

/** A line each; on a terminal the reasons are wrapped beside it. */
function table(entries: readonly Entry[], style: Style): string {
  if (entries.length === 0) return 'nothing is accepted\n';
  const rows = entries.map((entry) => [
    `${entry.file}:${entry.line}:${entry.column}`,
    entry.state,
    entry.rule,
    shortened(entry),
    entry.until ?? 'no date',
    entry.reason,
  ]);
  const heading = ['place', 'state', 'rule', 'of', 'until', 'reason'];
  const shown = [heading, ...rows].map((row) => row.map((cell) => said(cell, style)));
  const widths = heading.map((_, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  const lead = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const lines = shown.flatMap((row, index) => {
    const cells = row.slice(0, -1).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const [first = '', ...rest] = wrap(row.at(-1) ?? '', Math.max(20, (style.columns ?? Infinity) - lead));
    const line = [...cells, first].join('  ');
    return [index === 0 ? style.paint.strong(line) : line, ...rest.map((more) => ' '.repeat(lead) + more)];
  });
  return `${lines.join('\n')}\n`;
}

function shortened({ subjects, form }: Entry): string {
  const [first, ...others] = subjects;
  if (first === undefined) return form === 'comment' ? 'its line' : 'the file';
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
