// Paths: absolute ones for the world, and the ones that messages show, relative to the working folder; both with `/`.

import * as path from 'node:path';

export function absolute(folder: string, name: string): string {
  return slashed(path.resolve(folder, name));
}

/** As messages show it: relative to the working folder, or absolute where no relative path leads (another drive). */
export function shownPath(folder: string, name: string): string {
  return slashed(path.relative(folder, name));
}

export function parentOf(name: string): string {
  return slashed(path.dirname(name));
}

/** Whether a path lies in a folder, at any depth. */
export function isInside(name: string, folder: string): boolean {
  return name.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function slashed(name: string): string {
  return path.sep === '\\' ? name.replaceAll('\\', '/') : name;
}
