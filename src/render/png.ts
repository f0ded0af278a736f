// A picture as SVG → PNG, by a rasteriser in this process, with the font that its text was measured in.

import type * as Library from '@resvg/resvg-wasm';
import { isOurs } from '../base/letters.js';
import { fontFiles } from './font-files.gen.js';

export interface RasterOptions {
  /** Pixels for each px of the picture. */
  readonly scale: number;
  /** The rasteriser itself: the bytes of `resvg.wasm`, which comes with the package. */
  readonly engine: Uint8Array;
  /** For characters that our font lacks: the bytes of TrueType or OpenType files. */
  readonly fonts?: readonly Uint8Array[];
}

export interface Raster {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Characters that our font lacks: drawn from `fonts`, or as `\ufffd` where none are given. */
  readonly foreign: readonly string[];
}

/** About 400 MB of memory; beyond it the rasteriser fails without a word. */
export const mostPixels = 100_000_000;

/** The size in pixels that a picture comes to. */
export function rasterSize(svg: string, scale: number): { width: number; height: number } {
  const [, width = '0', height = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return { width: Math.ceil(Number(width) * scale), height: Math.ceil(Number(height) * scale) };
}

/** Takes a picture in a forced theme: the rasteriser knows no style sheets, and draws `auto` in light. */
export async function rasterise(svg: string, { scale, engine, fonts = [] }: RasterOptions): Promise<Raster> {
  const { Resvg } = await rasteriser(engine);
  const foreign = foreignIn(svg);
  const image = new Resvg(fonts.length > 0 ? svg : replaced(svg), {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontBuffers: [...fontFiles.map((file) => Uint8Array.from(Buffer.from(file, 'base64'))), ...fonts],
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
    },
  });
  try {
    const raster = image.render();
    const { width, height } = raster;
    const png = raster.asPng();
    raster.free();
    return { png, width, height, foreign };
  } finally {
    image.free();
  }
}

let ready: Promise<Rasteriser> | undefined;

type Rasteriser = Pick<typeof Library, 'Resvg'>;

/** It can be made once only. */
function rasteriser(engine: Uint8Array): Promise<Rasteriser> {
  ready ??= import('@resvg/resvg-wasm').then(async (module) => {
    await module.initWasm(engine);
    return module;
  });
  return ready;
}

const beyondAscii = /[^\u0000-\u007f]/gu;

function foreignIn(svg: string): string[] {
  const all = new Set(svg.match(beyondAscii));
  return [...all].filter((character) => !isOurs(character));
}

/** A character that no font has would be a gap; marks and joiners, which have no width, go. */
function replaced(svg: string): string {
  return svg.replace(beyondAscii, (character) =>
    isOurs(character) ? character : /[\p{M}\p{Cf}]/u.test(character) ? '' : '\ufffd',
  );
}
