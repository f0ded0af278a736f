// The metafile of a build → the licences of everything that was bundled.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function notices(root, metafile) {
  const used = new Set();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
      if (folder && bytesInOutput > 0) used.add(folder);
    }
  }
  const parts = [...used].sort().map((folder) => {
    const { name, version, license, homepage } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return `${name} ${version} (${license})\n\n${licenceIn(join(root, folder), homepage)}`;
  });
  const font = join(root, 'src/render/font');
  if (existsSync(font)) parts.push(`the font in pictures\n\n${licenceIn(font)}`);
  return `archlint contains the following works of others.\n\n${parts.join(`\n${'-'.repeat(78)}\n\n`)}`;
}

function licenceIn(folder, homepage) {
  const name = readdirSync(folder).find((each) => /^(licen[cs]e|copying|ofl)/i.test(each));
  return name
    ? `${readFileSync(join(folder, name), 'utf8').trim()}\n`
    : `It comes without the text of its licence; its sources are at ${homepage}.\n`;
}
