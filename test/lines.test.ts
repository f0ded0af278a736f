// Which lines a picture has, and what stands above what in it.

import { describe, expect, test } from '@jest/globals';
import { parse } from '../grammar/index.js';
import { layout, type Scene } from '../src/layout/index.js';
import { wrap } from '../src/layout/text.js';
import { projectOf, resolve } from '../src/model/index.js';
import { check } from '../src/pipeline.js';
import { pictureFindings, render } from '../src/render/index.js';

async function sceneOf(text: string): Promise<Scene> {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'test.infra', text })));
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return layout(system);
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
