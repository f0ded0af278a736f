// The arguments of `check` → what it is to do.

import type { Diagnostic } from '../../index.js';
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
  };
}
