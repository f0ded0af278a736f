// Scene and findings → one HTML page that needs nothing else: the picture to move in, search and trace, and the findings beside it.

import type { Box, Line, Scene } from '../layout/scene.js';
import { aboutOf, marksOf, type PictureFinding } from './findings.js';
import { idOf } from './ids.js';
import { render, type RenderOptions } from './index.js';
import { script, scriptHash, style } from './page.gen.js';
import { coloursOf, dark, type Colours, type Theme, type Token } from './palette.js';

/** The same scene, findings and options give the same bytes. The page runs its own script alone and asks for nothing. */
export function renderPage(scene: Scene, findings: readonly PictureFinding[], options: RenderOptions): string {
  const shown = options.findings === false || options.whatIf ? [] : findings;
  const picture = withoutTitle(scene);
  const svg = render(picture.scene, shown, { ...options, legend: false })
    .replace('role="img"', `role="group" aria-label="${escaped(scene.name)}"`)
    .replace(/ height="(\d+)" viewBox="0 0 (\d+) \d+"/, (_, height: string, width: string) => {
      const rest = Number(height) - picture.cut;
      return ` height="${rest}" viewBox="0 ${picture.cut} ${width} ${rest}"`;
    });
  const data = { things: thingsOf(scene), findings: shown.map((finding) => traceOf(scene, finding)) };
  const name = scene.name === '' ? 'Picture' : scene.name;
  const policy = `default-src 'none'; script-src '${scriptHash}'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'`;
  const buttons = shown.map(({ number, severity, accepted, rule, message }) => {
    const kind = accepted ? 'accepted' : severity;
    const words = `<span><strong>${escaped(rule)}</strong> ${withNames(message)}<span class="unseen"> (${kind})</span></span>`;
    return `<li><button type="button" data-finding="${number}" aria-pressed="false"><span class="sign ${kind}">${number}</span>${words}</button></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(name)}</title>
<style>${colourRules(options.theme)}${style}</style>
</head>
<body>
<header>
<h1>${escaped(name)}</h1>
<div role="search"><label for="search">Search</label> <input id="search" type="search" autocomplete="off" spellcheck="false"> <span id="hits" class="note" aria-hidden="true"></span></div>
<div role="toolbar" aria-label="View"><button type="button" data-do="out"><span aria-hidden="true">−</span><span class="unseen">Zoom out</span></button> <button type="button" data-do="in"><span aria-hidden="true">+</span><span class="unseen">Zoom in</span></button> <button type="button" data-do="fit">Fit</button> <button type="button" data-do="actual">100 %</button></div>
</header>
<main id="view" tabindex="0" aria-label="Picture" aria-describedby="keys">
${svg.trimEnd()}
</main>
<aside aria-label="Findings and details">
${options.whatIf ? '' : `<h2>Findings</h2>\n${buttons.length > 0 ? `<ol>\n${buttons.join('\n')}\n</ol>` : '<p>None.</p>'}`}
<section id="about" aria-labelledby="about-title">
<h2 id="about-title">Details</h2>
<div id="details"><p class="note">Point at a box or a line.</p></div>
</section>
<p id="keys" class="note">Arrow keys move, + and − zoom, 0 fits. Tab goes on into the picture, where arrow keys follow its lines; Escape leaves. / searches.</p>
</aside>
<p id="status" role="status" class="unseen"></p>
<script type="application/json" id="data">${JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The page has the title above the picture; `cut` is what is free at its top without it. */
function withoutTitle(scene: Scene): { readonly scene: Scene; readonly cut: number } {
  const heading = scene.heading.filter(({ style }) => style !== 'heading');
  const title = scene.heading.filter(({ style }) => style === 'heading').at(-1);
  return { scene: { ...scene, heading }, cut: Math.round(title?.y ?? 0) };
}

/** Names stand out as they do in the legend of a picture. */
function withNames(message: string): string {
  return escaped(message).replace(/`([^`]+)`/g, '<b>$1</b>');
}

function idOfBox(box: Box): string {
  return idOf(box.form === 'record' ? 'record' : 'node', box.id);
}

function idOfLine(line: Line): string {
  return idOf('line', line.id);
}

/** The boxes at either end of a line: those its branches touch. */
function endsOf({ branches }: Line, end: 'from' | 'to'): Set<string> {
  return new Set(branches.flatMap((branch) => branch[end] ?? []));
}

function thingsOf({ boxes, lines }: Scene): object[] {
  const idOfEnd = new Map(boxes.map((box) => [box.id, idOfBox(box)]));
  const wires = lines.map((line) => ({ line, from: endsOf(line, 'from'), to: endsOf(line, 'to') }));
  const ids = (ends: ReadonlySet<string>) => [...ends].flatMap((end) => idOfEnd.get(end) ?? []);
  return [
    ...boxes.map((box) => ({
      id: idOfBox(box),
      title: box.title,
      words: box.texts.map(({ text }) => text).join(' · '),
      before: wires.filter(({ to }) => to.has(box.id)).map(({ line }) => idOfLine(line)),
      after: wires.filter(({ from }) => from.has(box.id)).map(({ line }) => idOfLine(line)),
    })),
    ...wires.map(({ line, from, to }) => ({
      id: idOfLine(line),
      title: line.title,
      words: '',
      before: ids(from),
      after: ids(to),
    })),
  ];
}

function traceOf(scene: Scene, finding: PictureFinding): object {
  const marks = marksOf(scene, [finding]);
  const things = [...[...marks.ofBox.keys()].map(idOfBox), ...[...marks.ofLine.keys()].map(idOfLine)];
  const way = aboutOf(scene, marks).map((item) => ('form' in item ? idOfBox(item) : idOfLine(item)));
  return {
    number: finding.number,
    text: `${finding.rule}: ${finding.message}`,
    things,
    way: way.filter((id) => !things.includes(id)),
  };
}

const inPage: Readonly<Record<string, Token>> = {
  paper: 'paper',
  ink: 'ink',
  soft: 'soft',
  edge: 'edge',
  card: 'card',
  'card-edge': 'cardEdge',
  info: 'info',
  error: 'error',
  warning: 'warning',
  'on-marker': 'onMarker',
};

function colourRules(theme: Theme): string {
  const rule = (colours: Colours) =>
    `:root{${Object.entries(inPage)
      .map(([name, token]) => `--${name}:${colours[token]}`)
      .join(';')}}`;
  return rule(coloursOf(theme)) + (theme === 'auto' ? `@media (prefers-color-scheme:dark){${rule(dark)}}` : '');
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** HTML reads no NUL and no lone surrogate. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Cs}/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => named[character] ?? '');
}
