// What is to be drawn -> the text of an SVG. The only file that knows svg.js and svgdom.

import { A, registerWindow, SVG, type Container, type Element } from '@svgdotjs/svg.js';
import { createSVGWindow, type DomNode } from 'svgdom';
import { coloursOf, darkRules, paintOf, type Colours, type Part, type Theme } from './palette.js';

export type Attributes = Readonly<Record<string, string | number>>;

/** One layer of a drawing: everything is added on top of what is there. */
export interface Pen {
  group(attributes?: Attributes): Pen;
  link(address: string): Pen;
  draw(name: 'rect' | 'path' | 'circle', part: Part, attributes: Attributes): void;
  text(part: Part, content: string | readonly Run[], attributes: Attributes): void;
  title(content: string): void;
}

/** A stretch of a line of text. */
export interface Run {
  readonly text: string;
  readonly strong: boolean;
}

export interface Page {
  readonly pen: Pen;
  /** `fonts` are rules for the style sheet. */
  toText(frame: Frame): string;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly description: string;
  readonly fonts: readonly string[];
}

/** Narrower than ours, all but the last: so labels keep inside their boxes where the embedded font is not read. */
const family = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

/** svg.js is typed for browsers; this is what its nodes are here. */
function nodeOf(element: unknown): DomNode {
  return (element as { readonly node: DomNode }).node;
}

/** Groups whose id is in `faded` are drawn faintly. */
export function newPage(theme: Theme, faded: ReadonlySet<string>): Page {
  const window = createSVGWindow();
  registerWindow(window, window.document);
  const root = SVG(window.document.documentElement as never) as unknown as Container;
  const colours = coloursOf(theme);
  const used = new Set<Part>();
  const body = root.group();
  return {
    pen: penOn(body, { colours, used, faded }),
    toText({ width, height, name, description, fonts }) {
      const sheet = [...fonts, ...(theme === 'auto' ? darkRules(used) : [])];
      const attributes = {
        xmlns: 'http://www.w3.org/2000/svg',
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        class: 'archlint',
        'font-family': family,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
      };
      const head = [
        `<svg${attributesText(Object.entries(attributes))}>`,
        `<title>${escaped(name)}</title>`,
        `<desc>${escaped(description)}</desc>`,
        ...(sheet.length > 0 ? ['<style>', ...sheet, '</style>'] : []),
      ];
      const lines = [...nodeOf(body).childNodes].flatMap((node) => linesOf(node, ''));
      return `${[...head, ...lines, '</svg>'].join('\n')}\n`;
    },
  };
}

interface Ink {
  readonly colours: Colours;
  /** The parts that were drawn so far. */
  readonly used: Set<Part>;
  readonly faded: ReadonlySet<string>;
}

function penOn(container: Container, ink: Ink): Pen {
  const { colours, used, faded } = ink;
  const add = (name: string, attributes: Attributes): Element => container.element(name, attributes);
  const painted = (part: Part, attributes: Attributes): Attributes => {
    used.add(part);
    return { class: part, ...attributes, ...paintOf(part, colours) };
  };
  return {
    group(attributes = {}) {
      const group = container.group();
      const faint = faded.has(String(attributes['id'])) ? { opacity: 0.25 } : {};
      group.attr({ ...attributes, ...faint } as Record<string, string | number>);
      return penOn(group, ink);
    },
    link(address) {
      const link = new A();
      nodeOf(link).setAttribute('href', address);
      container.add(link);
      return penOn(link, ink);
    },
    draw(name, part, attributes) {
      add(name, painted(part, attributes));
    },
    text(part, content, attributes) {
      const text = nodeOf(add('text', painted(part, attributes)));
      if (typeof content === 'string') text.textContent = content;
      else {
        for (const { text: said, strong } of content) {
          if (!strong) text.appendChild(text.ownerDocument.createTextNode(said));
          else {
            const run = text.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'tspan');
            run.setAttribute('font-weight', '600');
            run.textContent = said;
            text.appendChild(run);
          }
        }
      }
    },
    title(content) {
      nodeOf(add('title', {})).textContent = content;
    },
  };
}

/** One element a line; text stands with its element, whose spaces count. */
function linesOf(node: DomNode, indent: string): string[] {
  if (node.nodeType === 3) return [escaped(node.data ?? '')];
  const children = [...node.childNodes];
  const attributes = [...node.attributes]
    .filter(({ name }) => !name.includes('svgjs'))
    .map(({ name, value }) => [name, value] as const);
  const start = `${indent}<${node.nodeName}${attributesText(attributes)}`;
  if (children.length === 0) return [`${start}/>`];
  if (children.some((child) => child.nodeType === 3)) {
    return [`${start}>${children.flatMap((child) => linesOf(child, '')).join('')}</${node.nodeName}>`];
  }
  return [`${start}>`, ...children.flatMap((child) => linesOf(child, `${indent}  `)), `${indent}</${node.nodeName}>`];
}

function attributesText(attributes: readonly (readonly [string, string | number])[]): string {
  return attributes
    .map(([name, value]) => ` ${name}="${escaped(typeof value === 'number' ? rounded(value) : value)}"`)
    .join('');
}

/** At most two decimals. */
export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  // What XML cannot hold at all, and names must not bring in: controls, lone surrogates, non-characters.
  const sound = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, '\ufffd');
  return sound.replace(/[&<>"]/g, (character) => named[character] ?? '').replace(/[\t\n\r]/g, ' ');
}
