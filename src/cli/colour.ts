// The colours of reports. Loaded only where colours are shown.

import { Chalk } from 'chalk';
import type { Paint } from '../index.js';

// Sixteen colours: the reader's terminal decides what they look like, on dark and on light.
const chalk = new Chalk({ level: 1 });

export const coloured: Paint = {
  error: chalk.bold.red,
  warning: chalk.bold.yellow,
  info: chalk.bold.cyan,
  accepted: chalk.bold.green,
  strong: chalk.bold,
  frame: chalk.blue,
  secondary: chalk.blue,
  faint: chalk.dim,
  code: chalk.cyan,
  added: chalk.green,
  removed: chalk.red,
};
