// Pictures in other formats than SVG: pixels.

import { describe, expect, test } from '@jest/globals';
import { archlint } from './world.js';

const shop = 'client visitor\nhost h { web nginx }\nvisitor -> nginx : https';

describe('a PNG', () => {
  const sizeOf = (png: string) => {
    const bytes = Buffer.from(png, 'latin1');
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  };
  const draw = async (text: string, ...args: string[]) => {
    const files = { '/project/a.infra': text, '/project/not-a.ttf': 'text' };
    const { status, stderr, written } = await archlint(['render', 'a.infra', '-o', 'a.png', ...args], { files });
    return { status, stderr, png: written['/project/a.png'] ?? '' };
  };

  test('has the size of the SVG, twice and three times', async () => {
    const svg = await archlint(['render', 'a.infra'], { files: { '/project/a.infra': shop } });
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg.stdout) ?? [];
    for (const scale of [1, 2, 3]) {
      const { status, stderr, png } = await draw(shop, '--scale', String(scale));
      expect({ status, stderr }).toEqual({ status: 0, stderr: 'drawn: a.png\n' });
      expect(sizeOf(png)).toEqual({ width: Number(width) * scale, height: Number(height) * scale });
    }
  }, 30_000);

  test('is the same bytes every time, and other ones in another theme', async () => {
    const { png } = await draw(shop);
    expect((await draw(shop)).png).toBe(png);
    expect((await draw(shop, '--theme', 'light')).png).toBe(png);
    expect((await draw(shop, '--theme', 'dark')).png).not.toBe(png);
  }, 30_000);

  test('says which characters it has no glyphs for, and takes a font that has them', async () => {
    expect((await draw('service s "データ"')).stderr).toMatch(
      /^note: 3 characters such as `デ` are not in archlint's font and drawn as `\ufffd`; .*`--font FILE`\ndrawn: a\.png\n$/,
    );
    expect((await draw('service s "Łódź Привет Ελλάδα Huế"')).stderr).toBe('drawn: a.png\n');
    expect(await draw(shop, '--font', 'not-a.ttf')).toMatchObject({ status: 2, png: '' });
    expect((await draw(shop, '--font', 'nowhere.ttf')).stderr).toContain('nowhere.ttf');
  });

  test('too large to be made is a matter of its scale', async () => {
    const hosts = Array.from({ length: 200 }, (_, index) => `host h${index} { app a "${'wide '.repeat(9)}${index}" }`);
    const { status, stderr } = await draw(hosts.join('\n'), '--scale', '3');
    expect(status).toBe(2);
    expect(stderr).toContain('`--scale 3`');
  });

  test('is not for the terminal', async () => {
    const given = { files: { '/project/a.infra': shop }, columns: 80 };
    const { status, stdout, stderr } = await archlint(['render', 'a.infra', '--format', 'png'], given);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('`-o a.png`');
  });
});
