// The arguments of `check` → what it is to do.

import { quoted } from '../../base/words.js';
import type { Diagnostic } from '../../index.js';
import { usage } from '../arguments.js';
import { check as command } from '../commands/check.js';
import { flag, valueOf, type Arguments } from '../command.js';
import { todayOf } from '../run/shared.js';

export interface Options {
  /** Nothing: never. */
  readonly failOn: Diagnostic['severity'] | undefined;
  readonly quiet: boolean;
  readonly today: string | undefined;
  readonly stdinFilename: string | undefined;
  /** A folder without files is no fault. */
  readonly mayBeEmpty: boolean;
  /** How many to work in; nothing: as many as pay. */
  readonly threads: number | undefined;
}

export function optionsOf(given: Arguments): Options {
  const failOn = valueOf(given, 'fail-on') ?? 'error';
  const today = todayOf(command, given);
  return {
    failOn: failOn === 'never' ? undefined : (failOn as Diagnostic['severity']),
    quiet: flag(given, 'quiet'),
    today,
    stdinFilename: valueOf(given, 'stdin-filename'),
    mayBeEmpty: flag(given, 'no-error-on-unmatched'),
    threads: threadsOf(given),
  };
}

function threadsOf(given: Arguments): number | undefined {
  const stated = valueOf(given, 'threads');
  if (stated === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(stated))
    throw usage(command, `\`--threads\` needs a number such as 4, not ${quoted(stated)}`);
  return Number(stated);
}
