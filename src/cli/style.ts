// How text is shown here: the terminal, the environment and the options → colours, width and character set.

import { plain, type Paint, type Style } from '../index.js';
import { flag, valueOf, type Call } from './command.js';
import type { Output } from './world.js';

export async function styleFor({ world, arguments: given }: Call, output: Output): Promise<Style> {
  const columns = output.columns();
  return {
    paint: await paintFor({ world, arguments: given }, output),
    ascii: flag(given, 'ascii') || !isUnicode(world.environment),
    ...(columns === undefined ? {} : { columns }),
  };
}

/** The same without colours and width, for files. */
export function fileStyle({ world, arguments: given }: Call): Style {
  return { paint: plain, ascii: flag(given, 'ascii') || !isUnicode(world.environment) };
}

/** `--color` first, then FORCE_COLOR, then NO_COLOR (https://no-color.org), then whether it is a terminal that can. */
async function paintFor({ world, arguments: given }: Call, output: Output): Promise<Paint> {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = world.environment;
  const when = valueOf(given, 'color') ?? 'auto';
  if (when === 'never') return plain;
  if (when === 'auto') {
    const forced = force !== undefined && force !== '0' && force !== 'false';
    if (force !== undefined && !forced) return plain;
    if (!forced && no !== undefined && no !== '') return plain;
    if (!forced && (terminal === 'dumb' || !output.terminal())) return plain;
  }
  return (await import('./colour.js')).coloured;
}

/** A locale that names another character set than UTF-8, or the C locale, asks for ASCII; no locale at all does not. */
function isUnicode(environment: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [environment.LC_ALL, environment.LC_CTYPE, environment.LANG].find(
    (value) => value !== undefined && value !== '',
  );
  return locale === undefined || /utf-?8/i.test(locale);
}
