// Git as Node runs it. The module that starts programs is loaded when git is asked, not at every start.

import type { GitAnswer } from './world.js';

/** The largest file or list of files that git may answer with, in bytes. */
const largest = 1 << 30;

export function askGit(folder: string, args: readonly string[]): GitAnswer | 'missing' {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  // Its messages in English, as they are read; no pager, no lock on the index.
  const env = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: folder,
    env,
    maxBuffer: largest,
    windowsHide: true,
  });
  if (error && 'code' in error && error.code === 'ENOENT') return 'missing';
  if (error) throw error;
  return { status: status ?? 1, stdout, stderr };
}
