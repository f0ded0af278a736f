// Paths → the moment at which something at one of them may have changed.
//
// The folders are watched, not the files: an editor that replaces a file by another makes a new one. What the system tells of them is only a
// reason to look, and some file systems tell nothing: so the paths are looked at every second as well. Whoever waits says what counts as different.

import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';

/** Milliseconds in which nothing may change any more: an editor may write a file in several steps, or move it away first. */
const calm = 60;

const every = 1000;

export async function changed(paths: Iterable<string>, differs: () => boolean): Promise<boolean> {
  const watchers: FSWatcher[] = [];
  let look = (): void => undefined;
  // Waiting is ended at once; while archlint computes, nobody listens, and the signal itself ends it.
  const leave = (): void => process.exit(130);
  process.on('SIGINT', leave);
  const timer = setInterval(() => {
    look();
  }, every);
  try {
    for (const folder of foldersOf(paths)) {
      try {
        const watcher = watch(folder, () => {
          look();
        });
        // A folder that goes is seen from the one above it.
        watcher.on('error', () => {
          watcher.close();
        });
        watchers.push(watcher);
      } catch {
        // Too many are watched, or this one may not be: then it is looked at every second.
      }
    }
    await new Promise<void>((resolve) => {
      let isWaiting = false;
      look = () => {
        if (isWaiting || !differs()) return;
        isWaiting = true;
        setTimeout(() => {
          resolve();
        }, calm);
      };
      // What changed before anybody watched.
      look();
    });
    return true;
  } finally {
    clearInterval(timer);
    for (const watcher of watchers) watcher.close();
    process.off('SIGINT', leave);
  }
}

/** Of each path its folder and the path itself, should it be one; of what is missing the nearest folder above that is there. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    let above = dirname(path);
    while (!existsSync(above) && dirname(above) !== above) above = dirname(above);
    folders.add(above);
  }
  return folders;
}
