// Pictures: what must hold of every scene and every SVG, on the examples and on generated systems.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { parse } from '../grammar/index.js';
import { diagnostic } from '../src/base/diagnostic.js';
import { faultsOf } from '../src/layout/faults.js';
import { layout } from '../src/layout/index.js';
import { measure, wrap } from '../src/layout/text.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { pictureFindings, render, type PictureFinding } from '../src/render/index.js';
import {
  dark,
  hatchedPairs,
  light,
  markPairs,
  print,
  markerPairs,
  textPairs,
  type Colours,
} from '../src/render/palette.js';
import { missing, relabelled, replicated, reshuffled } from './random-picture.js';

function systemOf(text: string, path = 'test.infra'): System {
  return resolve(projectOf(parse({ path, text }))).system;
}

const everyExample = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.infra'))
  .sort();
/** The reference systems. */
const examples = everyExample.filter((name) => !name.includes('/'));
const exampleText = (name: string) => readFileSync(`examples/${name}`, 'utf8');

/** Throws at the first thing that is not XML. */
function elementsOf(svg: string): { name: string; id?: string; line: number }[] {
  const elements: { name: string; id?: string; line: number }[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const id = attributes['id']?.value;
    elements.push({ name, line: parser.line, ...(id === undefined ? {} : { id }) });
  });
  parser.write(svg).close();
  return elements;
}

function findingsFor(system: System): PictureFinding[] {
  const nodes = [...system.nodes.values()];
  const [first] = nodes;
  if (!first) return [];
  const connection = system.connections.at(-1);
  return pictureFindings([
    diagnostic({
      code: 'spof',
      message: `\`${first.name}\` stops everything`,
      at: first.at,
      subjects: nodes.slice(0, 3).map((node) => node.id),
    }),
    diagnostic({
      code: 'clear-text',
      severity: 'warning',
      message: 'a call in clear text',
      at: connection?.at ?? first.at,
      subjects: [],
    }),
    diagnostic({
      code: 'watching',
      severity: 'info',
      message: 'nobody watches',
      at: first.at,
      subjects: nodes.map((node) => node.id),
      accepted: { reason: 'small' },
    }),
  ]);
}

