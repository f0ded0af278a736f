// Which lines a picture has, and what stands above what in it.

import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { stretches } from '../src/layout/areas.js';
import { faultsOf } from '../src/layout/faults.js';
import { layout, type LayoutOptions, type Scene } from '../src/layout/index.js';
import { wrap } from '../src/layout/text.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { check } from '../src/pipeline.js';
import { aboutOf, marksOf } from '../src/render/findings.js';
import { pictureFindings, render } from '../src/render/index.js';

async function sceneOf(text: string, options: LayoutOptions = {}): Promise<Scene> {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'test.infra', text })));
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return layout(system, options);
}

function systemOf(text: string): System {
  return resolve(projectOf(parse({ path: 'test.infra', text }))).system;
}

/** From where each branch of each line goes to where. */
function branchesOf({ lines }: Scene): readonly string[] {
  return lines.flatMap(({ branches }) => branches.map(({ from, to }) => `${from ?? ''} -> ${to ?? ''}`)).sort();
}

describe('lines', () => {
  test('go by the record inside for who is inside, and by the one outside for the others', async () => {
    const scene = await sceneOf(`client visitor
dns foobar.com { www A 203.0.113.4 }
dns foobar.com { private; www A 10.0.0.9 }
host edge { address 203.0.113.4; web nginx }
network office {
  private
  client clerk
  host intranet { address 10.0.0.9; app portal { listen 443 https } }
}
clerk -> www.foobar.com : https
visitor -> www.foobar.com : https`);
    const records = scene.boxes.filter(({ form }) => form === 'record').map(({ id }) => id);
    const [outside = '', inside = ''] = records;
    expect(records).toHaveLength(2);
    const branches = branchesOf(scene).join('\n');
    expect(branches).toContain(`${inside} -> office/intranet/portal`);
    expect(branches).toContain(`${outside} -> edge/nginx`);
    expect(branches).not.toContain(`${outside} -> office/intranet/portal`);
  });

  test('from a record to who is stated to answer are one, with its words', async () => {
    const stated = 'www.foobar.com -> nginx : https';
    const text = (more: string) => `client visitor
dns foobar.com { www A 203.0.113.10 }
host a { address 203.0.113.10; web nginx }
visitor -> www.foobar.com : https
${more}`;
    const ways = (scene: Scene) => scene.lines.filter(({ from }) => from.includes('www.foobar.com'));
    const plain = ways(await sceneOf(text('')));
    const once = ways(await sceneOf(text(stated)));
    expect([plain.length, once.length]).toEqual([1, 1]);
    expect([plain[0]?.plate, once[0]?.plate].map(Boolean)).toEqual([false, true]);
    // Another way of speaking is another line.
    expect(ways(await sceneOf(text('www.foobar.com -> nginx : http')))).toHaveLength(2);
  });

  test('that end at one row of a zone leave room for their heads', async () => {
    const scene = await sceneOf(`client visitor
dns foobar.com { www A 203.0.113.10 }
host a { address 203.0.113.10; web nginx }
visitor -> www.foobar.com : https
visitor -> www.foobar.com : http`);
    const row = scene.boxes.find(({ form }) => form === 'record');
    const ends = scene.lines
      .flatMap(({ branches }) => branches.filter(({ to }) => to === row?.id))
      .map(({ points }) => points.at(-1)?.y ?? NaN)
      .sort((a, b) => a - b);
    expect(ends).toHaveLength(2);
    expect((ends[1] ?? NaN) - (ends[0] ?? NaN)).toBeGreaterThanOrEqual(10);
  });

  test('of callers that one statement lists are one, with one label; of two statements, or two ways of speaking, two', async () => {
    const parts = 'app one\napp two\nworker three\ndb kept\nstorage away\n';
    const labels = async (text: string) => {
      const { lines } = await sceneOf(`${parts}${text}`);
      return lines.map(({ from, to, plate }) => [...from, '->', ...to, plate?.texts.map((one) => one.text).join(' ')]);
    };
    expect(await labels('one, two, three -> kept : mysql tls')).toEqual([
      ['one', 'two', 'three', '->', 'kept', 'mysql'],
    ]);
    expect(await labels('one, two -> kept, away : tcp/99')).toEqual([['one', 'two', '->', 'kept', 'away', 'tcp/99']]);
    expect(await labels('one -> kept : mysql tls\ntwo -> kept : mysql tls')).toHaveLength(2);
    expect(await labels('one -> kept : mysql tls\ntwo -> kept : mysql')).toHaveLength(2);
  });

  test('of listed callers that are laid the other way, and of records, are apart', async () => {
    const text = 'client v\nlb balancer\napp shop\ndb store\nv -> balancer : https\nshop -> store : mysql tls\n';
    const ends = (scene: Scene) => scene.lines.map(({ from, to }) => [...from, '->', ...to].join(' '));
    const x = (scene: Scene) => new Map(scene.boxes.map((box) => [box.id, box.x]));
    for (const list of ['store, balancer', 'balancer, store']) {
      const scene = await layout(systemOf(`${text}${list} -> shop : http\n`));
      expect(ends(scene)).toEqual(expect.arrayContaining(['balancer -> shop', 'store -> shop']));
      const [balancer = 0, shop = 0, store = 0] = ['balancer', 'shop', 'store'].map((id) => x(scene).get(id));
      expect([balancer < shop, shop < store]).toEqual([true, true]);
    }
    const zone = (rows: string) => `client v\ndns foobar.com {\n${rows}}\nhost h { address 203.0.113.1; web nginx }\n`;
    const rows = ['www', 'api'].map((name) => `${name} A 203.0.113.1\n`).join('');
    const calls = 'www.foobar.com, api.foobar.com -> nginx : https\nv -> www.foobar.com, api.foobar.com : https\n';
    const scene = await layout(systemOf(`${zone(rows)}${calls}`));
    expect(faultsOf(scene)).toEqual([]);
    expect(branchesOf(scene).filter((branch) => branch.includes('api.foobar.com'))).toHaveLength(2);
    // Records that call a record of their own zone: there is no way to draw, and no end of looking for one.
    const within = 'www.foobar.com, api.foobar.com -> foobar.com : https\n';
    expect(faultsOf(await layout(systemOf(`${zone(`@ A 203.0.113.1\n${rows}`)}${within}`)))).toEqual([]);
  });

  test('are drawn once where lists say the same twice, in any order', async () => {
    const parts = 'app one\napp two\napp three\ndb kept\n';
    const lines = async (text: string) => {
      const scene = await layout(systemOf(`${parts}${text}`));
      return scene.lines.map(({ from }) => from.join(' '));
    };
    expect(await lines('one, two -> kept : mysql\ntwo, one -> kept : mysql')).toEqual(['one two']);
    expect(await lines('one, two -> kept : mysql\ntwo, three -> kept : mysql')).toEqual(['one two', 'three']);
  });

  test('of several callers are traced from the one that a finding is about', async () => {
    const text = `client v\nclient w\nhost h1 { web a }\nhost h2 { app b }\nhost h3 { db c }
v -> a : https\nw -> b : https\na, b -> c : mysql`;
    const { system, findings } = check(projectOf(parse({ path: 'test.infra', text })), { preset: 'strict' });
    const scene = await layout(system);
    const about = pictureFindings(findings).filter(({ rule }) => rule === 'tier-skipped');
    expect(about).toHaveLength(1);
    const marks = marksOf(scene, about);
    const traced = [...marks.traced.values()].flat().map(({ from, to }) => `${from ?? ''} -> ${to ?? ''}`);
    expect(traced).toEqual(['h1/a -> ', ' -> h3/c']);
    const clear = aboutOf(scene, marks).map(({ id }) => id);
    expect(clear).toEqual(expect.arrayContaining(['h1/a', 'h3/c']));
    expect(clear).not.toContain('h2/b');
  });

  test('say by their lock that they are encrypted, and by a word where nothing else would be said', async () => {
    const said = async (words: string) => {
      const { lines } = await sceneOf(`app one\ndb kept\none -> kept${words}`);
      return lines.map(({ plate, title }) => [plate?.lock?.closed, plate?.texts.map(({ text }) => text), title]);
    };
    expect(await said(' : mysql tls')).toEqual([[true, ['mysql'], 'one to kept: mysql tls, encrypted']]);
    expect(await said(' : mysql/3307 tls read')).toEqual([
      [true, ['mysql/3307 read'], 'one to kept: mysql/3307 tls read, encrypted'],
    ]);
    expect(await said(' : mysql')).toEqual([[false, ['mysql'], 'one to kept: mysql, clear text']]);
    expect(await said(' : tls')).toEqual([[true, ['tls'], 'one to kept: tls, encrypted']]);
    expect(await said(' : tls read')).toEqual([[true, ['tls read'], 'one to kept: tls read, encrypted']]);
  });
});

