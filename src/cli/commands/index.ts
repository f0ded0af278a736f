// All commands, in the order in which help lists them.

import type { Command } from '../command.js';
import { accepted } from './accepted.js';
import { analyze } from './analyze.js';
import { baseline } from './baseline.js';
import { check } from './check.js';
import { config } from './config.js';
import { completion } from './completion.js';
import { diff } from './diff.js';
import { explain } from './explain.js';
import { fmt } from './fmt.js';
import { graph } from './graph.js';
import { init } from './init.js';
import { render } from './render.js';
import { rules } from './rules.js';

export const commands: readonly Command[] = [
  check,
  baseline,
  accepted,
  fmt,
  render,
  analyze,
  diff,
  explain,
  rules,
  graph,
  config,
  init,
  completion,
];
