// Which lines a picture has, and what stands above what in it.

import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { stretches } from '../src/layout/areas.js';
import { faultsOf } from '../src/layout/faults.js';
import { layout, type LayoutOptions, type Scene } from '../src/layout/index.js';
import { wrap } from '../src/layout/text.js';
import { projectOf, resolve } from '../src/model/index.js';
import { check } from '../src/pipeline.js';
import { pictureFindings, render } from '../src/render/index.js';

async function sceneOf(text: string, options: LayoutOptions = {}): Promise<Scene> {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'test.infra', text })));
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return layout(system, options);
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