describe('a scene', () => {
  test.each(everyExample)('of %s is sound and whole', async (name) => {
    const system = systemOf(exampleText(name), name);
    const scene = await layout(system);
    expect(faultsOf(scene)).toEqual([]);
    expect(missing(system, scene)).toEqual([]);
  });

  test.each([
    [2, 12],
    [3, 80],
  ])(
    'of %i zones with %i servers each is sound and whole',
    async (zones, servers) => {
      const system = systemOf(replicated(zones, servers));
      const each = await layout(system, { stacks: 'never' });
      expect(missing(system, each)).toEqual([]);
      expect(faultsOf(each)).toEqual([]);
      const stacked = await layout(system);
      expect(missing(system, stacked)).toEqual([]);
      expect(faultsOf(stacked)).toEqual([]);
      expect(stacked.boxes.find((box) => box.count === servers)?.subjects).toHaveLength(servers);
      expect(stacked.height).toBeLessThan(2000);
    },
    60_000,
  );

  test('keeps two zones with the same tiers as lanes with common columns', async () => {
    const scene = await layout(systemOf(exampleText('scaled-up.infra')));
    const at = new Map(scene.boxes.map((box) => [box.id, box]));
    const middle = (id: string) => {
      const box = at.get(id);
      return box ? box.x + box.width / 2 : NaN;
    };
    const columns = ['balancer/haproxy', 'web/nginx', 'app/gunicorn', 'database/mysql'];
    for (const id of columns) expect(Math.abs(middle(`zone-1/${id}`) - middle(`zone-2/${id}`))).toBeLessThan(30);
    const places = columns.map((id) => middle(`zone-1/${id}`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect((at.get('zone-1')?.y ?? 0) + (at.get('zone-1')?.height ?? 0)).toBeLessThan(at.get('zone-2')?.y ?? 0);
  });

  test('puts what calls to the left of what answers, and a call back in between', async () => {
    const scene = await layout(systemOf(exampleText('three-servers-shared-database-host.infra')));
    const x = (id: string) => scene.boxes.find((box) => box.id === id)?.x ?? NaN;
    expect(x('visitor')).toBeLessThan(x('foobar.com'));
    expect(x('foobar.com')).toBeLessThan(x('c/haproxy'));
    expect(x('c/haproxy')).toBeLessThan(x('a/nginx'));
    expect(x('a/nginx')).toBeLessThan(x('a/gunicorn'));
    expect(x('c/mysql')).toBeLessThan(x('a/nginx'));
  });

  test.each([
    ['an unconnected node', 'service afterthought'],
    ['another place', 'host later { cache memory }'],
    ['another caller of the database', 'host later { worker jobs }\njobs -> mysql : mysql'],
  ])('is not reshuffled by %s at the end', async (_, addition) => {
    for (const name of examples) {
      const before = await layout(systemOf(exampleText(name)));
      const after = await layout(systemOf(`${exampleText(name)}\n${addition}\n`));
      expect({ name, moved: reshuffled(before, after) }).toEqual({ name, moved: [] });
    }
  });

  test('has a place for everything even where nothing is declared', async () => {
    const scene = await layout(systemOf(''));
    expect(scene.boxes).toEqual([]);
    elementsOf(render(scene, [], { theme: 'auto' }));
  });
});

describe('a picture', () => {
  const themes = ['auto', 'light', 'dark', 'print'] as const;

  test.each(everyExample)('of %s is well-formed, has unique ids and one element a line', async (name) => {
    const system = systemOf(exampleText(name), name);
    const scene = await layout(system);
    for (const theme of themes) {
      const svg = render(scene, findingsFor(system), { theme });
      const elements = elementsOf(svg);
      const ids = elements.flatMap(({ id }) => (id === undefined ? [] : [id]));
      expect(new Set(ids).size).toBe(ids.length);
      const outside = elements.filter(({ name: tag }) => tag !== 'tspan').map(({ line }) => line);
      expect(new Set(outside).size).toBe(outside.length);
      // Names and addresses may hold what coordinates must not.
      expect(svg.replace(/base64,[^)]*|>[^<]*(?=<)|<a href="[^"]*"/g, '')).not.toMatch(
        /foreignObject|<script|data-svgjs|svgjs:|\$H|https?:\/\/(?!www\.w3\.org\/2000\/svg)|NaN|undefined|-?\d\.\d{3,}/,
      );
      expect(svg).toContain('role="img"');
      expect(svg).toContain(`<title>${system.title ?? ''}`);
    }
  });

  test('is the same bytes every time, whatever was drawn before', async () => {
    const draw = async (name: string) => {
      const system = systemOf(exampleText(name), name);
      return render(await layout(system), findingsFor(system), { theme: 'auto' });
    };
    const [name = ''] = examples;
    const first = await draw(name);
    for (const other of examples.slice(1, 4)) await draw(other);
    expect(await draw(name)).toBe(first);
  });

  test('needs no style sheet for the light drawing, and is dark in the forced theme', async () => {
    const scene = await layout(systemOf(exampleText('lamp-server.infra')));
    const auto = render(scene, [], { theme: 'auto' });
    const bare = (svg: string) => svg.replace(/<style>[^]*?<\/style>\n/, '');
    expect(bare(auto)).toBe(bare(render(scene, [], { theme: 'light' })));
    expect(auto).toContain('prefers-color-scheme:dark');
    expect(auto).toContain(`.archlint .page{fill:${dark.paper}}`);
    const forced = render(scene, [], { theme: 'dark' });
    expect(forced).toContain(`class="page" x="0"`);
    expect(forced).toContain(dark.paper);
    expect(forced).not.toContain('prefers-color-scheme');
  });

  test('changes in at most three lines with one letter of a label', async () => {
    for (const name of examples) {
      const text = exampleText(name);
      const label = /client visitor "Visitor's browser"/;
      expect(text).toMatch(label);
      const draw = async (source: string) => render(await layout(systemOf(source)), [], { theme: 'auto' }).split('\n');
      const before = await draw(text);
      const after = await draw(text.replace("Visitor's browser", "Visitor's brewser"));
      expect(after).toHaveLength(before.length);
      const changed = before.filter((line, index) => line !== after[index]).length;
      expect(changed).toBeGreaterThan(0);
      expect(changed).toBeLessThanOrEqual(3);
    }
  });

  test('draws names as characters, never as markup', async () => {
    const label = '</text><script>alert(1)</script>&amp;]]>"\'';
    const text = `title "<b>title</b>"\nnote "--> <!-- note"\nhost h "${label.replaceAll('"', '')}" { app a "${label.replaceAll('"', '')}" { link "javascript:alert(1)" } }\nservice s { link "https://foobar.com/?a=1&b=<2>" }\na -> s : https "</text>"`;
    const system = systemOf(text);
    const svg = render(await layout(system), findingsFor(system), { theme: 'auto' });
    const names = new Set(elementsOf(svg).map(({ name }) => name));
    expect([...names].sort()).toEqual(['a', 'desc', 'g', 'path', 'rect', 'style', 'svg', 'text', 'title', 'tspan']);
    expect(svg).not.toContain('javascript:');
    expect(svg).toContain('<a href="https://foobar.com/?a=1&amp;b=&lt;2&gt;">');
  });

  test('is well-formed for any text in labels, notes and findings', async () => {
    const character = fc.oneof(
      fc.constantFrom(
        '\u0000',
        '\u0008',
        '\u001b',
        '\u007f',
        '\u0085',
        '\ud800',
        '\udfff',
        '\ufffe',
        '\uffff',
        '\u202e',
        '\u2028',
        '<',
        '&',
        ']]>',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('データベース', '👩‍👩‍👧', 'é', 'قاعدة', 'a-very-long-name.with.dots'),
    );
    const words = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(words, words, async (label, message) => {
        const base = systemOf('host h "L" { app a "L" { note "L" } }\nservice s\na -> s : https "L"');
        const scene = await layout(relabelled(base, label));
        expect(faultsOf(scene)).toEqual([]);
        const finding = diagnostic({ code: 'spof', message, at: at(base), subjects: ['h', 'h/a'] });
        elementsOf(render(scene, pictureFindings([finding]), { theme: 'auto' }));
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

function at(system: System) {
  const [node] = system.nodes.values();
  if (!node) throw new Error('a system without nodes');
  return node.at;
}

describe('findings', () => {
  const text = exampleText('three-servers-shared-database-host.infra');
  const system = systemOf(text, 'x.infra');
  const here = (words: string) => {
    const start = text.indexOf(words);
    return { source: { path: 'x.infra', text }, start, end: start + words.length };
  };
  const findings = pictureFindings([
    diagnostic({
      code: 'spof',
      message: '`c` is a single point of failure; it stops everything',
      at: here('c {'),
      subjects: ['c'],
    }),
    diagnostic({
      code: 'missing-https',
      severity: 'warning',
      message: 'visitors read in clear text',
      at: here('visitor -> www.foobar.com'),
      subjects: ['www.foobar.com'],
      witness: {
        kind: 'path',
        steps: ['visitor', 'www.foobar.com', 'c/haproxy'].map((node) => ({ node, text: node })),
      },
    }),
    diagnostic({
      code: 'missing-monitoring',
      severity: 'info',
      message: 'nobody watches',
      at: here('c {'),
      subjects: ['a', 'b'],
      accepted: { reason: 'small' },
    }),
  ]);

  test('stand as numbers on what they are about, and in the legend', async () => {
    const svg = render(await layout(system), findings, { theme: 'light' });
    const numbers = [...svg.matchAll(/class="(number|accepted-number)"[^>]*>(\d+)</g)].map(
      ([, part, number]) => `${part ?? ''} ${number ?? ''}`,
    );
    expect(numbers.sort()).toEqual([
      'accepted-number 3',
      'accepted-number 3',
      'accepted-number 3',
      'number 1',
      'number 1',
      'number 2',
      'number 2',
    ]);
    expect(svg).toContain('missing-https');
    expect(svg.match(/class="trace"/g)).toHaveLength(2);
    expect(svg.match(/class="error-ring"/g)).toHaveLength(1);
    expect(svg).toContain('2 findings, 1 accepted.</desc>');
  });

  test('can be left out', async () => {
    const svg = render(await layout(system), findings, { theme: 'light', findings: false });
    expect(svg).not.toMatch(/class="(?:number|accepted-number|trace|error-ring)"|missing-https|2 findings/);
  });

  test('wrap inside the picture however long they are', async () => {
    const long = `${'a-word '.repeat(60)}${'x'.repeat(400)}`;
    const svg = render(
      await layout(system),
      pictureFindings([diagnostic({ code: 'spof', message: long, at: here('c {'), subjects: ['c'] })]),
      { theme: 'light' },
    );
    const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
    for (const [, x, content] of svg.matchAll(/<text[^>]* x="([\d.]+)"[^>]*font-size="14"[^>]*>(.*)<\/text>/g)) {
      const plain = (content ?? '').replace(/<[^>]*>/g, '');
      if (!/text-anchor/.test(content ?? ''))
        expect(Number(x) + (measure(plain, 'label') / 12) * 14).toBeLessThan(width + 40);
    }
    expect(svg.split('x'.repeat(400))).toHaveLength(1);
  });
});

describe('colours', () => {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
      const share = parseInt(colour.slice(from, from + 2), 16) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  test.each<[string, Colours, number]>([
    // Black on white, the most there is.
    ['light', light, 21],
    ['print', print, 21],
    ['dark', dark, 10],
  ])('of %s can be read', (_, colours, words) => {
    const weak = (pairs: typeof textPairs, least: number) =>
      pairs
        .filter(([mark, ground]) => contrast(colours[mark], colours[ground]) < least)
        .map(([mark, ground]) => `${mark} on ${ground}`);
    expect(weak(textPairs, words)).toEqual([]);
    // The higher of the two levels of WCAG, for text of any size.
    expect(weak(markerPairs, 7)).toEqual([]);
    expect(weak(hatchedPairs, 7)).toEqual([]);
    expect(weak(markPairs, 3)).toEqual([]);
  });
});

describe('text', () => {
  test('is measured by the font, wide characters by the em, marks as nothing', () => {
    expect(measure('iiii', 'detail')).toBeLessThan(measure('mmmm', 'detail'));
    expect(measure('データ', 'detail')).toBeGreaterThanOrEqual(36);
    expect(measure('e\u0301', 'detail')).toBe(measure('e', 'detail'));
    expect(measure('a', 'name')).toBeGreaterThan(measure('a', 'detail'));
  });

  test('breaks where a reader would, else anywhere, and loses no character', () => {
    expect(wrap('payments-api.internal', 'name', 90)).toEqual(['payments-', 'api.internal']);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 40, max: 200 }), (text, width) => {
        const lines = wrap(text, 'name', width, 1000);
        for (const line of lines) expect(measure(line, 'name')).toBeLessThanOrEqual(Math.max(width, 40));
        // A drawing has the composed form of each character, which for some ideographs is another character: U+F9DC becomes U+9686.
        const bare = (words: string) => words.replace(/[\s\p{C}\ufffd]/gu, '').normalize('NFC');
        expect(bare(lines.join(''))).toBe(bare(text));
      }),
      { examples: [['\uf9dc', 60]] },
    );
  });
});
