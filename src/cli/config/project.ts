// The one file that a command is about → its project, and the settings of its config.

import { readingOptions, type CheckSettings, type Project } from '../../index.js';
import { valueOf, type Call, type Command } from '../command.js';
import { loadOne, pathOf } from '../load.js';
import { settingsFor } from './settings.js';

export async function projectFor(
  call: Call,
  command: Command,
  operand: string,
): Promise<{ readonly project: Project; readonly settings: CheckSettings }> {
  const { world, arguments: given } = call;
  const stdinFilename = valueOf(given, 'stdin-filename');
  const path = pathOf(world, operand, stdinFilename);
  const settings = (await settingsFor(call, command, [path])).of(path);
  const { nesting } = readingOptions(settings);
  const project = await loadOne(world, operand, { stdinFilename, nesting: () => nesting });
  return { project, settings };
}
