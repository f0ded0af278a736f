// An SVG in a browser -> how well it can be read: crossings, turns, overlaps, collisions of words, contrast. One measure for the pictures of
// every tool, taken from what the browser shows, not from what the tool meant.

import type { Page } from 'playwright-core';
import { crossingsIn, type Stroke } from './drawn.js';

export type Tool = 'archlint' | 'graphviz' | 'd2' | 'mermaid';

export interface Measures {
  readonly boxes: number;
  readonly lines: number;
  /** Places at which two lines pass through each other. */
  readonly crossings: number;
  /** All turning of all lines, in right angles. */
  readonly bends: number;
  /** Pairs of boxes of which neither contains the other, and that share an area. */
  readonly overlaps: number;
  /** Words that meet other words, a line that is not theirs, or the edge of a box. */
  readonly collisions: number;
  /** The least contrast of words with what they stand on, by WCAG. */
  readonly contrast: number;
  /** Words below 7, the higher of the two levels of WCAG. */
  readonly faint: number;
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Words extends Rect {
  readonly text: string;
  /** The line that they are the label of. */
  readonly owner: string;
  readonly contrast: number;
}

interface Shown {
  readonly boxes: readonly Rect[];
  readonly lines: readonly { readonly key: string; readonly points: readonly (readonly [number, number])[] }[];
  readonly words: readonly Words[];
}

/** For each tool: what a line is, what a box and its outline, and, as code, to which line an element belongs. */
const marks: Readonly<Record<Tool, { line: string; box: string; outline: string; owner: string }>> = {
  archlint: {
    line: 'g[id^="line."] > path:is(.line,.secure,.quiet)',
    box: 'g[id^="node."]',
    outline: ':scope > :is(rect,path,circle):not(.mark,.band,.mortar,.rule)',
    owner: `(element.closest('g[id^="line."],g[id^="label."]')?.id ?? '').replace(/^\\w+\\./, '')`,
  },
  graphviz: {
    line: 'g.edge path',
    box: 'g.node,g.cluster',
    outline: ':is(polygon,path,ellipse,polyline)',
    owner: `element.closest('g.edge')?.id ?? ''`,
  },
  d2: {
    line: 'path.connection',
    box: 'g:has(> g.shape)',
    outline: ':scope > g.shape > *',
    owner: `(element.matches('path.connection') ? element.parentElement : [...element.closest('svg').querySelectorAll('path.connection')].map((path) => path.parentElement).find((group) => group.contains(element)))?.getAttribute('class') ?? ''`,
  },
  mermaid: {
    line: 'path.flowchart-link',
    box: 'g.node,g.cluster',
    outline: ':is(rect,path,polygon,circle,ellipse)',
    owner: `element.closest('[data-id]')?.dataset.id ?? ''`,
  },
};

/** In the browser: what the picture shows, in its own px. */
const look = `({ line, box, outline, owner }) => {
  const picture = document.querySelector('svg');
  const ownerOf = new Function('element', 'return ' + owner);
  const rectOf = ({ x, y, width, height }) => ({ x, y, width, height });
  const around = (rects) => {
    const [left, top] = [Math.min(...rects.map((r) => r.left)), Math.min(...rects.map((r) => r.top))];
    const [right, bottom] = [Math.max(...rects.map((r) => r.right)), Math.max(...rects.map((r) => r.bottom))];
    return { x: left, y: top, width: right - left, height: bottom - top };
  };
  const boxes = [...picture.querySelectorAll(box)].flatMap((group) => {
    const shapes = [...group.querySelectorAll(outline)].map((shape) => shape.getBoundingClientRect());
    return shapes.length > 0 ? [around(shapes)] : [];
  });
  const lines = [...picture.querySelectorAll(line)].flatMap((path) =>
    path.getAttribute('d').split(/(?=M)/).filter(Boolean).map((d) => {
      const part = path.cloneNode();
      part.setAttribute('d', d);
      path.parentNode.append(part);
      const matrix = part.getScreenCTM();
      const length = part.getTotalLength();
      const steps = Math.max(1, Math.round(length / 4));
      const points = Array.from({ length: steps + 1 }, (_, step) => {
        const { x, y } = part.getPointAtLength((length * step) / steps).matrixTransform(matrix);
        return [x, y];
      });
      part.remove();
      return { key: ownerOf(path), points };
    }),
  );
  const number = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((one) => (one / 255 <= 0.03928 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opacityOf = (element) => {
    let opacity = 1;
    for (let one = element; one && one !== picture; one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
    return opacity;
  };
  const over = ([r, g, b, alpha = 1], below, opacity) =>
    below.map((under, index) => [r, g, b][index] * alpha * opacity + under * (1 - alpha * opacity));
  const ground = (x, y, own) => {
    const stack = document.elementsFromPoint(x, y).filter((element) => !own.contains(element) && !element.closest('text'));
    return stack.reverse().reduce((below, element) => {
      const style = getComputedStyle(element);
      const drawn = element instanceof SVGGeometryElement;
      const colour = drawn ? style.fill : style.backgroundColor;
      if (colour === 'none' || !colour.startsWith('rgb')) return below;
      return over(number(colour), below, opacityOf(element) * (drawn ? Number(style.fillOpacity) : 1));
    }, [255, 255, 255]);
  };
  const sheet = document.createElement('style');
  sheet.textContent = '* { pointer-events: all !important }';
  document.head.append(sheet);
  const words = [];
  const walker = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('title,desc,style,script,defs,mask')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getBoundingClientRect();
    if (rect.width === 0) continue;
    const style = getComputedStyle(element);
    const html = !(element instanceof SVGElement);
    const own = element.closest('text') ?? element;
    const under = ground(rect.x + rect.width / 2, rect.y + rect.height / 2, html ? node : own);
    const ink = over(number(html ? style.color : style.fill), under, opacityOf(element));
    const [high, low] = [luminance(ink), luminance(under)].sort((a, b) => b - a);
    // Letters fill about the middle two thirds of their line.
    const [trim, height] = [rect.height / 6, (rect.height * 2) / 3];
    words.push({
      ...rectOf(rect), y: rect.y + trim, height,
      text: node.data.trim(), owner: ownerOf(element), contrast: (high + 0.05) / (low + 0.05),
    });
  }
  sheet.remove();
  return { boxes, lines, words };
}`;

/** Draws it at its own size in the page. */
export async function measure(page: Page, tool: Tool, svg: string): Promise<Measures> {
  const [, width = 0, height = 0] = (/viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
  const size = { width: Math.min(Math.ceil(width), 16_000), height: Math.min(Math.ceil(height), 16_000) };
  await page.setViewportSize(size);
  await page.setContent(
    `<!doctype html><style>body{margin:0}body>svg{display:block;width:${width}px!important;height:${height}px!important;max-width:none!important}</style>${svg.slice(svg.indexOf('<svg'))}`,
  );
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  return measuresOf(await page.evaluate<Shown>(`(${look})(${JSON.stringify(marks[tool])})`));
}

export function measuresOf({ boxes, lines, words }: Shown): Measures {
  const keys = new Map<string, number>();
  const strokes = lines.map(({ key, points }, index): Stroke => {
    const name = key === '' ? `line ${index}` : key;
    if (!keys.has(name)) keys.set(name, keys.size);
    return { line: keys.get(name) ?? 0, points: straightened(points) };
  });
  const contrasts = words.map(({ contrast }) => contrast);
  return {
    boxes: boxes.length,
    lines: keys.size,
    crossings: crossingsIn(strokes),
    bends: Math.round(strokes.reduce((sum, { points }) => sum + turning(points), 0)),
    overlaps: pairs(boxes, (one, other) => overlap(one, other, 1) && !holds(one, other) && !holds(other, one)),
    collisions: collisionsOf({ boxes, lines, words }),
    contrast: Math.round(Math.min(...contrasts) * 10) / 10,
    faint: contrasts.filter((contrast) => contrast < 7).length,
  };
}

function collisionsOf({ boxes, lines, words }: Shown): number {
  const met = pairs(words, (one, other) => overlap(one, other, 1));
  const cut = words.filter((one) => boxes.some((box) => overlap(one, box, 1) && !holds(box, one))).length;
  const crossed = words.reduce((sum, one) => {
    const through = lines.filter(
      ({ key, points }) => (key === '' || key !== one.owner) && points.some(([x, y]) => isIn(one, x, y)),
    );
    return sum + new Set(through.map(({ key }) => key)).size;
  }, 0);
  return met + cut + crossed;
}

function isIn({ x, y, width, height }: Rect, left: number, top: number): boolean {
  return x + 1 < left && left < x + width - 1 && y + 1 < top && top < y + height - 1;
}

function pairs<T>(things: readonly T[], is: (one: T, other: T) => boolean): number {
  return things.reduce((sum, one, at) => sum + things.slice(at + 1).filter((other) => is(one, other)).length, 0);
}

function overlap(a: Rect, b: Rect, more: number): boolean {
  return (
    a.x + more < b.x + b.width &&
    b.x + more < a.x + a.width &&
    a.y + more < b.y + b.height &&
    b.y + more < a.y + a.height
  );
}

function holds(outer: Rect, inner: Rect): boolean {
  const slack = 2;
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  );
}

/** Without points on a straight way. */
function straightened(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  points.forEach((point, index) => {
    const [before, next] = [kept.at(-1), points[index + 1]];
    if (!before || !next || Math.abs(angle(before, point, next)) > 0.002) kept.push(point);
  });
  return kept;
}

function turning(points: readonly (readonly [number, number])[]): number {
  let sum = 0;
  for (let at = 1; at + 1 < points.length; at++) {
    const [a, b, c] = [points[at - 1], points[at], points[at + 1]];
    if (a && b && c) sum += Math.abs(angle(a, b, c));
  }
  return sum / (Math.PI / 2);
}

/** By how much the way turns at `b`. */
function angle(a: readonly [number, number], b: readonly [number, number], c: readonly [number, number]): number {
  const turn = Math.atan2(c[1] - b[1], c[0] - b[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]);
  return Math.atan2(Math.sin(turn), Math.cos(turn));
}
