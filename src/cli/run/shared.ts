// What several commands have in common.

import { reportEveryday, type Diagnostic } from '../../index.js';
import { usage } from '../arguments.js';
import { valueOf, type Arguments, type Call, type Command } from '../command.js';
import { styleFor } from '../style.js';

/** The only operand of a command that needs one. */
export function operandOf(command: Command, given: Arguments): string {
  const [operand] = given.operands;
  if (operand === undefined) throw usage(command, `\`${command.name}\` needs ${command.operands}`);
  return operand;
}

/** Says on stderr what cannot be understood. Status 1: the fault is the file's. */
export async function notUnderstood(call: Call, reading: readonly Diagnostic[]): Promise<number> {
  const findings = reading.filter(({ severity }) => severity === 'error');
  const files = [...new Set(findings.map(({ at }) => at.source.path))];
  const style = await styleFor(call, call.world.stderr);
  call.world.stderr.write(reportEveryday({ files, findings, unjudged: [], summary: true }, style));
  return 1;
}

/** The day that was named. Throws a `Trouble` where there is no such day. */
export function todayOf(command: Command, given: Arguments): string | undefined {
  const today = valueOf(given, 'today');
  if (today === undefined || isDay(today)) return today;
  throw usage(command, `\`--today\` needs a day such as \`2027-01-31\`, not \`${today}\``);
}

/** A day that exists, as `2027-01-31`. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
