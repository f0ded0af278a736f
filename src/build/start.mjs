// `npm start`: checks an example and draws it.

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/archlint.cjs', import.meta.url));
const example = 'examples/three-servers-shared-database-host.infra';
const picture = join(tmpdir(), 'three-servers-shared-database-host.svg');

/** Status 1 of a check says that it found something, as it should here. */
function run(args, allowed) {
  console.log(`$ archlint ${args.join(' ')}`);
  const { status, signal } = spawnSync(process.execPath, [program, ...args], {
    stdio: 'inherit',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  if (!allowed.includes(status)) {
    console.error(`archlint ended with ${signal ?? status}`);
    process.exit(status || 2);
  }
  console.log();
}

run(['check', example], [0, 1]);
run(['render', example, '-o', picture], [0]);
console.log(`The picture is ${picture}`);
