// System and findings → PNG, in light unless another theme is asked for.

import { setFlagsFromString } from 'node:v8';
import { mostPixels, rasterise, rasterSize } from '../../index.js';
import { usage } from '../arguments.js';
import { render as command } from '../commands/render.js';
import { valueOf } from '../command.js';
import { absolute } from '../paths.js';
import { Trouble } from '../world.js';
import type { Request } from './format.js';

/** From here on it takes more than a second. */
const manyPixels = 10_000_000;

export async function make(request: Request): Promise<Uint8Array> {
  const { world, arguments: given } = request.call;
  const fonts = (given.values.get('font') ?? []).map((path) =>
    fontAt(path, world.files.read(absolute(world.folder, path))),
  );
  const { make: makeSvg } = await import('./svg.js');
  const svg = await makeSvg(request);
  const scale = Number(valueOf(given, 'scale') ?? '1');
  const { width, height } = rasterSize(svg, scale);
  if (width * height > mostPixels) {
    throw usage(
      command,
      `at \`--scale ${scale}\` this is ${width} × ${height} pixels, more than can be drawn; an SVG has no such limit`,
    );
  }
  request.progress.begin('making pixels', width * height > manyPixels);
  // The rasteriser runs once and shortly: optimising its code takes twice as long as drawing with what V8 makes of it at first.
  setFlagsFromString('--liftoff-only');
  const { png, foreign } = await rasterise(svg, { scale, engine: world.rasteriser(), fonts });
  if (foreign.length > 0 && fonts.length === 0) {
    const [first = ''] = foreign;
    const what = foreign.length === 1 ? `\`${first}\` is` : `${foreign.length} characters such as \`${first}\` are`;
    world.stderr.write(
      `note: ${what} not in archlint's font and drawn as \`\ufffd\`; name one that has them by \`--font FILE\`\n`,
    );
  }
  return png;
}

/** What cannot be read as a font would be passed over without a word. */
function fontAt(path: string, bytes: Uint8Array): Uint8Array {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (['\u0000\u0001\u0000\u0000', 'OTTO', 'true', 'ttcf'].includes(start)) return bytes;
  throw new Trouble(
    `\`${path}\` is no font that can be read`,
    '`--font` takes a TrueType or OpenType file (.ttf, .otf, .ttc)',
  );
}
