// What a picture's page does in a browser: moves and zooms, searches, says what a box or line is, and traces findings. Compiled into
// `src/render/page.gen.ts`; nothing else imports it.

interface Thing {
  /** The id of its element. */
  readonly id: string;
  readonly title: string;
  readonly words: string;
  /** Ids of things: of a box its lines, of a line its boxes. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Finding {
  readonly number: number;
  readonly text: string;
  /** Ids of all that it is about, and of the way its witness goes. */
  readonly things: readonly string[];
  readonly way: readonly string[];
}

const data = JSON.parse(byId('data').textContent) as {
  readonly things: readonly Thing[];
  readonly findings: readonly Finding[];
};
const view = byId('view');
const picture = view.querySelector('svg') as SVGSVGElement;
// Chromium would stop at it on the way to what stands in it.
picture.setAttribute('tabindex', '-1');
const status = byId('status');
const details = byId('details');
const search = byId('search') as HTMLInputElement;
const things = new Map(data.things.map((thing) => [thing.id, thing]));
const size = { width: picture.width.baseVal.value, height: picture.height.baseVal.value };

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no ${id}`);
  return element;
}

// Where the picture stands in its window.

let place = { x: 0, y: 0, scale: 1 };

function show(next: typeof place): void {
  const scale = Math.min(Math.max(next.scale, 0.05), 8);
  place = { ...next, scale };
  picture.style.transform = `translate(${place.x}px,${place.y}px) scale(${scale})`;
}

function fit(): void {
  const scale = Math.min(view.clientWidth / size.width, view.clientHeight / size.height, 1.5);
  show({
    scale,
    x: (view.clientWidth - size.width * scale) / 2,
    y: Math.max(0, (view.clientHeight - size.height * scale) / 2),
  });
}

/** Zooms, with one point of the window staying where it is. */
function zoom(factor: number, x = view.clientWidth / 2, y = view.clientHeight / 2): void {
  const scale = Math.min(Math.max(place.scale * factor, 0.05), 8);
  const by = scale / place.scale;
  show({ scale, x: x - (x - place.x) * by, y: y - (y - place.y) * by });
}

function move(x: number, y: number): void {
  show({ ...place, x: place.x + x, y: place.y + y });
}

/** Brings an element into the window if it is not there. */
function reveal(element: Element): void {
  const box = element.getBoundingClientRect();
  const frame = view.getBoundingClientRect();
  const outside = box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
  if (outside)
    move((frame.left + frame.right - box.left - box.right) / 2, (frame.top + frame.bottom - box.top - box.bottom) / 2);
}

const actions: Readonly<Record<string, () => void>> = {
  in: () => {
    zoom(1.25);
  },
  out: () => {
    zoom(0.8);
  },
  fit,
  actual: () => {
    zoom(1 / place.scale);
  },
};
for (const button of document.querySelectorAll<HTMLElement>('[data-do]')) {
  button.addEventListener('click', () => {
    actions[button.dataset.do ?? '']?.();
    status.textContent = `${Math.round(place.scale * 100)} %`;
  });
}

view.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    const frame = view.getBoundingClientRect();
    if (event.shiftKey) move(-event.deltaY - event.deltaX, 0);
    else
      zoom(
        Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)),
        event.clientX - frame.left,
        event.clientY - frame.top,
      );
  },
  { passive: false },
);

const pointers = new Map<number, { x: number; y: number }>();
view.addEventListener('pointerdown', (event) => {
  if (event.button === 0) pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
});
window.addEventListener('pointermove', (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const now = { x: event.clientX, y: event.clientY };
  pointers.set(event.pointerId, now);
  const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) {
    const frame = view.getBoundingClientRect();
    const distance = (from: typeof now) => Math.hypot(from.x - other.x, from.y - other.y);
    zoom(
      distance(now) / Math.max(1, distance(before)),
      (now.x + other.x) / 2 - frame.left,
      (now.y + other.y) / 2 - frame.top,
    );
  } else move(now.x - before.x, now.y - before.y);
});
for (const end of ['pointerup', 'pointercancel'] as const) {
  window.addEventListener(end, (event) => {
    pointers.delete(event.pointerId);
  });
}
window.addEventListener('resize', fit);

// What a thing is.

const elements = new Map<string, SVGElement | HTMLElement>();
for (const { id, title } of data.things) {
  const group = document.getElementById(id);
  // A link is reached and read by itself; what stands in it is no second stop.
  const element = group?.closest('a') ?? group;
  if (!group || !element) continue;
  elements.set(id, element);
  element.dataset.thing = id;
  element.setAttribute('tabindex', '-1');
  element.setAttribute('aria-label', title);
  if (element === group) element.setAttribute('role', 'img');
}
const [firstElement] = elements.values();
firstElement?.setAttribute('tabindex', '0');

function describe(thing: Thing): void {
  const list = (heading: string, ids: readonly string[]): HTMLElement[] => {
    const words = ids.map((id) => things.get(id)?.title ?? '').filter((title) => title !== '');
    if (words.length === 0) return [];
    const items = words.map((word) => Object.assign(document.createElement('li'), { textContent: word }));
    const all = document.createElement('ul');
    all.append(...items);
    return [Object.assign(document.createElement('h3'), { textContent: heading }), all];
  };
  const isLine = thing.id.startsWith('line.');
  details.replaceChildren(
    Object.assign(document.createElement('p'), { textContent: thing.title }),
    ...(thing.words === '' ? [] : [Object.assign(document.createElement('p'), { textContent: thing.words })]),
    ...list(isLine ? 'From' : 'Called by', thing.before),
    ...list(isLine ? 'To' : 'Calls', thing.after),
    ...list('Findings', []),
  );
  const about = data.findings
    .filter(({ things: ids }) => ids.includes(thing.id))
    .map(({ number, text }) => `${number} ${text}`);
  for (const text of about) details.append(Object.assign(document.createElement('p'), { textContent: text }));
}

function thingAt(target: EventTarget | null): Thing | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-thing]') : null;
  return things.get(element?.dataset.thing ?? '');
}

picture.addEventListener('pointerover', (event) => {
  const thing = thingAt(event.target);
  if (thing) describe(thing);
});
picture.addEventListener('focusin', (event) => {
  const thing = thingAt(event.target);
  if (!thing) return;
  for (const element of elements.values()) element.setAttribute('tabindex', '-1');
  const element = elements.get(thing.id);
  element?.setAttribute('tabindex', '0');
  if (element) reveal(element);
  describe(thing);
});

function focus(id: string | undefined): void {
  elements.get(id ?? '')?.focus();
}

const order = [...elements.keys()];

view.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const thing = thingAt(event.target);
  const at = thing ? order.indexOf(thing.id) : -1;
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => actions.in?.(),
    '=': () => actions.in?.(),
    '-': () => actions.out?.(),
    '0': fit,
    ArrowLeft: () => {
      if (thing) focus(thing.before[0]);
      else move(60, 0);
    },
    ArrowRight: () => {
      if (thing) focus(thing.after[0]);
      else move(-60, 0);
    },
    ArrowUp: () => {
      if (thing) focus(order[at - 1]);
      else move(0, 60);
    },
    ArrowDown: () => {
      if (thing) focus(order[at + 1]);
      else move(0, -60);
    },
    Escape: () => {
      trace(undefined);
      view.focus();
    },
  };
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Findings.

const buttons = new Map(
  [...document.querySelectorAll<HTMLElement>('[data-finding]')].map((button) => [
    Number(button.dataset.finding),
    button,
  ]),
);
/** Markers in the picture: a shape, and the number behind it. */
const markers = [...picture.querySelectorAll<SVGElement>('.number,.info-number,.accepted-number')];
let traced: number | undefined;

function trace(number: number | undefined): void {
  traced = number;
  const finding = data.findings.find((one) => one.number === number);
  const on = new Set([...(finding?.things ?? []), ...(finding?.way ?? [])]);
  for (const [one, button] of buttons) button.setAttribute('aria-pressed', String(one === number));
  for (const group of picture.querySelectorAll<SVGElement>('g[id]')) {
    const id = group.id.replace(/^label\./, 'line.').replace(/^count\./, 'node.');
    group.classList.toggle('faded', finding !== undefined && !on.has(id));
  }
  for (const marker of markers) {
    const other = finding !== undefined && marker.textContent !== String(number);
    marker.classList.toggle('faded', other);
    marker.previousElementSibling?.classList.toggle('faded', other);
  }
  for (const extra of picture.querySelectorAll<SVGElement>('.trace,[class*="-ring"]'))
    extra.classList.toggle('faded', finding !== undefined);
  if (!finding) {
    status.textContent = '';
    return;
  }
  const titles = (ids: readonly string[]) => ids.map((id) => things.get(id)?.title ?? '').join('; ');
  const way = finding.way.filter((id) => !id.startsWith('line.'));
  status.textContent = `Finding ${number ?? ''}: ${titles(finding.things)}${way.length > 0 ? `. Path: ${titles(way)}` : ''}`;
  const first = elements.get(finding.things[0] ?? finding.way[0] ?? '');
  if (first) reveal(first);
}

for (const [number, button] of buttons) {
  button.addEventListener('click', () => {
    trace(traced === number ? undefined : number);
  });
}
for (const marker of markers) {
  for (const part of [marker, marker.previousElementSibling]) {
    part?.classList.add('marker');
    part?.addEventListener('click', () => {
      const number = Number(marker.textContent);
      if (buttons.has(number)) trace(traced === number ? undefined : number);
    });
  }
}
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && traced !== undefined) trace(undefined);
  if (event.key === '/' && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});

// Search.

let hits: string[] = [];
let hit = -1;

function find(): void {
  const words = search.value.trim().toLowerCase();
  hit = -1;
  hits =
    words === ''
      ? []
      : data.things
          .filter(({ title, words: more }) => `${title} ${more}`.toLowerCase().includes(words))
          .map(({ id }) => id);
  for (const [id, element] of elements) element.classList.toggle('hit', hits.includes(id));
  status.textContent = words === '' ? '' : hits.length === 1 ? '1 match' : `${hits.length} matches`;
  byId('hits').textContent = status.textContent;
}

search.addEventListener('input', find);
search.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    search.value = '';
    find();
  }
  if (event.key !== 'Enter' || hits.length === 0) return;
  event.preventDefault();
  hit = (hit + 1) % hits.length;
  const id = hits[hit] ?? '';
  const element = elements.get(id);
  const thing = things.get(id);
  if (element) reveal(element);
  if (thing) describe(thing);
  status.textContent = `${hit + 1} of ${hits.length}: ${thing?.title ?? ''}`;
});

fit();
