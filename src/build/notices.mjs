// The metafile of a build → the licences of everything that was bundled.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a library holds that is under a licence of its own. */
const data = {
  'tldts-icann':
    'It holds the public suffix list, https://publicsuffix.org, which is under the Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/.',
};

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
    const own = data[name] === undefined ? '' : `${data[name]}\n\n`;
    return `${name} ${version} (${license})\n\n${own}${licenceIn(join(root, folder), homepage)}`;
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