describe('room', () => {
  const copies = 'network n {\n' + 'abcde'.replace(/./g, 'host $&x { db kept }\n') + 'host caller { app asks }\n';
  const asks = 'asks -> kept : mysql tls\n';

  test('beside what is connected is used for what no line touches', async () => {
    const plain = await sceneOf(`${copies}}\n${asks}`);
    const more = await sceneOf(`${copies}host alone { service quiet }\n}\n${asks}`);
    expect([more.width, more.height]).toEqual([plain.width, plain.height]);
    expect(faultsOf(more)).toEqual([]);
    const many = await sceneOf(`${copies}${'abcdefgh'.replace(/./g, 'host $&y { service quiet-$& }\n')}}\n${asks}`);
    expect(many.height).toBeGreaterThan(plain.height);
    expect(faultsOf(many)).toEqual([]);
    const started = performance.now();
    const crowd = Array.from({ length: 2000 }, (_, index) => `service of-${index.toString(36)}-x`);
    await layout(systemOf(`${copies}${crowd.join('\n')}\n}\n${asks}`));
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('below a stack is left for its other copies and their number', async () => {
    const stack = 'host a[3] { app web }\nhost b[3] { app store }\n';
    const beyond = 'app direct\ndb kept\n';
    const calls =
      'web -> store : http\nstore -> kept : mysql\nweb -> direct : http\ndirect -> kept : mysql\nweb -> kept : mysql\n';
    const { boxes, lines } = await sceneOf(`network n {\n${stack}${beyond}}\n${calls}`, { stacks: 'always' });
    const stacks = boxes.filter(({ count }) => count > 1);
    expect(stacks).toHaveLength(2);
    const below = lines.flatMap(({ branches }) =>
      branches.flatMap(({ points }) =>
        stretches(points).flatMap((stretch) =>
          stacks.flatMap((box) => {
            const beside = stretch.x + stretch.width <= box.x || stretch.x >= box.x + box.width;
            const under = stretch.height === 0 && stretch.y > box.y + box.height;
            return under && !beside ? [stretch.y - box.y - box.height] : [];
          }),
        ),
      ),
    );
    expect(below.length).toBeGreaterThan(0);
    for (const room of below) expect(room).toBeGreaterThanOrEqual(20);
  });
});

test('addresses break between each other, and one that is too long after a colon', () => {
  const addresses = ['203.0.113.10', '203.0.113.11', '203.0.113.12', '10.20.30.40'];
  const lines = wrap(addresses.join('  ·  '), 'detail', 160);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.flatMap((line) => line.split(/[\s·]+/).filter((part) => part !== ''))).toEqual(addresses);
  for (const line of wrap('2001:db8:1234:5678:9abc:def0:1234:5678', 'detail', 160).slice(0, -1))
    expect(line).toMatch(/:$/);
});

test('how many stand in a stack lies above the ring of a finding', async () => {
  const text = 'client visitor\nhost n[16] { web w }\nvisitor -> w : https';
  const { system, findings } = check(projectOf(parse({ path: 'test.infra', text })));
  const svg = render(await layout(system, { stacks: 'always' }), pictureFindings(findings), { theme: 'light' });
  const [ring, count] = [svg.indexOf('class="error-ring'), svg.search(/>×\d+</)];
  expect(ring).toBeGreaterThan(0);
  expect(count).toBeGreaterThan(ring);
});

test('what fades takes its count with it, and a label that fades still covers its line', async () => {
  const text = 'client visitor\nhost n[16] { web w }\nhost lone { db store }\nvisitor -> w : https\nw -> store : mysql';
  const { system, findings } = check(projectOf(parse({ path: 'test.infra', text })));
  const about = pictureFindings(findings);
  const lone = about.find(({ rule, subjects }) => rule === 'spof' && subjects.includes('lone'));
  expect(lone).toBeDefined();
  const scene = await layout(system, { stacks: 'always' });
  const svg = render(scene, about, { theme: 'light', focus: [lone?.number ?? 0] });
  expect(svg).toMatch(/<g id="count\.[^"]+" opacity="0.25">/);
  const label = svg.indexOf('<g id="label.');
  expect(svg.slice(label).split('</g>')[0]).not.toContain('class="plate"');
  expect(svg.slice(0, label).trimEnd().split('\n').at(-1)).toContain('class="plate"');
});
